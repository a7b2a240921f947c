"""The community from the keyboard, in a real terminal: found, confirmed, missed, and written down.

The people and the community are made up; all that is done is done with keys alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from linkworker.caseload import community_diary as diary
from linkworker.caseload import gaps, local_knowledge
from linkworker.madeup import demo
from linkworker.store import Store
from tests.terminal import CTRL_Q, ENTER, ESC, TAB, Terminal
from tests.whole import assert_whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

F4, DOWN, RIGHT, INS, END = "\x1bOS", "\x1b[B", "\x1b[C", "\x1b[2~", "\x1b[F"
SAVE, ALL = "\x13", "\x01"
"""Ctrl+S, and Ctrl+A, which selects all that is in a field."""
MISSING = "unicycling at dawn"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = demo.prepare(tmp_path_factory.mktemp("community") / "demo")
    yield folder
    assert_whole(folder)


def started(folder: Path, size: tuple[int, int]) -> Terminal:
    home = {"HOME": str(folder.parent), "XDG_STATE_HOME": str(folder.parent / "state")}
    columns, rows = size
    return Terminal(["demo", "--data", str(folder)], home, columns=columns, rows=rows)


def walk_to(screen: Terminal, words: str, key: str = DOWN, most: int = 90) -> None:
    """Press an arrow until the cursor stands on a line that begins with these words."""
    for _ in range(most):
        if f"▸ {words}" in screen.text:
            return
        screen.press(key)
    raise AssertionError(f"never stood on {words!r}:\n{screen.text}")


def no_more(screen: Terminal, words: str, seconds: float = 30) -> None:
    for _ in range(int(seconds * 10)):
        if words not in screen.text:
            return
        screen.read_for(0.1)
    raise AssertionError(f"{words!r} still stands there:\n{screen.text}")


def opened(folder: Path) -> Store:
    store = Store.at(folder)
    store.unlock_made_up()
    return store


def test_found_confirmed_known_and_missed(folder: Path) -> None:
    with started(folder, (80, 24)) as screen:
        screen.wait_for("F12 Initials")
        screen.press(F4)
        screen.wait_for("entries")
        screen.press(*"free soup")
        screen.wait_for("‹free›")
        screen.wait_for("1 found")
        assert "Soup Tuesday" not in screen.text  # it costs what you like
        screen.press("<")
        no_more(screen, "‹free›")
        screen.wait_for("Soup Tuesday")
        screen.press(ALL, *"carers coffee")
        screen.wait_for("▸ Carers' Coffee")
        screen.wait_for("Unconfirmed for six")
        screen.press("=")
        screen.wait_for("Confirmed today")
        screen.press(ENTER)
        screen.wait_for("What we know of")
        screen.press(*"The door sticks, push. ", SAVE)
        screen.wait_for("The door sticks, push.")
        screen.press(TAB, END)
        screen.wait_for("the Jubilee café")
        screen.press(ESC)
        screen.wait_for("▸ Carers' Coffee")
        screen.press(ALL, *MISSING)
        screen.wait_for("Nothing here has these words")
        screen.press("?")
        screen.wait_for("A gap: what is not here")
        screen.press(SAVE)
        screen.wait_for("Logged as a gap")
        screen.press("#")
        screen.wait_for("From people's records")
        walk_to(screen, MISSING)
        screen.press("x")
        screen.wait_for("What fills it?")
        screen.press(*"a man with one wheel and a lamp", SAVE)
        no_more(screen, "What fills it?")
        no_more(screen, MISSING)
        screen.press("a")
        walk_to(screen, MISSING)
        screen.wait_for("closed: a man with one wheel and a lamp")
        screen.press("v")
        screen.wait_for("for how many:")
        screen.press(CTRL_Q)
        assert screen.end() == 0
    store = opened(folder)
    with store.read() as tx:
        (service_id,) = tx.rows("SELECT id FROM service WHERE name = 'Carers'' Coffee'", ())[0]
        entry = local_knowledge.entry(tx, str(service_id))
        assert entry is not None
        assert entry.confirmed_on == tx.today
        assert "The door sticks, push." in entry.words
        (gap,) = [one for one in gaps.gaps(tx, closed_too=True) if one.words == MISSING]
        assert (gap.closed_on, gap.closed_by) == (tx.today, "a man with one wheel and a lamp")
    store.lock()


def test_a_group_begun_a_session_kept_and_a_volunteer_s_hours(folder: Path) -> None:
    with started(folder, (100, 30)) as screen:
        screen.wait_for("F12 Initials")
        screen.press(F4)
        screen.wait_for("entries")
        screen.press("*")
        screen.wait_for("Do they still run?")
        screen.press(INS)
        screen.wait_for("Write down what?")
        screen.press(DOWN, DOWN, ENTER)
        screen.wait_for("Runs without us since")
        screen.press(*"Lantern makers", SAVE)
        no_more(screen, "Runs without us since")
        screen.press(INS)
        screen.wait_for("Write down what?")
        screen.press(DOWN, DOWN, DOWN, ENTER)
        screen.wait_for("DBS rule")
        screen.press(*"Wren Hallowby", TAB, *"cuts the willow", SAVE)
        no_more(screen, "DBS rule")
        screen.press(INS)
        screen.wait_for("Write down what?")
        screen.press(DOWN, ENTER)
        screen.wait_for("First names")
        for _ in range(20):
            if "● Lantern makers" in screen.text:
                break
            screen.press(RIGHT)
        screen.press(TAB, *[RIGHT] * 5, " ", TAB, *"Joss, Bibi", TAB, *"3", SAVE)
        no_more(screen, "First names")
        screen.wait_for("session, 5 there")
        walk_to(screen, "Wren Hallowby")
        screen.press("h")
        screen.wait_for("How long")
        screen.press(*"1h30", SAVE)
        screen.wait_for("1 h 30 in three months")
        screen.press(CTRL_Q)
        assert screen.end() == 0
    store = opened(folder)
    with store.read() as tx:
        (group,) = [one for one in diary.groups(tx) if one.name == "Lantern makers"]
        since = tx.today - timedelta(days=1)
        (kept,) = [one for one in diary.done(tx, since, tx.today) if one.group == group.name]
        assert (kept.heads, kept.on) == (5, tx.today)
        register = diary.session(tx, kept.row_id)
        assert register.names == ("Joss", "Bibi")
        (wren,) = [one for one in diary.volunteers(tx, since, tx.today) if one.minutes == 90]
        assert (wren.name, wren.role) == ("Wren Hallowby", "cuts the willow")
        assert register.led_by == (wren.volunteer_id,)
        assert group.begun_on == tx.today
    store.lock()
