"""Open differences: two people wrote without sight of each other, and both versions are kept.

To settle is a write like any other, whose base names every version that was looked at. A version
that comes later than the look is not covered by it, and opens the difference again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linkworker.oplog.capture import WHOLE_ROW, Capturing, body_hash
from linkworker.oplog.limits import MOST_BODY, TooLong
from linkworker.oplog.log import known
from linkworker.oplog.operations import Operation
from linkworker.oplog.shapes import Shape
from linkworker.oplog.showing import HIDDEN, Row, show, versions_of
from linkworker.refusal import Refused


class ChangedMeanwhile(Refused):
    """What was looked at is not what stands now: something came, or it was settled already."""

    def __init__(self) -> None:
        super().__init__(
            "That was not settled.",
            "Something came from the team meanwhile, or it was settled already.",
            "Look at the versions again. What you wrote is still here.",
        )


@dataclass(frozen=True)
class Version:
    """One of the versions that stand: who wrote it where and when, and the group's values."""

    op: str
    actor: str
    dev: str
    at_ms: int
    values: Mapping[str, Any]
    removes: bool = False
    """Whether this version takes the row out of sight."""


@dataclass(frozen=True)
class Difference:
    """One group of one row of which several versions stand; the first is the one shown."""

    tbl: str
    pk: str
    group: str
    scope: str
    versions: tuple[Version, ...]


def open_differences(
    connection: Any, shapes: Mapping[str, Shape], scope: str = ""
) -> list[Difference]:
    """Return what waits to be settled, in all scopes, or in one and the parts under it."""
    where, values = "", []
    if scope:
        where, values = "WHERE scope = ? OR scope GLOB ?", [scope, f"{scope}:*"]
    return [
        Difference(tbl, pk, group, of, tuple(_versions(connection, shapes[tbl], pk, group)))
        for tbl, pk, group, of in connection.execute(
            f"SELECT tbl, pk, grp, scope FROM sync_open {where} ORDER BY scope, tbl, pk, grp",
            values,
        ).fetchall()
        if tbl in shapes
    ]


def _versions(connection: Any, shape: Shape, pk: str, group: str) -> list[Version]:
    found = []
    for head, values in versions_of(connection, shape, pk, group):
        op = known(connection, head.op)
        if op is not None:
            removes = group == HIDDEN and values.get("hidden_at") is not None
            found.append(Version(head.op, op.actor, op.dev, head.shown_at, values, removes))
    return found


def is_open(connection: Any, tbl: str, pk: str, group: str) -> bool:
    """Say whether a group of a row waits to be settled."""
    row = connection.execute(
        "SELECT 1 FROM sync_open WHERE tbl = ? AND pk = ? AND grp = ?", (tbl, pk, group)
    ).fetchone()
    return row is not None


def refuse_changed(connection: Any, shape: Shape, looked_at: Difference) -> None:
    """Raise `ChangedMeanwhile` unless the versions that were looked at are those that stand."""
    now = {one.op for one in _versions(connection, shape, looked_at.pk, looked_at.group)}
    if now != {one.op for one in looked_at.versions} or not is_open(
        connection, looked_at.tbl, looked_at.pk, looked_at.group
    ):
        raise ChangedMeanwhile


def settle(
    connection: Any,
    state: Capturing,
    shape: Shape,
    pk: str,
    group: str,
    values: Mapping[str, Any],
    schema_v: int,
) -> None:
    """Write what was chosen, inside an act: it replaces every version that stands now.

    Written here and not by the row's trigger, because the version shown may be the one chosen, and
    then the row does not change at all.
    """
    seen: dict[str, list[str]] = {}
    for grp, op in connection.execute(
        "SELECT grp, op FROM sync_head WHERE tbl = ? AND pk = ? ORDER BY grp, op",
        (shape.name, pk),
    ).fetchall():
        seen.setdefault(grp, []).append(op)
    removes = group == HIDDEN and values.get("hidden_at") is not None
    base = seen if removes else {group: seen.get(group) or seen[WHOLE_ROW]}
    chosen = {name: values[name] for name in shape.groups[group]}
    writing = _Writing(connection, state, shape, pk, group, schema_v)
    written = writing.write(chosen, base, state.actor, removes)
    writing.stand([written])


def reopen(
    connection: Any, state: Capturing, shape: Shape, settled: str, schema_v: int
) -> set[str]:
    """Write again, side by side, the versions that an operation settled; return the groups.

    Each names whoever first wrote it: what is brought back is theirs. None of them has seen the
    others, so all of them stand again. Inside an act.
    """
    op = known(connection, settled)
    if op is None or op.kind not in ("set", "del"):
        return set()
    row = Row(connection, shape, op.pk, {})
    reopened: set[str] = set()
    for group in op.groups:
        before = [one for one in map(row.known, op.base.get(group, ())) if one is not None]
        before.sort(key=lambda one: (one.shown_at, one.id))  # the last one is shown, as it was
        stood = [(one, values) for one in before for values in row.written(one.id, group)]
        if group == HIDDEN:
            stood = [one for one in stood if one[1].get("hidden_at") is not None]
            if not stood or not _was_in_sight(connection, op):
                continue
        elif all(values == stood[0][1] for _, values in stood):
            continue
        writing = _Writing(connection, state, shape, op.pk, group, schema_v)
        written = []
        for one, values in stood:
            base = {group: [op.id]}
            if group == HIDDEN:
                base = {**{grp: list(ops) for grp, ops in one.base.items()}, **base}
            written.append(writing.write(values, base, one.actor, group == HIDDEN))
        writing.stand(written)
        reopened.add(group)
    return reopened


def _was_in_sight(connection: Any, op: Operation) -> bool:
    """Say whether the row was in sight when `op` was written here, although removals stood."""
    (before,) = connection.execute(
        "SELECT before FROM sync_op WHERE dev = ? AND n = ?", (op.dev, op.n)
    ).fetchone()
    was = json.loads(before or "{}").get(HIDDEN)
    return was is not None and was.get("hidden_at") is None


class _Writing:
    """Operations on one group of one row that its trigger does not write: no row need change."""

    def __init__(
        self, connection: Any, state: Capturing, shape: Shape, pk: str, group: str, schema_v: int
    ) -> None:
        self._connection = connection
        self._state = state
        self._shape = shape
        self._pk = pk
        self._group = group
        self._schema_v = schema_v
        names = shape.groups[group]
        columns = ", ".join(f'"{name}"' for name in names)
        shown = connection.execute(
            f'SELECT {columns} FROM "{shape.name}" WHERE id = ?', (pk,)
        ).fetchone()
        self._before = _canonical({group: dict(zip(names, shown, strict=True))})
        (self._scope,) = connection.execute(
            "SELECT o.scope FROM sync_head h JOIN sync_op o ON h.op = o.dev || ':' || o.n "
            "WHERE h.tbl = ? AND h.pk = ? AND h.grp = ?",
            (shape.name, pk, WHOLE_ROW),
        ).fetchone()

    def write(
        self,
        values: Mapping[str, Any],
        base: Mapping[str, list[str]],
        actor: str,
        removes: bool,
    ) -> tuple[str, int]:
        """Write one operation; return its id and stamp."""
        connection = self._connection
        body = _canonical({self._group: dict(values)})
        if len(body) > MOST_BODY:  # both versions of something long, joined
            raise TooLong
        connection.execute("UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now())")
        dev, n, stamp = connection.execute("SELECT dev, n, stamp FROM sync_device").fetchone()
        connection.execute(
            "INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, "
            "schema_v, actor, before) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                *(dev, n, self._state.act, stamp, self._scope, self._shape.name, self._pk),
                *("del" if removes else "set", body, _canonical(base), body_hash(body)),
                *(self._schema_v, actor, self._before),
            ),
        )
        return f"{dev}:{n}", stamp

    def stand(self, written: list[tuple[str, int]]) -> None:
        """Let what was written stand for the group, and show it."""
        where = (self._shape.name, self._pk, self._group)
        self._connection.execute(
            "DELETE FROM sync_head WHERE tbl = ? AND pk = ? AND grp = ?", where
        )
        self._connection.executemany(
            "INSERT INTO sync_head (tbl, pk, grp, op, stamp) VALUES (?, ?, ?, ?, ?)",
            [(*where, op, stamp) for op, stamp in written],
        )
        capturing, self._state.capturing = self._state.capturing, False
        try:
            show(self._connection, self._shape, self._pk)
        finally:
            self._state.capturing = capturing


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
