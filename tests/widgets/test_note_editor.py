"""The editor of notes: what it draws, and that it draws the same as the library does."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets.text_area import Selection

from linkworker.rules.marking import Edit
from linkworker.widgets import themes
from linkworker.widgets.completing import Name
from linkworker.widgets.editor import Editor
from linkworker.widgets.note_editor import NoteEditor

WORDS = "\n".join(
    f"{sign} line {number} with some words that are long enough to be wrapped, more than once"
    for number, sign in enumerate("+ab*c!d~efgh=?")
)


class Desk(App[None]):
    def __init__(self) -> None:
        super().__init__()
        for palette in themes.PALETTES:
            self.register_theme(themes.theme_of(palette))
        self.theme = "daylight"

    def compose(self) -> ComposeResult:
        yield NoteEditor(WORDS)


def drawn(editor: NoteEditor, how: type[Editor]) -> list[list[tuple[str, object]]]:
    """Each row with its styles, as a class of editor draws it now."""
    editor.render_lines(editor.size.region)
    return [
        [(piece.text, piece.style) for piece in how.render_line(editor, y).simplify()]
        for y in range(editor.size.height)
    ]


async def test_rows_that_are_not_drawn_anew_are_right_all_the_same():
    app = Desk()
    async with app.run_test(size=(40, 16)) as pilot:
        editor = app.query_one(NoteEditor)
        editor.focus()
        for key in (
            "down", "x", "enter", "up", "backspace", "ctrl+end", "y", "pageup", "home", "z",
            "ctrl+z", "shift+down", "shift+down", "delete", "ctrl+home",
        ):  # fmt: skip
            await pilot.press(key)
            await pilot.pause()
            assert drawn(editor, NoteEditor) == drawn(editor, Editor), key
        await pilot.resize_terminal(60, 12)
        await pilot.pause()
        assert drawn(editor, NoteEditor) == drawn(editor, Editor)
        app.theme = "evening"
        await pilot.pause()
        assert drawn(editor, NoteEditor) == drawn(editor, Editor)


PARAGRAPH = "+ mends clocks, " + " ".join(
    "tea 日本 cafe\u0301 kitchen\tnaïve"[number % 7 :] for number in range(60)
)


async def test_rows_of_one_long_paragraph_are_right_wherever_the_cursor_is():
    app = Desk()
    async with app.run_test(size=(30, 20)) as pilot:
        editor = app.query_one(NoteEditor)
        editor.names = [Name("Knit & Natter", "@")]
        editor.focus()
        for words in (PARAGRAPH, PARAGRAPH.replace("\t", " "), f"  {PARAGRAPH}\n@ Knit"):
            editor.load_text(words)
            for key in (
                "a", "down", "b", "home", "left", "right", "end", "space", "c", "right", "down",
                "backspace", "shift+down", "shift+left", "d", "ctrl+end", "space", "backspace",
                "e", "enter", "ctrl+z", "ctrl+home", "delete",
            ):  # fmt: skip
                await pilot.press(key)
                await pilot.pause()
                assert drawn(editor, NoteEditor) == drawn(editor, Editor), key


async def test_a_key_in_a_long_paragraph_draws_the_row_that_it_changes(monkeypatch):
    app = Desk()
    async with app.run_test(size=(60, 20)) as pilot:
        editor = app.query_one(NoteEditor)
        editor.load_text(" ".join(f"word{number % 97}" for number in range(400)))
        editor.move_cursor(editor.document.end)
        editor.focus()
        await pilot.press("a")
        await pilot.pause()
        rows: list[int] = []
        draw = editor._render_line
        monkeypatch.setattr(editor, "_render_line", lambda y: rows.append(y) or draw(y))
        await pilot.press("b")
        await pilot.pause()
        assert 1 <= len(set(rows)) <= 2


async def test_a_mark_that_is_chosen_to_be_text_no_longer_stands_out():
    app = Desk()
    async with app.run_test(size=(80, 16)) as pilot:
        editor = app.query_one(NoteEditor)
        editor.load_text("first\n+ mends clocks")
        await pilot.pause()
        bold = [piece.style.bold for piece in editor.render_line(1) if "+" in piece.text]
        assert bold == [True] or not editor.get_component_rich_style("note--sign").bold
        editor.chosen = {"+ mends clocks": False}
        assert editor._sign_of("+ mends clocks") == ""
        assert editor._sign_of("!! kept apart") == "!!"


async def test_putting_a_changed_text_in_is_one_step_of_undo():
    app = Desk()
    async with app.run_test(size=(80, 16)) as pilot:
        editor = app.query_one(NoteEditor)
        editor.load_text("one two three")
        editor.put(Edit("one 2 three\n\n+ two", 5, {"+ two": True}))
        assert editor.text == "one 2 three\n\n+ two"
        assert editor.cursor_location == (0, 5)
        editor.focus()
        await pilot.press("ctrl+z")
        assert editor.text == "one two three"
        await pilot.press("ctrl+y")
        assert editor.text == "one 2 three\n\n+ two"


async def test_places_and_offsets_are_the_same_places():
    app = Desk()
    async with app.run_test(size=(80, 16)):
        editor = app.query_one(NoteEditor)
        for offset in range(0, len(WORDS) + 1, 7):
            assert editor.offset_of(editor.place_of(offset)) == offset
        editor.selection = Selection((1, 2), (3, 4))
        first, last = editor.to_be_marked()
        assert editor.selected_text == WORDS[first:last]
