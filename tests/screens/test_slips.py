"""What a slip of the hand does on a person's page: nothing that is not seen and taken back."""

from __future__ import annotations

import pytest

from linkworker.caseload import plan, safety, steps
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.hide import HideScreen
from linkworker.screens.person.keptapart import KeptApartScreen
from linkworker.widgets.page import Page
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.person_hands import choose, on_form, open_person
from tests.screens.snapshots import text_of


@pytest.fixture
def terrys(week):
    return week["Terry Beasley"]


async def test_space_on_a_strength_records_nothing(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await open_person(pilot, terrys, "2")
        choose(screen, "strength:")
        with store.read() as tx:
            before = plan.strengths(tx, terrys)
        await pilot.press("space")
        await sees(pilot, "There is nothing to tick here")
        with store.read() as tx:
            assert plan.strengths(tx, terrys) == before


async def test_a_step_that_is_done_is_named_and_stays_under_the_cursor_in_sight(
    app_over, store, terrys
):
    with store.write("many steps", person=terrys) as tx:
        for number in range(20):
            steps.add_step(tx, terrys, f"step number {number}")
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await open_person(pilot, terrys, "2")
        page = screen.query_one("#left", Page)
        row = next(
            row
            for row in page.rows
            if row.what and row.what.kind == "step" and row.what.row.words == "step number 2"
        )
        choose(screen, row.key)
        await pilot.press("space")
        await sees(pilot, "Done: step number 2. Ctrl+Z")
        await sees(pilot, "✓ step number 2")
        assert page.chosen.key == row.key


async def test_the_add_menu_begins_with_the_kind_under_the_cursor(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, terrys, "2")
        choose(screen, "step:")
        await pilot.press("insert")
        menu = await arrive(pilot, ChooseScreen)
        page = menu.query_one(Page)
        assert (page.rows[0].key, page.chosen.key) == ("step", "step")
        assert sorted(row.key for row in page.rows) == sorted(screen.section.kinds)


async def test_after_hiding_what_is_kept_apart_is_closed(app_over, store, terrys):
    with store.write("kept apart", person=terrys) as tx:
        safety.keep_apart(tx, terrys, words="quillwort", happened_on=tx.today, told="")
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, terrys)
        await pilot.press("k")
        await on_form(pilot)
        await paste(pilot, "to tell Bev")
        await pilot.press("ctrl+s")
        await arrive(pilot, KeptApartScreen)
        await sees(pilot, "quillwort")
        await pilot.press("f8")
        await arrive(pilot, HideScreen)
        assert "Terry" not in text_of(app)
        await pilot.press("f8")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "Terry")
        assert "quillwort" not in text_of(app)


async def test_an_example_in_an_empty_field_says_that_it_is_one(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, terrys, "2")
        choose(screen, "step:")
        await pilot.press("insert")
        await arrive(pilot, ChooseScreen)
        await pilot.press("enter")
        await on_form(pilot)
        await sees(pilot, "e.g. ring the bike club")
