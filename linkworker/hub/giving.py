"""What is given out of one scope, a page at a time, within a transaction of the ledger."""

from __future__ import annotations

import json
from typing import Any

from linkworker.oplog.operations import Operation, from_wire
from linkworker.oplog.replica import Cursor, Part, checksum


def part_of(tx: Any, scope: str, at: Cursor, most_bytes: int) -> tuple[Part | None, bool]:
    """Return what comes after a cursor, at least one write where there is one; and whether there
    is more than `most_bytes` allows."""
    operations: list[Operation] = []
    size, more = 0, False
    for wire, seq, time in tx.rows(
        "SELECT wire, seq, hub_time FROM hub_op WHERE scope = ? AND seq > ? ORDER BY seq "
        "LIMIT 2000",
        (scope, at.seq),
    ):
        op = from_wire(json.loads(wire)).numbered(seq, time)
        size += len(op.body or "") + 300
        if operations and size > most_bytes:
            more = True
            break
        operations.append(op)
    if not operations:
        return None, False
    return Part(scope, at.seq, tuple(operations), checksum(at.checksum, operations)), more
