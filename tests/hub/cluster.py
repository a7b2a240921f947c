"""A PostgreSQL of the tests' own: made in a folder, reached over a port, stopped at the end."""

from __future__ import annotations

import os
import pwd
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest

from linkworker.hub import house
from tests.hub.places import FarPlace, Place, served

_NUMBERS = count(1)
_IDLE: list[Cluster] = []
PASSWORD = "of-these-tests"


def _program(name: str) -> str | None:
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name)
    )
    there = [str(one / name) for one in reversed(folders) if (one / name).exists()]
    return there[0] if there else shutil.which(name)


def _free_port() -> int:
    """Return a port that is free, and that the system gives to nobody else meanwhile.

    Of those that it gives out by itself, somebody may have it before PostgreSQL does, or while
    PostgreSQL is down and is called again and again.
    """
    for port in random.SystemRandom().sample(range(20_000, 30_000), 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")


class Cluster:
    """A running PostgreSQL; each hub gets a database of its own."""

    def __init__(self, folder: Path, options: str = "") -> None:
        self._folder = folder
        self._options = options
        self._user: list[str] = []
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            found = pwd.getpwnam("postgres")
            os.chown(folder, found.pw_uid, found.pw_gid)
            self._user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        (folder / "password").write_text(PASSWORD)
        os.chmod(folder / "password", 0o644)
        self._run(
            *("initdb", "-D", str(folder / "data"), "-U", "owner", "-A", "scram-sha-256"),
            *("--pwfile", str(folder / "password"), "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"),
        )
        self.start()

    def start(self) -> None:
        """Start it, on a port that is free; again on the same."""
        self.port = getattr(self, "port", 0) or _free_port()
        options = (
            f"-p {self.port} -h 127.0.0.1 -k {self._folder} -c max_connections=60 {self._options}"
        )
        log = str(self._folder / "log")
        self._run(
            "pg_ctl", "-D", str(self._folder / "data"), "-o", options, "-l", log, "-w", "start"
        )

    def stop(self, how: str = "fast") -> None:
        """Stop it; "immediate" is as a power cut."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", how, "-w", "stop")

    def url(self, database: str) -> str:
        return f"postgresql://owner:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """Make an empty database; return its owner's address."""
        name = f"hub{next(_NUMBERS)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        name = url.rpartition("/")[2]
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def end(self) -> None:
        """Stop it and take its folder away."""
        self.stop("immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *options: str) -> None:
        done = subprocess.run(
            [*self._user, str(_program(program)), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            cwd=self._folder,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, (program, done.stderr)


def is_there() -> bool:
    """Say whether PostgreSQL is installed."""
    return _program("initdb") is not None


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Lend a cluster of one's own. Skips where PostgreSQL is not installed."""
    made = _made()
    try:
        yield made
    finally:
        made.end()


def _made(options: str = "") -> Cluster:
    if not is_there():
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return Cluster(Path(tempfile.mkdtemp(prefix="pg-")), options)


@contextmanager
def _lent() -> Iterator[str]:
    """Lend an empty database, and its owner's address, in a cluster that nobody else uses now.

    Making a cluster takes seconds, so one that is given back serves the next test. A hub of
    another test beside it would lose its password: the role is the whole cluster's. It outlives
    a hub that is killed, and not a power cut: who tries that takes a `cluster` of their own.
    """
    lent = _IDLE.pop() if _IDLE else _made("-c fsync=off -c full_page_writes=off")
    url = lent.database()
    try:
        yield url
    finally:
        lent.drop(url)
        _IDLE.append(lent)


def end() -> None:
    """Stop the clusters that were kept for a next test."""
    while _IDLE:
        _IDLE.pop().end()


@contextmanager
def near(folder: Path) -> Iterator[Place]:
    """Lend a hub in this process, on PostgreSQL."""
    with _lent() as url:
        house.make(folder, name="A team", database_url=url)
        with house.opened(folder) as hub:
            yield Place(hub)


@contextmanager
def far(folder: Path, *options: str) -> Iterator[FarPlace]:
    """Lend a hub that a process of its own serves, on PostgreSQL."""
    with _lent() as url:
        house.make(folder, name="A team", database_url=url)
        with house.opened(folder) as hub, served(folder, *options) as serving:
            yield FarPlace(hub, serving.url)
