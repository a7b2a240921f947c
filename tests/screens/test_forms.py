"""From field to field of a form, as a hand goes that has just typed."""

from __future__ import annotations

import pytest

from linkworker.caseload import reaching, support
from linkworker.screens.form import FormScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.person import PersonScreen, doing
from linkworker.screens.person.kinds import Thing
from linkworker.screens.today import TodayScreen
from linkworker.widgets.forms import FormRow
from tests.screens.hands import arrive, sees, until
from tests.screens.person_hands import field, open_person
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


async def test_a_sign_stands_beside_its_word_on_every_line(app_over, store, terry):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, terry)
        for kind in ("support", "appointment", "about me", "reach"):
            doing.add(screen, Thing(kind))
            await arrive(pilot, FormScreen)
            lines = [line.rstrip() for line in text_of(app).splitlines()]
            assert any("(← → choose)" in line for line in lines)
            assert not [line for line in lines if line.endswith(("·", "●"))]
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is screen)


async def test_of_a_support_that_goes_on_it_is_asked_first_what_happened(app_over, store, terry):
    with store.write("began", person=terry) as tx:
        support.begin(tx, terry, level=2)
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, terry)
        doing.add(screen, Thing("support"))
        form = await arrive(pilot, FormScreen)
        assert form.focused is field(form, "kind").field
        assert "●" not in text_of(app)
        await pilot.press("ctrl+s")
        await sees(pilot, "What happened: not chosen yet. Choose with ← and →.")
        await pilot.press("p", "down", "down", *"her knee", "ctrl+s")
        await until(pilot, lambda: app.screen is screen)
    with store.read() as tx:
        latest = support.history(tx, terry)[0]
    assert (latest.kind, latest.reason) == ("paused", "her knee")


async def test_words_typed_before_it_was_said_what_happened_stand_there_again(
    app_over, store, terry
):
    with store.write("began", person=terry) as tx:
        support.begin(tx, terry, level=2)
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, terry)
        doing.add(screen, Thing("support"))
        await arrive(pilot, FormScreen)
        await pilot.press("down", "down", *"her knee", "escape")
        await until(pilot, lambda: app.screen is screen)
        doing.add(screen, Thing("support"))
        form = await arrive(pilot, FormScreen)
        await sees(pilot, "This is what you had typed before.")
        assert field(form, "reason").raw == "her knee"
