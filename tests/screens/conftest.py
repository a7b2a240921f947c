"""What tests of screens need: the whole app over a real encrypted store, at a size of theirs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker import app as app_module
from linkworker.app import LinkworkerApp
from linkworker.store import Store
from linkworker.widgets.frame import Frame
from tests.screens.terrys_week import write_terrys_week


class Running:
    """Seconds that idle time is counted by, moved by the test."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def running() -> Running:
    return Running()


@pytest.fixture
def app_over(clock, running: Running) -> Callable[..., LinkworkerApp]:
    """Make the app over an open store, or over a folder (then it stands at the door)."""

    def make(store: Store | None = None, folder: Path | None = None, **how) -> LinkworkerApp:
        assert store is not None or folder is not None
        where = store.folder if store is not None else folder
        return LinkworkerApp(where, store=store, clock=clock, running=running, **how)

    return make


@pytest.fixture
def week(store: Store) -> dict[str, str]:
    """People's ids by name, in the middle of Terry's week."""
    return write_terrys_week(store)


class EmptyPlace(Frame):
    """Stands where Today and People do, for tests that are about neither."""

    heading = "A place"


@pytest.fixture
def empty_places(monkeypatch) -> None:
    """Let Today and People be empty, for tests that are about neither."""
    there = (EmptyPlace.__module__, EmptyPlace.__name__)
    monkeypatch.setattr(app_module, "PLACES", dict.fromkeys(app_module.PLACES, there))
