"""How somebody came stands on their own page: by whom, why in whose words, whether they know."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from linkworker.caseload import introductions
from linkworker.screens.introductions import IntroductionScreen
from linkworker.screens.person import PersonScreen
from linkworker.widgets.page import Page
from tests.screens.hands import arrive, sees
from tests.screens.person_hands import choose, open_person
from tests.screens.snapshots import text_of


@pytest.fixture
def dilys(store, week):
    """Dilys, whom the surgery introduced without her knowing, and who was accepted."""
    with store.write("an introduction") as tx:
        who, made = introductions.take_down(
            tx,
            {"called": "Dilys", "family": "Owen"},
            came_at=datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/London")),
            how="letter or e-mail",
            by_name="Dr Patel",
            by_role="GP",
            by_organisation="Desford Surgery",
            their_reason="Rings us every day.",
            own_reason="I miss the garden.",
            knows="no",
        )
        introductions.accept(tx, made, level=2)
    return who


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_by_whom_and_why_in_whose_words_and_until_when_they_are_told(
    app_over, store, dilys, size
):
    app = app_over(store)
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await open_person(pilot, dilys, "5")
        choose(screen, "introduction:")
        await sees(pilot, "Dr Patel, GP,")
        (row,) = [
            row
            for page in screen.query(Page)
            for row in page.rows
            if row.key.startswith("introduction:")
        ]
        assert [line.plain for line in row.draw(200)] == [
            "2 Nov  Dr Patel, GP, Desford Surgery, letter or e-mail",
            "The introducer: Rings us every day.",
            "In their words: “I miss the garden.”",
            "Not told yet that they were introduced: Wed 2 Dec is the last day. Enter, then t.",
        ]
        for words in ("The introducer:", "In their words:", "Not told yet", "Wed 2 Dec"):
            assert words in text_of(app)
        await pilot.press("enter")
        await arrive(pilot, IntroductionScreen)
        await pilot.press("w")
        await sees(pilot, "They are among your people")
        await pilot.press("t", "escape")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "Told today")
        assert "Not told yet" not in text_of(app)
    with store.read() as tx:
        (one,) = introductions.of_person(tx, dilys)
    assert (one.outcome, str(one.told_on)) == ("accepted", "2026-11-27")


async def test_who_came_by_no_introduction_has_no_such_part(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await open_person(pilot, week["Terry Beasley"], "5")
        await sees(pilot, "Where they are")
        assert "How they came" not in text_of(app)
