"""Applying operations that came from elsewhere: into the log, and what each one replaces.

An operation is a *head* of the field groups it wrote until one comes that names it in its base.
What cannot be understood yet is parked, never dropped. What a row then shows is `showing`'s.

The caller holds a transaction, with capture off and foreign keys not enforced: rows of one act may
lie in two pages. Nothing here knows of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from linkworker.oplog.beginning import WRITE, Beginning, line_of
from linkworker.oplog.capture import WHOLE_ROW
from linkworker.oplog.forking import is_same
from linkworker.oplog.log import known
from linkworker.oplog.operations import KINDS, NOT_READ, Forked, Operation, given
from linkworker.oplog.shapes import Shape
from linkworker.oplog.showing import HIDDEN, show
from linkworker.oplog.two_scopes import (
    WRONG_SCOPE,
    is_first,
    is_spelled,
    set_aside,
    waits_aside,
)

UNKNOWN_TABLE, UNKNOWN_COLUMN = "unknown table", "unknown column"
UNKNOWN_KIND, UNKNOWN_FIELD = "unknown kind", "unknown field"
NOT_UNDERSTOOD = "not understood"
"""Why an operation is parked: kept, and looked at again after an upgrade, except WRONG_SCOPE."""

NOT_TAKEN_UP = frozenset({WRONG_SCOPE, UNKNOWN_KIND, NOT_UNDERSTOOD})
"""What these operations replace is not known, or not theirs to replace."""

_NO_COLUMNS: frozenset[str] = frozenset()


@dataclass
class Applied:
    """What applying changed: tables and scopes, for whoever watches, and how many were new."""

    new: int = 0
    parked: int = 0
    tables: set[str] = field(default_factory=set)
    scopes: set[str] = field(default_factory=set)

    def add(self, more: Applied) -> None:
        """Count in what was taken in besides."""
        self.new += more.new
        self.parked += more.parked
        self.tables |= more.tables
        self.scopes |= more.scopes


def apply(connection: Any, operations: Iterable[Operation], shapes: Mapping[str, Shape]) -> Applied:
    """Take operations in, in any order, any number of times. Returns what changed.

    Raises `Forked` where a number is already another operation's.
    """
    applied = Applied()
    touched: dict[tuple[str, str], None] = {}
    came: dict[str, Operation] = {}
    erased = {row[0] for row in connection.execute("SELECT scope FROM sync_erased")}
    coming = [op for op in operations if op.scope not in erased]
    beginning = Beginning(connection, coming, shapes)
    for op in coming:
        if beginning.is_first(op) and not _why_parked(connection, op, shapes, True):
            beginning.take(op)
            applied.tables.add(op.tbl)
        else:
            reason = _take_one(connection, op, shapes, beginning)
            if reason is None:
                continue
            applied.parked += bool(reason)
            if op.kind != "void" and reason not in NOT_TAKEN_UP:
                touched[op.tbl, op.pk] = None
        came[op.id] = op
        applied.new += 1
        applied.scopes.add(op.scope)
    beginning.show()
    for tbl, pk in touched:
        if tbl in shapes:
            show(connection, shapes[tbl], pk, came)
            applied.tables.add(tbl)
    return applied


def _take_one(
    connection: Any, op: Operation, shapes: Mapping[str, Shape], beginning: Beginning
) -> str | None:
    """Take in an operation that is more than a row that begins.

    Returns why it is parked, "" where it is not; None where it is there already.
    """
    beginning.write_log()
    reason = _why_parked(connection, op, shapes, False)
    later = None
    if reason == WRONG_SCOPE:
        beginning.show()  # a row may be of another scope that just came
        later = _put_later(connection, op, shapes)
        if later is not None:
            reason = _why_parked(connection, op, shapes, True)
    if not _take(connection, op, shapes, reason):
        return None
    beginning.met(op)
    if later is not None:
        set_aside(connection, shapes, later)
    if op.kind == "void":
        return ""
    if reason:
        connection.execute(
            "INSERT INTO sync_parked (dev, n, reason) VALUES (?, ?, ?)", (op.dev, op.n, reason)
        )
    if reason not in NOT_TAKEN_UP:
        _move_heads(connection, op)
    return reason


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
    applied = _replay_unread(connection, shapes)
    rows = connection.execute(
        "SELECT dev, n, reason FROM sync_parked WHERE reason <> ?", (WRONG_SCOPE,)
    ).fetchall()
    rows_of: dict[tuple[str, str], None] = {}
    taken_up: list[Operation] = []
    for dev, n, was in rows:
        op = known(connection, f"{dev}:{n}")
        if op is None or op.tbl not in shapes:
            continue
        rows_of[op.tbl, op.pk] = None  # a part of it may be understood by now
        reason = _why_parked(connection, op, shapes, False)
        if was in NOT_TAKEN_UP and reason not in NOT_TAKEN_UP:
            _move_heads(connection, op)
        if reason:
            connection.execute(
                "UPDATE sync_parked SET reason = ? WHERE dev = ? AND n = ?", (reason, dev, n)
            )
            continue
        connection.execute("DELETE FROM sync_parked WHERE dev = ? AND n = ?", (dev, n))
        taken_up.append(op)
    for tbl, pk in rows_of:
        show(connection, shapes[tbl], pk)
    for op in taken_up:
        applied.new += 1
        applied.tables.add(op.tbl)
        applied.scopes.add(op.scope)
    _say_once(connection, taken_up, shapes)
    return applied


def _replay_unread(connection: Any, shapes: Mapping[str, Shape]) -> Applied:
    """Take in what could only be kept as text until now."""
    found: list[Operation] = []
    for dev, n in connection.execute(
        "SELECT dev, n FROM sync_parked WHERE reason = ?", (NOT_UNDERSTOOD,)
    ).fetchall():
        kept = known(connection, f"{dev}:{n}")
        op = given(kept.to_wire()) if kept else None
        if op is not None and op.kind != NOT_READ:
            for table in ("sync_parked", "sync_op"):
                connection.execute(f"DELETE FROM {table} WHERE dev = ? AND n = ?", (dev, n))
            found.append(op)
    return apply(connection, found, shapes)


# -- taking in


def _take(connection: Any, op: Operation, shapes: Mapping[str, Shape], reason: str) -> bool:
    """Write the operation into the log; False where it is there already."""
    in_row = op.kind == "put" and not reason and shapes[op.tbl].insert_only
    written = connection.execute(
        f"{WRITE} ON CONFLICT (dev, n) DO NOTHING", line_of(op, in_row=in_row)
    )
    if written.rowcount:
        return True
    kind, seq, time, *there = connection.execute(
        "SELECT kind, hub_seq, hub_time, hash, stamp, tbl, pk FROM sync_op WHERE dev = ? AND n = ?",
        (op.dev, op.n),
    ).fetchone()
    if kind == "void" and op.kind != "void":
        # emptied here, and a copy of these records wrote something else under the same number
        connection.execute("DELETE FROM sync_op WHERE dev = ? AND n = ?", (op.dev, op.n))
        return _take(connection, op, shapes, reason)
    if kind != op.kind or not is_same(op, *there):
        raise Forked(op.dev, op.n)
    if op.hub_seq and (seq, time) != (op.hub_seq, op.hub_time):
        acknowledge(connection, op.dev, [(op.n, op.hub_seq, op.hub_time or 0)], shapes)
    return False


def acknowledge(
    connection: Any,
    dev: str,
    taken: Iterable[tuple[int, int, int]],
    shapes: Mapping[str, Shape],
) -> list[Operation]:
    """Note that the hub has these operations of this device: (n, hub_seq, hub_time) of each.

    Returns those that are here. Only now are they sent. A stamp that ran ahead is ordered by the
    hub's time from here on, on this device as on every other.
    """
    held: list[Operation] = []
    for n, hub_seq, hub_time in taken:
        connection.execute(
            "UPDATE sync_op SET hub_seq = ?, hub_time = ? WHERE dev = ? AND n = ? "
            "AND (coalesce(hub_seq, 0) = 0 OR ? > 0)",
            (hub_seq, hub_time, dev, n, hub_seq),
        )
        op = known(connection, f"{dev}:{n}")
        if op is None:
            continue
        held.append(op)
        moved = connection.execute(
            "UPDATE sync_head SET stamp = ?1 WHERE tbl = ?2 AND pk = ?3 AND op = ?4 "
            "AND stamp <> ?1",
            (op.shown_at, op.tbl, op.pk, op.id),
        )
        if moved.rowcount and op.tbl in shapes:
            show(connection, shapes[op.tbl], op.pk)
    return held


def _why_parked(connection: Any, op: Operation, shapes: Mapping[str, Shape], first: bool) -> str:
    """Return why an operation cannot be shown, or not all of it; "" where it can."""
    if op.kind == "void":
        return ""
    if op.kind not in KINDS:
        return NOT_UNDERSTOOD if op.kind == NOT_READ else UNKNOWN_KIND
    shape = shapes.get(op.tbl)
    if shape is None:
        return UNKNOWN_TABLE
    if op.kind == "put" and not is_spelled(op, shapes):
        return WRONG_SCOPE
    begun = None if first else _begun(connection, op)
    if begun is not None and begun.scope != op.scope:
        return WRONG_SCOPE
    for group, written in op.groups.items():
        if not written.keys() <= shape.columns_of.get(group, _NO_COLUMNS):
            return UNKNOWN_COLUMN
    return UNKNOWN_FIELD if op.extra else ""


def _begun(connection: Any, op: Operation) -> Operation | None:
    """Return the operation that put the row of `op`, if another did and it is known."""
    row = connection.execute(
        "SELECT op FROM sync_head WHERE tbl = ? AND pk = ? AND grp = ? AND op <> ? LIMIT 1",
        (op.tbl, op.pk, WHOLE_ROW, op.id),
    ).fetchone()
    return known(connection, row[0]) if row else None


def _put_later(connection: Any, op: Operation, shapes: Mapping[str, Shape]) -> Operation | None:
    """Return the put of another scope to which the row of `op` belongs here, and ought not."""
    if op.kind != "put" or op.tbl not in shapes or not is_spelled(op, shapes):
        return None
    begun = _begun(connection, op)
    return begun if begun is not None and is_first(op, begun) else None


def show_again(connection: Any, gone: set[tuple[str, str]], shapes: Mapping[str, Shape]) -> None:
    """Show what was set aside on rows that went with a scope that was let go of."""
    for ops in waits_aside(connection, gone, shapes):
        shown = []
        for op in ops:
            where = (op.dev, op.n)
            connection.execute("DELETE FROM sync_parked WHERE dev = ? AND n = ?", where)
            reason = _why_parked(connection, op, shapes, True)
            if reason not in NOT_TAKEN_UP:
                _move_heads(connection, op)
            if reason:
                connection.execute(
                    "INSERT INTO sync_parked (dev, n, reason) VALUES (?, ?, ?)", (*where, reason)
                )
            else:
                shown.append(op)
        show(connection, shapes[ops[0].tbl], ops[0].pk)
        _say_once(connection, shown, shapes)


def _turn_away_strangers(connection: Any, put: Operation) -> None:
    """Take from a row that begins now what was written on it under another scope before it came."""
    for (one,) in connection.execute(
        "SELECT DISTINCT op FROM sync_head WHERE tbl = ? AND pk = ? AND grp <> ?",
        (put.tbl, put.pk, WHOLE_ROW),
    ).fetchall():
        early = known(connection, one)
        if early is not None and early.scope != put.scope:
            connection.execute(
                "DELETE FROM sync_head WHERE tbl = ? AND pk = ? AND op = ?", (put.tbl, put.pk, one)
            )
            connection.execute(
                "INSERT INTO sync_parked (dev, n, reason) VALUES (?, ?, ?) "
                "ON CONFLICT (dev, n) DO UPDATE SET reason = excluded.reason",
                (early.dev, early.n, WRONG_SCOPE),
            )


def _move_heads(connection: Any, op: Operation) -> None:
    """Let the operation stand for what it wrote, in the place of what it replaces."""
    where = (op.tbl, op.pk)
    if op.kind == "put":
        _turn_away_strangers(connection, op)
    replaced = [
        (group, one)
        for group, ops in op.base.items()
        if (group == HIDDEN if op.kind == "del" else group in op.groups)
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
            "(SELECT 1 FROM sync_op WHERE dev = ? AND n = ? AND kind <> 'void') "
            "ON CONFLICT DO NOTHING",
            (*where, group, one, dev, int(n)),
        )
    for group in [WHOLE_ROW] if op.kind == "put" else op.groups:
        connection.execute(
            "INSERT INTO sync_head (tbl, pk, grp, op, stamp) SELECT ?, ?, ?, ?, ? "
            "WHERE NOT EXISTS (SELECT 1 FROM sync_superseded "
            "WHERE tbl = ? AND pk = ? AND grp = ? AND op = ?) ON CONFLICT DO NOTHING",
            (*where, group, op.id, op.shown_at, *where, group, op.id),
        )
