"""Going on as another device: these records were copied, or brought back from a backup.

A number then stands for two operations. The hub keeps what came first; here everything from that
number on that no hub holds is numbered anew under a device id of its own, with all that names it.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import Any

from linkworker.oplog.operations import Operation


def is_same(op: Operation, hash_: Any, stamp: Any, tbl: Any, pk: Any) -> bool:
    """Say whether an operation is the one that was kept under its number.

    The hash alone does not tell: two copies may tick off two different steps in the same words.
    """
    return (op.hash, op.stamp, op.tbl, op.pk) == (hash_, stamp, tbl, pk)


def go_on_as(connection: Any, dev: str, first_n: int) -> int:
    """Take `dev` as this laptop's id; what is unsent from `first_n` on is numbered from 1.

    Returns how many operations that were. The caller holds a transaction with capture off.
    """
    (old,) = connection.execute("SELECT dev FROM sync_device").fetchone()
    numbers = [
        n
        for (n,) in connection.execute(
            "SELECT n FROM sync_op WHERE dev = ? AND n >= ? AND hub_seq IS NULL ORDER BY n",
            (old, first_n),
        ).fetchall()
    ]
    names = {f"{old}:{n}": f"{dev}:{new}" for new, n in enumerate(numbers, 1)}
    for new, n in enumerate(numbers, 1):
        act, base = connection.execute(
            "SELECT act, base FROM sync_op WHERE dev = ? AND n = ?", (old, n)
        ).fetchone()
        seen = {group: [names.get(op, op) for op in ops] for group, ops in json.loads(base).items()}
        connection.execute(
            "UPDATE sync_op SET dev = ?, n = ?, act = ?, base = ? WHERE dev = ? AND n = ?",
            (dev, new, names.get(act, act), json.dumps(seen), old, n),
        )
        connection.execute(
            "UPDATE sync_parked SET dev = ?, n = ? WHERE dev = ? AND n = ?", (dev, new, old, n)
        )
    for table, column in (
        ("sync_head", "op"),
        ("sync_superseded", "op"),
        ("sync_act", "act"),
        ("sync_act", "undoes"),
    ):
        connection.executemany(
            f"UPDATE {table} SET {column} = ? WHERE {column} = ?",
            [(new, was) for was, new in names.items()],
        )
    connection.executemany(
        "UPDATE sync_op SET came_after = ? WHERE came_after = ?",
        [
            (bisect_right(numbers, came), came)
            for (came,) in connection.execute(
                "SELECT DISTINCT came_after FROM sync_op WHERE came_after > 0 ORDER BY 1"
            ).fetchall()
        ],
    )
    connection.execute("UPDATE sync_device SET dev = ?, n = ?", (dev, len(numbers)))
    return len(numbers)
