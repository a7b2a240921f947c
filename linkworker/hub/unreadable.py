"""Rows of the ledger that cannot be read, by a fault of the disk or a hand in the database.

Such a row holds up what stands behind it in its own scope and nothing else: no laptop could count
on what came after it, for its place in the chain cannot be shown. Each is remembered by its place
as it is met, and named to whoever looks after the hub; nothing of it is ever changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from linkworker.hub import audit
from linkworker.hub.database import Database
from linkworker.oplog.forking import is_same
from linkworker.oplog.operations import NotAnOperation, Operation, from_kept, given

_MET = "unreadable "
"""How the names begin under which the hub remembers them."""


@dataclass(frozen=True)
class Row:
    """A row that could not be read: by its device and number, and its place in a scope."""

    dev: str
    n: int
    scope: str
    seq: int


def read(wire: str | None) -> Operation | None:
    """Return the operation that a row keeps, None where that cannot be read."""
    try:
        return given(json.loads(wire or ""))
    except (NotAnOperation, ValueError, TypeError, RecursionError):
        return None


def read_at(
    wire: str | None, dev: str, n: int, scope: str, seq: int, time: int
) -> Operation | None:
    """Return the operation that a row keeps at its place; None where that cannot be read, or is
    another's."""
    try:
        op = from_kept(wire or "", seq, time)
    except (NotAnOperation, ValueError, TypeError, RecursionError):
        return None
    return op if (op.dev, op.n, op.scope) == (dev, n, scope) else None


def is_there(op: Operation, hash_: str, wire: str | None) -> bool:
    """Say whether a row, with its hash beside it, keeps this operation (`forking.is_same`)."""
    try:
        there = json.loads(wire or "{}")
        return is_same(op, *(there.get(name) for name in ("hash", "stamp", "tbl", "pk")))
    except (ValueError, AttributeError, RecursionError):
        return op.hash == hash_


def note(database: Database, rows: Iterable[Row], now: int) -> None:
    """Remember rows that were met, once; the audit says when."""
    with database.reading() as tx:
        known = {(one.dev, one.n) for one in _met(tx)}
    new = [one for one in rows if (one.dev, one.n) not in known]
    if not new:
        return
    with database.writing() as tx:
        for one in new:
            place = json.dumps([one.dev, one.n, one.scope, one.seq])
            tx.execute(
                "INSERT INTO hub_meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                (f"{_MET}{one.dev}:{one.n}", place),
            )
            audit.add(tx, now, "the hub", "could not read", one.scope, f"{one.dev}:{one.n}")


def still(database: Database) -> list[Row]:
    """Return the rows that were met and cannot be read to this day."""
    with database.reading() as tx:
        return [one for one in _met(tx) if _is_here(tx, one)]


def _met(tx: Any) -> list[Row]:
    named = tx.rows("SELECT value FROM hub_meta WHERE name LIKE ? ORDER BY name", (f"{_MET}%",))
    return [Row(*json.loads(value)) for (value,) in named]


def _is_here(tx: Any, one: Row) -> bool:
    found = tx.one(
        "SELECT wire, hub_time FROM hub_op WHERE dev = ? AND n = ? AND scope = ? AND seq = ?",
        (one.dev, one.n, one.scope, one.seq),
    )
    if found is None:
        return False
    wire, time = found
    return read_at(wire, one.dev, one.n, one.scope, one.seq, time) is None
