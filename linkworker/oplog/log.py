"""Reading operations back out of the log."""

from __future__ import annotations

import json
from typing import Any

from linkworker.oplog.operations import Operation

COLUMNS = (
    "dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor, hub_seq, "
    "hub_time, extra"
)
"""The columns of `sync_op` that `from_row` reads."""


def known(connection: Any, op: str) -> Operation | None:
    """Return an operation that is in the log by its id `dev:n`; None if it is not."""
    dev, _, n = op.partition(":")
    row = connection.execute(
        f"SELECT {COLUMNS} FROM sync_op WHERE dev = ? AND n = ?", (dev, int(n))
    ).fetchone()
    return None if row is None else from_row(row)


def from_row(row: tuple[Any, ...]) -> Operation:
    """Return the operation that a line of `sync_op` holds, its columns as `COLUMNS` says."""
    seen = {group: tuple(ops) for group, ops in json.loads(row[9]).items()}
    return Operation(*row[:9], seen, *row[10:])  # type: ignore[call-arg]  # a row as tuple
