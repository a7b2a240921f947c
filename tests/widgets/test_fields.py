"""Editing keys do what they do everywhere else, in one line and in many."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir

import pytest
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from linkworker.clock import system_clock
from linkworker.widgets.calm import CalmApp
from linkworker.widgets.editor import Editor
from linkworker.widgets.fields import LONGEST, Field


class Desk(CalmApp):
    BINDINGS = [Binding("ctrl+z", "undo_act"), Binding("ctrl+y", "redo_act")]

    def __init__(self, kind: type[Field] | type[Editor], words: str = "") -> None:
        super().__init__(Path(gettempdir()), system_clock)
        self.kind, self.words = kind, words
        self.acts: list[str] = []

    def compose(self) -> ComposeResult:
        self.widget = self.kind(self.words)
        yield self.widget

    def action_undo_act(self) -> None:
        self.acts.append("undo")

    def action_redo_act(self) -> None:
        self.acts.append("redo")


def words_of(widget: Field | Editor) -> str:
    return widget.value if isinstance(widget, Field) else widget.text


BOTH = pytest.mark.parametrize("kind", [Field, Editor])


@BOTH
@pytest.mark.parametrize("key", ["ctrl+backspace", "ctrl+h", "ctrl+w", "alt+backspace"])
async def test_ctrl_backspace_takes_the_word_on_the_left(kind, key):
    app = Desk(kind, "mends old bicycles")
    async with app.run_test() as pilot:
        await pilot.press("ctrl+end", key)
        assert words_of(app.widget) == "mends old "


@BOTH
async def test_ctrl_delete_takes_the_word_on_the_right(kind):
    app = Desk(kind, "mends old bicycles")
    async with app.run_test() as pilot:
        await pilot.press("ctrl+home", "ctrl+delete")
        assert words_of(app.widget).strip() == "old bicycles"


@BOTH
async def test_ctrl_a_selects_all_and_typing_replaces_it(kind):
    app = Desk(kind, "mends old bicycles")
    async with app.run_test() as pilot:
        await pilot.press("ctrl+a", "x")
        assert words_of(app.widget) == "x"


@BOTH
async def test_ctrl_home_and_ctrl_end_go_to_the_beginning_and_the_end(kind):
    app = Desk(kind, "old")
    async with app.run_test() as pilot:
        await pilot.press("ctrl+end", "b", "ctrl+home", "a")
        assert words_of(app.widget) == "aoldb"


async def test_in_many_lines_ctrl_home_and_end_cross_the_lines():
    app = Desk(Editor, "one\ntwo\nthree")
    async with app.run_test() as pilot:
        await pilot.press("ctrl+end", "!", "ctrl+home", "!")
        assert app.widget.text == "!one\ntwo\nthree!"


@BOTH
async def test_undo_and_redo_are_of_the_text_while_there_is_any_to_take_back(kind):
    app = Desk(kind)
    async with app.run_test() as pilot:
        await pilot.press(*"kettle")
        await pilot.press("ctrl+z")
        assert words_of(app.widget) == ""
        await pilot.press("ctrl+y")
        assert words_of(app.widget) == "kettle"
        assert app.acts == []


async def test_with_nothing_typed_undo_goes_on_to_the_screen():
    app = Desk(Field)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+z", "ctrl+y")
        assert app.acts == ["undo", "redo"]


async def test_a_cut_and_a_paste_can_be_taken_back_in_one_line():
    app = Desk(Field, "old bicycles")
    async with app.run_test() as pilot:
        await pilot.press("ctrl+a", "ctrl+x")
        assert app.widget.value == ""
        app.post_message(events.Paste("two\nlines\x1b[2J"))
        await pilot.pause()
        assert app.widget.value == "two lines[2J"
        await pilot.press("ctrl+z", "ctrl+z")
        assert app.widget.value == "old bicycles"


async def test_words_typed_in_between_are_taken_back_by_the_piece():
    app = Desk(Field, "old")
    async with app.run_test() as pilot:
        await pilot.press("end", "space", *"bike", "backspace")
        assert app.widget.value == "old bik"
        for left in ("old bike", "old ", "old"):
            await pilot.press("ctrl+z")
            assert app.widget.value == left


@BOTH
async def test_what_is_pasted_is_harmless_and_stays_within_reason(kind):
    app = Desk(kind)
    async with app.run_test() as pilot:
        app.post_message(events.Paste("a\x1b]52;c;eA==\x07\u202eb" + "x" * 190_000))
        await pilot.pause(0.2)
        assert words_of(app.widget).startswith("a]52;c;eA==b")
        assert LONGEST <= len(words_of(app.widget)) <= 200_000


async def test_markup_in_a_field_is_only_letters():
    app = Desk(Field, "[/] [@click=app.quit]x[/]")
    async with app.run_test() as pilot:
        await pilot.press("end", "[", "/", "]")
        assert app.widget.value.endswith("x[/][/]")
