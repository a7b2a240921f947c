"""A paste into a note: too long, into a note that cannot be typed in, and answered at once."""

from __future__ import annotations

from linkworker.widgets.editor import LONGEST
from tests.screens.hands import paste, sees, until
from tests.screens.note_hands import note, note_open, read, somebody


async def test_a_paste_that_is_too_long_is_left_where_it_was_and_told(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await paste(pilot, "a" * (LONGEST + 1))
        await sees(pilot, "Nothing was pasted")
        assert note(pilot).editor.text == ""
        await pilot.press("+", "space", "k", "i", "n", "d")
        assert "no mark" not in await read(pilot)
        assert note(pilot).editor.pasted == set(), "what is typed next is not pasted"


async def test_a_paste_into_a_note_that_is_being_kept_changes_nothing_typed_later(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        editor = note(pilot).editor
        editor.read_only = True
        await paste(pilot, "x gone\n+ kind")
        editor.read_only = False
        await pilot.press("+", "space", "k")
        assert editor.text == "+ k"
        assert not editor._pasting


async def test_tab_straight_after_a_paste_waits_for_what_is_asked(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await paste(pilot, "Sat with him.\n+ mends bicycles\n+ kind to dogs")
        await pilot.press("tab", "1")
        await read(pilot)
        assert note(pilot).editor.text.endswith("+ kind to dogs")
        await until(pilot, lambda: note(pilot).editor.chosen)


async def test_tab_where_nothing_is_asked_once_it_is_read_goes_back_to_the_text(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await paste(pilot, "Sat with him.")
        await pilot.press("tab")
        await sees(pilot, "The panel asks nothing.")
        await until(pilot, lambda: note(pilot).editor.has_focus)
