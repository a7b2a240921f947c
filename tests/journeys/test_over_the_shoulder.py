"""A look over the shoulder: one key hides all, initials are enough, and a lock shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from linkworker.screens.hide import HideScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.today import TodayScreen
from linkworker.screens.unlock import UnlockScreen
from linkworker.store import Store
from tests.conftest import PASSPHRASE
from tests.screens.conftest import app_over, running  # noqa: F401  # fixtures
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.note_hands import type_words
from tests.screens.snapshots import text_of
from tests.screens.terrys_week import write_terrys_week


@pytest.fixture
def week(store: Store) -> dict[str, str]:
    return write_terrys_week(store)


def names_in(shown: str, week: dict[str, str]) -> list[str]:
    """Every given or family name that somebody behind the chair could read."""
    return [part for name in week for part in name.split() if part in shown]


async def test_somebody_sits_down_beside_the_laptop(
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
    store: Store,
    week: dict[str, str],
) -> None:
    app = app_over(store)
    async with app.run_test(size=(108, 36), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        await sees(pilot, "Terry")
        await pilot.press("f12")
        await sees(pilot, "T.B.")
        assert names_in(text_of(app), week) == []
        await pilot.press("f12")
        await sees(pilot, "Terry")

        await pilot.press("ctrl+n", "t", "e", "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        await type_words(pilot, "He told me about the bicycles and")
        await pilot.press("f8")
        await arrive(pilot, HideScreen)
        assert text_of(app).split() == ["Fri", "27", "November"]
        assert names_in(app.title + app.sub_title, week) == []
        await pilot.press("f8")
        await sees(pilot, "He told me about the bicycles and")

        await pilot.press("f8")
        await arrive(pilot, HideScreen)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: store.state == "locked")
        assert names_in(text_of(app), week) == []
        if isinstance(app.screen, HideScreen):
            await pilot.press("escape")
        await arrive(pilot, UnlockScreen)
        shown = text_of(app)
        assert names_in(shown, week) == []
        assert "bicycles" not in shown
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await sees(pilot, "He told me about the bicycles and")
