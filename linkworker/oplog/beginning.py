"""Rows that begin with what comes: nearly all of a first sync, asked for and written many at once.

A row of which nothing is known, put under a number that is not in the log, replaces nothing and
stands beside nothing: it needs no question of its own. Whatever is not so simple is `applying`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from linkworker.oplog.capture import WHOLE_ROW
from linkworker.oplog.operations import Operation
from linkworker.oplog.shapes import Shape
from linkworker.oplog.showing import show_first

MOST_ASKED = 5_000
"""Rows or numbers that one question names at most: SQLite takes 32,766 values."""

WRITE = (
    "INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, "
    "schema_v, actor, hub_seq, hub_time, extra, came_after) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?, (SELECT n FROM sync_device))"
)
"""How an operation goes into the log (`line_of`)."""

HEAD = "INSERT INTO sync_head (tbl, pk, grp, op, stamp) VALUES (?, ?, ?, ?, ?)"
"""How it comes to stand for its row (`showing`)."""


def line_of(op: Operation, *, in_row: bool) -> tuple[Any, ...]:
    """Return the values of an operation's line in the log.

    What its row will hold unchanged for ever (`in_row`) is not written here a second time.
    """
    return (
        *(op.dev, op.n, op.act, op.stamp, op.scope, op.tbl, op.pk, op.kind),
        None if in_row else op.body,
        json.dumps({group: list(ops) for group, ops in op.base.items()}) if op.base else "{}",
        *(op.hash, op.schema_v, op.actor, op.hub_seq, op.hub_time, op.extra),
    )


class Beginning:
    """The rows that begin with some operations; they are told one after the other, in their order.

    Nothing of them is in the log before `write_log`, nor are the rows there before `show`.
    """

    def __init__(
        self, connection: Any, operations: Iterable[Operation], shapes: Mapping[str, Shape]
    ) -> None:
        self._connection = connection
        self._shapes = shapes
        puts = [op for op in operations if op.kind == "put" and op.tbl in shapes]
        self._rows = self._known("sync_head", "tbl", "pk", [(op.tbl, op.pk) for op in puts])
        self._rows |= self._known("sync_superseded", "tbl", "pk", [(op.tbl, op.pk) for op in puts])
        self._numbers = self._known("sync_op", "dev", "n", [(op.dev, op.n) for op in puts])
        self._lines: list[tuple[Any, ...]] = []
        self._heads: list[tuple[Any, ...]] = []
        self._puts: dict[str, list[Operation]] = {}

    def _known(
        self, table: str, first: str, second: str, asked: Sequence[tuple[Any, Any]]
    ) -> set[tuple[Any, Any]]:
        """Return which of these pairs a table has."""
        found: set[tuple[Any, Any]] = set()
        for at in range(0, len(asked), MOST_ASKED):
            some = asked[at : at + MOST_ASKED]
            found.update(
                self._connection.execute(
                    f"WITH asked (a, b) AS (VALUES {', '.join(['(?, ?)'] * len(some))}) "
                    "SELECT a, b FROM asked WHERE EXISTS "
                    f"(SELECT 1 FROM {table} WHERE {first} = a AND {second} = b)",
                    [value for pair in some for value in pair],
                )
            )
        return found

    def is_first(self, op: Operation) -> bool:
        """Say whether this begins a row of which nothing is known, under a number nobody used."""
        return (
            op.kind == "put"
            and op.tbl in self._shapes
            and (op.tbl, op.pk) not in self._rows
            and (op.dev, op.n) not in self._numbers
        )

    def take(self, op: Operation) -> None:
        """Take in one that `is_first`."""
        self.met(op)
        self._lines.append(line_of(op, in_row=self._shapes[op.tbl].insert_only))
        self._heads.append((op.tbl, op.pk, WHOLE_ROW, op.id, op.shown_at))
        self._puts.setdefault(op.tbl, []).append(op)

    def met(self, op: Operation) -> None:
        """Hear of an operation that was taken in: something is known of its row from here on."""
        self._rows.add((op.tbl, op.pk))
        self._numbers.add((op.dev, op.n))

    def write_log(self) -> None:
        """Write what was taken in so far into the log, for whoever looks there."""
        if self._lines:
            self._connection.executemany(WRITE, self._lines)
            self._connection.executemany(HEAD, self._heads)
            self._lines, self._heads = [], []

    def show(self) -> None:
        """Show the rows that began."""
        self.write_log()
        for tbl, puts in self._puts.items():
            show_first(self._connection, self._shapes[tbl], puts)
        self._puts = {}
