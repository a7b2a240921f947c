"""Keys that come all at once, in a real terminal: each has its turn, in the order they were typed.

A fast typist on a slow laptop, a paste of a name and Enter: what was typed on Today finds in
People, and Enter behind it opens who was found there, never what stood on Today.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from linkworker import schema
from tests.conftest import PASSPHRASE

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is POSIX", allow_module_level=True)

from tests.terminal import ENTER, Terminal

BACKSPACE, DOWN, F2, F3 = "\x7f", "\x1b[B", "\x1bOQ", "\x1bOR"
PASTED = "\x1b[200~win\x1b[201~"
AT_ONCE = (
    f"win{ENTER}",
    f"winifred{ENTER}",
    f"winx{BACKSPACE}{ENTER}",
    f"winifred so{ENTER}",
    f"{PASTED}{ENTER}",
    f"{F3}win{ENTER}",
    f"sol{DOWN}{ENTER}",
)


@pytest.fixture
def today(store, tmp_path) -> Iterator[Terminal]:
    """Today, with one thing on it: a note that was begun about Terry, which Enter would open."""
    with store.write("added people") as tx:
        for given, family in (("Terry", "Beasley"), ("Abdi", "Sol"), ("Winifred", "Soley")):
            tx.add(schema.Person(given=given, family=family))
    store.save_draft("draft-1", "note", (), "A quiet morning.", {})
    store.lock()
    home = {"HOME": str(tmp_path / "home"), "NO_COLOR": "1"}
    with Terminal(["--data", str(store.folder)], home, columns=80, rows=24) as screen:
        screen.wait_for("Your notebook is locked.")
        screen.press(PASSPHRASE, ENTER)
        screen.wait_for("Notes to finish")
        yield screen


@pytest.mark.parametrize("keys", AT_ONCE)
def test_a_name_and_enter_typed_all_at_once_on_today_open_that_person(today, keys):
    today.press(keys)
    today.wait_for("1 Now")
    assert "Winifred Soley" in today.screen.display[0], today.text
