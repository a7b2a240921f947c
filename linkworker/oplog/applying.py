"""Applying operations that came from elsewhere, and what a row shows of all that is known of it.

What a row shows is a function of the set of operations known of it, never of their order:

- A *head* is an operation that nobody who saw it has replaced, for one field group of one row.
  Writes name what they replace (`base`), so clocks decide nothing here.
- One head: its value is shown. Several: the latest by `shown_at` is shown, and where they differ
  an open difference stands in `sync_open` until somebody settles it.
- A removal hides a row where it saw every head of it. An edit that it did not see keeps the row in
  sight, with an open difference in the group `hidden`.
- A head's value is what it wrote; a column that its release did not know keeps the value it had in
  what was replaced.

The caller holds a transaction, with capture off and foreign keys not enforced: rows of one act may
lie in two pages. Nothing here knows of people.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from linkworker.oplog.capture import WHOLE_ROW
from linkworker.oplog.operations import Forked, Operation
from linkworker.oplog.shapes import Shape
from linkworker.text import clean

HIDDEN = "hidden"
"""The group that says whether a row was taken back."""

UNKNOWN_TABLE, UNKNOWN_COLUMN, WRONG_SCOPE = "unknown table", "unknown column", "wrong scope"
"""Why an operation is parked: kept, and looked at again after an upgrade."""


@dataclass
class Applied:
    """What applying changed: tables and scopes, for whoever watches, and how many were new."""

    new: int = 0
    parked: int = 0
    tables: set[str] = field(default_factory=set)
    scopes: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Head:
    """One operation that stands for a group of a row, and when it is shown to have been written."""

    op: str
    shown_at: int


def apply(connection: Any, operations: Iterable[Operation], shapes: Mapping[str, Shape]) -> Applied:
    """Take operations in, in any order, any number of times. Returns what changed.

    Raises `Forked` where a number is already another operation's.
    """
    applied = Applied()
    touched: dict[tuple[str, str], None] = {}
    came: dict[str, Operation] = {}
    erased = {row[0] for row in connection.execute("SELECT scope FROM sync_erased")}
    for op in operations:
        if op.scope in erased or not _take(connection, op, shapes):
            continue
        came[op.id] = op
        applied.new += 1
        applied.scopes.add(op.scope)
        if op.kind == "void":
            continue
        reason = _why_parked(connection, op, shapes)
        if reason:
            connection.execute(
                "INSERT INTO sync_parked (dev, n, reason) VALUES (?, ?, ?)", (op.dev, op.n, reason)
            )
            applied.parked += 1
        if reason != WRONG_SCOPE:
            _move_heads(connection, op)
            touched[op.tbl, op.pk] = None
    for tbl, pk in touched:
        if tbl in shapes:
            show(connection, shapes[tbl], pk, came)
            applied.tables.add(tbl)
    _say_once(connection, came.values(), shapes)
    return applied


def _say_once(
    connection: Any, operations: Iterable[Operation], shapes: Mapping[str, Shape]
) -> None:
    """Let go of bodies that stand in their rows and can never change there: words are kept once."""
    connection.executemany(
        "UPDATE sync_op SET body = NULL WHERE dev = ? AND n = ? AND NOT EXISTS "
        "(SELECT 1 FROM sync_parked p WHERE p.dev = sync_op.dev AND p.n = sync_op.n)",
        [
            (op.dev, op.n)
            for op in operations
            if op.kind == "put" and op.tbl in shapes and shapes[op.tbl].insert_only
        ],
    )


def replay_parked(connection: Any, shapes: Mapping[str, Shape]) -> Applied:
    """Look at what was parked again, after an upgrade: what is known now is shown."""
    applied = Applied()
    rows = connection.execute(
        "SELECT o.dev, o.n, o.tbl, o.pk, o.scope FROM sync_parked p "
        "JOIN sync_op o ON o.dev = p.dev AND o.n = p.n WHERE p.reason <> ?",
        (WRONG_SCOPE,),
    ).fetchall()
    for dev, n, tbl, pk, scope in rows:
        op = known(connection, f"{dev}:{n}")
        if op is None or _why_parked(connection, op, shapes):
            continue
        connection.execute("DELETE FROM sync_parked WHERE dev = ? AND n = ?", (dev, n))
        show(connection, shapes[tbl], pk)
        applied.new += 1
        applied.tables.add(tbl)
        applied.scopes.add(scope)
    return applied


def known(connection: Any, op: str) -> Operation | None:
    """Return an operation that is in the log by its id `dev:n`; None if it is not."""
    dev, _, n = op.partition(":")
    row = connection.execute(
        "SELECT dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor, "
        "hub_seq, hub_time FROM sync_op WHERE dev = ? AND n = ?",
        (dev, int(n)),
    ).fetchone()
    return None if row is None else from_row(row)


def from_row(row: tuple[Any, ...]) -> Operation:
    """Return the operation that a line of `sync_op` holds, in the order of the fields."""
    seen = {group: tuple(ops) for group, ops in json.loads(row[9]).items()}
    return Operation(*row[:9], seen, *row[10:])  # type: ignore[call-arg]  # a row as tuple


# -- taking in


def _take(connection: Any, op: Operation, shapes: Mapping[str, Shape]) -> bool:
    """Write the operation into the log; False where it is there already."""
    row = connection.execute(
        "SELECT hash, hub_seq FROM sync_op WHERE dev = ? AND n = ?", (op.dev, op.n)
    ).fetchone()
    if row is not None:
        if row[0] != op.hash:
            raise Forked(op.dev, op.n)
        if not row[1] and op.hub_seq:
            acknowledge(connection, op.dev, [(op.n, op.hub_seq, op.hub_time or 0)], shapes)
        return False
    connection.execute(
        "INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, "
        "schema_v, actor, hub_seq, hub_time) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            *(op.dev, op.n, op.act, op.stamp, op.scope, op.tbl, op.pk, op.kind, op.body),
            json.dumps({group: list(ops) for group, ops in op.base.items()}),
            *(op.hash, op.schema_v, op.actor, op.hub_seq, op.hub_time),
        ),
    )
    return True


def acknowledge(
    connection: Any,
    dev: str,
    taken: Iterable[tuple[int, int, int]],
    shapes: Mapping[str, Shape],
) -> None:
    """Note that the hub has these operations of this device: (n, hub_seq, hub_time) of each.

    Only now are they sent. A stamp that ran ahead is ordered by the hub's time from here on, on
    this device as on every other.
    """
    for n, hub_seq, hub_time in taken:
        connection.execute(
            "UPDATE sync_op SET hub_seq = ?, hub_time = ? WHERE dev = ? AND n = ? "
            "AND coalesce(hub_seq, 0) = 0",
            (hub_seq, hub_time, dev, n),
        )
        op = known(connection, f"{dev}:{n}")
        if op is not None and op.shown_at != op.stamp:
            connection.execute(
                "UPDATE sync_head SET stamp = ? WHERE tbl = ? AND pk = ? AND op = ?",
                (op.shown_at, op.tbl, op.pk, op.id),
            )
            if op.tbl in shapes:
                show(connection, shapes[op.tbl], op.pk)


def _why_parked(connection: Any, op: Operation, shapes: Mapping[str, Shape]) -> str:
    shape = shapes.get(op.tbl)
    if shape is None:
        return UNKNOWN_TABLE
    if op.kind == "put":
        values = {name: value for group in op.groups.values() for name, value in group.items()}
        if shape.scope_of(op.pk, values) != op.scope:
            return WRONG_SCOPE
    else:
        row = connection.execute(
            "SELECT 1 FROM sync_op WHERE tbl = ? AND pk = ? AND kind = 'put' AND scope <> ?",
            (op.tbl, op.pk, op.scope),
        ).fetchone()
        if row is not None:
            return WRONG_SCOPE
    for group, written in op.groups.items():
        if not written.keys() <= set(shape.groups.get(group, ())):
            return UNKNOWN_COLUMN
    return ""


def _move_heads(connection: Any, op: Operation) -> None:
    """Let the operation stand for what it wrote, in the place of what it replaces."""
    where = (op.tbl, op.pk)
    replaced = [
        (group, one)
        for group, ops in op.base.items()
        if op.kind != "del" or group == HIDDEN
        for one in ops
    ]
    for group, one in replaced:
        connection.execute(
            "DELETE FROM sync_head WHERE tbl = ? AND pk = ? AND grp = ? AND op = ?",
            (*where, group, one),
        )
        dev, _, n = one.partition(":")
        connection.execute(
            "INSERT INTO sync_superseded (tbl, pk, grp, op) SELECT ?, ?, ?, ? WHERE NOT EXISTS "
            "(SELECT 1 FROM sync_op WHERE dev = ? AND n = ?) ON CONFLICT DO NOTHING",
            (*where, group, one, dev, int(n)),
        )
    for group in [WHOLE_ROW] if op.kind == "put" else op.groups:
        connection.execute(
            "INSERT INTO sync_head (tbl, pk, grp, op, stamp) SELECT ?, ?, ?, ?, ? "
            "WHERE NOT EXISTS (SELECT 1 FROM sync_superseded "
            "WHERE tbl = ? AND pk = ? AND grp = ? AND op = ?) ON CONFLICT DO NOTHING",
            (*where, group, op.id, op.shown_at, *where, group, op.id),
        )


# -- showing


def show(
    connection: Any, shape: Shape, pk: str, came: Mapping[str, Operation] | None = None
) -> None:
    """Bring one row to what its heads say, and note its open differences.

    A row of which only later writes are known yet is not there until its beginning comes. `came`
    are operations that need not be looked up.
    """
    row = _Row(connection, shape, pk, came or {})
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


def versions_of(
    connection: Any, shape: Shape, pk: str, group: str
) -> list[tuple[Head, dict[str, Any]]]:
    """Return what stands for one group of a row, the shown one first, with the values of each.

    Of the group `hidden` an edit that a removal did not see is a version that keeps the row.
    """
    row = _Row(connection, shape, pk, {})
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
        return [(head, row.written(head.op, HIDDEN) or {"hidden_at": None}) for head in heads]
    return [(head, row.written(head.op, group)) for head in heads]


class _Row:
    """All heads of one row, and the values they wrote."""

    def __init__(
        self, connection: Any, shape: Shape, pk: str, came: Mapping[str, Operation]
    ) -> None:
        self.connection = connection
        self.shape = shape
        self._known: dict[str, Operation | None] = {}
        self._came = came
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
        heads = self.of(group)
        first, *others = (self.written(head.op, group) for head in heads)
        return first, any(other != first for other in others)

    def hidden(self) -> tuple[dict[str, Any], bool]:
        """Return whether the row is hidden, and whether that is an open question."""
        heads = self.of(HIDDEN)
        values = [self.written(head.op, HIDDEN) for head in heads]
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

    def written(self, op: str, group: str, depth: int = 0) -> dict[str, Any]:
        """Return the values that an operation left a group with.

        A column that it did not name keeps the value it had in what was replaced, back to the
        beginning: a release that does not know a column must not empty it.
        """
        found = self.known(op)
        if found is None:
            return {}
        wrote = {name: _cleaned(value) for name, value in found.groups.get(group, {}).items()}
        wanted = self.shape.groups[group]
        if found.kind == "put" or depth > 50 or all(name in wrote for name in wanted):
            return {name: wrote[name] for name in wanted if name in wrote}
        before: dict[str, Any] = {}
        for one in (*found.base.get(group, ()), *found.base.get(WHOLE_ROW, ())):
            before = self.written(one, group, depth + 1) | before
        return {**before, **{name: wrote[name] for name in wanted if name in wrote}}


def _write_row(connection: Any, shape: Shape, pk: str, shown: dict[str, Any]) -> None:
    stands = connection.execute(f'SELECT 1 FROM "{shape.name}" WHERE id = ?', (pk,)).fetchone()
    names = list(shown)
    if stands is None:
        columns = ", ".join(f'"{name}"' for name in ("id", *names))
        marks = ", ".join("?" for _ in range(len(names) + 1))
        connection.execute(
            f'INSERT INTO "{shape.name}" ({columns}) VALUES ({marks})', (pk, *shown.values())
        )
        return
    if not names:
        return  # an insert-only row of this laptop's own: it says all of it itself
    columns = ", ".join(f'"{name}" = ?' for name in names)
    differ = " OR ".join(f'"{name}" IS NOT ?' for name in names)
    connection.execute(
        f'UPDATE "{shape.name}" SET {columns} WHERE id = ? AND ({differ})',
        (*shown.values(), pk, *shown.values()),
    )


def _cleaned(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value
