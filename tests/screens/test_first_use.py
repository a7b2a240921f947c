"""What somebody meets who uses the notebook for the first time, on a person's page."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker.caseload import connections, people, safety, support
from linkworker.caseload.timeline import timeline
from linkworker.screens.form import FormScreen
from linkworker.screens.person import doing
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.story import told
from linkworker.screens.today import TodayScreen
from linkworker.widgets.choice import Choice
from tests.screens.hands import arrive, sees, sees_no_more, until
from tests.screens.note_hands import done, note_open, type_words
from tests.screens.person_hands import field, open_person
from tests.screens.snapshots import text_of


async def test_esc_folds_an_unfolded_entry_first_and_then_leads_back(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, week["Terry Beasley"], "3")
        await pilot.press("enter")
        assert screen._unfolded
        await pilot.press("escape")
        assert app.screen is screen
        assert not screen._unfolded
        await pilot.press("escape")
        await arrive(pilot, TodayScreen)


async def test_whose_page_is_in_sight_is_not_opened_a_second_time(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, week["Terry Beasley"], "2")
        app.open_person(week["Terry Beasley"])
        await pilot.pause()
        assert app.screen is screen
        await pilot.press("escape")
        await arrive(pilot, TodayScreen)


async def test_a_new_notice_takes_the_place_of_the_last(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        app.say("One.")
        await pilot.pause()
        app.say("Two.")
        await pilot.pause()
        assert [one.message for one in app._notifications] == ["Two."]


async def test_the_marks_of_a_note_stand_in_the_story_once(app_over, store, terry):
    async with note_open(app_over(store), terry) as pilot:
        words = "Tea in the shed.\n+ mends bicycles\n* Out on Saturdays\nHe laughed."
        await type_words(pilot, words)
        await done(pilot)
    with store.read() as tx:
        entry = timeline(tx, terry)[0]
    assert told(entry) == "Tea in the shed.\nHe laughed."
    assert [mark.words for mark in entry.marks] == ["mends bicycles", "Out on Saturdays"]
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_person(pilot, terry, "3")
        assert text_of(app).count("mends bicycles") == 1
        await pilot.press("enter")
        await pilot.pause()
        assert text_of(app).count("mends bicycles") == 1


async def test_before_a_person_is_opened_no_risk_is_read_over_a_shoulder(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("down")
        await sees(pilot, "Staying safe: see their page")
        assert "asked directly" not in text_of(app)


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_the_banner_says_a_risk_whole_with_what_helps_and_its_day(
    app_over, store, week, size
):
    words = "lower when he rings first, asked directly; what helps is Pat, the shed, and a call"
    with store.write("a risk", person=week["Terry Beasley"]) as tx:
        safety.add_statement(tx, week["Terry Beasley"], "risk", words, said_on=date(2026, 11, 20))
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await open_person(pilot, week["Terry Beasley"])
        seen = " ".join(text_of(app).split())
        assert f"Staying safe: {words}, 20 Nov" in seen


async def test_a_stage_that_only_says_itself_again_is_said_once(app_over, store, terry):
    with store.write("a connection", person=terry) as tx:
        connections.add_connection(
            tx, terry, "Knit & Natter", stage="went once", on=date(2026, 11, 6), words="went once"
        )
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_person(pilot, terry, "4")
        assert "went once, went once" not in text_of(app)
        assert "went once 6 Nov, went once" not in text_of(app)


async def test_codes_and_levels_are_said_in_words(app_over, store, terry):
    with store.write("details", person=terry) as tx:
        people.change_person(tx, terry, ethnic_category="A")
        support.begin(tx, terry, level=2, on=date(2026, 11, 2))
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await open_person(pilot, terry, "6")
        await sees(pilot, "White: British")
        await pilot.press("3")
        await sees(pilot, "Began, walking alongside")


async def test_no_known_risks_is_chosen_without_a_word(app_over, store, terry):
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_person(pilot, terry)
        doing.add(screen, Thing("safety"))
        form = await arrive(pilot, FormScreen)
        choice = field(form, "kind").field
        assert isinstance(choice, Choice)
        await sees(pilot, "choose)")
        while choice.value != "no known risks":
            await pilot.press("right")
        await sees_no_more(pilot, "In plain words")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "No known risks")


async def test_support_asks_only_what_fits_what_happened(app_over, store, terry):
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_person(pilot, terry)
        doing.add(screen, Thing("support"))
        form = await arrive(pilot, FormScreen)
        assert field(form, "level").display
        assert not field(form, "check_in_on").display
        while field(form, "kind").raw != "paused":
            await pilot.press("right")
        await pilot.pause()
        assert not field(form, "level").display
        assert field(form, "check_in_on").display
