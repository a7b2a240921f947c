"""People: the caseload filtered as one types, ticked, added to."""

from __future__ import annotations

import re

import pytest

from linkworker.app import LinkworkerApp
from linkworker.caseload import appointments, people
from linkworker.screens.find import FindScreen
from linkworker.screens.help import HelpScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.today import TodayScreen
from linkworker.widgets.page import Page
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.snapshots import SIZES, same_as_before, text_of


async def on_people(pilot):
    await arrive(pilot, TodayScreen)
    await pilot.press("f3")
    return await arrive(pilot, PeopleScreen)


def shown(app) -> list[str]:
    return [row.what.name for row in app.screen.query_one("#people", Page).rows if row.key]


@pytest.mark.parametrize("size", SIZES)
async def test_people_look_as_before(app_over, store, week, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await on_people(pilot)
        await pilot.press("t", "e", "r", "escape", "space")
        same_as_before(app, "people")


async def test_before_anybody_is_added_the_list_says_how_to_begin(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_people(pilot)
        assert "Ins adds somebody" in text_of(app)


async def test_letters_filter_and_enter_opens(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        await pilot.press("a", "m")
        assert shown(app)[0] in ("Amal Warsame", "Amina Yusuf")
        assert len(shown(app)) < 5
        await pilot.press("i")
        assert shown(app)[0] == "Amina Yusuf"
        await pilot.press("enter")
        await arrive(pilot, PersonScreen)
        await pilot.press("escape")
        await arrive(pilot, PeopleScreen)
        assert len(shown(app)) == 27
        assert app.screen.query_one("#people", Page).chosen.what.name == "Amina Yusuf"


async def test_backspace_takes_a_letter_back_and_esc_shows_everybody(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        await pilot.press("z", "z")
        assert shown(app) == []
        assert "Nobody answers to that" in text_of(app)
        await pilot.press("backspace", "backspace", "s", "t", "a")
        assert shown(app)[0] == "Stan Webb"
        await pilot.press("escape")
        assert len(shown(app)) == 27
        assert isinstance(app.screen, PeopleScreen)
        await pilot.press("escape")
        await arrive(pilot, TodayScreen)


async def test_a_row_is_made_once_whatever_is_typed(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        page = app.screen.query_one("#people", Page)
        before = {row.key: row for row in page.rows if row.key}
        await pilot.press("t", "e")
        assert all(before[row.key] is row for row in page.rows if row.key)


@pytest.fixture
def asked(app_over, monkeypatch):
    """About whom a note was asked for, each time."""
    asked = []
    monkeypatch.setattr(
        LinkworkerApp,
        "open_note",
        lambda self, people=(), draft=None, **of: asked.append(people),
    )
    return asked


async def test_several_are_ticked_for_one_note(app_over, store, week, asked):
    app = app_over(store)
    async with app.run_test(size=(160, 50)) as pilot:
        await on_people(pilot)
        await pilot.press("space", *"amina", "down", "space")
        assert "ticked: Agnes Hartley, Amina Yusuf" in text_of(app)
        await pilot.press("ctrl+n")
        assert asked == [(week["Agnes Hartley"], week["Amina Yusuf"])]
        await pilot.press("escape", "home", "space")
        assert "ticked: Amina Yusuf" in text_of(app)


async def test_a_note_is_never_about_somebody_else_than_who_is_chosen(app_over, store, week, asked):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        await pilot.press("space", *"stan")
        assert shown(app)[0] == "Stan Webb"
        assert "ticked: Agnes Hartley" in text_of(app), "hidden by the filter, and still named"
        await pilot.press("ctrl+n")
        assert asked == [(week["Stan Webb"],)]
        await pilot.press("down", "up", "space", "ctrl+n")
        assert asked[1:] == [(week["Agnes Hartley"], week["Stan Webb"])]


@pytest.mark.parametrize("away", [("f2", "f3"), ("f3",), ("escape", "f3"), ("enter", "escape")])
async def test_ticks_are_forgotten_by_going_elsewhere(app_over, store, week, away):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await on_people(pilot)
        await pilot.press("space")
        assert screen.ticked
        for key in away:
            before = app.screen
            await pilot.press(key)
            if away != ("f3",):
                await until(pilot, lambda before=before: app.screen is not before)
        await arrive(pilot, PeopleScreen)
        await until(pilot, lambda: "✓" not in text_of(app) and "ticked" not in text_of(app))
        assert not screen.ticked


async def test_ticks_are_kept_while_help_is_read(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        await pilot.press("space", "f1")
        await arrive(pilot, HelpScreen)
        await pilot.press("escape")
        await arrive(pilot, PeopleScreen)
        assert "ticked: Agnes Hartley" in text_of(app)


async def test_who_stepped_back_or_died_stands_apart_and_is_still_found(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        await pilot.press("end")
        assert "Not with us now" in text_of(app)
        assert shown(app)[-2:] == ["Harold Finch", "Nirmala Joshi"]
        await pilot.press("h", "a", "r")
        assert "Harold Finch" in shown(app)


async def test_a_change_keeps_cursor_ticks_and_what_was_typed(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        await pilot.press("r", "down", "space")
        page = app.screen.query_one("#people", Page)
        before, typed = page.chosen.key, shown(app)
        with store.write("a new name", person=week["Ruth Abbey"]) as tx:
            people.change_person(tx, week["Ruth Abbey"], place="Enderby")
        await pilot.pause(0.05)
        assert (page.chosen.key, shown(app)) == (before, typed)
        assert "ticked: " in text_of(app)


async def test_somebody_new_is_added_with_a_name_alone_and_opened(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        await pilot.press("insert")
        await sees(pilot, "Somebody new")
        await paste(pilot, "Hodan")
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
        assert text_of(app).startswith(" Hodan")
        await pilot.press("escape", "ctrl+z")
        await sees(pilot, "Nobody is here yet")


async def test_a_new_person_without_anything_to_tell_them_by_is_asked_about(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        await pilot.press("insert")
        await sees(pilot, "Somebody new")
        await pilot.press("ctrl+s")
        assert "There is nothing to tell them by" in text_of(app)
        with store.read() as tx:
            assert people.caseload(tx) == []


async def test_a_thousand_people_are_filtered_and_walked(app_over, store):
    with store.write("a thousand") as tx:
        for number in range(1000):
            people.add_person(tx, called=f"Person {number:03d}")
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        page = app.screen.query_one("#people", Page)
        drawn = sum(bool(row.drawn) for row in page.rows)
        assert drawn <= 30, "only what is in sight is drawn"
        await pilot.press("end")
        assert "Person 999" in text_of(app)
        await pilot.press("7", "7", "7")
        assert shown(app)[0] == "Person 777"


async def test_letters_typed_before_going_away_are_gone_when_one_comes_back(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        await pilot.press("p", "r", "a")
        await pilot.press("f2")
        await arrive(pilot, TodayScreen)
        await pilot.press("a", "m", "i")
        screen = await arrive(pilot, PeopleScreen)
        assert screen.typed == "ami"
        assert shown(app)[0] == "Amina Yusuf"


async def test_a_note_about_those_ticked_takes_the_ticks_away(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await on_people(pilot)
        await pilot.press("space", "down", "space", "ctrl+n")
        await arrive(pilot, NoteScreen)
        await pilot.press("escape")
        await arrive(pilot, PeopleScreen)
        await until(pilot, lambda: "✓" not in text_of(app) and "ticked" not in text_of(app))
        assert not screen.ticked


async def test_f3_in_people_shows_everybody_again(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        everybody = shown(app)
        await pilot.press("t", "e", "r")
        assert shown(app) != everybody
        await pilot.press("f3")
        await until(pilot, lambda: shown(app) == everybody)


async def test_who_was_brought_in_without_a_day_is_not_begun_yet(app_over, store, week):
    with store.write("brought in") as tx:
        people.add_person(tx, called="Olive Marsh")
    app = app_over(store)
    async with app.run_test(size=(100, 50)) as pilot:
        await on_people(pilot)
        seen = text_of(app)
        assert "Not begun yet" in seen
        assert "To begin: Enter opens somebody, and b begins." in " ".join(seen.split())
        names = shown(app)
        assert names.index("Vera Blunt") < names.index("Olive Marsh")


@pytest.mark.parametrize("width", [80, 90, 100, 110, 120, 160])
async def test_a_day_is_shown_with_its_month_or_not_at_all(app_over, store, week, width):
    with store.write("a visit", person=week["Stan Webb"]) as tx:
        appointments.add_appointment(tx, week["Stan Webb"], "2026-12-03T10:05", kind="visit")
    app = app_over(store)
    async with app.run_test(size=(width, 50)) as pilot:
        await on_people(pilot)
        assert "Stan Webb" in text_of(app)
        assert not re.search(r"Thu 3(?! Dec)", text_of(app))


async def test_the_empty_list_says_how_a_list_is_brought_in_and_is_not_cut(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_people(pilot)
        seen = " ".join(text_of(app).split())
        assert "and even that can wait." in seen
        assert "The key + brings in a list of people" in seen


async def test_a_space_in_a_name_is_a_letter_and_ticks_nobody(app_over, store, week):
    with store.write("two words") as tx:
        people.add_person(tx, called="Mary Ann Pole")
        people.add_person(tx, called="Mary Zeb")
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await on_people(pilot)
        await pilot.press(*"mary", "space")
        assert not screen.ticked
        assert sorted(shown(app)) == ["Mary Ann Pole", "Mary Zeb"]
        await pilot.press(*"ann")
        assert shown(app) == ["Mary Ann Pole"]
        await pilot.press("backspace", "backspace", "backspace", "backspace", "backspace")
        assert screen.typed == "mar"


@pytest.mark.parametrize("moves", ["down", "up", "home", "pagedown"])
async def test_behind_a_key_that_moves_space_ticks_who_was_found(app_over, store, week, moves):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await on_people(pilot)
        await pilot.press(*"amina", moves, "space")
        assert list(screen.ticked) == [week["Amina Yusuf"]]
        await pilot.press("space")
        assert not screen.ticked
        await pilot.press("backspace", "space")
        assert not screen.ticked, "a letter was typed since: it is a name again"


async def test_straight_behind_a_name_tick_is_chosen_from_the_finder_and_ticks(
    app_over, store, week
):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await on_people(pilot)
        await pilot.press(*"amina", "ctrl+p")
        await arrive(pilot, FindScreen)
        await pilot.press(*"tick")
        await sees(pilot, "Tick for one note about several")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        await until(pilot, lambda: screen.ticked)
        assert list(screen.ticked) == [week["Amina Yusuf"]]


async def test_while_a_name_is_typed_the_bar_and_help_say_what_space_does(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        assert " Space Tick " in text_of(app)
        await pilot.press(*"mary")
        await sees(pilot, "(Space Tick)")
        await pilot.press("down")
        await until(pilot, lambda: "(Space Tick)" not in text_of(app))
        await pilot.press("f1")
        await arrive(pilot, HelpScreen)
        seen = " ".join(text_of(app).split())
        assert "While you type a name Space is part of it" in seen
