"""What most tests need: a clock and ids that the test owns, and a real encrypted store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

from linkworker import schema
from linkworker.clock import uuid7_ids
from linkworker.store import Store
from linkworker.vault import Cost

settings.register_profile("house", deadline=None)
settings.load_profile("house")
"""A busy machine is slow now and then; how fast things are, the benchmarks tell."""

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
"""A derivation that tests do not wait for."""

PASSPHRASE = "bicycle kettle fieldfare chapel ribbon"


class OwnClock:
    """A clock that stands until the test moves it: Friday 27 November 2026, five past ten."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 27, 10, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **delta: float) -> None:
        """Move on (or back) by a timedelta's keywords."""
        self.now += timedelta(**delta)


def pytest_sessionfinish() -> None:
    """Stop what tests of the hub kept running for the next of them."""
    clusters = sys.modules.get("tests.hub.cluster")
    if clusters is not None:
        clusters.end()


@pytest.fixture
def clock() -> OwnClock:
    return OwnClock()


@pytest.fixture
def make_store(tmp_path: Path, clock: OwnClock) -> Iterator[Callable[..., Store]]:
    """Make open stores, each in a folder of its own; they are locked at the end."""
    made: list[Store] = []

    def make(name: str = "store", *, made_up: bool = False, worker: str = "Ann") -> Store:
        store, _ = Store.create(
            tmp_path / name,
            PASSPHRASE,
            worker_name=worker,
            made_up=made_up,
            clock=clock,
            ids=uuid7_ids(clock),
            cost=CHEAP,
        )
        made.append(store)
        return store

    yield make
    for store in made:
        store.lock()


@pytest.fixture
def store(make_store: Callable[..., Store]) -> Store:
    """An open store of Ann's, with nobody in it."""
    return make_store()


@pytest.fixture
def terry(store: Store) -> str:
    """Terry's id: the one person in the store."""
    with store.write("added somebody") as tx:
        person = tx.add(schema.Person(called="Terry Beasley", given="Terry", family="Beasley"))
    return person.id


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mount a real disk of so many KiB (or give the mounted one another size)."""
    place = tmp_path / "tiny"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a tiny disk")

    def sized(kib: int) -> Path:
        again = "remount," if os.path.ismount(place) else ""
        told = ["mount", "-t", "tmpfs", "-o", f"{again}size={kib}k", "tmpfs", str(place)]
        if subprocess.run(told, capture_output=True).returncode:
            pytest.skip("this machine does not let root mount a tiny disk")
        return place

    yield sized
    if os.path.ismount(place):
        subprocess.run(["umount", "-l", str(place)], check=True)
