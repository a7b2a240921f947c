"""A duty worker opens somebody for a day from a screen, and the holder reads it on theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from linkworker import schema
from linkworker.screens.open_for_a_day import OpenForADayScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.send import SendScreen
from linkworker.screens.told import ToldScreen
from linkworker.store import Store
from linkworker.sync.joining import join
from linkworker.sync.syncing import hub_of, sync
from tests.hub import places
from tests.hub.places import FarPlace
from tests.screens.hands import arrive, paste, sees, until
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
def ann(store: Store, terry: str, place: FarPlace) -> Store:
    """The laptop of a coordinator who holds Terry Beasley."""
    return enrol(store, place, "Ann", "coordinator")


@pytest.fixture
def ben(make_store: Callable[..., Store], ann: Store, place: FarPlace) -> Store:
    """The laptop of a duty worker, with nobody on it."""
    return enrol(make_store("ben", worker="Ben"), place, "Ben", "duty worker")


async def told(pilot) -> ToldScreen:
    await until(pilot, lambda: pilot.app.is_open)
    await pilot.press("f5")
    screen = await arrive(pilot, SendScreen)
    await sees(pilot, "Who opened somebody of yours")
    await until(pilot, lambda: not pilot.app.courier.goes and pilot.app.courier._number)
    page = screen.query_one("#waits")
    page.choose("told")
    await pilot.press("enter")
    return await arrive(pilot, ToldScreen)


async def puts(pilot, field: str, words: str) -> None:
    """Write something else into a field, and press Enter."""
    pilot.app.screen.query_one(f"#{field}").focus()
    await pilot.press("ctrl+a", "backspace")
    if words:
        await paste(pilot, words)
    await pilot.press("enter")


async def test_a_duty_worker_opens_whom_a_caller_means_with_a_reason_and_the_record_comes(
    app_over, ann, ben, terry
):
    with ann.write("born", terry) as tx:
        tx.change(schema.Person, terry, born=date(1947, 2, 3), born_precision="day")
    sync(ann)
    app = app_over(ben)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await told(pilot)
        await sees(pilot, "Nobody of yours was opened")
        await pilot.press("insert")
        await arrive(pilot, OpenForADayScreen)
        assert f"e.g. {WHY}" in text_of(app), "a reason that nobody gave must not look given"
        await pilot.press("enter")
        await sees(pilot, "Say whom")
        await puts(pilot, "whom", "nobody-knows")
        await sees(pilot, "Say why")
        await puts(pilot, "why", WHY)
        await sees(pilot, "The hub knows nobody")
        await puts(pilot, "whom", "")
        await puts(pilot, "name", "Terry Beasley")
        await sees(pilot, "the day, the month and the year")
        await puts(pilot, "born", "3.4.1947")
        await sees(pilot, "knows no one person like that")
        await puts(pilot, "born", "3.2.1947")
        await arrive(pilot, ToldScreen)

        def came() -> bool:
            with ben.read() as tx:
                return bool(tx.value("SELECT 1 FROM person WHERE id = ?", (terry,)))

        await until(pilot, came)


async def test_the_arrows_go_from_field_to_field_and_the_foot_names_them(app_over, ben):
    app = app_over(ben)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await told(pilot)
        await pilot.press("insert")
        screen = await arrive(pilot, OpenForADayScreen)
        await sees(pilot, "Next, or Tab")
        for field, words in (("whom", ""), ("name", "Alf Moss"), ("born", "3.4.47"), ("why", WHY)):
            assert screen.focused.id == field
            if words:
                await paste(pilot, words)
            await pilot.press("down")
        await pilot.press("up", "up")
        assert screen.query_one("#name").value == "Alf Moss"
        assert screen.query_one("#why").value == WHY


async def test_the_holder_reads_who_opened_whom_and_why(app_over, ann, ben, terry):
    with hub_of(ben) as hub:
        hub.open_for_a_day(terry, WHY)
    app = app_over(ann)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await told(pilot)
        await sees(pilot, WHY)
        shown = " ".join(text_of(app).split())
        assert "Ben opened Terry Beasley until" in shown, text_of(app)
        assert screen.why_not_add(), "a coordinator opens nobody for a day"
        await pilot.press("insert")
        await sees(pilot, "Only a duty worker or a lead")
        await pilot.press("enter")
        await arrive(pilot, PersonScreen)


async def test_where_the_hub_does_not_answer_it_says_so(app_over, store):
    store.belonging.begin("https://127.0.0.1:9", "", "x")
    store.belonging.joined("North team", "coordinator")
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await told(pilot)
        await sees(pilot, "The team's hub does not answer")
        await sees(pilot, "r asks again")


async def test_whom_a_lead_does_not_hold_is_not_named(app_over, ann, ben, terry, place, make_store):
    lead = enrol(make_store("lead", worker="Grace"), place, "Grace", "lead")
    with hub_of(ben) as hub:
        hub.open_for_a_day(terry, WHY)
    with lead.read() as tx:
        assert tx.value("SELECT count(*) FROM person") == 0
    app = app_over(lead)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await told(pilot)
        await sees(pilot, "somebody who is not on this laptop")
        await sees(pilot, WHY)
