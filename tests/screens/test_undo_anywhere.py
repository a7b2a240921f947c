"""Ctrl+Z works wherever one is: it says whose act it took back, and waits while one is asked."""

from __future__ import annotations

import pytest

from linkworker.app import ASKED_FIRST
from linkworker.caseload import plan
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.today import TodayScreen
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.person_hands import choose, field, on_form, open_person
from tests.screens.snapshots import text_of

WORDS = "fixes his neighbour's mower"


@pytest.fixture
def written(store, week):
    """Something was just written about Terry, whoever is in sight."""
    from linkworker.caseload import hopes

    terry = week["Terry Beasley"]
    with store.write("added a strength", person=terry) as tx:
        hopes.add_strength(tx, terry, words=WORDS)
    return lambda: WORDS in stands(store, terry)


def stands(store, person_id):
    with store.read() as tx:
        return [one.words for one in plan.strengths(tx, person_id)]


async def test_from_another_persons_page_it_is_said_whose_act_was_taken_back(
    app_over, store, week, written
):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_person(pilot, week["Ivy Bell"], "2")
        await pilot.press("ctrl+z")
        await sees(pilot, "Taken back: added a strength, Terry Beasley")
        assert not written()
        await pilot.press("ctrl+y")
        await sees(pilot, "Done again: added a strength, Terry Beasley")
        assert written()


async def test_where_today_shows_initials_so_does_what_was_taken_back(
    app_over, store, week, written
):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("f12", "ctrl+z")
        await sees(pilot, "Taken back: added a strength, T.B.")
        assert "Terry" not in text_of(app)


async def test_a_menu_is_answered_or_left_before_anything_is_taken_back(
    app_over, store, week, written
):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await open_person(pilot, week["Ivy Bell"], "2")
        await pilot.press("insert")
        await arrive(pilot, ChooseScreen)
        for key in ("ctrl+z", "ctrl+y"):
            app.clear_notifications()
            await pilot.press(key)
            await sees(pilot, ASKED_FIRST.split(".")[0])
        assert written()
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: not written())


async def test_in_a_form_it_takes_back_what_was_typed_and_no_act(app_over, store, week, written):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await open_person(pilot, week["Ivy Bell"], "2")
        choose(screen, "empty:Strengths")
        await pilot.press("enter")
        form = await on_form(pilot)
        await paste(pilot, "sings")
        await pilot.press("ctrl+z")
        await until(pilot, lambda: field(form, "words").raw == "")
        await pilot.press("ctrl+z")
        await sees(pilot, ASKED_FIRST.split(".")[0])
        assert isinstance(app.screen, FormScreen)
        assert written()
