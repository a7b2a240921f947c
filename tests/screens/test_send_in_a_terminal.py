"""A laptop of a team, as the real program in a real terminal, with a real hub."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.store import Store
from linkworker.sync.joining import join
from tests.conftest import PASSPHRASE
from tests.hub import places
from tests.hub.proxy import Proxy, proxy

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is POSIX", allow_module_level=True)

from tests.terminal import CTRL_Q, ENTER, Terminal

F3, F5 = "\x1bOR", "\x1b[15~"


def test_it_sends_by_itself_shows_the_team_and_leaves_in_good_order(store, tmp_path):
    with store.write("added somebody") as tx:
        terry = str(tx.add(schema.Person(called="Terry")).id)
    with places.far(tmp_path / "hub") as place:
        join(store, place.hub.invite("Ann", "coordinator", "a lead"), place.url)
        store.lock()
        home = {"HOME": str(tmp_path / "home"), "NO_COLOR": "1"}
        with Terminal(["--data", str(store.folder)], home, columns=100, rows=30) as screen:
            screen.wait_for("Your notebook is locked.")
            screen.press(PASSPHRASE, ENTER)
            screen.wait_for("All sent · hub ")
            assert place.hub.ledger.is_known(f"person:{terry}")
            screen.press(F5)
            screen.wait_for("A team")
            screen.wait_for("sent ")
            screen.press(CTRL_Q)
            assert screen.end() == 0
    store.unlock(PASSPHRASE)
    assert store.unsent() == 0


@pytest.fixture
def swallowed(store, tmp_path) -> Iterator[tuple[Store, Proxy]]:
    """A laptop with something unsent, and a network on which nothing is answered."""
    with (
        places.far(tmp_path / "hub") as place,
        proxy(int(place.url.rpartition(":")[2])) as road,
    ):
        code = place.hub.invite("Ann", "coordinator", "a lead")
        join(store, code, f"https://127.0.0.1:{road.port}")
        with store.write("added somebody") as tx:
            tx.add(schema.Person(called="Terry"))
        store.lock()
        road.swallows = True
        yield store, road


@contextmanager
def in_the_middle_of_a_sync(store: Store, home: Path) -> Iterator[Terminal]:
    here = {"HOME": str(home), "NO_COLOR": "1"}
    with Terminal(["--data", str(store.folder)], here, columns=100, rows=30) as screen:
        screen.wait_for("Your notebook is locked.")
        screen.press(PASSPHRASE, ENTER)
        screen.wait_for("not sent · hub ")
        screen.press(F5)
        screen.press("s")
        screen.wait_for("Sending and fetching")
        yield screen


@pytest.mark.parametrize("closing", [signal.SIGHUP, signal.SIGTERM])
def test_closing_in_the_middle_of_a_sync_waits_for_no_network_and_loses_nothing(
    swallowed, tmp_path, closing
):
    store, _ = swallowed
    with in_the_middle_of_a_sync(store, tmp_path / "home") as screen:
        os.kill(screen.process.pid, closing)
        screen.process.wait(timeout=15)
    store.unlock(PASSPHRASE)
    assert store.unsent() > 0
    assert store.check().ok


def test_put_to_sleep_in_the_middle_of_a_sync_it_goes_on_when_it_wakes(swallowed, tmp_path):
    store, road = swallowed
    with in_the_middle_of_a_sync(store, tmp_path / "home") as screen:
        for _ in range(4):  # whoever read the keys once more each time would read them by chance
            os.kill(screen.process.pid, signal.SIGSTOP)
            os.kill(screen.process.pid, signal.SIGCONT)
            time.sleep(0.2)
        os.kill(screen.process.pid, signal.SIGSTOP)
        road.swallows = False
        os.kill(screen.process.pid, signal.SIGCONT)
        screen.wait_for("All sent · hub ", seconds=60)
        screen.press(CTRL_Q)
        assert screen.end() == 0
    store.unlock(PASSPHRASE)
    assert store.unsent() == 0


def test_put_aside_by_the_shell_it_takes_its_keys_again(swallowed, tmp_path):
    store, road = swallowed
    with in_the_middle_of_a_sync(store, tmp_path / "home") as screen:
        road.swallows = False
        for _ in range(2):
            os.kill(screen.process.pid, signal.SIGTSTP)
            _, status = os.waitpid(screen.process.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status)
            os.kill(screen.process.pid, signal.SIGCONT)
            time.sleep(0.3)
        screen.wait_for("All sent · hub ", seconds=60)
        screen.press(F3)
        screen.wait_for("People ")
        screen.press(CTRL_Q)
        assert screen.end() == 0
