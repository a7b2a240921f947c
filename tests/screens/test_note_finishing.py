"""Names and steps are finished as one types, and typing goes on whatever is offered."""

from __future__ import annotations

import pytest

from linkworker import schema
from tests.screens.hands import until
from tests.screens.note_hands import note, note_open, terry_as_known, type_words
from tests.screens.snapshots import text_of


@pytest.fixture
def terry(store) -> str:
    terry = terry_as_known(store)
    with store.write("what is known") as tx:
        tx.add(schema.Tie(person_id=terry, name="Pat Marsh", relationship="friend"))
        tx.add(schema.Step(person_id=terry, words="ring Citizens Advice about the PIP"))
    return terry


@pytest.mark.parametrize(
    ("typed", "finished"),
    [
        ("@ Barw", "@ Barwell bowls club"),
        ("> Terr", "> Terry:"),
        ("x ring", "x ring Citizens Advice about the PIP"),
    ],
)
async def test_tab_takes_what_is_offered(app_over, store, terry, typed, finished):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, typed)
        await pilot.pause()
        assert f"Tab {finished[2:]}" in text_of(app)
        await pilot.press("tab")
        assert note(pilot).editor.text == finished
        assert note(pilot).editor.has_focus


async def test_tab_again_takes_the_next_one(app_over, store, terry):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "@ Pat")
        await pilot.pause()
        assert "Tab Pat Beasley   or Pat Marsh" in text_of(app)
        await pilot.press("tab", "tab")
        assert note(pilot).editor.text == "@ Pat Marsh"
        await pilot.press("tab")
        assert note(pilot).editor.text == "@ Pat Beasley"
        await type_words(pilot, ", weekly")
        assert note(pilot).editor.text == "@ Pat Beasley, weekly"


async def test_no_key_is_taken_from_typing(app_over, store, terry):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "@ Pat\n> Pat: the lift\n")
        assert note(pilot).editor.text == "@ Pat\n> Pat: the lift\n"
        await type_words(pilot, "@ Pa")
        await pilot.press("left", "right", "right", "enter")
        assert note(pilot).editor.text == "@ Pat\n> Pat: the lift\n@ Pa\n"


async def test_what_was_taken_is_taken_back_by_undo(app_over, store, terry):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "@ Barw")
        await pilot.press("tab")
        await pilot.press("ctrl+z")
        assert note(pilot).editor.text == "@ Barw"


async def test_nothing_is_offered_in_the_story(app_over, store, terry):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "I rang Pat")
        await pilot.pause()
        assert "Tab Pat" not in text_of(app)
        await pilot.press("tab")
        assert note(pilot).editor.text == "I rang Pat"


async def test_tab_after_by_friday_goes_to_the_panel_and_leaves_the_words(app_over, store, terry):
    with store.write("a group with a day in its name") as tx:
        tx.add(schema.Connection(person_id=terry, name="Friday lunch"))
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "? somebody to ring the surgery by fri")
        await until(pilot, lambda: note(pilot).is_read)
        assert "Tab Friday lunch" not in text_of(app)
        await pilot.press("tab")
        await until(pilot, lambda: note(pilot).panel.has_focus)
        assert note(pilot).editor.text == "? somebody to ring the surgery by fri"
