"""The made-up lives that several files look at, told once for the whole run."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from linkworker import cipher, folders, vault
from linkworker.madeup import stories
from linkworker.madeup.patch import load
from linkworker.madeup.telling import Life

TODAY = date(2026, 11, 27)

Lives = tuple[Life, ...]


def keep_otherwise(folder: Path, change: str = "DROP TRIGGER op_put_strength") -> None:
    """Make the made-up store in a folder one as another release would have kept it."""
    other = cipher.connect(folder / "records.db", vault.unlock_made_up(folder).data_key)
    other.execute(change)
    other.close()


@pytest.fixture(scope="session")
def lives_of(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[str, int, int], Lives]:
    """Give everybody's life by patch, seed and years.

    Tests that run side by side share what the first of them told, as pytest-xdist advises.
    """
    place = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        place = place.parent
    here: dict[tuple[str, int, int], Lives] = {}

    def lives(patch: str, seed: int, years: int) -> Lives:
        case = (patch, seed, years)
        if case not in here:
            kept = place / f"lives-{patch}-{seed}-{years}"
            lock = place / f"{kept.name}.lock"
            lock.mkdir(exist_ok=True)
            with folders.held(lock, "held", seconds=600):
                if kept.exists():
                    here[case] = pickle.loads(kept.read_bytes())
                else:
                    told = stories.tell_all(load(patch), seed=seed, today=TODAY, years=years)
                    here[case] = tuple(told)
                    kept.write_bytes(pickle.dumps(here[case]))
        return here[case]

    return lives
