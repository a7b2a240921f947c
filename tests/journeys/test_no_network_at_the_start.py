"""The first frame, and a day without a team, pay nothing for sync: in real programs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from linkworker.store import Store
from linkworker.sync.joining import join
from tests.conftest import PASSPHRASE
from tests.hub import places
from tests.journeys.gate import TEAM, Gate
from tests.journeys.half_a_note import CTRL_S, note_about_terry, records_of_ann
from tests.terminal import CTRL_Q, ENTER, Terminal

F5 = "\x1b[15~"


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(tmp_path / "gate", TEAM)


def test_a_laptop_of_no_team_imports_nothing_of_sync(gate: Gate, tmp_path: Path) -> None:
    records_of_ann(tmp_path / "records")
    with note_about_terry(tmp_path / "records", tmp_path, gate.environment) as terminal:
        terminal.press("Terry mends bicycles.\r+ mends bicycles")
        terminal.press(CTRL_S)
        terminal.wait_for("Saved.")
        terminal.press(F5)
        terminal.wait_for("invite code")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
    assert gate.imported() == set()


def test_a_laptop_of_a_team_stands_before_sync_is_imported(
    gate: Gate, store: Store, tmp_path: Path
) -> None:
    with places.far(tmp_path / "hub") as place:
        join(store, place.hub.invite("Ann", "coordinator", "a lead"), place.url)
        store.lock()
        environment = {**gate.environment, "HOME": str(tmp_path / "home")}
        with Terminal(["--data", str(store.folder)], environment, columns=100, rows=30) as terminal:
            terminal.wait_for("Type your passphrase")
            assert gate.imported() == set()
            terminal.press(PASSPHRASE, ENTER)
            terminal.wait_for("All sent · hub ")
            terminal.press(CTRL_Q)
            assert terminal.end() == 0
    seen = gate.imported()
    assert {"linkworker.sync", "http.client"} <= seen
    assert seen <= {"linkworker.sync", "http.client", "zstandard"}
