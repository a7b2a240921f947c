"""What the team says is seen without looking for it: somebody was opened, joined, left, is out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime

import pytest

from linkworker.caseload.team_news import team_news
from linkworker.clock import home_zone
from linkworker.refusal import Refused
from linkworker.rules.places import LEFT, REMOVED
from linkworker.screens.send import SendScreen
from linkworker.screens.today import TodayScreen
from linkworker.screens.told import ToldScreen
from linkworker.store import Store
from linkworker.sync.joining import join
from linkworker.sync.leading import lead_of
from linkworker.sync.syncing import hub_of, sync
from tests.hub import places
from tests.hub.places import FarPlace
from tests.screens.hands import arrive, sees, sees_no_more, until
from tests.screens.snapshots import text_of

WHY = "rang in distress"


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FarPlace]:
    with places.far(tmp_path_factory.mktemp("team") / "hub", "--plain") as place:
        yield place


def enrol(store: Store, place: FarPlace, name: str, role: str) -> Store:
    join(store, place.hub.invite(name, role, "a test"), place.url)
    sync(store)
    return store


@pytest.fixture
def grace(make_store: Callable[..., Store], place: FarPlace) -> Store:
    """The laptop of a lead, who was there first."""
    return enrol(make_store("grace", worker="Grace"), place, "Grace", "lead")


@pytest.fixture
def ann(grace: Store, store: Store, terry: str, place: FarPlace) -> Store:
    """The laptop of a coordinator who holds Terry Beasley."""
    return enrol(store, place, "Ann", "coordinator")


@pytest.fixture
def ben(make_store: Callable[..., Store], ann: Store, place: FarPlace) -> Store:
    """The laptop of a duty worker, with nobody on it."""
    return enrol(make_store("ben", worker="Ben"), place, "Ben", "duty worker")


def first_line(app) -> str:
    return text_of(app).splitlines()[0]


async def comes_in(pilot) -> None:
    await until(pilot, lambda: pilot.app.is_open)
    await arrive(pilot, TodayScreen)


async def synced(pilot) -> None:
    await until(pilot, lambda: pilot.app.courier._number and not pilot.app.courier.goes)


async def test_the_holder_is_told_of_an_opening_on_today_and_in_the_status_line_until_they_read_it(
    app_over, ann, ben, terry
):
    with hub_of(ben) as hub:
        hub.open_for_a_day(terry, WHY)
    app = app_over(ann)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await comes_in(pilot)
        await sees(pilot, "Somebody of yours was opened for a day")
        await until(pilot, lambda: "news on F5" in first_line(app))
        await pilot.press("f5")
        screen = await arrive(pilot, SendScreen)
        await sees(pilot, "1 new")
        page = screen.query_one("#waits")
        assert page.chosen.key == "told", "the cursor stands on what is new"
        await pilot.press("f2")
        today = await arrive(pilot, TodayScreen)
        today.query_one("#today").choose("told")
        await pilot.press("enter")
        await arrive(pilot, ToldScreen)
        await sees(pilot, WHY)
        await until(pilot, lambda: "news" not in first_line(app))
        await pilot.press("f2")
        await arrive(pilot, TodayScreen)
        assert "Somebody of yours was opened" not in text_of(app)
    app = app_over(ann)
    async with app.run_test(size=(100, 30)) as pilot:
        await comes_in(pilot)
        await synced(pilot)
        assert "news" not in first_line(app), "it was read"


async def test_whoever_types_meanwhile_hears_it_at_the_next_sync(app_over, ann, ben, terry):
    app = app_over(ann)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await comes_in(pilot)
        await synced(pilot)
        assert "news" not in first_line(app)
        with hub_of(ben) as hub:
            hub.open_for_a_day(terry, WHY)
        app.courier.now()
        await until(pilot, lambda: "news on F5" in first_line(app))
        await sees(pilot, "Somebody of yours was opened for a day")


async def test_a_lead_hears_who_joined_and_nobody_else_does(app_over, grace, ann, ben):
    for store in (grace, ann):
        sync(store)
    with hub_of(grace) as hub:
        assert [(one.who, one.person) for one in hub.told()] == [("Ben", ""), ("Ann", "")]
    with hub_of(ann) as hub:
        assert hub.told() == []
    app = app_over(grace)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await comes_in(pilot)
        await sees(pilot, "Somebody joined the team, or was opened")
        await pilot.press("enter")
        await arrive(pilot, ToldScreen)
        await sees(pilot, "Ben joined the team")
        await sees(pilot, "Ann joined the team")
        lines = [line for line in text_of(app).splitlines() if "joined the team" in line]
        assert not any("until" in line for line in lines if "Ben" in line or "Ann" in line)


async def test_cover_and_a_hand_over_are_told_to_both_with_whom_the_end_and_why(
    app_over, grace, ann, ben, terry
):
    with lead_of(grace) as hub:
        bens = next(one.id for one in hub.team().members if one.name == "Ben")
        hub.cover([terry], bens, datetime(2026, 12, 5, tzinfo=home_zone()), "on leave")
    app = app_over(ben)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await comes_in(pilot)
        await until(pilot, lambda: "news on F5" in first_line(app))
        today = await arrive(pilot, TodayScreen)
        await until(pilot, lambda: today.query_one("#today").choose("told"))
        await pilot.press("enter")
        await arrive(pilot, ToldScreen)
        await sees(pilot, "You cover Terry Beasley until the end of Fri 4 Dec")
        await sees(pilot, "on leave")
    with lead_of(grace) as hub:
        hub.hand_over([terry], bens, "Ann moves to Melton")
    app = app_over(ann)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await comes_in(pilot)
        await until(pilot, lambda: "news on F5" in first_line(app))
        await pilot.press("f5")
        screen = await arrive(pilot, SendScreen)
        await until(pilot, lambda: screen.query_one("#waits").choose("told"))
        await pilot.press("enter")
        await arrive(pilot, ToldScreen)
        await sees(pilot, "Ben covers somebody who is not on this laptop")
        await sees(pilot, "Ben walks with somebody who is not on this laptop")
        await sees(pilot, f"({terry[-6:]}) now: handed over")
        await sees(pilot, "Ann moves to Melton")
    with hub_of(grace) as hub:
        assert {one.kind for one in hub.told()} == {"joined"}, "who decided it knows"


async def test_the_laptop_of_whoever_left_says_so_and_what_to_do(app_over, grace, ann):
    with lead_of(grace) as hub:
        hub.leaver(next(one.id for one in hub.team().members if one.name == "Ann"))
    app = app_over(ann)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await comes_in(pilot)
        await until(pilot, lambda: "Left the team" in first_line(app))
        await sees(pilot, "took you out of the team")
        await sees_no_more(pilot, "Nobody is here yet")
        assert "All sent" not in first_line(app)
        await pilot.press("f5")
        await arrive(pilot, SendScreen)
        await sees(pilot, "took you out of the team")
        await sees(pilot, "speak with your team lead")
        assert "where you are" not in text_of(app)
        assert "Hand-over sheets" not in text_of(app)
    assert ann.belonging.now().role == LEFT


def test_what_was_read_stays_read_on_a_laptop_that_was_lost_and_found(
    grace, ann, ben, terry, place
):
    with hub_of(ben) as hub:
        hub.open_for_a_day(terry, WHY)
    with hub_of(ann) as hub:
        ann.belonging.told_was_read(hub.told_up_to()[0])
    with lead_of(grace) as hub:
        (own,) = next(one.laptops for one in hub.team().members if one.name == "Ann")
        hub.lost(own.id)
    enrol(ann, place, "Ann", "coordinator")
    with ann.read() as tx:
        assert team_news(tx).said == ""
    with hub_of(ben) as hub:
        hub.open_for_a_day(terry, "rang again")
    sync(ann)
    with ann.read() as tx:
        assert team_news(tx).told == 1


async def test_a_removed_laptop_never_says_again_that_all_is_sent(app_over, grace, ann):
    with lead_of(grace) as hub:
        (own,) = next(one.laptops for one in hub.team().members if one.name == "Ann")
        hub.lost(own.id)
    with suppress(Refused):
        sync(ann)
    assert ann.belonging.now().role == REMOVED
    app = app_over(ann)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await comes_in(pilot)
        assert "Removed from the team" in first_line(app)
        assert "All sent" not in first_line(app)
        await pilot.press("f5")
        await arrive(pilot, SendScreen)
        await synced(pilot)
        await sees(pilot, "removed from the team by Grace")
        await sees(pilot, "a new invite code")
        assert text_of(app).count("What you wrote stays on it") == 1
