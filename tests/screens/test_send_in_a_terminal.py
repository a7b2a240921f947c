"""A laptop of a team, as the real program in a real terminal, with a real hub."""

from __future__ import annotations

import sys

import pytest

from linkworker import schema
from linkworker.sync.joining import join
from tests.conftest import PASSPHRASE
from tests.hub import places

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is POSIX", allow_module_level=True)

from tests.terminal import CTRL_Q, ENTER, Terminal

F5 = "\x1b[15~"


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
