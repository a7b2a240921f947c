"""Laptops without an app: a database in memory each, with the real schema and triggers."""

from __future__ import annotations

import json
import weakref
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlcipher3 import dbapi2

from linkworker import schema
from linkworker.clock import to_text
from linkworker.oplog import applying, differences, outgoing, wiping
from linkworker.oplog.applying import Applied
from linkworker.oplog.capture import Capturing, register
from linkworker.oplog.operations import Operation
from linkworker.oplog.shapes import Shape
from linkworker.scopes import OUR_TEAM
from linkworker.storage.migrating import migration_sql, statements_of
from linkworker.storage.statements import insert_of
from tests.oplog.releases import bring_to, releases


@cache
def _empty() -> Any:
    """An empty store, made once: copying it is quicker than making it."""
    connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    for number in range(1, schema.VERSION + 1):
        for statement in statements_of(migration_sql(number)):
            connection.execute(statement)
    return connection


def a_moment(of: str) -> str:
    """Return an instant that only this is said of, as a row holds it."""
    return to_text(datetime.fromtimestamp(zlib.crc32(of.encode()), UTC))


class Device:
    """One laptop. Time stands still until `pass_time`; its clock may be wrong by `skew_ms`."""

    def __init__(
        self, dev: str, worker: str = "", *, skew_ms: int = 0, now_ms: int = 10**12
    ) -> None:
        self.worker = worker or f"worker-{dev}"
        self.now_ms = now_ms
        self.skew_ms = skew_ms
        self.release = 0
        self.organisation = OUR_TEAM
        # Weakly: what a connection calls is held by SQLite, where no cycle is ever collected.
        mine = weakref.ref(self)

        def now() -> int:
            laptop = mine()
            assert laptop is not None
            return laptop.now_ms + laptop.skew_ms

        self.state = Capturing(now, actor=self.worker)
        self.connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
        _empty().backup(self.connection)
        self.connection.execute("PRAGMA recursive_triggers=ON")
        register(self.connection, self.state)
        self.connection.execute(
            "INSERT INTO sync_device (only_one, dev, n, stamp, worker_id) VALUES (1, ?, 0, 0, ?)",
            (dev, self.worker),
        )

    @property
    def shapes(self) -> dict[str, Shape]:
        return releases()[self.release].shapes

    def upgrade(self, release: int) -> None:
        """Install a later release (`releases`), which looks at what was parked again."""
        try:
            with self.applying() as connection:
                for number in range(self.release + 1, release + 1):
                    bring_to(connection, releases()[number])
                    connection.execute(f"PRAGMA user_version = {number}")
                    self.release = number
                applying.replay_parked(connection, self.shapes)
        finally:
            (self.release,) = self.connection.execute("PRAGMA user_version").fetchone()

    # -- what a person does

    @contextmanager
    def act(self) -> Iterator[Any]:
        self.now_ms += 1
        self.connection.execute("BEGIN IMMEDIATE")
        self.state.act = f"{self.dev}:{self.number + 1}"
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        else:
            self.connection.execute("COMMIT")
        finally:
            self.state.act = ""

    def put(self, table: str, pk: str, **values: Any) -> str:
        model = getattr(schema, table)
        row = vars(model(id=pk, recorded_by=self.worker, **values))
        if "organisation" in row and "organisation" not in values:
            row["organisation"] = self.organisation
        statement = insert_of(model)
        with self.act() as connection:
            connection.execute(statement.sql, statement.params(row))
        return self.last

    def put_plainly(self, table: str, pk: str, **values: Any) -> str:
        """Put a row of a table that only a later release knows."""
        columns = ", ".join(f'"{name}"' for name in ("id", *values))
        marks = ", ".join("?" for _ in range(len(values) + 1))
        with self.act() as connection:
            connection.execute(
                f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', (pk, *values.values())
            )
        return self.last

    def set(self, table: str, pk: str, **values: Any) -> str:
        columns = ", ".join(f'"{name}" = ?' for name in values)
        with self.act() as connection:
            connection.execute(
                f'UPDATE "{table}" SET {columns} WHERE id = ?', (*values.values(), pk)
            )
        return self.last

    def hide(self, table: str, pk: str) -> str:
        return self.set(table, pk, hidden_at=a_moment(f"{self.dev} {self.now_ms}"))

    def settle(self, table: str, pk: str, group: str, **values: Any) -> str:
        with self.act() as connection:
            differences.settle(
                connection, self.state, self.shapes[table], pk, group, values, schema.VERSION
            )
        return self.last

    # -- what sync does

    @contextmanager
    def applying(self) -> Iterator[Any]:
        self.connection.execute("BEGIN IMMEDIATE")
        self.state.capturing = False
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        else:
            self.connection.execute("COMMIT")
        finally:
            self.state.capturing = True

    def take(self, operations: Iterable[Operation]) -> Applied:
        with self.applying() as connection:
            return applying.apply(connection, operations, self.shapes)

    def wipe(self, scope: str, *, erase: bool = False) -> None:
        with self.applying() as connection:
            (wiping.erase if erase else wiping.wipe)(connection, scope, self.shapes)

    def unsent(self) -> list[Operation]:
        return list(outgoing.unsent(self.connection, self.shapes))

    # -- what is there

    @property
    def dev(self) -> str:
        return outgoing.device(self.connection)[0]

    @property
    def number(self) -> int:
        return outgoing.device(self.connection)[1]

    @property
    def last(self) -> str:
        return f"{self.dev}:{self.number}"

    def row(self, table: str, pk: str) -> dict[str, Any] | None:
        cursor = self.connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (pk,))
        names = [column[0] for column in cursor.description]
        found = cursor.fetchone()
        return None if found is None else dict(zip(names, found, strict=True))

    def shown(self, table: str, pk: str) -> dict[str, Any]:
        found = self.row(table, pk)
        assert found is not None, f"there is no {table} {pk} at {self.dev}"
        return found

    def differing(self) -> dict[tuple[str, str, str], list[str]]:
        """What waits to be settled, each with its versions' values as JSON, in order."""
        return {
            (one.tbl, one.pk, one.group): sorted(
                {json.dumps(dict(version.values), sort_keys=True) for version in one.versions}
            )
            for one in differences.open_differences(self.connection, self.shapes)
        }
