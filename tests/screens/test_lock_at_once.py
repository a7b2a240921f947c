"""Ctrl+L right behind another key, and by a click: it locks, whatever is still on its way."""

from __future__ import annotations

import pytest
from textual import events

from linkworker.screens.find import FindScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.today import TodayScreen
from linkworker.screens.unlock import UnlockScreen
from linkworker.store import Store
from tests.conftest import PASSPHRASE
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.note_hands import note_open, somebody
from tests.screens.snapshots import text_of
from tests.screens.terrys_week import write_terrys_week


def at_once(pilot, *keys: str) -> None:
    """Press keys faster than anything can be drawn between them."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def unlocks(pilot) -> None:
    """Be at the door, and come in by the passphrase as on any other day."""
    app = pilot.app
    await arrive(pilot, UnlockScreen)
    await until(pilot, lambda: app.store.state == "locked")
    assert app.current_mode == "door"
    await pilot.press("ctrl+a")
    await paste(pilot, PASSPHRASE)
    await pilot.press("enter")
    await until(pilot, lambda: app.is_open)


@pytest.mark.parametrize(
    "keys",
    [["h"], ["7", "h"], ["f3"], ["f3", "h"], ["ctrl+p"], ["ctrl+n"], ["insert"], ["enter"]],
    ids=" ".join,
)
async def test_a_key_on_today_and_a_lock_behind_it(app_over, store, keys):
    write_terrys_week(store)
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("down")
        at_once(pilot, *keys, "ctrl+l", "z")
        await unlocks(pilot)
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)


async def test_letters_on_people_and_a_lock_behind_them(app_over, store):
    write_terrys_week(store)
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)
        at_once(pilot, "t", "e", "enter", "ctrl+l", "r")
        await unlocks(pilot)


async def test_letters_in_the_finder_and_a_lock_behind_them(app_over, store):
    write_terrys_week(store)
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("ctrl+p")
        await arrive(pilot, FindScreen)
        at_once(pilot, *"hel", "ctrl+l", *"abc")
        await unlocks(pilot)


async def test_a_lock_behind_half_a_word_of_a_note_keeps_it(app_over, store):
    stan = somebody(store, "Stan Webb")
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        at_once(pilot, *"Sat with him", "tab", "ctrl+l", "x")
        await unlocks(pilot)
        note = await arrive(pilot, NoteScreen)
        assert note.editor.text == "Sat with him"


async def test_leaving_behind_half_a_word_of_a_note_keeps_it(app_over, store):
    stan = somebody(store, "Stan Webb")
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        at_once(pilot, *"Sat with him", "ctrl+q")
        await until(pilot, lambda: not app.is_running)
    again = Store.at(store.folder)
    again.unlock(PASSPHRASE)
    assert [one.words for one in again.drafts()] == ["Sat with him"]
    again.close()


async def test_a_click_on_lock_locks_and_the_passphrase_opens(app_over, store):
    write_terrys_week(store)
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await sees(pilot, "Ctrl+L Lock")
        rows = text_of(app).split("\n")
        row = next(at for at, line in enumerate(rows) if "Ctrl+L Lock" in line)
        await pilot.click(offset=(rows[row].index("Ctrl+L Lock") + 1, row))
        await unlocks(pilot)
        await arrive(pilot, TodayScreen)
