"""Somebody steps back, says hello, and comes back a year on without a new introduction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from linkworker.caseload import people, plan, support
from linkworker.screens.note import NoteScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.today import TodayScreen
from linkworker.store import Store
from linkworker.widgets.page import Page
from tests.screens.conftest import app_over, running  # noqa: F401  # fixtures
from tests.screens.hands import arrive, sees, until
from tests.screens.note_hands import read, type_words
from tests.screens.person_hands import field, on_form, open_person
from tests.screens.terrys_week import write_terrys_week


@pytest.fixture
def week(store: Store) -> dict[str, str]:
    return write_terrys_week(store)


async def happens(pilot: Any, screen: PersonScreen, kind: str, words: str = "") -> None:
    """Write down what happened to the support, on the form for it."""
    await pilot.press("5")
    await pilot.pause()
    await pilot.press("insert")
    await sees(pilot, "stepped back, reopened")
    pilot.app.screen.query_one("#choices", Page).choose("support")
    await pilot.press("enter")
    await on_form(pilot)
    field(pilot.app.screen, "kind").raw = kind
    field(pilot.app.screen, "own_words").raw = words
    await pilot.press("ctrl+s")
    await until(pilot, lambda: pilot.app.screen is screen)


async def writes_a_hello(pilot: Any, words: str) -> None:
    await pilot.press("ctrl+n")
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
    await type_words(pilot, words)
    await read(pilot)
    await pilot.press("ctrl+s")
    await arrive(pilot, PersonScreen)


async def test_a_hello_reopens_nothing_and_coming_back_needs_no_introduction(
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
    store: Store,
    week: dict[str, str],
    clock: Any,
) -> None:
    terry = week["Terry Beasley"]
    with store.read() as tx:
        hopes = [goal.words for goal in plan.goals(tx, terry)]
        everybody = len(people.caseload(tx))

    app = app_over(store)
    async with app.run_test(size=(108, 36), notifications=True) as pilot:
        screen = await open_person(pilot, terry)
        await happens(pilot, screen, "stepped back", "I'm all right now, ta.")
        await sees(pilot, "Stepped back today")
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)
        await sees(pilot, "Not with us now")

    clock.on(days=200)
    app = app_over(store)
    async with app.run_test(size=(108, 36), notifications=True) as pilot:
        await open_person(pilot, terry)
        await writes_a_hello(pilot, "Said hello outside the chip shop. All well.")
        await sees(pilot, "Stepped back")
    with store.read() as tx:
        assert support.history(tx, terry)[0].kind == "stepped back"
        listed = people.person_in_list(tx, terry)
        assert listed is not None
        assert not listed.with_us

    clock.on(days=180)
    app = app_over(store)
    async with app.run_test(size=(108, 36), notifications=True) as pilot:
        screen = await open_person(pilot, terry)
        await happens(pilot, screen, "reopened", "Pat's moved. Could do with a natter.")
        await sees(pilot, "again since today")
        await pilot.press("2")
        await sees(pilot, hopes[0])
        await pilot.press("f2")
        await arrive(pilot, TodayScreen)
    with store.read() as tx:
        kinds = [one.kind for one in support.history(tx, terry)]
        assert kinds[:2] == ["reopened", "stepped back"]
        assert kinds.count("began") == 1, "the same walk goes on"
        assert [goal.words for goal in plan.goals(tx, terry)] == hopes
        assert len(people.caseload(tx)) == everybody
        listed = people.person_in_list(tx, terry)
        assert listed is not None
        assert listed.with_us
