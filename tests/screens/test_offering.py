"""A strength that may be asked about: since when, offered to colleagues, and taken back, by key."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker.caseload import hopes, offers, plan
from linkworker.screens.person import PersonScreen
from tests.screens.hands import arrive, sees
from tests.screens.person_hands import choose, field, on_form, open_person


@pytest.fixture
def mends(store, week):
    """Terry mends bikes, and nobody has asked yet whether he may be asked."""
    terry = week["Terry Beasley"]
    with store.write("only this", person=terry) as tx:
        for one in plan.strengths(tx, terry):
            hopes.remove_strength(tx, one.strength_id)
        hopes.add_strength(tx, terry, "mends bikes")
    return terry


def strength(store, terry):
    with store.read() as tx:
        (one,) = plan.strengths(tx, terry)
    return one


async def test_asked_offered_and_taken_back_by_key_each_with_its_day(app_over, store, mends):
    app = app_over(store)
    async with app.run_test(size=(140, 45), notifications=True) as pilot:
        screen = await open_person(pilot, mends, "2")
        choose(screen, "strength:")
        await pilot.press("o")
        await sees(pilot, "They have not said that they may be asked")
        await pilot.press("enter")
        form = await on_form(pilot)
        field(form, "may_ask").raw = "yes"
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "happy to be asked today")
        choose(screen, "strength:")
        await pilot.press("o")
        form = await on_form(pilot)
        field(form, "words").raw = "Terry mends bikes"
        await pilot.press("ctrl+s")
        await sees(pilot, "a name of the person")
        field(form, "words").raw = "somebody who mends bikes"
        field(form, "area").raw = "Barwell"
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "offered to colleagues today")
        assert strength(store, mends).is_offered
        choose(screen, "strength:")
        await pilot.press("o")
        await sees(pilot, "Take it back")
        await pilot.press("down", "down", "enter")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "offer taken back today")
        assert not strength(store, mends).is_offered
        await pilot.press("ctrl+z")
        await sees(pilot, "offered to colleagues today")


async def test_who_takes_back_that_they_may_be_asked_does_so_on_a_day(
    app_over, store, clock, mends
):
    with store.write("asked", person=mends) as tx:
        found = plan.strengths(tx, mends)[0].strength_id
        hopes.say_may_ask(tx, found, "yes", date(2026, 11, 6))
        offers.offer(tx, found, "mends bikes")
    app = app_over(store)
    async with app.run_test(size=(140, 45)) as pilot:
        screen = await open_person(pilot, mends, "2")
        await sees(pilot, "happy to be asked 6 Nov")
        choose(screen, "strength:")
        await pilot.press("enter")
        form = await on_form(pilot)
        field(form, "may_ask").raw = "no"
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "not to be asked today")
    one = strength(store, mends)
    assert (one.may_ask_on, one.is_offered) == (date(2026, 11, 27), False)


async def test_on_anything_else_the_key_says_what_it_is_for(app_over, store, mends):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await open_person(pilot, mends, "4")
        await pilot.press("o")
        await sees(pilot, "Offer is for a strength")


def test_what_is_offered_again_is_a_new_offer_with_a_day_of_its_own(store, clock, mends):
    with store.write("asked", person=mends) as tx:
        found = plan.strengths(tx, mends)[0].strength_id
        hopes.say_may_ask(tx, found, "yes")
        first = offers.offer(tx, found, "mends bikes")
        assert offers.offer(tx, found, "mends bicycles") == first
        offers.withdraw(tx, found)
    clock.on(days=3)
    with store.write("again", person=mends) as tx:
        second = offers.offer(tx, found, "mends bikes")
    assert second != first
    with store.read() as tx:
        assert (offers.stands(tx, first), offers.stands(tx, second)) == (False, True)


async def test_at_eighty_columns_the_foot_names_the_keys_of_a_gift(app_over, store, mends):
    with store.write("asked", person=mends) as tx:
        hopes.say_may_ask(tx, plan.strengths(tx, mends)[0].strength_id, "yes")
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, mends, "2")
        choose(screen, "strength:")
        await sees(pilot, "w Who could help  o Offer")
