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

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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
        options = f"-p {self.port} -h 127.0.0.1 -k {self._folder} -c max_connections=60"
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
    if not is_there():
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def near(folder: Path) -> Iterator[Place]:
    """Lend a hub in this process, on PostgreSQL."""
    with cluster() as postgres:
        house.make(folder, name="A team", database_url=postgres.database())
        with house.opened(folder) as hub:
            yield Place(hub)


@contextmanager
def far(folder: Path, *options: str) -> Iterator[FarPlace]:
    """Lend a hub that a process of its own serves, on PostgreSQL."""
    with cluster() as postgres:
        house.make(folder, name="A team", database_url=postgres.database())
        with house.opened(folder) as hub, served(folder, *options) as serving:
            yield FarPlace(hub, serving.url)
