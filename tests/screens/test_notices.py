"""What is said at the foot, and for how long: a reason goes with its screen, an act is told on."""

from __future__ import annotations

import pytest

from linkworker.screens.people import PeopleScreen
from linkworker.screens.person.on_a_row import NOT_AGREED
from linkworker.screens.today import TodayScreen
from tests.screens.hands import arrive, sees, sees_no_more
from tests.screens.person_hands import open_person
from tests.screens.snapshots import text_of

WHY = " ".join(NOT_AGREED.split()[:4])


@pytest.mark.parametrize(("key", "there"), [("f2", TodayScreen), ("f3", PeopleScreen)])
async def test_why_a_key_does_nothing_here_is_not_said_on_the_next_screen(
    app_over, store, week, key, there
):
    app = app_over(store)
    app.NOTIFICATION_TIMEOUT = 600.0  # nothing goes by itself while the test looks
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await open_person(pilot, week["Terry Beasley"], "5")
        await pilot.press("a")
        await sees(pilot, WHY)
        await pilot.press(key)
        await arrive(pilot, there)
        await sees_no_more(pilot, WHY)


async def test_that_nobody_comes_before_is_not_said_on_the_next_screen(app_over, store, week):
    app = app_over(store)
    app.NOTIFICATION_TIMEOUT = 600.0  # nothing goes by itself while the test looks
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        app.hint("There is nobody before.")
        await sees(pilot, "There is nobody before.")
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)
        await sees_no_more(pilot, "There is nobody before.")


async def test_what_was_done_is_told_on_the_next_screen_too(app_over, store, week):
    app = app_over(store)
    app.NOTIFICATION_TIMEOUT = 600.0  # nothing goes by itself while the test looks
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        app.hint("There is nobody before.")
        app.say("Done. Ctrl+Z takes it back.")
        await sees(pilot, "Done. Ctrl+Z takes it back.")
        assert "nobody before" not in text_of(app)
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)
        await sees(pilot, "Done. Ctrl+Z takes it back.")
