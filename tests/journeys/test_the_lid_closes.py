"""The lid closes in the middle of a sentence: the real program, killed, and opened again."""

from __future__ import annotations

import os
import signal
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from linkworker.store import Store
from tests.conftest import PASSPHRASE
from tests.store.canary import CANARY, traces_under

if os.name != "posix":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.journeys.half_a_note import CTRL_L, CTRL_S, note_about_terry, records_of_ann
from tests.terminal import CTRL_Q, ENTER, ESC, Terminal

HALF = f"Terry met me at the gate. {CANARY} and then he sa"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one person in the records."""
    home = tmp_path / "home"
    home.mkdir()
    records_of_ann(home / "records")
    return home


def laptop(home: Path) -> AbstractContextManager[Terminal]:
    return note_about_terry(home / "records", home)


def drafts(home: Path) -> list[str]:
    store = Store.at(home / "records")
    store.unlock(PASSPHRASE)
    try:
        return [one.words for one in store.drafts("note")]
    finally:
        store.lock()


def test_a_power_cut_costs_a_second_at_most(home: Path) -> None:
    with laptop(home) as terminal:
        terminal.press(HALF)
        terminal.wait_for("draft kept")
        terminal.press(" and smiled")
        terminal.read_for(1.0)
        terminal.kill()
    assert traces_under(home, [CANARY]) == {}
    assert drafts(home) == [f"{HALF} and smiled"]
    with laptop(home) as terminal:
        terminal.wait_for("and smiled")
        terminal.press(" again.")
        terminal.press(CTRL_S)
        terminal.wait_for("Saved.")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
    assert drafts(home) == []


@pytest.mark.parametrize("closing", [signal.SIGHUP, signal.SIGTERM])
def test_closing_the_window_or_shutting_down_loses_nothing(
    home: Path, closing: signal.Signals
) -> None:
    with laptop(home) as terminal:
        terminal.press(HALF)
        terminal.wait_for("then he sa")
        os.kill(terminal.process.pid, closing)
        terminal.end()
    assert drafts(home) == [HALF]


def test_a_terminal_that_goes_away_without_a_word_ends_the_app_and_loses_nothing(
    home: Path,
) -> None:
    with laptop(home) as terminal:
        terminal.press(HALF)
        terminal.wait_for("then he sa")
        terminal.go_away()
        terminal.process.wait(timeout=20)
    assert drafts(home) == [HALF]


def test_a_lock_in_the_middle_of_a_sentence_comes_back_to_it(home: Path) -> None:
    with laptop(home) as terminal:
        terminal.press(HALF)
        terminal.wait_for("then he sa")
        terminal.press(CTRL_L)
        terminal.wait_for("Your notebook is locked")
        assert CANARY.split()[0] not in terminal.text
        terminal.press(PASSPHRASE, ENTER)
        terminal.wait_for("then he sa")
        terminal.press(ESC)
        terminal.wait_for("The draft is kept.")


def test_what_is_pasted_arrives_as_it_is_and_is_asked_about(home: Path) -> None:
    with laptop(home) as terminal:
        terminal.press("\x1b[200~From the letter:\n* see the nurse\n+44 7700 900123\x1b[201~")
        terminal.wait_for("It was pasted")
        terminal.wait_for("+44 7700 900123")
