"""A note in a window that hardly has room for it, and one that is drawn to every size at once."""

from __future__ import annotations

import random

import pytest

from tests.screens.hands import sees, sees_no_more, until
from tests.screens.note_hands import note, note_open, read, somebody, type_words
from tests.screens.snapshots import text_of


@pytest.mark.parametrize("width", range(1, 21))
async def test_a_note_goes_on_in_a_window_of_any_width(app_over, store, width):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb"), size=(width, 24)) as pilot:
        await type_words(pilot, "Sat with him.\n+ mends bicycles\n> ring Ray")
        await read(pilot)
        await pilot.resize_terminal(100, 30)
        assert "mends bicycles" in await read(pilot)


async def test_a_note_outlives_a_window_that_is_drawn_to_and_fro(app_over, store):
    sizes = random.Random(7)
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await type_words(pilot, "Sat with him.\n+ mends bicycles\n> ring Ray")
        for _ in range(40):
            await pilot.resize_terminal(sizes.randint(1, 120), sizes.randint(1, 40))
        await pilot.resize_terminal(100, 30)
        assert "mends bicycles" in await read(pilot)
        assert note(pilot).editor.text.startswith("Sat with him.")


QUESTIONS = "Sat with him.\n+ mends bicycles\n> ring the club by Friday\n? a bus\n> ring Sue"


async def test_below_the_text_the_panel_says_how_many_questions_are_still_open(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb"), size=(80, 24)) as pilot:
        await type_words(pilot, QUESTIONS)
        await read(pilot)
        await sees(pilot, "3 of 4 questions still open")
        await pilot.press("tab", "1")
        await sees(pilot, "2 of 4 questions still open")
        await pilot.press("1")
        await sees(pilot, "1 of 4 questions still open")
        await pilot.press("3")
        await sees_no_more(pilot, "still open")
        await pilot.press("escape")
        await type_words(pilot, "\n> ask Ray")
        await sees(pilot, "1 of 5 questions still open")
        await pilot.resize_terminal(120, 30)
        await sees_no_more(pilot, "still open")


async def test_tab_goes_from_open_question_to_open_question_and_then_to_the_text(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb"), size=(80, 24)) as pilot:
        await type_words(pilot, QUESTIONS)
        await read(pilot)
        panel, editor = note(pilot).panel, note(pilot).editor
        places = [number for number, ask in enumerate(panel.asks) if ask.is_open]
        assert len(places) == 3
        for number in places:
            await pilot.press("tab")
            await until(pilot, lambda number=number: panel.has_focus and panel._at[0] == number)
        await pilot.press("tab")
        await until(pilot, lambda: editor.has_focus)
        await pilot.press("tab")
        await until(pilot, lambda: panel.has_focus)
        await pilot.press("shift+tab")
        await until(pilot, lambda: editor.has_focus)


async def test_a_number_then_tab_then_a_number_answers_two_questions_and_types_nothing(
    app_over, store
):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb"), size=(80, 24)) as pilot:
        await type_words(pilot, QUESTIONS)
        await read(pilot)
        await pilot.press("tab", "1")
        await sees(pilot, "2 of 4 questions still open")
        await pilot.press("tab", "1")
        await sees(pilot, "1 of 4 questions still open")
        await pilot.press("tab", "3")
        await sees_no_more(pilot, "still open")
        assert note(pilot).editor.text == QUESTIONS
        await pilot.press("tab")
        await until(pilot, lambda: note(pilot).editor.has_focus)


async def test_the_line_that_is_asked_about_stands_above_its_question(app_over, store):
    app = app_over(store)
    joan, derek = somebody(store, "Joan Pratt"), somebody(store, "Derek Pratt")
    async with note_open(app, joan, derek, size=(80, 24)) as pilot:
        lines = [f"+ sings song {number}" for number in range(1, 9)]
        await type_words(pilot, "\n".join(lines))
        await read(pilot)
        await pilot.press("tab")
        panel = note(pilot).panel
        for number, line in enumerate(lines):
            await until(pilot, lambda number=number: panel.has_focus and panel._at[0] == number)
            await pilot.pause()

            def both(line=line):
                shown = panel_in_sight(pilot)
                here = [n for n, row in enumerate(shown) if "▸ ○ 1 Joan" in row]
                above = shown[here[0] - 2 : here[0]] if here and here[0] >= 2 else ["", ""]
                return line[2:] in above[0] and "Whose is this?" in above[1]

            await until(pilot, both)
            await pilot.press("down")


def panel_in_sight(pilot):
    """Return the rows of the panel as they are on the screen."""
    region = note(pilot).panel.content_region
    rows = text_of(pilot.app).splitlines()[region.y : region.bottom]
    return [row[region.x : region.right] for row in rows]


@pytest.mark.parametrize("size", [(80, 24), (120, 30)])
async def test_the_choice_under_the_cursor_is_seen_without_any_colour(app_over, store, size):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb"), size=size) as pilot:
        await type_words(pilot, QUESTIONS)
        await read(pilot)
        await pilot.press("tab")
        await sees(pilot, "▸ ○ 1 Stan Webb")
        await pilot.press("right")
        await sees(pilot, "▸ ○ 2 nobody yet")
        assert "▸ ○ 1" not in text_of(app)
        await pilot.press("left")
        await sees(pilot, "▸ ○ 1 Stan Webb")
        await pilot.press("right", "enter")
        await sees(pilot, "● nobody yet")


QUESTIONED = ("Sue", "Ann", "Ray", "Joy", "Ken", "Una", "Viv", "Wes")


async def test_questions_below_the_fold_beside_the_text_are_counted_with_the_key_to_them(
    app_over, store
):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb"), size=(110, 24)) as pilot:
        await type_words(pilot, "\n".join(f"> ring {name}" for name in QUESTIONED))
        await read(pilot)
        await until(pilot, lambda: note(pilot).panel.max_scroll_y > 0)
        await sees(pilot, "8 of 8 questions still open: Tab")


async def test_words_that_can_be_put_here_do_not_cover_how_many_questions_are_open(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb"), size=(80, 24)) as pilot:
        note(pilot).tell_taken_back("Words of a note that was taken back")
        await sees(pilot, "Ctrl+D Words of a note")
        await type_words(pilot, QUESTIONS)
        await read(pilot)
        await sees(pilot, "3 of 4 questions still open: Tab")
