"""The disk fills up in the middle of a sentence, and it is locked: a real program and disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PASSPHRASE
from tests.store.test_disk import fill
from tests.whole import assert_whole

if os.name != "posix":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.journeys.half_a_note import CTRL_L, note_about_terry, records_of_ann
from tests.terminal import CTRL_Q, ENTER


def test_it_locks_on_a_full_disk_and_gives_the_words_back_when_there_is_room(
    tiny_disk: Callable[[int], Path], tmp_path: Path
) -> None:
    place = tiny_disk(8192)
    store = records_of_ann(place / "records")
    with note_about_terry(place / "records", tmp_path) as terminal:
        terminal.press("We walked to the lane. ")
        terminal.wait_for("draft kept")
        fill(place)
        terminal.press(f"\x1b[200~{'lane and back ' * 150}then he said this\x1b[201~")
        terminal.wait_for("he said this")
        terminal.press(CTRL_L)
        screen = terminal.wait_for("The draft could not be kept")
        assert "The disk is full." in " ".join(screen.split())
        assert "lane" not in screen
        assert "Terry" not in screen
        (place / "other things").unlink()
        terminal.press(PASSPHRASE, ENTER)
        terminal.wait_for("he said this")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
    store.unlock(PASSPHRASE)
    (draft,) = store.drafts("note")
    assert draft.words.endswith("lane and back then he said this")
    store.lock()
    assert_whole(place / "records", PASSPHRASE)
