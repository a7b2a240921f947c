"""Somebody with two records: one row in People, one page, each line still on its own record."""

from __future__ import annotations

import pytest

from linkworker import schema
from linkworker.caseload import entered_twice, hopes, people
from linkworker.screens.person.every_kind import KINDS
from linkworker.screens.today import TodayScreen
from tests.screens.hands import arrive, paste, sees, sees_no_more
from tests.screens.person_hands import choose, on_form, open_person
from tests.screens.snapshots import text_of


@pytest.fixture
def two(store, terry):
    with store.write("somebody") as tx:
        other = people.add_person(tx, called="Mr Okafor", given="Terence", family="Okafor")
        hopes.add_strength(tx, terry, words="mends bicycles")
        hopes.add_strength(tx, other, words="sings bass")
        tx.add(schema.Note(person_id=terry, happened_at=tx.now, words="A kettle was on."))
        tx.add(schema.Note(person_id=other, happened_at=tx.now, words="The choir met."))
    with store.write("joined") as tx:
        entered_twice.join(tx, terry, other)
    return terry, other


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_people_has_one_row_and_says_how_else_they_were_entered(app_over, store, two, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("f3")
        await sees(pilot, "1 person, type a name")
        seen = text_of(app)
        if size[0] >= 100:
            assert "Also entered as Mr Okafor" in seen
        await pilot.press(*"okafor")
        await sees(pilot, "1 of 1 person")
        assert "Terry" in text_of(app)


async def test_the_page_has_what_stands_on_both_records(app_over, store, two):
    terry, other = two
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, other, "2")  # from a line of Today, or from the finder
        assert screen.person_id == terry
        seen = text_of(app)
        assert "mends bicycles" in seen
        assert "Also entered as Mr Okafor" in seen
        assert "sings bass" in seen
        await pilot.press("3")
        await sees(pilot, "A kettle was on.")
        assert "The choir met." in text_of(app)
        with store.write("parted") as tx:
            entered_twice.part(tx, terry, other)
        await sees_no_more(pilot, "The choir met.")


async def test_what_is_new_goes_to_the_shown_record_and_a_correction_to_its_own(
    app_over, store, two
):
    terry, other = two
    with store.write("a hope") as tx:
        goal = hopes.add_goal(tx, other, words="to sing again")
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_person(pilot, terry, "2")
        choose(screen, "strength:")
        await pilot.press("insert")
        await pilot.press("enter")
        await on_form(pilot)
        await paste(pilot, "knows every bus")
        await pilot.press("ctrl+s")
        await sees(pilot, "knows every bus")
        with store.write("a step") as tx:
            KINDS["step"].add(tx, terry, {"words": "ring the choir", "goal_id": goal})
        await sees(pilot, "ring the choir")
    with store.read() as tx:
        on = dict(tx.rows("SELECT words, person_id FROM strength"))
        assert on == {"mends bicycles": terry, "sings bass": other, "knows every bus": terry}
        assert tx.value("SELECT person_id FROM step", ()) == other
