"""A note of a day after somebody's death is asked about, and never refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linkworker.caseload import support
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.note_facts import FactsScreen
from linkworker.widgets.page import Page
from tests.screens.hands import arrive, sees, until
from tests.screens.note_hands import note_open, rows, somebody, type_words


@pytest.fixture
def harold(store) -> str:
    """Harold Finch, who died on Tuesday."""
    who = somebody(store, "Harold Finch")
    with store.write("died", person=who) as tx:
        support.record_whereabouts(tx, who, "died", since=tx.today - timedelta(days=3))
    return who


async def asked(pilot) -> ChooseScreen:
    await type_words(pilot, "His niece rang.")
    await pilot.press("ctrl+s")
    screen = await arrive(pilot, ChooseScreen)
    await sees(pilot, "Harold died Tue 24 Nov; the note is of Fri 27 Nov")
    return screen


async def test_a_talk_with_the_family_is_kept_after_one_question(app_over, store, harold):
    app = app_over(store)
    async with note_open(app, harold) as pilot:
        note = app.screen
        await asked(pilot)
        assert rows(store, "SELECT 1 FROM note") == []
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is not note and rows(store, "SELECT 1 FROM note"))
    assert rows(store, "SELECT words FROM note") == [("His niece rang.",)]


async def test_esc_leads_back_to_the_note_and_it_is_asked_again(app_over, store, harold):
    app = app_over(store)
    async with note_open(app, harold) as pilot:
        note = app.screen
        await asked(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is note)
        await pilot.press("ctrl+s")
        await arrive(pilot, ChooseScreen)
    assert rows(store, "SELECT 1 FROM note") == []


async def test_the_day_can_be_put_right_from_the_question(app_over, store, harold):
    app = app_over(store)
    async with note_open(app, harold) as pilot:
        screen = await asked(pilot)
        screen.query_one(Page).choose("day")
        await pilot.press("enter")
        await arrive(pilot, FactsScreen)


async def test_a_note_of_the_day_of_death_or_before_is_kept_at_once(app_over, store):
    who = somebody(store, "Harold Finch")
    with store.write("died", person=who) as tx:
        support.record_whereabouts(tx, who, "died", since=tx.today)
    app = app_over(store)
    async with note_open(app, who) as pilot:
        note = app.screen
        assert isinstance(note, NoteScreen)
        await type_words(pilot, "He had the radio on.")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is not note)
    assert rows(store, "SELECT words FROM note") == [("He had the radio on.",)]
