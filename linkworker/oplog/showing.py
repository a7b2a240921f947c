"""What a row shows of all that is known of it, and which of its versions stand beside each other.

What a row shows is a function of the set of operations known of it, never of their order:

- A *head* is an operation that nobody who saw it has replaced, for one field group of one row.
  Writes name what they replace (`base`), so clocks decide nothing here.
- One head: its value is shown. Several: the latest by `shown_at` is shown, and where they differ
  an open difference stands in `sync_open` until somebody settles it.
- Of some groups (`Shape.latest`) nobody is asked: what a feed says is no person's words.
- A removal hides a row where it saw every head of it. An edit that it did not see keeps the row in
  sight, with an open difference in the group `hidden`.
- A head's value is what it wrote; a column that its release did not know keeps the value it had in
  what was replaced.

The caller holds a transaction with capture off. Nothing here knows of people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linkworker.oplog.capture import WHOLE_ROW
from linkworker.oplog.log import known
from linkworker.oplog.operations import Operation
from linkworker.oplog.shapes import Shape

MOST_VALUES = 30_000
"""Values of one statement at most; SQLite takes 32,766."""

HIDDEN = "hidden"
"""The group that says whether a row was taken back."""


@dataclass(frozen=True)
class Head:
    """One operation that stands for a group of a row, and when it is shown to have been written."""

    op: str
    shown_at: int


def show(
    connection: Any, shape: Shape, pk: str, came: Mapping[str, Operation] | None = None
) -> None:
    """Bring one row to what its heads say, and note its open differences.

    A row of which only later writes are known yet is not there until its beginning comes. `came`
    are operations that need not be looked up.
    """
    row = Row(connection, shape, pk, came or {})
    if row.begun is None:
        return
    shown: dict[str, Any] = {}
    open_groups: list[str] = []
    for group in shape.groups:
        values, differs = row.hidden() if group == HIDDEN else row.group(group)
        shown.update(values)
        if differs:
            open_groups.append(group)
    _write_row(connection, shape, pk, shown)
    connection.execute("DELETE FROM sync_open WHERE tbl = ? AND pk = ?", (shape.name, pk))
    for group in open_groups:
        connection.execute(
            "INSERT INTO sync_open (tbl, pk, grp, scope) VALUES (?, ?, ?, ?)",
            (shape.name, pk, group, row.begun.scope),
        )


def show_first(connection: Any, shape: Shape, puts: Sequence[Operation]) -> None:
    """Show rows as they were put: quicker than `show`, where nothing else is known of them.

    Many go in one statement. Around each statement with triggers the search index writes out what
    it has, in small pieces that are merged again later: row by row that took half of a first sync.
    """
    columns = [name for names in shape.groups.values() for name in names]
    most = MOST_VALUES // (len(columns) + 1)
    for first in range(0, len(puts), most):
        some = puts[first : first + most]
        rows = ", ".join([f"({', '.join('?' * (len(columns) + 1))})"] * len(some))
        named = ", ".join(f'"{name}"' for name in ("id", *columns))
        connection.execute(
            f'INSERT INTO "{shape.name}" ({named}) VALUES {rows}',
            [value for put in some for value in row_as_put(shape, put)],
        )


def row_as_put(shape: Shape, put: Operation) -> tuple[Any, ...]:
    """Return the id of a row, and what each of its columns held when it was put; looked at once."""
    looked_at = put.__dict__.get("row")
    if looked_at is None or looked_at[0] is not shape:
        written = put.groups
        values = [
            shape.cleaned(name, written.get(group, _NOTHING).get(name))
            for group, names in shape.groups.items()
            for name in names
        ]
        looked_at = put.__dict__["row"] = (shape, (put.pk, *values))
    row: tuple[Any, ...] = looked_at[1]
    return row


_NOTHING: Mapping[str, Any] = {}


def versions_of(
    connection: Any, shape: Shape, pk: str, group: str
) -> list[tuple[Head, dict[str, Any]]]:
    """Return what stands for one group of a row, the shown one first, with the values of each.

    Of the group `hidden` an edit that a removal did not see is a version that keeps the row.
    """
    row = Row(connection, shape, pk, {})
    if row.begun is None:
        return []
    heads = row.of(group)
    if group == HIDDEN:
        unseen = row.standing() - row.seen_by_removals()
        heads = sorted(
            {*heads, *(one for all_ in row.heads.values() for one in all_ if one.op in unseen)},
            key=lambda head: (head.op in unseen, head.shown_at, head.op),
            reverse=True,
        )
        return [(head, row.written(head.op, HIDDEN)[0] or {"hidden_at": None}) for head in heads]
    return [(head, values) for head in heads for values in row.written(head.op, group)]


class Row:
    """All heads of one row, and the values they wrote."""

    def __init__(
        self, connection: Any, shape: Shape, pk: str, came: Mapping[str, Operation]
    ) -> None:
        self.connection = connection
        self.shape = shape
        self._known: dict[str, Operation | None] = {}
        self._came = came
        self._written: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._there: dict[str, Any] | None = None
        self.heads: dict[str, list[Head]] = {}
        for group, op, at in connection.execute(
            "SELECT grp, op, stamp FROM sync_head WHERE tbl = ? AND pk = ?", (shape.name, pk)
        ).fetchall():
            self.heads.setdefault(group, []).append(Head(op, at))
        begun = self.heads.get(WHOLE_ROW)
        self.begun = self.known(begun[0].op) if begun else None

    def known(self, op: str) -> Operation | None:
        """Return an operation, looked up once."""
        if op in self._came:
            return self._came[op]
        if op not in self._known:
            self._known[op] = known(self.connection, op)
        return self._known[op]

    def of(self, group: str) -> list[Head]:
        """Return what stands for a group, the one that is shown first."""
        heads = self.heads.get(group) or self.heads[WHOLE_ROW]
        return sorted(heads, key=lambda head: (head.shown_at, head.op), reverse=True)

    def group(self, group: str) -> tuple[dict[str, Any], bool]:
        """Return a group's shown values, and whether others were written beside them."""
        first, *others = (one for head in self.of(group) for one in self.written(head.op, group))
        by = self.shape.latest.get(group)
        if by is not None and (not by or all(one.get(by) for one in (first, *others))):
            return first, False
        return first, any(other != first for other in others)

    def hidden(self) -> tuple[dict[str, Any], bool]:
        """Return whether the row is hidden, and whether that is an open question."""
        values = [one for head in self.of(HIDDEN) for one in self.written(head.op, HIDDEN)]
        if not any(value.get("hidden_at") is not None for value in values):
            return values[0], False
        if any(value.get("hidden_at") is None for value in values):
            return next(value for value in values if value.get("hidden_at") is None), True
        if self.standing() <= self.seen_by_removals():
            return values[0], False
        return {"hidden_at": None}, True

    def standing(self) -> set[str]:
        """Return the operations that stand for anything but being hidden."""
        return {head.op for group, heads in self.heads.items() if group != HIDDEN for head in heads}

    def seen_by_removals(self) -> set[str]:
        """Return the operations that those who removed the row had in sight."""
        seen: set[str] = set()
        for head in self.heads.get(HIDDEN, ()):
            removal = self.known(head.op)
            if removal is not None:
                seen.add(removal.id)
                seen.update(op for ops in removal.base.values() for op in ops)
        return seen

    def written(self, op: str, group: str) -> list[dict[str, Any]]:
        """Return the values that an operation left a group with.

        A column that it did not name keeps the value it had in what was replaced, back to the
        beginning: a release that does not know a column must not empty it. Where what it replaced
        differs there, nobody has chosen yet, and several values are returned.
        """
        todo, begun = [op], {op}
        while todo:
            one = todo[-1]
            found = self.known(one)
            earlier = self._filled_from(found, group)
            waiting = [e for e in earlier if e not in begun and (e, group) not in self._written]
            begun.update(waiting)
            todo += waiting
            if not waiting:
                todo.pop()
                before = [old for e in earlier for old in self._written.get((e, group), ())]
                self._written[one, group] = self._left(found, group, before or [{}])
        return self._written[op, group]

    def _filled_from(self, op: Operation | None, group: str) -> tuple[str, ...]:
        """Return the operations from which a group takes the columns that `op` did not name."""
        if op is None or op.kind == "put" or op.groups.get(group, {}).keys() >= self.wanted(group):
            return ()
        return (*op.base.get(group, ()), *op.base.get(WHOLE_ROW, ()))

    def wanted(self, group: str) -> set[str]:
        """Return the columns that a group has in this release."""
        return set(self.shape.groups[group])

    def _left(
        self, op: Operation | None, group: str, before: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Return what `op` made of each of the values that stood before, each once."""
        if op is None or op.body is None:
            return [self._said_by_the_row(op, group)]
        wrote = op.groups.get(group, {})
        found: list[dict[str, Any]] = []
        for old in before:
            values = {
                name: self.shape.cleaned(name, wrote[name])
                if name in wrote
                else old.get(name, self.shape.unwritten[name])
                for name in self.shape.groups[group]
            }
            if values not in found:
                found.append(values)
        return found

    def _said_by_the_row(self, op: Operation | None, group: str) -> dict[str, Any]:
        """Return what an insert-only row says of a group: it holds its words itself. A copied
        laptop puts the same row a second time, and that is no other version of it."""
        if op is None or op.kind != "put" or group == HIDDEN:
            return {}  # the row says whether it is hidden now; it was put in sight
        if self._there is None:
            names = [name for of in self.shape.groups.values() for name in of]
            columns = ", ".join(f'"{name}"' for name in names)
            found = self.connection.execute(
                f'SELECT {columns} FROM "{self.shape.name}" WHERE id = ?', (op.pk,)
            ).fetchone()
            self._there = dict(zip(names, found, strict=True)) if found else {}
        there = self._there
        return {name: there[name] for name in self.shape.groups[group] if name in there}


def _write_row(connection: Any, shape: Shape, pk: str, shown: dict[str, Any]) -> None:
    stands = connection.execute(f'SELECT 1 FROM "{shape.name}" WHERE id = ?', (pk,)).fetchone()
    names = list(shown)
    if stands is None:
        _insert(connection, shape, pk, shown)
        return
    if not names:
        return  # what stands for it was emptied: it stays as it is
    columns = ", ".join(f'"{name}" = ?' for name in names)
    differ = " OR ".join(f'"{name}" IS NOT ?' for name in names)
    connection.execute(
        f'UPDATE "{shape.name}" SET {columns} WHERE id = ? AND ({differ})',
        (*shown.values(), pk, *shown.values()),
    )


def _insert(connection: Any, shape: Shape, pk: str, values: Mapping[str, Any]) -> None:
    columns = ", ".join(f'"{name}"' for name in ("id", *values))
    marks = ", ".join("?" for _ in range(len(values) + 1))
    connection.execute(
        f'INSERT INTO "{shape.name}" ({columns}) VALUES ({marks})', (pk, *values.values())
    )
