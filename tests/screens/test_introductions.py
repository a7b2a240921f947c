"""The inbox: who waits by days, taken down with a look at who it may be, and a key for each end."""

from __future__ import annotations

import pytest

from linkworker.caseload import introductions, people
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.choose_person import ChoosePersonScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.introduction_form import IntroductionForm
from linkworker.screens.introductions import IntroductionScreen, IntroductionsScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.today import TodayScreen
from linkworker.widgets.forms import FormRow
from linkworker.widgets.page import Page
from tests.screens.hands import arrive, sees, sees_no_more, until
from tests.screens.snapshots import SIZES, same_as_before, text_of


@pytest.fixture
def dilys(store, clock):
    """Dilys, whom Dr Shah introduced three days ago."""
    clock.on(days=-3)
    with store.write("an introduction") as tx:
        made = introductions.take_down(
            tx,
            {"called": "Dilys Owen", "place": "Barwell"},
            reaches=({"value": "01455 496 0107", "safe_to_leave": "no"},),
            by_name="Dr Shah",
            by_role="GP",
            by_organisation="Heath Lane",
            how="letter or e-mail",
            their_reason="Low since her husband died. Lives alone.",
            own_reason="somebody to have tea with",
            knows="no",
            urgency="this week",
            safe_to_reach="ring before 3, no letters",
            answer_to="Dr Shah",
        )
    clock.on(days=3)
    return made


async def in_the_inbox(pilot):
    await arrive(pilot, TodayScreen)
    await pilot.press("f6")
    return await arrive(pilot, IntroductionsScreen)


def held(store, dilys):
    with store.read() as tx:
        return introductions.introduced(tx, dilys[1])


def rows(app):
    return {row.ask.name: row for row in app.screen.query(FormRow)}


async def test_an_empty_inbox_says_what_could_stand_there(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_the_inbox(pilot)
        assert "Nobody waits." in text_of(app)
        assert "n takes one down" in text_of(app)
        await pilot.press("enter", "a", "1", "k")  # nothing is there to do it with
        assert isinstance(app.screen, IntroductionsScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_inbox_looks_as_before(app_over, store, week, dilys, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await in_the_inbox(pilot)
        same_as_before(app, "introductions")
        await pilot.press("enter")
        await arrive(pilot, IntroductionScreen)
        same_as_before(app, "introduction")


async def test_today_says_who_is_new_and_enter_reads_the_whole(app_over, store, dilys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await sees(pilot, "New to you")
        assert "3 days" in text_of(app)
        assert "Dr Shah, GP, Heath Lane" in text_of(app)
        await pilot.press("f12")
        await sees_no_more(pilot, "Dr Shah")
        await pilot.press("enter")
        await arrive(pilot, IntroductionScreen)
        assert "“somebody to have tea with”" in text_of(app)
        assert "leave no message" in text_of(app)


async def test_who_waits_is_not_among_the_people_until_a_key_accepts(app_over, store, dilys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("f3")
        await sees(pilot, "Nobody is here yet")
        await pilot.press("f6")
        await arrive(pilot, IntroductionsScreen)
        await pilot.press("a")
        await arrive(pilot, FormScreen)
        rows(app)["level"].raw = "2"
        await pilot.press("ctrl+s")
        await arrive(pilot, IntroductionsScreen)
        await sees(pilot, "Nobody waits.")
        with store.read() as tx:
            assert [(one.name, one.level) for one in people.caseload(tx)] == [("Dilys Owen", 2)]
        await pilot.press("ctrl+z")
        await until(pilot, lambda: held(store, dilys).outcome == "")
        await sees(pilot, "Dilys Owen")


@pytest.mark.parametrize(
    ("key", "outcome"),
    [
        ("1", "no answer"),
        ("2", "left a voicemail"),
        ("3", "sent a text"),
        ("4", "card through the door"),
    ],
)
async def test_four_keys_record_an_attempt(app_over, store, dilys, key, outcome):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await in_the_inbox(pilot)
        await pilot.press(key)
        await until(pilot, lambda: held(store, dilys).tries == 1)
        assert held(store, dilys).last_outcome == outcome


async def test_what_comes_to_nothing_asks_what_and_why(app_over, store, dilys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await in_the_inbox(pilot)
        await pilot.press("d")
        await arrive(pilot, FormScreen)
        await pilot.press("ctrl+s")
        await sees(pilot, "What became of it: not chosen yet")
        rows(app)["outcome"].raw = "declined"
        await pilot.press("ctrl+s")
        await sees(pilot, "The reason was not kept.")
        rows(app)["why"].raw = "her sister moved in"
        await pilot.press("ctrl+s")
        await arrive(pilot, IntroductionsScreen)
        await sees(pilot, "declined: her sister moved in")
        await pilot.press("down", "w")
        await until(pilot, lambda: held(store, dilys).outcome == "")


async def test_that_the_introducer_may_hear_is_written_once_they_agreed(app_over, store, dilys):
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await in_the_inbox(pilot)
        await pilot.press("c")
        await arrive(pilot, FormScreen)
        assert rows(app)["their_reason"].raw == "Low since her husband died. Lives alone."
        rows(app)["may_answer"].raw = "yes"
        rows(app)["agreed_to"].raw = "a cup of tea, and that the surgery hears"
        await pilot.press("ctrl+s")
        await arrive(pilot, IntroductionsScreen)
    found = held(store, dilys)
    assert found.may_answer
    assert found.agreed_to == "a cup of tea, and that the surgery hears"
    assert (found.knows, found.urgency, found.by_name) == ("no", "this week", "Dr Shah")


async def test_who_did_not_know_is_told(app_over, store, dilys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await in_the_inbox(pilot)
        await sees(pilot, "to be told")
        await pilot.press("t")
        await until(pilot, lambda: held(store, dilys).told_on == app.today)
        await sees_no_more(pilot, "to be told")


async def test_one_takes_an_introduction_down_and_is_told_who_it_may_be(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await in_the_inbox(pilot)
        await pilot.press("n")
        await arrive(pilot, IntroductionForm)
        await pilot.press(*"Terence Beasley")
        await sees(pilot, "May be Terry Beasley")
        await sees(pilot, "first name (in another form)")
        rows(app)["called"].raw = "Nobody Knownhere"
        await until(pilot, lambda: not app.screen.query_one("#maybe").display)
        rows(app)["called"].raw = "Terence Beasley"
        rows(app)["their_reason"].raw = "sits alone in the library"
        await pilot.press("ctrl+s")
        await arrive(pilot, IntroductionsScreen)
        await sees(pilot, "Terence Beasley")
        await pilot.press("k")
        await arrive(pilot, ChooseScreen)
        await sees(pilot, "Terry Beasley")
        await pilot.press("up", "enter")
        await arrive(pilot, IntroductionsScreen)
        await sees(pilot, "Nobody waits.")
    with store.read() as tx:
        found = introductions.of_person(tx, week["Terry Beasley"])[0]
    assert (found.outcome, found.their_reason) == ("already known", "sits alone in the library")


async def test_who_it_is_may_be_anybody_by_name(app_over, store, week, dilys):
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await in_the_inbox(pilot)
        await pilot.press("k")
        await arrive(pilot, ChoosePersonScreen)
        await pilot.press(*"stan", "enter")
        await arrive(pilot, IntroductionsScreen)
        await sees(pilot, "Joined to Stan Webb")
    with store.read() as tx:
        assert introductions.waiting(tx) == []


async def test_from_the_whole_of_it_enter_opens_their_record(app_over, store, dilys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await in_the_inbox(pilot)
        await pilot.press("enter")
        await arrive(pilot, IntroductionScreen)
        await pilot.press("enter")
        screen = await arrive(pilot, PersonScreen)
        assert screen.person_id == dilys[0]


async def test_a_reason_alone_is_an_introduction_and_nothing_at_all_is_none(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_the_inbox(pilot)
        await pilot.press("n")
        await arrive(pilot, IntroductionForm)
        await pilot.press("ctrl+s")
        await sees(pilot, "Nothing was taken down yet.")
        rows(app)["own_reason"].raw = "I would like to get out more"
        await pilot.press("ctrl+s")
        await arrive(pilot, IntroductionsScreen)
        assert [row.what.name for row in app.screen.query_one(Page).rows if row.key] == [
            "No name yet"
        ]


HOSTILE = "\x1b]0;owned\x07\x1b[31m[bold]x[/] \u202etxet‮ <script> '; DROP TABLE person --"


async def test_hostile_words_in_every_field_are_shown_harmlessly(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(160, 48)) as pilot:
        await in_the_inbox(pilot)
        await pilot.press("n")
        await arrive(pilot, IntroductionForm)
        for name, row in rows(app).items():
            if row.ask.how in ("words", "long") and name != "nhs_number":
                row.raw = f"{name} {HOSTILE}"
        await pilot.press("ctrl+s")
        await arrive(pilot, IntroductionsScreen)
        for screen in ("inbox", "whole"):
            shown = text_of(app)
            assert "[bold]x[/]" in shown, screen
            assert not any(sign in shown for sign in "\x1b\x07\u202e"), screen
            await pilot.press("enter")
        await arrive(pilot, PersonScreen)
    with store.read() as tx:
        one = introductions.waiting(tx)[0]
    assert "\x1b" not in one.their_reason + one.by_name + one.safe_to_reach


async def test_a_key_says_that_whoever_asked_may_hear_and_takes_it_back(app_over, store, dilys):
    app = app_over(store)
    async with app.run_test() as pilot:
        await in_the_inbox(pilot)
        await pilot.press("enter")
        await arrive(pilot, IntroductionScreen)
        await pilot.press("h")
        await until(pilot, lambda: held(store, dilys).may_answer)
        await sees(pilot, "Dr Shah: they agreed")
        await pilot.press("h")
        await until(pilot, lambda: not held(store, dilys).may_answer)
        await sees(pilot, "Dr Shah: not agreed yet")
