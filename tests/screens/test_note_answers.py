"""An answer of one's own in the panel of a note, left half typed: never a word is lost."""

from __future__ import annotations

import pytest

from linkworker.screens.note import NoteScreen
from linkworker.screens.note_own import OwnAnswerScreen
from linkworker.screens.note_page import choices_of
from linkworker.screens.people import PeopleScreen
from linkworker.screens.today import TodayScreen
from tests.screens.hands import arrive, sees
from tests.screens.note_hands import (
    done,
    note,
    note_open,
    panel_words,
    read,
    rows,
    terry_as_known,
    type_words,
)

HALF = "Carol from the chu"
LEAVING = {"f2": TodayScreen, "f3": PeopleScreen}


def own_choice(pilot) -> str:
    """The number of the choice to type a name."""
    keys = [key for key, _ in choices_of(note(pilot).panel.asks[0])]
    return str(keys.index("") + 1)


async def begins_an_answer(pilot) -> None:
    """Tab to the question who Pat is, choose to type a name, and type half of one."""
    await type_words(pilot, "> Pat: the lift home")
    await read(pilot)
    await pilot.press("tab")
    await sees(pilot, "somebody else")
    await pilot.press(own_choice(pilot))
    await arrive(pilot, OwnAnswerScreen)
    await type_words(pilot, HALF)


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
@pytest.mark.parametrize("key", LEAVING)
async def test_half_a_name_in_the_answer_box_is_there_when_the_note_is_gone_on_with(
    app_over, store, size, key
):
    terry = terry_as_known(store)
    app = app_over(store)
    async with note_open(app, terry, size=size) as pilot:
        await begins_an_answer(pilot)
        await pilot.press(key)
        await arrive(pilot, LEAVING[key])
        app.open_note((terry,))
        await arrive(pilot, NoteScreen)
        await read(pilot)
        await pilot.press("ctrl+s")
        await sees(pilot, "An answer is begun and not taken")
        await pilot.press("tab")
        await sees(pilot, "somebody else")
        await pilot.press(own_choice(pilot))
        await arrive(pilot, OwnAnswerScreen)
        await sees(pilot, HALF)
        await type_words(pilot, "rch")
        await pilot.press("enter")
        await arrive(pilot, NoteScreen)
        await read(pilot)
        assert "Carol from the church" in panel_words(pilot)
        await done(pilot)
    assert rows(store, "SELECT who FROM step") == [("Carol from the church",)]


async def test_the_lid_closes_over_half_a_name_in_the_answer_box(app_over, store):
    terry = terry_as_known(store)
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await begins_an_answer(pilot)
        assert app.keep_drafts() is None
        (draft,) = store.drafts("note")
    assert list(draft.facts["half answered"].values()) == [HALF]


async def test_half_a_name_that_was_left_with_esc_holds_the_note_back_once_only(app_over, store):
    terry = terry_as_known(store)
    async with note_open(app_over(store), terry) as pilot:
        await begins_an_answer(pilot)
        await pilot.press("escape")
        await arrive(pilot, NoteScreen)
        await pilot.press("ctrl+s")
        await sees(pilot, "Ctrl+S again keeps the note without it.")
        await done(pilot)
    assert len(rows(store, "SELECT 1 FROM step")) == 1
