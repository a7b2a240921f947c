"""A note whose person was taken back, and a note that is done with its draft or not at all."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest

from linkworker.screens import note_done
from linkworker.screens.find import FindScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.note_meeting import Meeting, to_draft
from linkworker.screens.unlock import UnlockScreen
from linkworker.storage import drafts
from tests.screens.hands import arrive, sees, until
from tests.screens.note_hands import note, note_open, rows, somebody, type_words


async def test_a_draft_about_somebody_taken_back_shows_its_words_to_copy_out(
    app_over, store, terry
):
    met = Meeting(date(2026, 11, 27), None, 30, "home visit")
    store.save_draft("d", "note", [terry], "met at the gate", {"meeting": to_draft(met)})
    store.undo()
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.current_mode == "today" and app.is_open)
        await app.workers.wait_for_complete()
        app.open_note((), "d")
        await arrive(pilot, NoteScreen)
        await sees(pilot, "This person is no longer here")
        await sees(pilot, "met at the gate")
        await pilot.press("ctrl+o")
        await until(pilot, lambda: "met at the gate" in app.clipboard)
    assert [one.words for one in store.drafts()] == ["met at the gate"]


async def test_a_note_is_done_and_its_draft_gone_together_or_neither(app_over, store, monkeypatch):
    stan = somebody(store, "Stan Webb")
    app = app_over(store)

    def fails(connection: object, draft_id: str) -> None:
        raise OSError("the disk went away")

    async with note_open(app, stan) as pilot:
        await type_words(pilot, "Sat with him.")
        note(pilot).keep_draft()
        with monkeypatch.context() as there:
            there.setattr(drafts, "drop", fails)
            await pilot.press("ctrl+s")
            await sees(pilot, "The disk could not be read or written.")
            await until(pilot, lambda: not note(pilot).writing)
        assert rows(store, "SELECT words FROM note") == []
        assert [one.words for one in store.drafts()] == ["Sat with him."]
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
    assert rows(store, "SELECT words FROM note") == [("Sat with him.",)]
    assert store.drafts() == []


@pytest.mark.usefixtures("terry")
async def test_a_lock_in_the_middle_of_a_search_is_only_a_lock(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.is_open)
        await pilot.press("ctrl+p")
        finder = await arrive(pilot, FindScreen)
        await pilot.press("ctrl+l")
        await arrive(pilot, UnlockScreen)
        await until(pilot, lambda: store.state == "locked")
        finder._asked = "hel"
        finder._search(app, "hel")
        assert not (store.folder / "problems.log").exists()


async def test_a_note_that_is_written_while_one_looks_for_somebody_goes_once_one_is_back(
    app_over, store, monkeypatch
):
    write, goes = note_done.write, threading.Event()

    def when_told(*written: Any) -> int:
        goes.wait(3)
        return write(*written)

    monkeypatch.setattr(note_done, "write", when_told)
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await type_words(pilot, "Sat with him.")
        writing = note(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: writing.writing)
        await pilot.press("ctrl+p")
        await arrive(pilot, FindScreen)
        goes.set()
        await until(pilot, lambda: writing.closing)
        await type_words(pilot, "stan")
        assert isinstance(app.screen, FindScreen)
        await pilot.press("escape")
        await until(pilot, lambda: writing not in app.screen_stack)
        assert not isinstance(app.screen, FindScreen | NoteScreen)
    assert rows(store, "SELECT words FROM note") == [("Sat with him.",)]
