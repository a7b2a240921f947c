"""From field to field of a form, as a hand goes that has just typed."""

from __future__ import annotations

import pytest

from linkworker.caseload import reaching
from linkworker.screens.form import FormScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.today import TodayScreen
from linkworker.widgets.forms import FormRow
from tests.screens.hands import arrive, until
from tests.screens.snapshots import text_of

SIZES = pytest.mark.parametrize("size", [(80, 24), (100, 30)])


async def somebody_new(pilot) -> FormScreen:
    await arrive(pilot, TodayScreen)
    await pilot.press("f3")
    await arrive(pilot, PeopleScreen)
    await pilot.press("insert")
    return await arrive(pilot, FormScreen)


def held(form):
    return {row.ask.name: row.raw for row in form.query(FormRow) if row.raw}


def in_sight(form):
    page, field = form.query_one("#form").content_region, form.focused.region
    return bool(field.height) and page.contains_region(field)


@SIZES
@pytest.mark.parametrize("on", ["down", "enter", "tab"])
async def test_a_name_after_another_goes_into_the_next_field(app_over, store, size, on):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        form = await somebody_new(pilot)
        await pilot.press(*"Terry", on, *"Terence", on, *"Beasley")
        await pilot.pause()
        assert held(form) == {"called": "Terry", "given": "Terence", "family": "Beasley"}


@SIZES
async def test_the_field_in_focus_stays_in_sight_and_the_way_back_is_the_same(
    app_over, store, size
):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        form = await somebody_new(pilot)
        fields = [row.field for row in form.query(FormRow)]
        for field in fields[1:]:
            await pilot.press("down")
            await pilot.pause()
            assert form.focused is field
            assert in_sight(form)
        await pilot.press("down")
        assert form.focused is fields[-1]
        for field in reversed(fields[:-1]):
            await pilot.press("up")
            await pilot.pause()
            assert form.focused is field
            assert in_sight(form)


async def test_the_foot_names_both_keys_to_the_next_field(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await somebody_new(pilot)
        assert "↓ Next, or Tab" in text_of(app)


async def test_enter_in_the_last_field_is_done(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        form = await somebody_new(pilot)
        await pilot.press(*"Terry", *["enter"] * len(form.query(FormRow)))
        await until(pilot, lambda: app.screen is not form)
        assert "Terry" in text_of(app)


async def test_a_place_key_says_that_what_was_typed_is_kept_and_goes(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await somebody_new(pilot)
        await pilot.press(*"Terry", "f3")
        await arrive(pilot, PeopleScreen)
        assert ["What you typed is kept." in one.message for one in app._notifications] == [True]
        await pilot.press("insert")
        form = await arrive(pilot, FormScreen)
        await until(pilot, lambda: held(form) == {"called": "Terry"})


async def test_a_phone_number_that_looks_like_none_is_kept_and_said(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        form = await somebody_new(pilot)
        rows = {row.ask.name: row for row in form.query(FormRow)}
        rows["called"].raw, rows["phone"].raw = "Olive Marsh", "next door has it"
        await pilot.press("ctrl+s")
        screen = await arrive(pilot, PersonScreen)
        await until(pilot, lambda: "does not look like a phone" in " ".join(text_of(app).split()))
    with store.read() as tx:
        kept = [one.value for one in reaching.reaches(tx, screen.person_id)]
    assert kept == ["next door has it"]
