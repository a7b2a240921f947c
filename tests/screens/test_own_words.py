"""A command is found by the words that people have for it, whatever it is called here."""

from __future__ import annotations

import pytest

from linkworker.caseload import support
from tests.screens.hands import sees, until
from tests.screens.person_hands import field, on_form, open_person
from tests.screens.snapshots import text_of


@pytest.fixture
def terrys(week) -> str:
    return week["Terry Beasley"]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("step back", "Pause or step back"),
        ("pause", "Pause or step back"),
        ("correct", "Put right"),
        ("typo", "Put right"),
        ("print", "Save a copy"),
    ],
)
async def test_what_one_looks_for_in_ones_own_words_is_the_first_command_found(
    app_over, store, terrys, typed, label
):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_person(pilot, terrys, "3")
        await pilot.press("ctrl+p", *(key if key != " " else "space" for key in typed))
        await sees(pilot, "Commands")
        lines = [line.strip() for line in text_of(app).splitlines()]
        assert lines[lines.index("Commands") + 1].startswith(label)


async def test_stepping_back_is_found_and_written_without_knowing_where_it_stands(
    app_over, store, terrys
):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, terrys)
        await pilot.press("ctrl+p", *"stepping", "enter")
        await on_form(pilot)
        field(app.screen, "kind").raw = "stepped back"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "Stepped back today")
    with store.read() as tx:
        assert support.history(tx, terrys)[0].kind == "stepped back"
