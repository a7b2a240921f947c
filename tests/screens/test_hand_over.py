"""Writing a hand-over sheet, and finding it first at whoever walks with the person next."""

from __future__ import annotations

import pytest

from linkworker.caseload import hand_over
from linkworker.screens.form import FormScreen
from linkworker.screens.hand_over import HandOverScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.send import SendScreen
from linkworker.store import Store
from linkworker.widgets.editor import Editor
from tests.caseload.test_hand_over import taken_on, team, terrys
from tests.screens.hands import arrive, paste, sees, sees_no_more, until
from tests.screens.person_hands import open_person
from tests.screens.snapshots import SIZES, same_as_before, text_of

__all__ = ["taken_on", "team", "terrys"]


@pytest.fixture
def member(store: Store, terrys: str) -> Store:
    """The open store of somebody in a team, who walks with Terry."""
    store.belonging.begin("https://127.0.0.1:9", "", "x")
    store.belonging.joined("North team", "coordinator")
    return store


async def sheets(pilot) -> HandOverScreen:
    await until(pilot, lambda: pilot.app.is_open)
    await pilot.press("f5")
    await arrive(pilot, SendScreen)
    listed = pilot.app.screen.query_one("Page")
    await until(pilot, lambda: any(row.key == "sheets" for row in listed.rows))
    pilot.app.screen.query_one("Page").choose("sheets")
    await pilot.press("enter")
    screen = await arrive(pilot, HandOverScreen)
    await sees(pilot, "no sheet yet")
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_everybody_with_whether_there_is_a_sheet(app_over, member, size):
    app = app_over(member)
    async with app.run_test(size=size) as pilot:
        await sheets(pilot)
        await until(pilot, lambda: not app.courier.goes)
        ref = app.screen.person_in_sight()[-6:]
        assert ref in text_of(app) or size[0] < 80


async def test_a_sheet_is_read_finished_and_kept(app_over, member, terrys):
    app = app_over(member)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await sheets(pilot)
        await pilot.press("enter")
        form = await arrive(pilot, FormScreen)
        await sees(pilot, "somebody to bowl with")
        await sees(pilot, "Cannot slip")
        form.query(Editor).last().focus()
        await paste(pilot, "Ring twice, he is slow to the door.")
        await pilot.press("ctrl+s")
        await arrive(pilot, HandOverScreen)
        await sees(pilot, "written")
    with member.read() as tx:
        kept = hand_over.latest(tx, terrys)
    assert kept is not None
    assert "Ring twice" in kept.words
    assert kept.words.index("In their own words") < kept.words.index("Promised")


async def test_k_keeps_the_rest_and_undo_takes_them_back(app_over, member, terrys):
    app = app_over(member)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await sheets(pilot)
        await pilot.press("k")
        await sees_no_more(pilot, "no sheet yet")
        await pilot.press("ctrl+z")
        await sees(pilot, "no sheet yet")


async def test_from_a_persons_page_by_name(app_over, member, terrys):
    app = app_over(member)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_person(pilot, terrys)
        await pilot.press("ctrl+p")
        await paste(pilot, "hand-over")
        await sees(pilot, "Hand-over sheet")
        await pilot.press("enter")
        await arrive(pilot, FormScreen)
        await sees(pilot, "hand-over sheet")


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_who_takes_on_sees_who_is_new_and_the_sheet_before_anything_else(
    app_over, taken_on, terrys, size
):
    app = app_over(taken_on)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.is_open)
        await sees(pilot, "New to you")
        await sees(pilot, "handed over by Ann")
        same_as_before(app, "new-to-you")
        await pilot.press("down", "enter")
        page = await arrive(pilot, PersonScreen)
        await sees(pilot, "Handed over by Ann")
        same_as_before(app, "handed-over")
        await pilot.press("home", "enter")
        await until(pilot, lambda: page.section.name == "story")
        await sees(pilot, "Hand-over sheet")
        await sees(pilot, "somebody to bowl with")
        page._audit()
        await until(pilot, lambda: not page._opened.waits)
        await pilot.press("f2")
        await sees_no_more(pilot, "New to you")
