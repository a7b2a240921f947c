"""A note in a window that hardly has room for it, and one that is drawn to every size at once."""

from __future__ import annotations

import random

import pytest

from tests.screens.note_hands import note, note_open, read, somebody, type_words


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
