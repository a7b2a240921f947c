"""A key leads to another place while somebody is writing: not a word of it is lost."""

from __future__ import annotations

import pytest

from linkworker import folders
from linkworker.screens.form import FormScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.note_draft import notes_begun
from linkworker.screens.people import PeopleScreen
from linkworker.screens.today import TodayScreen
from linkworker.screens.unlock import UnlockScreen
from linkworker.widgets.forms import FormRow
from tests.conftest import PASSPHRASE
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.note_hands import done, note, note_open, rows, somebody, type_words
from tests.screens.person_hands import choose, open_person
from tests.screens.terrys_week import write_terrys_week

ALL_FORMS = pytest.mark.parametrize(
    ("section", "row", "key"),
    [
        ("2", "strength:", "a"),
        ("1", "appointment:", "x"),
        ("2", "strength:", "enter"),
        ("2", "step:", "minus"),
        ("3", "", "k"),
    ],
    ids=["agree", "call off", "correct", "not done", "kept apart"],
)


@ALL_FORMS
@pytest.mark.parametrize("away", ["f2", "escape"])
async def test_what_was_typed_into_any_form_stands_there_again(
    app_over, store, section, row, key, away
):
    terrys = write_terrys_week(store)["Terry Beasley"]
    app = app_over(store)

    async def the_form(pilot):
        screen = await open_person(pilot, terrys, section)
        if row:
            choose(screen, row)
        await pilot.press(key)
        return await arrive(pilot, FormScreen)

    async with app.run_test(size=(100, 30)) as pilot:
        form = await the_form(pilot)
        await paste(pilot, ", half a sen")
        typed = form.query(FormRow).first().raw
        assert "half a sen" in typed
        await pilot.press(away, "f2")
        await arrive(pilot, TodayScreen)
        again = await the_form(pilot)
        await until(pilot, lambda: again.query(FormRow).first().raw == typed)


async def test_with_a_full_disk_one_stays_with_the_form_and_is_told(app_over, store, monkeypatch):
    terrys = write_terrys_week(store)["Terry Beasley"]
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await open_person(pilot, terrys)
        choose(screen, "appointment:")
        await pilot.press("x")
        form = await arrive(pilot, FormScreen)
        await paste(pilot, "theirs, not well")
        with monkeypatch.context() as disk:
            disk.setattr(store, "save_draft", full)
            await pilot.press("f3")
            await sees(pilot, "disk is full")
        assert app.screen is form
        assert form.query(FormRow).first().raw == "theirs, not well"


def full(*draft: object) -> None:
    raise folders.DiskFull


@pytest.mark.parametrize("key", ["f2", "f3"])
async def test_the_last_words_of_a_note_are_kept_when_a_place_is_gone_to_at_once(
    app_over, store, key
):
    stan = somebody(store, "Stan Webb")
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        await type_words(pilot, "Card through the door.")
        await pilot.press(key)
        await arrive(pilot, TodayScreen if key == "f2" else PeopleScreen)
        await sees(pilot, "The draft is kept.")
        assert [one.words for one in notes_begun(store)] == ["Card through the door."]


async def test_a_note_that_was_left_for_another_place_and_done_there_is_begun_no_more(
    app_over, store
):
    stan = somebody(store, "Stan Webb")
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)
        app.open_note((stan,))
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        await type_words(pilot, "Card through the door.")
        await pilot.press("f2")
        await sees(pilot, "Notes to finish")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        assert note(pilot).editor.text == "Card through the door."
        await done(pilot)
        await pilot.press("ctrl+l")
        await arrive(pilot, UnlockScreen)
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)
    assert notes_begun(store) == []
    assert rows(store, "SELECT words FROM note") == [("Card through the door.",)]
