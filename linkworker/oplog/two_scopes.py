"""One row that was put under two scopes, which only a forged or broken program does.

It is the row of whichever the hub took first: nobody knows an id before it stands there. The other
is kept and not shown while the first is here, whatever came first to this laptop; where that is let
go of, it is shown again (docs/decisions, 0019).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkworker.oplog.log import COLUMNS, from_row
from linkworker.oplog.operations import Operation
from linkworker.oplog.outgoing import filled
from linkworker.oplog.shapes import Shape

WRONG_SCOPE = "wrong scope"
"""Why an operation is parked: it is on a row of another scope, or names another's."""


def is_first(put: Operation, other: Operation) -> bool:
    """Say whether of two puts of one row under two scopes the row is that of `put`."""
    return _taken_at(put) < _taken_at(other)


def _taken_at(put: Operation) -> tuple[bool, int, str]:
    return put.hub_time is None, put.hub_time or 0, put.id


def set_aside(connection: Any, shapes: Mapping[str, Shape], put: Operation) -> None:
    """Park all that the scope of `put` wrote on its row; the row itself is written anew next."""
    where = (put.tbl, put.pk)
    for row in connection.execute(
        f"SELECT {COLUMNS} FROM sync_op WHERE scope = ? AND tbl = ? AND pk = ? AND kind <> 'void'",
        (put.scope, *where),
    ).fetchall():
        op = from_row(row)
        if op.body is None:  # it stood in the row alone
            connection.execute(
                "UPDATE sync_op SET body = ? WHERE dev = ? AND n = ?",
                (filled(connection, op, shapes).body, op.dev, op.n),
            )
        connection.execute(
            "INSERT INTO sync_parked (dev, n, reason) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (op.dev, op.n, WRONG_SCOPE),
        )
    for log in ("sync_head", "sync_superseded", "sync_open"):
        connection.execute(f"DELETE FROM {log} WHERE tbl = ? AND pk = ?", where)


def waits_aside(
    connection: Any, rows: set[tuple[str, str]], shapes: Mapping[str, Shape]
) -> list[list[Operation]]:
    """Return for each of some rows, of which nothing is shown any more, what is shown now: what one
    scope wrote of it, in its order."""
    found: dict[tuple[str, str], list[Operation]] = {}
    named = ", ".join(f"o.{name.strip()}" for name in COLUMNS.split(","))
    for row in connection.execute(
        f"SELECT {named} FROM sync_parked p JOIN sync_op o ON o.dev = p.dev AND o.n = p.n "
        "WHERE p.reason = ? ORDER BY o.hub_seq IS NULL, o.hub_seq, o.n",
        (WRONG_SCOPE,),
    ):
        op = from_row(row)
        if (op.tbl, op.pk) in rows and op.tbl in shapes:
            found.setdefault((op.tbl, op.pk), []).append(op)
    shown = []
    for ops in found.values():
        puts = [op for op in ops if op.kind == "put" and is_spelled(op, shapes)]
        if puts:
            first = min(puts, key=_taken_at)
            shown.append([op for op in ops if op.scope == first.scope])
    return shown


def is_spelled(put: Operation, shapes: Mapping[str, Shape]) -> bool:
    """Say whether a row that is put is one of the scope under which it comes."""
    values = {name: value for group in put.groups.values() for name, value in group.items()}
    return shapes[put.tbl].scope_of(put.pk, values) == put.scope
