"""The real program in a real terminal: it paints, follows the window, and leaves in good order."""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from collections.abc import Iterator

import pytest

from linkworker import schema
from linkworker.store import Store
from tests.conftest import PASSPHRASE

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is POSIX", allow_module_level=True)

from tests.terminal import CTRL_Q, ENTER, ESC, ROOT, Terminal

F1, F2, F8, CTRL_N, CTRL_P = "\x1bOP", "\x1bOQ", "\x1b[19~", "\x0e", "\x10"
HOSTILE = "Ann [/] \x1b]52;c;cm0gLXJm\x07\x1b]0;Terry\x07\x9b2J\u202eLee"
LEAVES = b"\x1b[?1049l"
SHOWS_CURSOR = b"\x1b[?25h"


@pytest.fixture
def home(tmp_path) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home"), "NO_COLOR": "1"}


@pytest.fixture
def notebook(store) -> Store:
    """A locked store with Terry and somebody whose name is an attack."""
    with store.write("added people") as tx:
        tx.add(schema.Person(given="Terry", family="Beasley", place="Barwell"))
        tx.add(schema.Person(called=HOSTILE))
    store.lock()
    return store


@pytest.fixture
def door(notebook, home) -> Iterator[Terminal]:
    with Terminal(["--data", str(notebook.folder)], home, columns=100, rows=30) as screen:
        screen.wait_for("Your notebook is locked.")
        yield screen


def go_in(screen: Terminal) -> None:
    screen.press(PASSPHRASE, ENTER)
    screen.wait_for("Kept on this laptop")


def test_it_paints_opens_and_leaves_the_terminal_as_it_was(door, notebook):
    before = termios.tcgetattr(door.fd)
    go_in(door)
    door.press(CTRL_Q)
    assert door.end() == 0
    assert door.raw.rstrip().endswith(b"\x1b[?1004l") or LEAVES in door.raw[-200:]
    assert SHOWS_CURSOR in door.raw[-200:]
    assert before[3] & termios.ICANON == 0, "the app had it in its own mode"
    assert termios.tcgetattr(door.fd)[3] & termios.ICANON
    assert termios.tcgetattr(door.fd)[3] & termios.ECHO
    notebook.unlock(PASSPHRASE)


def test_no_title_no_clipboard_and_nothing_hostile_reaches_the_terminal(door):
    go_in(door)
    door.press("\x1bOR")
    door.wait_for("Terry")
    door.press(CTRL_P, "ann")
    door.wait_for("Ann [/]")
    door.press(ESC, CTRL_Q)
    door.end()
    assert door.titles == []
    for harm in (b"\x1b]52", b"\x1b]0;", b"\xc2\x9b", "\u202e".encode(), b"cm0gLXJm\x07"):
        assert harm not in door.raw


def test_letters_that_come_all_at_once_on_today_find_with_all_of_them(door):
    go_in(door)
    door.press("terr")
    door.wait_for("terr▏")


def test_it_follows_the_window_and_says_so_where_it_is_too_small(door):
    door.resize(60, 15)
    door.wait_for("Your notebook is locked.")
    door.resize(30, 8)
    door.wait_for("This window is too small.")
    door.press("kettle")
    door.resize(80, 24)
    door.wait_for("••••••")
    door.wait_for("Ctrl+Q Quit")
    assert "too small" not in door.text


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_closing_the_window_mid_sentence_keeps_the_draft(door, notebook, number):
    begin_a_note(door)
    door.process.send_signal(number)
    door.end()
    assert "the lid closes mid-sent" in drafts_of(notebook)
    assert LEAVES in door.raw


def test_a_terminal_that_is_gone_ends_the_app_and_keeps_the_draft(door, notebook):
    begin_a_note(door)
    time.sleep(1.2)
    os.close(door.fd)
    door.fd = os.open(os.devnull, os.O_RDWR)
    door.process.send_signal(signal.SIGHUP)
    door.process.wait(15)
    assert "the lid closes mid-sent" in drafts_of(notebook)


def test_killed_outright_the_draft_is_at_most_a_second_old(door, notebook):
    begin_a_note(door)
    time.sleep(1.2)
    door.kill()
    assert "the lid closes mid-sent" in drafts_of(notebook)


def begin_a_note(screen: Terminal) -> None:
    go_in(screen)
    screen.press(CTRL_N)
    screen.wait_for("about whom")
    screen.press("terry", ENTER)
    screen.wait_for("Note about")
    screen.press("the lid closes mid-sent")
    screen.wait_for("the lid closes mid-sent")


def drafts_of(notebook: Store) -> str:
    notebook.unlock(PASSPHRASE)
    words = "\n".join(draft.words for draft in notebook.drafts())
    notebook.lock()
    return words


def test_a_second_window_is_told_in_plain_words(door, notebook, home):
    go_in(door)
    with Terminal(["--data", str(notebook.folder)], home) as second:
        second.wait_for("Your notebook is locked.")
        second.press(PASSPHRASE, ENTER)
        second.wait_for("opened a second time")
        second.press(CTRL_Q)
        assert second.end() == 0
    assert "Kept on this laptop" in door.text


def test_a_passphrase_file_opens_it_without_a_question(notebook, home, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    arguments = ["--data", str(notebook.folder), "--passphrase-file", str(secret)]
    with Terminal(arguments, home) as screen:
        screen.wait_for("Kept on this laptop")
        screen.press(CTRL_Q)
        assert screen.end() == 0


def test_with_a_screen_reader_the_cursor_is_shown_and_no_box_is_drawn(notebook, home):
    with Terminal(["--data", str(notebook.folder), "--screen-reader"], home) as screen:
        screen.wait_for("Your notebook is locked.")
        go_in(screen)
        assert screen.raw.rindex(SHOWS_CURSOR) > screen.raw.rindex(b"\x1b[?25l")
        assert not set("─│┌┐└┘━═╭╮╰╯") & set(screen.text)
        screen.press("\x1bOR")
        screen.wait_for("Terry")
        screen.press("\x1b[B")
        screen.read_for(0.5)
        row = screen.screen.display[screen.screen.cursor.y]
        assert "Terry" in row or "Ann" in row, row


def test_hiding_blanks_the_whole_terminal(door):
    go_in(door)
    door.press("\x1bOR")
    door.wait_for("Terry")
    door.press(F8)
    door.read_for(0.5)
    assert "Terry" not in door.text
    assert len(door.text.split()) == 3, door.text
    door.press(F8)
    door.wait_for("Terry")


def test_the_log_of_every_key_is_not_written(notebook, home, tmp_path):
    log = tmp_path / "keys.log"
    with Terminal(["--data", str(notebook.folder)], home | {"TEXTUAL_LOG": str(log)}) as screen:
        screen.wait_for("Your notebook is locked.")
        go_in(screen)
        screen.press(F1, CTRL_Q)
        screen.end()
    assert not log.exists()


CRASHES = """
import linkworker.app


def crash(self):
    raise RuntimeError("what somebody said")


linkworker.app.LinkworkerApp.action_help = crash
"""


def test_after_a_crash_the_terminal_is_as_it_was_and_shows_no_words(notebook, home, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(CRASHES, encoding="utf-8")
    crashing = home | {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))}
    with Terminal(["--data", str(notebook.folder)], crashing) as screen:
        screen.wait_for("Your notebook is locked.")
        screen.press(F1)
        assert screen.end() == 1
        assert LEAVES in screen.raw[-400:]
        assert SHOWS_CURSOR in screen.raw[-400:]
        assert b"Something went wrong; your notes are safe." in screen.raw[-100:]
        assert b"what somebody said" not in screen.raw
        modes = termios.tcgetattr(screen.fd)[3]
        assert modes & termios.ICANON
        assert modes & termios.ECHO
