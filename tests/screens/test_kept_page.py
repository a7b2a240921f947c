"""One page is kept for whoever is opened: nothing of one person is ever seen on another's."""

from __future__ import annotations

import pytest
from textual import events

from linkworker.caseload import audit, connections, hopes, people
from linkworker.refusal import Refused
from linkworker.screens.form import FormScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.person import NOBODY_THERE, PersonScreen
from linkworker.screens.today import TodayScreen
from linkworker.screens.unlock import UnlockScreen
from linkworker.widgets.page import Page
from tests.conftest import PASSPHRASE
from tests.screens.hands import arrive, paste, sees, sees_no_more, until
from tests.screens.painted import Painted
from tests.screens.snapshots import text_of

TERRYS = ("Terry", "Saturdays", "mends bicycles", "bowls", "bike club", "01632")
"""Words that stand on Terry's page and on nobody else's."""


async def from_people(pilot, name):
    """Find somebody on People by name, and open them."""
    screen = await arrive(pilot, PeopleScreen)
    while screen.typed:
        await pilot.press("backspace")
    await pilot.press(*name.split()[0].lower(), "enter")
    page = await arrive(pilot, PersonScreen)
    await sees(pilot, "A good life")
    return page


async def on_people(pilot):
    await arrive(pilot, TodayScreen)
    await pilot.press("f3")
    return await arrive(pilot, PeopleScreen)


async def back(pilot, kind):
    await pilot.press("escape")
    return await arrive(pilot, kind)


async def test_the_page_of_the_next_person_never_shows_the_last_one(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        first = await from_people(pilot, "Terry Beasley")
        await pilot.press("3", "down", "enter")
        await sees(pilot, "bowls club")
        people_screen = await back(pilot, PersonScreen)  # Esc folds the entry, then leads back
        people_screen = await back(pilot, PeopleScreen)
        await pilot.press(*["backspace"] * len("terry"), *"dean")
        await sees(pilot, "Dean Hollis")
        painted = Painted(app)
        await pilot.press("enter")
        second = await arrive(pilot, PersonScreen)
        await sees(pilot, "Dean rang from the car park")
        assert second is first
        assert second.person_id == week["Dean Hollis"]
        assert painted.frames
        assert not [frame for frame in painted.frames for words in TERRYS if words in frame]
        assert text_of(app).startswith(" Dean Hollis")
        assert "ring Dean" in painted.frames[-1]
        assert "Dean rang" in painted.frames[-1]
        await back(pilot, PeopleScreen)
        assert people_screen.person_in_sight() == week["Dean Hollis"]


@pytest.mark.parametrize("size", [(100, 30), (160, 50)])
async def test_a_page_that_comes_in_sight_is_whole_from_its_first_frame(
    app_over, store, week, size
):
    """The library would paint what moved, the list still between it, and then all of it again."""
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await on_people(pilot)
        await from_people(pilot, "Terry Beasley")
        await back(pilot, PeopleScreen)
        await pilot.press(*["backspace"] * len("terry"), *"dean")
        await until(pilot, lambda: app.screen.person_in_sight() == week["Dean Hollis"])
        await pilot.pause()
        painted = Painted(app)
        await pilot.press("enter")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "A good life")
        await pilot.pause()
        theirs = [frame for frame in painted.frames if frame.startswith(" Dean Hollis")]
        assert 1 <= len(theirs) <= 2, "the page, and at most the keys at its foot once more"
        for frame in theirs:
            assert [line.rstrip() for line in frame.splitlines()] == text_of(app).splitlines()


async def test_a_page_that_cannot_be_read_shows_nobody(app_over, store, week, monkeypatch):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        page = await from_people(pilot, "Terry Beasley")

        def refuse(*_):
            raise Refused("It was not read.", "The disk is gone.", "Look for it.")

        monkeypatch.setattr("linkworker.screens.person.screen.person.banner", refuse)
        with pytest.raises(Refused):
            page.action_turn(1)
        await pilot.pause()
        assert page.person_id == week["Vera Blunt"]
        assert not [words for words in TERRYS if words in text_of(app)]
        monkeypatch.undo()
        await pilot.press("left_square_bracket")
        await sees(pilot, "Saturdays out")
        assert text_of(app).startswith(" Terry Beasley")


async def test_everybody_who_was_opened_is_in_the_audit_once(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        for name in ("Terry", "Dean", "Terry", "Lucia"):
            await from_people(pilot, name)
            await back(pilot, PeopleScreen)
        await pilot.press("ctrl+l")
        await arrive(pilot, UnlockScreen)
    store.unlock(PASSPHRASE)
    with store.read() as tx:
        opened = [one.person_id for one in audit.events(tx) if one.what == "opened"]
    names = {person: name.split()[0] for name, person in week.items()}
    assert sorted(names[one] for one in opened) == ["Dean", "Lucia", "Terry", "Terry"]


async def test_somebody_met_again_is_begun_anew(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        page = await from_people(pilot, "Terry Beasley")
        await pilot.press("4", "t")
        await sees(pilot, "Then, 30 Mar")
        await back(pilot, PeopleScreen)
        await from_people(pilot, "Terry Beasley")
        assert page.section.name == "now"
        assert not page.then
        left = page.query_one("#left", Page)
        assert page.focused is left
        assert left.chosen is left.rows[next(at for at, row in enumerate(left.rows) if row.key)]
        assert left.scroll_offset.y == 0


async def test_one_person_leads_to_another_and_back(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        derek = await from_people(pilot, "Derek Pratt")
        await pilot.press("6")
        for page in derek.query(Page):
            for row in page.rows:
                if row.key.startswith("household:"):
                    page.focus()
                    page.choose(row.key)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is not derek)
        joan = await arrive(pilot, PersonScreen)
        assert (joan.person_id, derek.person_id) == (week["Joan Pratt"], week["Derek Pratt"])
        await sees(pilot, "Story")
        assert text_of(app).startswith(" Joan Pratt")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is derek)
        await pilot.pause()
        assert text_of(app).startswith(" Derek Pratt")
        assert derek.section.name == "aboutme"
        await back(pilot, PeopleScreen)
        assert await from_people(pilot, "Terry") is derek


async def test_it_locks_with_a_page_in_sight_and_comes_back_to_it(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        before = await from_people(pilot, "Terry Beasley")
        await pilot.press("ctrl+l")
        await arrive(pilot, UnlockScreen)
        assert not before.is_running
        assert before not in app._installed_screens.values()
        assert not [words for words in TERRYS if words in text_of(app)]
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)
        after = await arrive(pilot, PersonScreen)
        assert after is not before
        await sees(pilot, "Saturdays out")
        await back(pilot, TodayScreen)
        await pilot.press("f3")
        assert await from_people(pilot, "Dean") is after


async def test_it_locks_while_the_page_is_put_by(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        page = await from_people(pilot, "Terry Beasley")
        await back(pilot, PeopleScreen)
        await pilot.press("ctrl+l")
        await arrive(pilot, UnlockScreen)
        assert not page.is_running
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)
        await from_people(pilot, "Terry Beasley")
        await sees(pilot, "Saturdays out")


async def test_a_theme_taken_while_away_is_on_every_line(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        await from_people(pilot, "Terry Beasley")
        await back(pilot, PeopleScreen)
        backgrounds = {}
        for theme in ("daylight", "evening"):
            app.theme = theme
            await pilot.pause()
            await from_people(pilot, "Terry Beasley")
            strips = app.screen._compositor.render_strips(app.size)
            backgrounds[theme] = {
                str(one.style.bgcolor) for strip in strips for one in strip if one.style
            }
            await back(pilot, PeopleScreen)
        assert not backgrounds["daylight"] & backgrounds["evening"]


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (160, 50)])
async def test_a_window_of_another_size_meanwhile(app_over, store, week, size):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        await from_people(pilot, "Terry Beasley")
        await back(pilot, PeopleScreen)
        await pilot.resize_terminal(*size)
        await from_people(pilot, "Dean")
        await pilot.pause()
        again = text_of(app)
    fresh = app_over(store)
    async with fresh.run_test(size=size) as pilot:
        await on_people(pilot)
        await from_people(pilot, "Dean")
        await pilot.pause()
        print(again, text_of(fresh))
        assert again == text_of(fresh)


async def test_what_was_written_while_away_is_there(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        page = await from_people(pilot, "Terry Beasley")
        await back(pilot, PeopleScreen)
        with store.write("added", person=week["Terry Beasley"]) as tx:
            hopes.add_strength(tx, week["Terry Beasley"], "sings bass")
            people.add_person(tx, called="Terry Aardvark", given="Terry", family="Aardvark")
        await pilot.pause()
        before = page._position
        await from_people(pilot, "Terry Beasley")
        await sees(pilot, "sings bass")
        assert page._position != before
        store.undo()
        await sees_no_more(pilot, "sings bass")


async def test_what_changes_under_a_note_is_there_when_one_is_back(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_people(pilot)
        page = await from_people(pilot, "Terry Beasley")
        await pilot.press("ctrl+n")
        await arrive(pilot, NoteScreen)
        with store.write("added", person=week["Terry Beasley"]) as tx:
            connections.add_tie(tx, week["Terry Beasley"], "Kev", how="close")
            hopes.add_strength(tx, week["Terry Beasley"], "sings bass")
        await pilot.pause()
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is page)
        await sees(pilot, "sings bass")


async def test_somebody_who_is_gone_meanwhile_is_not_shown(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await on_people(pilot)
        await from_people(pilot, "Terry Beasley")
        people_screen = await back(pilot, PeopleScreen)
        with store.write("removed", person=week["Dean Hollis"]) as tx:
            people.remove_person(tx, week["Dean Hollis"])
        app.open_person(week["Dean Hollis"])
        await sees(pilot, NOBODY_THERE[:30])
        assert app.screen is people_screen
        app.open_person("nobody")
        await pilot.pause()
        assert app.screen is people_screen
        await from_people(pilot, "Terry")
        app.open_person("nobody")
        await until(pilot, lambda: getattr(app.screen, "person_id", "") == week["Terry Beasley"])
        await pilot.pause()
        assert text_of(app).startswith(" Terry Beasley")


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (160, 50)])
async def test_a_page_is_painted_within_the_key_that_opens_it_and_only_once(
    app_over, store, week, size
):
    """Nothing that comes after the key changes a line of it, and nothing is painted again whole."""
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await on_people(pilot)
        await from_people(pilot, "Terry Beasley")
        await back(pilot, PeopleScreen)
        await pilot.pause()
        painted = Painted(app)
        app.open_person(week["Dean Hollis"])
        first = list(painted.frames)
        assert len(first) == 1, "painted before anything else had its turn"
        assert first[0].startswith(" Dean Hollis")
        await sees(pilot, "A good life")
        await pilot.pause()
        assert [line.rstrip() for line in first[0].splitlines()] == text_of(app).splitlines()


async def test_a_page_that_was_left_on_its_other_side_begins_on_the_first(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(160, 50)) as pilot:
        await on_people(pilot)
        page = await from_people(pilot, "Terry Beasley")
        await pilot.press("right")
        await until(pilot, lambda: page.query_one("#right", Page).has_focus)
        await back(pilot, PeopleScreen)
        await from_people(pilot, "Dean Hollis")
        await until(pilot, lambda: page.query_one("#left", Page).has_focus)
        await pilot.pause()
        marked = [line for line in text_of(app).splitlines() if "▸" in line]
        assert len(marked) == 1
        assert marked[0].startswith(" ▸")


async def test_enter_held_down_opens_one_page_and_nothing_on_it(app_over, store, week):
    """A key that is held, or pressed twice by a hand that trembles."""
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        people_screen = await on_people(pilot)
        for name in ("Terry Beasley", "Dean Hollis"):  # a page that is new, and one met again
            await app.screen.takes(events.Paste(name.lower()))
            await until(pilot, lambda: app.screen.person_in_sight() == week[name])  # noqa: B023
            await pilot.press(*["enter"] * 6)
            page = await arrive(pilot, PersonScreen)
            await pilot.pause()
            assert app.screen_stack == [people_screen, page]
            assert page.person_id == week[name]
            await pilot.press("down", "up", "enter")
            await arrive(pilot, FormScreen)
            await back(pilot, PersonScreen)
            await back(pilot, PeopleScreen)
