"""A surgery introduces somebody who does not know: tried, talked to, told, and walked with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from linkworker.caseload import introductions, people
from linkworker.screens.form import FormScreen
from linkworker.screens.introduction_form import IntroductionForm
from linkworker.screens.introductions import IntroductionScreen, IntroductionsScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.today import TodayScreen
from linkworker.store import Store
from linkworker.widgets.forms import FormRow
from tests.screens.conftest import app_over, running  # noqa: F401  # fixtures
from tests.screens.hands import arrive, sees, sees_no_more, until
from tests.screens.note_hands import read, type_words


async def test_from_a_surgery_s_call_to_walking_alongside(
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
    store: Store,
    clock: Any,
) -> None:
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("f6")
        await sees(pilot, "Nobody waits.")
        await pilot.press("n")
        form = await arrive(pilot, IntroductionForm)
        await pilot.press(*"Dilys Owen")
        fields = {row.ask.name: row for row in form.query(FormRow)}
        fields["their_reason"].raw = "low since her husband died"
        fields["by_name"].raw = "Dr Shah"
        fields["knows"].raw = "no"
        fields["safe_to_reach"].raw = "ring before 3"
        await pilot.press("ctrl+s")
        await arrive(pilot, IntroductionsScreen)
        await sees(pilot, "Dilys Owen")
        await pilot.press("1")
        await sees(pilot, "no answer")
    clock.on(days=4)
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await arrive(pilot, TodayScreen)
        await sees(pilot, "New to you")
        await sees(pilot, "4 days")
        await pilot.press("down", "enter")
        await arrive(pilot, IntroductionScreen)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        await type_words(pilot, "Rang her. She laughed about the surgery, and said come for tea.")
        await read(pilot)
        await pilot.press("ctrl+s")
        await arrive(pilot, IntroductionScreen)
        await sees(pilot, "first conversation")
        with store.read() as tx:
            found = introductions.waiting(tx)[0]
            assert found.waiting_days(tx.today) == 4
            assert people.caseload(tx) == []
            assert introductions.to_tell(tx) == [found]  # at the first contact
        await pilot.press("f2")
        await arrive(pilot, TodayScreen)
        await sees(pilot, "Cannot slip")
        await sees(pilot, "to be told that they were introduced")
        await pilot.press("f6")
        await arrive(pilot, IntroductionsScreen)
        await pilot.press("t")
        await sees_no_more(pilot, "to be told")
        await pilot.press("a")
        await arrive(pilot, FormScreen)
        await pilot.press("ctrl+s")
        await sees(pilot, "Nobody waits.")
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)
        await sees(pilot, "Dilys Owen")
        await pilot.press("f2")
        await arrive(pilot, TodayScreen)
        await sees_no_more(pilot, "New to you")
