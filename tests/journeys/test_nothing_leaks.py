"""The real app in a terminal, over somebody with a name that must be found nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.store import Store
from tests.conftest import CHEAP, PASSPHRASE
from tests.store.canary import CANARY, traces, traces_of_process, traces_under

if os.name != "posix":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.terminal import CTRL_Q, ENTER, Terminal

CTRL_P, F8 = "\x10", "\x1b[19~"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with records in it: one person, named after the canary, and a note."""
    home = tmp_path / "home"
    home.mkdir()
    store, _ = Store.create(home / "records", PASSPHRASE, worker_name="Ann", cost=CHEAP)
    with store.write("added somebody") as tx:
        person = tx.add(schema.Person(called=CANARY, given=CANARY.split()[0]))
        tx.add(schema.Note(person_id=person.id, words=f"{CANARY} came in by herself."))
    store.lock()
    return home


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    """The app, open, with the person found and on the screen."""
    everywhere = {name: str(home) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    with Terminal(["--data", str(home / "records")], everywhere) as terminal:
        terminal.wait_for("Type your passphrase")
        terminal.press(PASSPHRASE, ENTER)
        terminal.wait_for("Kept on this laptop")
        terminal.press(CTRL_P)
        terminal.press(*"quillf")
        terminal.wait_for(CANARY.split()[0])
        yield terminal


def test_a_name_on_the_screen_is_in_no_title_no_argument_and_no_file(
    terminal: Terminal, home: Path
) -> None:
    assert traces("\n".join(terminal.titles).encode()) == []
    assert traces_under(home, [CANARY, PASSPHRASE]) == {}
    if Path("/proc").exists():
        assert traces_of_process(terminal.process.pid, [CANARY, PASSPHRASE]) == []


def test_one_key_takes_every_name_off_the_screen(terminal: Terminal) -> None:
    terminal.press(F8)
    terminal.read_for(0.5)
    assert traces(terminal.text.encode()) == []


def test_leaving_gives_the_terminal_back_without_a_name_in_it(
    terminal: Terminal, home: Path
) -> None:
    terminal.press(CTRL_Q)
    assert terminal.end() == 0
    after = terminal.raw.rsplit(b"\x1b[?1049l", 1)[1]  # the way back from the full screen
    assert traces(after) == []
    assert traces_under(home, [CANARY, PASSPHRASE]) == {}


def test_a_killed_app_leaves_nothing_readable_and_opens_again(
    terminal: Terminal, home: Path
) -> None:
    terminal.kill()
    assert traces_under(home, [CANARY, PASSPHRASE]) == {}
    store = Store.at(home / "records", alone=True)
    store.unlock(PASSPHRASE)
    assert store.check().ok
    store.lock()
