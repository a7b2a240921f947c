"""A visit is written up from Today: about everybody who was there, on the day it was."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker.caseload import appointments, timeline, today
from linkworker.screens.note import NoteScreen
from linkworker.screens.today import TodayScreen
from linkworker.widgets.page import Page
from tests.screens.hands import arrive, sees, sees_no_more, until
from tests.screens.note_hands import type_words
from tests.screens.snapshots import text_of


async def on_the_unwritten(pilot):
    await arrive(pilot, TodayScreen)
    page = pilot.app.screen.query_one("#today", Page)
    page.choose(next(row.key for row in page.rows if row.key.startswith("unwritten")))


@pytest.mark.parametrize("key", ["ctrl+n", "enter"])
async def test_a_visit_to_two_is_written_up_for_both_on_its_own_day(app_over, store, week, key):
    app = app_over(store)
    async with app.run_test(size=(108, 36)) as pilot:
        await on_the_unwritten(pilot)
        await sees(pilot, "Derek and Joan")
        await pilot.press(key)
        screen = await arrive(pilot, NoteScreen)
        await until(pilot, lambda: screen.opening)
        await sees(pilot, "Note about Derek and Joan Pratt")
        assert "Wed 25 Nov 14:00" in text_of(app)
        await type_words(pilot, "Tea with both, and the roof is mended.")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is not screen)
        await sees(pilot, "The story goes to Derek and Joan")
        await pilot.press("ctrl+s")
        await arrive(pilot, TodayScreen)
        await sees_no_more(pilot, "Not written up")
    with store.read() as tx:
        assert today.not_written_up(tx) == []
        for called in ("Derek Pratt", "Joan Pratt"):
            told = timeline.timeline(tx, week[called])[0]
            assert (told.day, told.head) == (date(2026, 11, 25), "home visit")
            assert "roof is mended" in told.words
            assert [one.state for one in appointments.past(tx, week[called])] == ["happened"]


async def test_a_note_begun_about_them_on_another_day_is_not_taken_for_it(app_over, store, week):
    app = app_over(store)
    both = (week["Derek Pratt"], week["Joan Pratt"])
    async with app.run_test(size=(108, 36)) as pilot:
        await arrive(pilot, TodayScreen)
        app.open_note(both)
        screen = await arrive(pilot, NoteScreen)
        await until(pilot, lambda: screen.opening)
        # It begins as the note of the visit that nothing tells of yet: it is of another day.
        await pilot.press("ctrl+t", "w")
        await type_words(pilot, "today")
        await pilot.press("enter", "escape")
        await arrive(pilot, NoteScreen)
        await type_words(pilot, "Rang today.")
        await pilot.press("escape")
        await on_the_unwritten(pilot)
        await pilot.press("ctrl+n")
        screen = await arrive(pilot, NoteScreen)
        await until(pilot, lambda: screen.opening)
        assert screen.editor.text == ""
        assert screen.opening.meeting.day == date(2026, 11, 25)
