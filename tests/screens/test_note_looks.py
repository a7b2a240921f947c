"""How the note looks, at every size: empty, with marks, with its dialogs, and read aloud."""

from __future__ import annotations

import pytest

from tests.five_notes import note as words_of
from tests.screens.hands import until
from tests.screens.note_hands import note, note_open, read, somebody, terry_as_known, type_words
from tests.screens.snapshots import SIZES, same_as_before, text_of


async def fill(pilot, words: str) -> None:
    """Put words in and go back to the top."""
    note(pilot).editor.insert(words)
    note(pilot).editor.move_cursor((0, 0))
    await read(pilot)
    await until(pilot, lambda: "draft kept 10:05" in text_of(pilot.app))
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_note_looks_as_it_did(app_over, store, size):
    app = app_over(store)
    async with note_open(app, terry_as_known(store), size=size):
        same_as_before(app, "note-empty")


@pytest.mark.parametrize("size", SIZES)
async def test_a_note_with_marks_looks_as_it_did(app_over, store, size):
    app = app_over(store)
    async with note_open(app, terry_as_known(store), size=size) as pilot:
        await fill(pilot, words_of("terry"))
        same_as_before(app, "note")


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_in_the_panel_looks_as_it_did(app_over, store, size):
    app = app_over(store)
    async with note_open(app, terry_as_known(store), size=size) as pilot:
        await fill(pilot, "He would like to go.\n> ring the bike club by Friday\n")
        await pilot.press("tab")
        await pilot.pause()
        same_as_before(app, "note-question")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("key", "name"), [("ctrl+t", "facts"), ("f9", "marks")])
async def test_the_dialogs_of_the_note_look_as_they_did(app_over, store, size, key, name):
    app = app_over(store)
    async with note_open(app, terry_as_known(store), size=size) as pilot:
        await fill(pilot, words_of("terry"))
        await pilot.press(key)
        await pilot.pause()
        same_as_before(app, f"note-{name}")


@pytest.mark.parametrize("size", SIZES)
async def test_two_records_look_as_they_did(app_over, store, size):
    app = app_over(store)
    pratts = somebody(store, "Derek Pratt"), somebody(store, "Joan Pratt")
    async with note_open(app, *pratts, size=size) as pilot:
        await fill(pilot, "We walked down the lane.\n+ Derek: knows every hedge\n+ Joan: funny\n")
        await pilot.press("ctrl+s")
        await pilot.pause()
        same_as_before(app, "note-records")


async def test_for_a_screen_reader_there_is_one_column_in_words(app_over, store):
    app = app_over(store, screen_reader=True)
    async with note_open(app, terry_as_known(store), size=(100, 30)) as pilot:
        await type_words(pilot, "Good talk.\n+ mends bicycles\n! low today")
        shown = await read(pilot)
        assert "strength: mends bicycles" in shown
        assert "staying safe: low today" in shown
        assert not set("─│┌┐└┘") & set(shown)
        beside = [line for line in shown.splitlines() if "Good talk." in line]
        assert beside == [" Good talk."]


async def test_the_panel_never_hides_the_text_and_the_text_never_the_panel(app_over, store):
    for size in SIZES:
        app = app_over(store)
        async with note_open(app, somebody(store, "Stan Webb"), size=size) as pilot:
            await fill(pilot, "A line of text.\n+ mends clocks\n")
            shown = text_of(app)
            assert "A line of text." in shown
            assert "strength" in shown
