"""A coordinator names somebody herself whom they are not to be with: she is asked, or told."""

from __future__ import annotations

import pytest

from linkworker.caseload import connections, not_with, people, support
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.note_words import NOT_TOGETHER
from linkworker.screens.person import PersonScreen
from tests.screens.hands import arrive, sees
from tests.screens.note_hands import note_open, panel_words, read, type_words
from tests.screens.person_hands import choose, field, on_form, open_person
from tests.screens.snapshots import text_of

QUESTION = "not to be brought together with"


@pytest.fixture
def terry(week):
    return week["Terry Beasley"]


@pytest.fixture
def dean(store, terry):
    """Dean; on Terry's page it stands that the two are not to meet."""
    with store.write("Dean") as tx:
        dean = people.add_person(tx, called="Dean", family="Hall")
        support.begin(tx, dean)
        not_with.add_not_with(tx, terry, other_person_id=dean, words="a quillwort")
    return dean


def connected(store, person):
    with store.read() as tx:
        return [(one.name, one.stage) for one in connections.connections(tx, person)]


async def connection_form(pilot, person):
    screen = await open_person(pilot, person, "4")
    await pilot.press("insert")
    choose(await arrive(pilot, ChooseScreen), "connection")
    await pilot.press("enter")
    return screen, await on_form(pilot)


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_a_connection_is_asked_about_before_it_is_written(app_over, store, terry, dean, size):
    app = app_over(store)
    async with app.run_test(size=size, notifications=True) as pilot:
        _, form = await connection_form(pilot, dean)
        field(form, "name").raw = "Terry Beasley"
        field(form, "kind").raw = "person"
        await pilot.press("ctrl+s")
        await arrive(pilot, ChooseScreen)
        await sees(pilot, "brought together with")
        assert "quillwort" not in text_of(app)
        await pilot.press("enter")
        form = await arrive(pilot, FormScreen)
        assert field(form, "name").raw == "Terry Beasley"
        assert connected(store, dean) == []

        await pilot.press("ctrl+s")
        choose(await arrive(pilot, ChooseScreen), "yes")
        await pilot.press("enter")
        screen = await arrive(pilot, PersonScreen)
        await sees(pilot, "Terry Beasley")
        assert connected(store, dean) == [("Terry Beasley", "suggested")]

        choose(screen, "connection:")
        await pilot.press("enter")
        form = await on_form(pilot)
        field(form, "about").raw = "Thursdays"
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)


async def test_any_other_connection_is_written_at_once(app_over, store, terry, dean):
    app = app_over(store)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        _, form = await connection_form(pilot, dean)
        field(form, "name").raw = "Terry's Gym"
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
    assert connected(store, dean) == [("Terry's Gym", "suggested")]


async def test_a_note_says_quietly_that_the_two_are_not_to_be_together(
    app_over, store, terry, dean
):
    app = app_over(store)
    async with note_open(app, dean) as pilot:
        await type_words(pilot, "He got a lift.\n@ Terry Beasley, drives him\n@ Pat, now and then")
        await read(pilot)
        panel = panel_words(pilot)
        assert panel.count(NOT_TOGETHER) == 1
        assert panel.index("Terry Beasley") < panel.index(NOT_TOGETHER) < panel.index("Pat")
        assert "quillwort" not in panel
