"""A real terminal: what is pasted with escapes in it, and what is answered that nobody asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from linkworker import schema
from linkworker.store import Store
from tests.conftest import PASSPHRASE

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is POSIX", allow_module_level=True)

from tests.terminal import CTRL_Q, ENTER, Terminal

CTRL_N, CTRL_P = "\x0e", "\x10"
ANSWERS = (
    b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c\x1bP>|XTerm(380)\x1b\\"
    b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?1u"
)


@pytest.fixture
def notebook(store: Store) -> Store:
    """A locked store with Terry in it."""
    with store.write("added somebody") as tx:
        tx.add(schema.Person(given="Terry", family="Beasley"))
    store.lock()
    return store


@pytest.fixture
def note(notebook: Store, tmp_path) -> Iterator[Terminal]:
    """A terminal in which a note about Terry is open."""
    home = {"HOME": str(tmp_path / "home"), "NO_COLOR": "1"}
    with Terminal(["--data", str(notebook.folder)], home) as screen:
        screen.wait_for("Your notebook is locked.")
        screen.press(PASSPHRASE, ENTER)
        screen.wait_for("Kept on this laptop")
        screen.press(CTRL_P, "terry")
        screen.wait_for("Terry Beasley")
        screen.press(ENTER)
        screen.wait_for("Support has not begun")
        screen.press(CTRL_N)
        screen.wait_for("Note about")
        yield screen


def draft_left_by(note: Terminal, notebook: Store) -> str:
    """Leave, and return what the draft holds."""
    note.press(CTRL_Q)
    assert note.end() == 0
    notebook.unlock(PASSPHRASE)
    (draft,) = notebook.drafts()
    return draft.words


@pytest.mark.parametrize(
    ("copied", "words"),
    [
        (b"Hello one\r!! hurt\rend", "Hello one\n!! hurt\nend"),
        (b"Hello \x1b[31mone\x1b[0m\r!! hurt\rend", "Hello one\n!! hurt\nend"),
        (b"Hello \x1b one\x1b\r!! hurt\rend", "Hello  one\n!! hurt\nend"),
        (b"Hello \x1b[201~ one\r!! hurt\rend", "Hello  one\n!! hurt\nend"),
    ],
)
def test_a_paste_with_escapes_keeps_the_order_of_words_and_what_is_kept_apart_apart(
    note: Terminal, notebook: Store, copied: bytes, words: str
) -> None:
    os.write(note.fd, b"\x1b[200~" + copied + b"\x1b[201~")
    note.wait_for("hurt")
    assert draft_left_by(note, notebook) == words


def test_what_the_terminal_answers_while_a_note_is_open_is_not_typed_into_it(
    note: Terminal, notebook: Store
) -> None:
    note.press("Saw ")
    os.write(note.fd, ANSWERS)
    note.press("her at home")
    note.wait_for("at home")
    assert draft_left_by(note, notebook) == "Saw her at home"
