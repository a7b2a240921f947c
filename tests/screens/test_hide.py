"""F8, with somebody at one's shoulder: nothing of anybody is left, whatever stood on the screen."""

from __future__ import annotations

import pytest

from linkworker.caseload import safety
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.choose_person import ChoosePersonScreen
from linkworker.screens.find import FindScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.help import HelpScreen
from linkworker.screens.hide import HideScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.note_copy import CopiedScreen
from linkworker.screens.note_facts import FactsScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.person.keptapart import KeptApartScreen
from linkworker.screens.settings import SettingsScreen
from linkworker.screens.today import TodayScreen
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.person_hands import choose, open_person
from tests.screens.snapshots import text_of

APART = "took hold of an arm"


@pytest.fixture
def terrys(store, week):
    with store.write("apart") as tx:
        safety.keep_apart(tx, week["Terry Beasley"], APART)
    return week["Terry Beasley"]


async def on_today(pilot, person_id):
    await arrive(pilot, TodayScreen)
    await sees(pilot, "Dean")


async def on_people(pilot, person_id):
    await arrive(pilot, TodayScreen)
    await pilot.press("f3")
    await arrive(pilot, PeopleScreen)
    await sees(pilot, "Agnes")


async def on_person(pilot, person_id):
    await open_person(pilot, person_id)
    await sees(pilot, "Terry Beasley")


async def kept_apart(pilot, person_id):
    await open_person(pilot, person_id)
    await pilot.press("k")
    await arrive(pilot, FormScreen)
    await paste(pilot, "to plan with Bev")
    await pilot.press("ctrl+s")
    await arrive(pilot, KeptApartScreen)
    await sees(pilot, APART)


async def in_a_form(pilot, person_id):
    await open_person(pilot, person_id, "2")
    choose(pilot.app.screen, "strength:")
    await pilot.press("enter")
    await arrive(pilot, FormScreen)


async def in_a_note(pilot, person_id):
    await open_person(pilot, person_id)
    await pilot.press("ctrl+n")
    note = await arrive(pilot, NoteScreen)
    await until(pilot, lambda: note.opening)
    await paste(pilot, "Terry mended a bicycle")
    await sees(pilot, "bicycle")


async def in_the_facts_of_a_note(pilot, person_id):
    await in_a_note(pilot, person_id)
    await pilot.press("ctrl+t")
    await arrive(pilot, FactsScreen)


async def finding(pilot, person_id):
    await open_person(pilot, person_id)
    await pilot.press("ctrl+p")
    await arrive(pilot, FindScreen)
    await paste(pilot, "terry")
    await sees(pilot, "Beasley")


async def choosing_what_to_add(pilot, person_id):
    await open_person(pilot, person_id)
    await pilot.press("insert")
    await arrive(pilot, ChooseScreen)


async def choosing_a_person(pilot, person_id):
    await open_person(pilot, person_id, "6")
    pilot.app.push_screen(ChoosePersonScreen("Who lives with Terry?", ()))
    await arrive(pilot, ChoosePersonScreen)


async def copying_a_note_out(pilot, person_id):
    await open_person(pilot, person_id, "3")
    while not pilot.app.screen.contact_chosen:
        await pilot.press("down")
    await pilot.press("ctrl+o")
    await arrive(pilot, CopiedScreen)


async def in_the_settings(pilot, person_id):
    await open_person(pilot, person_id)
    pilot.app.action_settings()
    await arrive(pilot, SettingsScreen)


PLACES = (
    on_today,
    on_people,
    on_person,
    kept_apart,
    in_a_form,
    in_a_note,
    in_the_facts_of_a_note,
    finding,
    choosing_what_to_add,
    choosing_a_person,
    copying_a_note_out,
    in_the_settings,
)


@pytest.mark.parametrize("under_help", [False, True])
@pytest.mark.parametrize("place", PLACES, ids=lambda one: one.__name__)
async def test_f8_leaves_not_one_word_of_anybody(app_over, store, terrys, place, under_help):
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await place(pilot, terrys)
        app.say("Taken back: a strength, Terry Beasley")
        if under_help:
            await pilot.press("f1")
            await arrive(pilot, HelpScreen)
        await pilot.press("f8")
        await arrive(pilot, HideScreen)
        await until(pilot, lambda: text_of(app).split() == ["Fri", "27", "November"])


async def test_what_is_kept_apart_is_gone_after_f8_also_where_help_stood_over_it(
    app_over, store, terrys
):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await kept_apart(pilot, terrys)
        await pilot.press("f1")
        await arrive(pilot, HelpScreen)
        await pilot.press("f8")
        await arrive(pilot, HideScreen)
        await pilot.press("f8")
        await arrive(pilot, HelpScreen)
        await pilot.press("escape")
        await arrive(pilot, PersonScreen)
        assert APART not in text_of(app)


async def test_what_is_kept_apart_is_gone_after_f8_with_nothing_over_it(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await kept_apart(pilot, terrys)
        await pilot.press("f8")
        await arrive(pilot, HideScreen)
        await pilot.press("f8")
        await arrive(pilot, PersonScreen)
        assert APART not in text_of(app)


async def test_what_is_kept_apart_is_forgotten_by_a_lock_while_it_is_hidden(
    app_over, store, terrys
):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await kept_apart(pilot, terrys)
        await pilot.press("f1")
        await arrive(pilot, HelpScreen)
        await pilot.press("f8")
        await arrive(pilot, HideScreen)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: store.state == "locked")
        await until(
            pilot, lambda: not any(isinstance(one, PersonScreen) for one in app._screen_stack)
        )
        assert text_of(app).split() == ["Fri", "27", "November"]
