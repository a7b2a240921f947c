"""One database of the hub, spoken to in SQL that SQLite and PostgreSQL both understand.

Numbers are given under one lock: with two writers numbering side by side a reader would pass over
what commits late.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from linkworker.hub import upgrading
from linkworker.refusal import Refused


class DatabaseAway(Refused):
    """The database does not answer, or not to this role."""

    def __init__(self) -> None:
        super().__init__(
            "The hub's database was not reached.",
            "PostgreSQL does not answer at that address, or does not let this user in.",
            "Look whether it runs, and at the address after --database.",
        )


class Tx:
    """A transaction: SQL with `?` for its values."""

    def __init__(self, execute: Any) -> None:
        self._execute = execute
        self.remembered: dict[tuple[str, str], Any] = {}
        """What was asked already, and stays so while nobody else writes: a page asks it again for
        each of its operations."""

    def execute(self, sql: str, values: Iterable[Any] = ()) -> Any:
        """Run a statement."""
        return self._execute(sql, tuple(values))

    def rows(self, sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        """Return all rows."""
        return list(self.execute(sql, values).fetchall())

    def one(self, sql: str, values: Iterable[Any]) -> tuple[Any, ...] | None:
        """Return the first row, or None."""
        found = self.execute(sql, values).fetchone()
        return None if found is None else tuple(found)

    def value(self, sql: str, values: Iterable[Any]) -> Any:
        """Return the first column of the first row, or None."""
        found = self.one(sql, values)
        return None if found is None else found[0]


class Database(Protocol):
    """What the ledger asks of either database."""

    def writing(self) -> Any:
        """Lend a transaction, one at a time over all processes; kept whole or not at all."""

    def reading(self, worker: str = "", now_ms: int = 0) -> Any:
        """Lend a view of one moment: all of it, or no more than a worker holds at an instant.

        The second is a second wall, which SQLite has not: what is asked is filtered besides.
        """

    def serves(self) -> None:
        """Say, until it is closed, that laptops are served from here. Raises `PuttingBack`."""

    def alone(self) -> Any:
        """Lend a while in which nobody serves laptops from here. Raises `Served`."""


class SqliteDatabase:
    """The hub on one (encrypted) SQLite connection, for small teams and for tests."""

    def __init__(self, connection: Any) -> None:
        """Take a connection with `isolation_level=None`, and make the tables if they are absent.

        Raises `upgrading.OfANewerRelease`.
        """
        self._connection = connection
        self._lock = threading.RLock()
        upgrading.bring_on(connection)

    @contextmanager
    def writing(self) -> Iterator[Tx]:
        """Lend a transaction."""
        yield from self._transaction("BEGIN IMMEDIATE")

    @contextmanager
    def reading(self, worker: str = "", now_ms: int = 0) -> Iterator[Tx]:
        """Lend a view."""
        yield from self._transaction("BEGIN")

    def serves(self) -> None:
        """Do nothing: whoever serves this file serves its folder, which is held (`keeping`)."""

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Likewise."""
        yield

    def _transaction(self, begin: str) -> Iterator[Tx]:
        with self._lock:
            self._connection.execute(begin)
            try:
                yield Tx(self._connection.execute)
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
