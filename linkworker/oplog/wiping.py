"""Letting go of a scope: everything of it leaves this file, and nothing else does.

Needed where somebody no longer holds a person, and where a person is erased. The caller holds a
transaction with capture off, takes care of drafts, and checkpoints afterwards.
What this laptop wrote leaves its number behind as a void: hub and `check` count without gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkworker.oplog import handing_back
from linkworker.oplog.log import known
from linkworker.oplog.shapes import Shape
from linkworker.scopes import person_of

VOID = "void"
"""Stands where the table, the row, the scope and the hash of an emptied number stood: a hash could
confirm a guess at what was said."""


def unsent_in(connection: Any, scope: str) -> int:
    """Return how many operations of this device in a scope no hub has acknowledged."""
    row = connection.execute(
        "SELECT count(*) FROM sync_op WHERE scope = ? AND hub_seq IS NULL "
        "AND dev = (SELECT dev FROM sync_device)",
        (scope,),
    ).fetchone()
    return int(row[0])


def wipe(connection: Any, scope: str, shapes: Mapping[str, Shape]) -> set[tuple[str, str]]:
    """Let go of a scope; return the rows that went, each as (table, id)."""
    gone: set[tuple[str, str]] = set()
    for shape in shapes.values():
        whose = shape.belongs(scope)
        if whose is None:
            continue
        where = "WHERE " + " AND ".join(f'"{name}" = ?' for name in whose) if whose else ""
        values = tuple(whose.values())
        for (pk,) in connection.execute(
            f'SELECT id FROM "{shape.name}" {where}', values
        ).fetchall():
            gone.add((shape.name, pk))
        connection.execute(f'DELETE FROM "{shape.name}" {where}', values)
    named = set(
        connection.execute("SELECT DISTINCT tbl, pk FROM sync_op WHERE scope = ?", (scope,))
    )
    for tbl, pk in gone | named:
        if (tbl, pk) not in gone and _turned_away(connection, tbl, pk, scope):
            continue
        for log in ("sync_head", "sync_superseded"):
            connection.execute(f"DELETE FROM {log} WHERE tbl = ? AND pk = ?", (tbl, pk))
    connection.execute(
        "DELETE FROM sync_parked WHERE EXISTS (SELECT 1 FROM sync_op o "
        "WHERE o.dev = sync_parked.dev AND o.n = sync_parked.n AND o.scope = ?)",
        (scope,),
    )
    connection.execute("DELETE FROM sync_open WHERE scope = ?", (scope,))
    connection.execute(
        "DELETE FROM sync_act WHERE act IN (SELECT act FROM sync_op WHERE scope = ?) "
        "AND NOT EXISTS (SELECT 1 FROM sync_op o WHERE o.act = sync_act.act AND o.scope <> ?)",
        (scope, scope),
    )
    connection.execute(
        "UPDATE sync_op SET kind = ?, body = NULL, before = NULL, extra = NULL, base = '{}', "
        "tbl = ?, pk = ?, scope = ?, hash = ? "
        "WHERE scope = ? AND dev = (SELECT dev FROM sync_device)",
        (VOID, VOID, VOID, VOID, VOID, scope),
    )
    connection.execute("DELETE FROM sync_op WHERE scope = ?", (scope,))
    connection.execute("DELETE FROM sync_cursor WHERE scope = ?", (scope,))
    handing_back.let_go(connection, scope)
    return gone


def _turned_away(connection: Any, tbl: str, pk: str, scope: str) -> bool:
    """Let go of what a scope wrote on a row of another scope; False where the row is in no other.

    What stands there was never this scope's to write, and is not its to take away.
    """
    heads = connection.execute(
        "SELECT DISTINCT op FROM sync_head WHERE tbl = ? AND pk = ?", (tbl, pk)
    ).fetchall()
    in_scope = {op: found.scope for (op,) in heads if (found := known(connection, op))}
    connection.executemany(
        "DELETE FROM sync_head WHERE tbl = ? AND pk = ? AND op = ?",
        [(tbl, pk, op) for op, where in in_scope.items() if where == scope],
    )
    return any(where != scope for where in in_scope.values())


def erase(connection: Any, scope: str, shapes: Mapping[str, Shape]) -> set[tuple[str, str]]:
    """Let go of a scope for good: nothing of it is ever taken in again."""
    connection.execute(
        "INSERT INTO sync_erased (scope) VALUES (?) ON CONFLICT DO NOTHING", (scope,)
    )
    gone = wipe(connection, scope, shapes)
    if person := person_of(scope):  # an act that wrote the team's too stays, and is of nobody
        connection.execute("UPDATE sync_act SET person_id = '' WHERE person_id = ?", (person,))
    return gone
