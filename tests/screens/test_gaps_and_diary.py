"""The team's gaps and the community diary, at the keys."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker.caseload import community_diary as diary
from linkworker.caseload import gaps, hopes
from linkworker.screens.diary import DiaryScreen
from linkworker.screens.gaps import GapsScreen
from linkworker.screens.today import TodayScreen
from tests.screens.hands import arrive, sees, sees_no_more
from tests.screens.person_hands import choose, field, on_form

TODAY = date(2026, 11, 27)


async def at(pilot, screen):
    await arrive(pilot, TodayScreen)
    pilot.app.push_screen(screen)
    return await arrive(pilot, type(screen))


@pytest.fixture
def bus(store, week):
    with store.write("looked for") as tx:
        gaps.log(tx, "evening buses", kind="getting there", area="Enderby", how_many=3)
        gaps.log(tx, "somewhere to speak Polish", kind="language")
        return hopes.add_looked_for(tx, week["Terry Beasley"], "a bus home after six for Terry")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_was_looked_for_is_counted_with_the_gap_it_is(app_over, store, bus, size):
    app = app_over(store)
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await at(pilot, GapsScreen())
        await sees(pilot, "a bus home after six for Terry")
        await sees(pilot, "for 3 people, Enderby, getting there")
        choose(screen, f"decide:{bus}")
        await pilot.press("enter")
        await sees(pilot, "Is it one of these?")
        await pilot.press("enter")
        await sees(pilot, "Counted.")
        await sees(pilot, "for 4 people")
        await sees_no_more(pilot, "after six for Terry")
        await pilot.press("ctrl+z")
        await sees(pilot, "for 3 people")
        await sees(pilot, "after six for Terry")


async def test_a_new_gap_is_put_in_words_that_name_nobody(app_over, store, bus):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen = await at(pilot, GapsScreen())
        choose(screen, f"decide:{bus}")
        await pilot.press("enter")
        await sees(pilot, "Another one")
        await pilot.press("down", "enter")
        form = await on_form(pilot)
        assert field(form, "words").raw == "a bus home after six for Terry"
        await pilot.press("ctrl+s")
        await sees(pilot, "a name of the person")
        field(form, "words").raw = "a bus to the estate after six"
        field(form, "how_many").raw = "2"
        await pilot.press("ctrl+s")
        await arrive(pilot, GapsScreen)
        await sees(pilot, "a bus to the estate after six")
        await sees(pilot, "for 2 people")


async def test_a_gap_is_met_again_closed_and_open_again(app_over, store, bus):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen = await at(pilot, GapsScreen())
        choose(screen, "gap:")
        await pilot.press("m")
        await sees(pilot, "for 4 people")
        await pilot.press("x")
        form = await on_form(pilot)
        field(form, "by").raw = "a minibus of the parish"
        await pilot.press("ctrl+s")
        await arrive(pilot, GapsScreen)
        await sees_no_more(pilot, "evening buses")
        await pilot.press("a")
        await sees(pilot, "closed: a minibus of the parish")
        choose(
            screen,
            next(
                row.key
                for row in screen.query_one("#gaps").rows
                if getattr(row.what, "closed_on", None)
            ),
        )
        await pilot.press("x", "a")
        await sees(pilot, "for 4 people")


async def test_the_diary_is_written_and_put_right(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await at(pilot, DiaryScreen())
        await sees(pilot, "Nothing is in it yet.")
        await pilot.press("insert")
        await sees(pilot, "An open session")
        await pilot.press("down", "enter")
        form = await on_form(pilot)
        field(form, "names").raw = "Joan, Stan,  Lucia"
        field(form, "unwritten").raw = "2"
        field(form, "place").raw = "library"
        await pilot.press("ctrl+s")
        screen = await arrive(pilot, DiaryScreen)
        await sees(pilot, "session, 5 there, library")
        choose(screen, "done:")
        await pilot.press("enter")
        form = await on_form(pilot)
        assert field(form, "names").raw == "Joan, Stan, Lucia"
        field(form, "names").raw = "Joan"
        await pilot.press("ctrl+s")
        await arrive(pilot, DiaryScreen)
        await sees(pilot, "session, 3 there, library")


async def test_a_name_in_the_diary_is_refused_and_nothing_typed_is_lost(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await at(pilot, DiaryScreen())
        await pilot.press("insert", "enter")
        form = await on_form(pilot)
        field(form, "words").raw = "walked to the choir with Terry Beasley"
        await pilot.press("ctrl+s")
        await sees(pilot, "the name of somebody you walk alongside")
        assert field(form, "words").raw.startswith("walked to the choir")


async def test_a_group_is_asked_about_and_a_volunteers_time_is_noted(app_over, store, week):
    with store.write("community") as tx:
        choir = diary.add_group(tx, "Thursday singing", our_part="started")
        diary.step_back(tx, choir, date(2026, 5, 1))
        diary.add_volunteer(tx, "Mo", role="leads the singing")
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen = await at(pilot, DiaryScreen())
        await sees(pilot, "Do they still run?")
        choose(screen, "ask:")
        await pilot.press("r")
        form = await on_form(pilot)
        field(form, "words").raw = "fourteen of them now"
        await pilot.press("ctrl+s")
        await arrive(pilot, DiaryScreen)
        await sees_no_more(pilot, "Do they still run?")
        await sees(pilot, "still runs, Fri 27 Nov")
        choose(screen, "helps:")
        await pilot.press("h")
        form = await on_form(pilot)
        await pilot.press("ctrl+s")
        await sees(pilot, "It does not say how long")
        field(form, "minutes").raw = "90"
        await pilot.press("ctrl+s")
        await arrive(pilot, DiaryScreen)
        await sees(pilot, "in three months")
