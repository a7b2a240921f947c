"""Keys counted over the made-up caseloads: anybody is opened with four keys at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from linkworker.caseload import people
from linkworker.caseload.people import PersonInList
from linkworker.madeup import demo
from linkworker.screens.find import FindScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.today import TodayScreen
from linkworker.store import Store
from tests.screens.conftest import app_over, running  # noqa: F401  # fixtures
from tests.screens.hands import arrive, until
from tests.whole import assert_whole

MOST_KEYS = 4
"""Ctrl+P, letters or arrows, and Enter."""


def clock() -> datetime:
    return datetime(2026, 11, 27, 10, 5, tzinfo=UTC)


@pytest.fixture(scope="module", params=["leicestershire", "liverpool"])
def made_up(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("made-up") / "made-up"
    demo.prepare(folder, clock=clock, patch=request.param)
    store = Store.at(folder, clock=clock)
    store.unlock_made_up()
    yield store
    store.lock()
    assert_whole(folder)


def letters_for(one: PersonInList) -> list[str]:
    """What a coordinator would type: the start of a name they go by, or the initials."""
    words = one.name.lower().split()
    starts = [word[:count] for count in (1, 2) for word in words]
    return [*starts, words[0][0] + words[-1][0]]


def answers(finder: FindScreen, typed: str) -> list[str]:
    """The people whom Find offers for what was typed, in the order in which they stand."""
    finder._asked = typed
    ids = [option.id or "" for option in finder._options(100)]
    return [id.removeprefix("person:") for id in ids if id.startswith("person:")]


async def test_anybody_is_opened_with_four_keys(
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
    made_up: Store,
) -> None:
    with made_up.read() as tx:
        everybody = people.caseload(tx)
    assert len(everybody) >= 40
    app = app_over(made_up)
    ways: dict[str, tuple[str, ...]] = {}
    async with app.run_test(size=(100, 40)) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("ctrl+p")
        finder = await arrive(pilot, FindScreen)
        offered: dict[str, list[str]] = {}
        for one in everybody:
            for typed in letters_for(one):
                if typed not in offered:
                    offered[typed] = answers(finder, typed)
                if one.person_id in offered[typed]:
                    downs = offered[typed].index(one.person_id)
                    way = (*typed, *("down",) * downs)
                    if len(way) < len(ways.get(one.person_id, "." * 99)):
                        ways[one.person_id] = way
        far = [one.name for one in everybody if len(ways.get(one.person_id, "." * 99)) > 2]
        assert far == [], f"not opened with {MOST_KEYS} keys"
        await pilot.press("escape")
        for one in everybody[:3]:
            await arrive(pilot, TodayScreen)
            keys = ("ctrl+p", *ways[one.person_id], "enter")
            assert len(keys) <= MOST_KEYS
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            screen = await arrive(pilot, PersonScreen)
            await until(pilot, lambda: screen.person_in_sight() == one.person_id)  # noqa: B023
            await pilot.press("f2")
