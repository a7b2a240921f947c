"""The hub's records on PostgreSQL 15 or newer, where several hub processes may serve one database.

Numbers are given under one advisory lock that is held until the commit: with writers numbering side
by side a reader would pass over what commits late. A laptop is answered from one snapshot, as a
role that owns no table and sees only what that laptop's worker holds (row security); the ledger's
own filter stands before it.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import psycopg

from linkworker.hub import upgrading
from linkworker.hub.database import DatabaseAway, Tx
from linkworker.hub.keeping import NOT_BROUGHT_ON, NOT_PUT_BACK, PuttingBack, Served
from linkworker.refusal import Refused

NUMBERING = 0x6C77_6875_62
"""The advisory lock that whoever writes holds ("lwhub")."""

SERVED = 0x6C77_6875_63
"""The advisory lock that each connection of a hub that serves has a share in."""

KEPT_IDLE = 16
"""Idle connections that stay open."""

LOCK_SECONDS = 10

MOST_NAME = 63
"""Bytes of a name that PostgreSQL keeps."""

MIGRATIONS = "linkworker.hub:migrations"
"""Where Alembic finds how the tables came to their form."""

LEAVING_SECONDS = 2.0
"""How long a connection that was hung up may take to let go of its share in the lock: who stops the
hub and puts a backup back at once is not told that it is served."""


class NoRole(Refused):
    """The owner of the database may not make the role that the hub works under."""

    def __init__(self, role: str) -> None:
        super().__init__(
            "The hub was not made.",
            f"That user may not make the role {role}, or it is there and somebody else's.",
            "Let somebody who may make roles run 'hub init', or drop the role first.",
        )


class InUse(Refused):
    """A hub with a team is in the database already."""

    def __init__(self) -> None:
        super().__init__(
            "The hub was not made.",
            "Another hub, with a team of its own, is in that database already.",
            "Name another database. If it is this hub's, put its folder back from a copy.",
        )


class NotItsDatabase(Refused):
    """The database at that address has no tables of a hub, or another hub's."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was opened, and nothing changed.",
            "The database at that address is not this hub's.",
            "Look at the address after --database.",
        )


class PostgresDatabase:
    """The ledger's and the team's database, over one address."""

    def __init__(self, url: str) -> None:
        """`url` is the address with the role that the hub works under."""
        self._url = url
        self._idle: list[psycopg.Connection[Any]] = []
        self._lock = threading.Lock()
        self._serves = False

    @contextmanager
    def writing(self) -> Iterator[Tx]:
        """Lend a transaction, one at a time over all processes."""
        with self._lent("BEGIN ISOLATION LEVEL READ COMMITTED") as connection:
            connection.execute(
                "SELECT pg_advisory_xact_lock(%s), set_config('linkworker.acts', 'hub', true)",
                (NUMBERING,),
            )
            yield _tx(connection)

    @contextmanager
    def reading(self, worker: str = "", now_ms: int = 0) -> Iterator[Tx]:
        """Lend a view of one moment: all of it, or what one worker holds at an instant."""
        with self._lent("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as connection:
            connection.execute(
                "SELECT set_config('linkworker.acts', %s, true), "
                "set_config('linkworker.worker', %s, true), "
                "set_config('linkworker.now', %s, true)",
                ("" if worker else "hub", worker, str(now_ms)),
            )
            yield _tx(connection)

    def serves(self) -> None:
        """Say, until it is closed, that laptops are served from here. Raises `PuttingBack`.

        Each connection says so: a database that was started again forgets who had the lock.
        """
        self.close()
        self._serves = True
        try:
            with self.reading():
                pass
        except DatabaseAway:
            self._serves = False
            with self.reading():  # it answers, but for that lock
                raise PuttingBack from None

    @contextmanager
    def alone(self, what: str = NOT_PUT_BACK) -> Iterator[None]:
        """Lend a while in which no machine serves laptops from here. Raises `Served`."""
        until = time.monotonic() + LEAVING_SECONDS
        with self._lent("BEGIN") as connection:
            while connection.execute(
                "SELECT pg_try_advisory_xact_lock(%s)", (SERVED,)
            ).fetchone() != (True,):
                if time.monotonic() > until:
                    raise Served(what)
                time.sleep(0.05)
            yield

    def revision(self) -> str:
        """Return Alembic's revision of the tables. Raises `NotItsDatabase` where there is none."""
        with self.reading() as tx:
            try:
                return str(tx.value("SELECT version_num FROM alembic_version", ()))
            except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
                raise NotItsDatabase from None

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    @contextmanager
    def _lent(self, begin: str) -> Iterator[psycopg.Connection[Any]]:
        connection = self._begun(begin)
        kept = False
        try:
            yield connection
            connection.execute("COMMIT")
            kept = True
        except psycopg.OperationalError:
            raise DatabaseAway from None
        finally:
            if not kept:
                with suppress(psycopg.Error):
                    connection.execute("ROLLBACK")
                    kept = True
            self._give_back(connection, kept)

    def _begun(self, begin: str) -> psycopg.Connection[Any]:
        """Return a connection that has begun; one that was cut while it lay idle is replaced."""
        while True:
            with self._lock:
                connection = self._idle.pop() if self._idle else None
            fresh = connection is None
            try:
                if connection is None:
                    connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5)
                    connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
                    if self._serves:
                        connection.execute("SELECT pg_advisory_lock_shared(%s)", (SERVED,))
                connection.execute(begin.encode())
                return connection
            except psycopg.OperationalError:
                if connection is not None:
                    connection.close()
                if fresh:
                    raise DatabaseAway from None

    def _give_back(self, connection: psycopg.Connection[Any], kept: bool) -> None:
        with self._lock:
            if kept and not connection.closed and len(self._idle) < KEPT_IDLE:
                self._idle.append(connection)
                return
        connection.close()


def _tx(connection: psycopg.Connection[Any]) -> Tx:
    def execute(sql: str, values: Iterable[Any]) -> Any:
        return connection.execute(_spelled(sql), tuple(values))

    return Tx(execute)


@lru_cache(maxsize=512)
def _spelled(sql: str) -> bytes:
    """Return SQL with `?` for its values as psycopg has it."""
    return sql.replace("%", "%%").replace("?", "%s").encode()


def role_for(database: str) -> str:
    """Return the name of the role that the hub in a database works under.

    Each hub has its own: roles belong to a whole server, and one for all of them would let each
    hub read its neighbours' records, and each new hub would change the others' password.
    """
    name = f"linkworker_{database}"
    if len(name.encode()) <= MOST_NAME:
        return name
    return "linkworker_" + hashlib.sha256(database.encode()).hexdigest()[:32]


def set_up(owner_url: str, password: str) -> str:
    """Make the role that the hub works under and bring the tables here; return the role's address.

    `owner_url` is the address with the role that owns the database. Raises `DatabaseAway`,
    `InUse` (before anything of that hub is changed), `NoRole`.
    """
    role = role_for(urlsplit(owner_url).path.lstrip("/"))
    try:
        with psycopg.connect(owner_url, autocommit=True, connect_timeout=5) as connection:
            if connection.execute("SELECT to_regclass('hub_worker')").fetchone() != (None,) and (
                connection.execute("SELECT 1 FROM hub_worker LIMIT 1").fetchone()
            ):
                raise InUse
            name = connection.info.dbname
            role = role_for(name)
            there = connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)
            ).fetchone()
            verb = b"ALTER" if there else b"CREATE"
            connection.execute(
                psycopg.sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}").format(
                    psycopg.sql.SQL(verb.decode()),
                    psycopg.sql.Identifier(role),
                    psycopg.sql.Literal(password),
                )
            )
            connection.execute(
                psycopg.sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                    psycopg.sql.Identifier(name), psycopg.sql.Identifier(role)
                )
            )
            connection.execute(
                psycopg.sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(
                    psycopg.sql.Identifier(role)
                )
            )
    except psycopg.OperationalError:
        raise DatabaseAway from None
    except psycopg.errors.InsufficientPrivilege:
        raise NoRole(role) from None
    migrate(owner_url, role)
    parts = urlsplit(owner_url)
    where = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{quote(role, safe='')}:{quote(password)}@{where}").geturl()


def bring_on(url: str, owner_url: str) -> None:
    """Bring a hub's tables to this release, while nobody serves it.

    `url` is the address with the role that the hub works under, `owner_url` with the tables'
    owner's, "" only to look. Raises `NotItsDatabase`, `Served`, and as `upgrading.check_revision`.
    """
    database = PostgresDatabase(url)
    try:
        with suppress(upgrading.OfAnOlderRelease):
            upgrading.check_revision(database.revision())
            return
        if not owner_url:
            raise upgrading.OfAnOlderRelease
        with database.alone(NOT_BROUGHT_ON):
            with database.reading() as tx:
                life = tx.rows(_LIFE, ())
            with psycopg.connect(owner_url, connect_timeout=5) as owners:
                if owners.execute(_LIFE.encode()).fetchall() != life:
                    raise NotItsDatabase
            migrate(owner_url, unquote(urlsplit(url).username or ""))
    except psycopg.OperationalError:
        raise DatabaseAway from None
    except psycopg.errors.UndefinedTable:
        raise NotItsDatabase from None
    finally:
        database.close()


_LIFE = "SELECT value FROM hub_meta WHERE name = 'epoch'"


def migrate(owner_url: str, role: str) -> None:
    """Bring the tables to this release, as their owner, for the role that the hub works under."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    driver = owner_url.replace("postgresql://", "postgresql+psycopg://", 1)
    config.set_main_option("sqlalchemy.url", driver.replace("%", "%%"))
    config.set_main_option("linkworker.role", role.replace("%", "%%"))
    command.upgrade(config, "head")
