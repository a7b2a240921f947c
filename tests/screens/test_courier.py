"""A laptop syncs by itself while one works, and the first line says what is not sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from linkworker import courier, schema
from linkworker.caseload import sending
from linkworker.hub import leading
from linkworker.store import Store
from linkworker.sync.joining import join
from linkworker.sync.reaching import Line
from linkworker.sync.refusals import AskedToWait
from linkworker.sync.syncing import sync
from tests.conftest import PASSPHRASE
from tests.hub import places
from tests.hub.places import FarPlace
from tests.hub.proxy import Proxy, proxy
from tests.screens.desk import at_the_desk
from tests.screens.hands import sees, until
from tests.screens.snapshots import text_of

pytestmark = pytest.mark.usefixtures("empty_places")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FarPlace]:
    with places.far(tmp_path_factory.mktemp("team") / "hub") as place:
        yield place


@pytest.fixture
def road(place: FarPlace) -> Iterator[Proxy]:
    """What lies between this laptop and the hub."""
    with proxy(int(place.url.rpartition(":")[2])) as between:
        yield between


def enrol(store: Store, place: FarPlace, road: Proxy, name: str) -> Store:
    join(store, place.hub.invite(name, "coordinator", "a lead"), f"https://127.0.0.1:{road.port}")
    sync(store)
    return store


@pytest.fixture
def member(store: Store, place: FarPlace, road: Proxy, request) -> Store:
    """An open store of somebody in the team, all of it sent."""
    return enrol(store, place, road, request.node.name)


def write(store: Store, name: str = "Terry") -> str:
    with store.write("added somebody") as tx:
        return str(tx.add(schema.Person(called=name)).id)


def status(pilot: Pilot) -> str:
    return text_of(pilot.app).splitlines()[0]


async def test_without_a_team_the_first_line_says_what_it_always_said(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        write(store)
        await pilot.pause()
        assert status(pilot).endswith("Kept on this laptop")
        assert app.courier.now() == courier.NO_TEAM


async def test_what_is_saved_is_said_at_once_and_goes_by_itself(app_over, member, running, place):
    app = app_over(member)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await sees(pilot, "All sent · hub 10:05")
        await until(pilot, lambda: not app.courier.goes)
        terry = write(member)
        await sees(pilot, "1 not sent · hub 10:05")
        assert member.unsent() > 0, "it waits a moment for what is saved next"
        running.seconds += courier.SOON
        await sees(pilot, "All sent")
        assert member.unsent() == 0
        assert place.hub.ledger.is_known(f"person:{terry}")


async def test_a_hub_that_asks_to_wait_is_not_asked_sooner_whoever_saves_or_presses(
    app_over, member, running, monkeypatch
):
    calls: list[str] = []
    right = Line.post

    def asks_to_wait(line: Line, path: str, said: dict[str, object]) -> object:
        calls.append(path)
        raise AskedToWait(100, "10:08")

    app = app_over(member)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await until(pilot, lambda: app.courier._number and not app.courier.goes)
        monkeypatch.setattr(Line, "post", asks_to_wait)
        write(member)
        await sees(pilot, "1 not sent")
        running.seconds += courier.SOON
        await until(pilot, lambda: calls and not app.courier.goes)
        write(member)
        await sees(pilot, "2 not sent")
        running.seconds += 80  # longer than after another failure
        app.courier.tick()
        assert app.courier.now() == "The hub asks this laptop to wait until 10:08."
        assert not app.courier.goes
        assert len(calls) == 1
        monkeypatch.setattr(Line, "post", right)
        running.seconds += 20
        await sees(pilot, "All sent")
        assert app.courier.now() == ""


async def test_of_very_much_it_is_said_that_it_is_more_than_is_counted(
    app_over, member, monkeypatch
):
    monkeypatch.setattr(sending, "MOST_COUNTED", 2)
    app = app_over(member)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await until(pilot, lambda: app.courier._number and not app.courier.goes)
        for _ in range(2):
            write(member)
        await sees(pilot, "2 not sent")
        assert "over" not in status(pilot)
        for _ in range(2):
            write(member)
        await sees(pilot, "over 2 not sent")


async def test_what_a_colleague_wrote_comes_by_itself(
    app_over, member, make_store, place, road, running, request
):
    hub = place.hub
    ben = enrol(make_store("ben", worker="Ben"), place, road, "Ben")
    terry = write(ben)
    sync(ben)
    app = app_over(member)
    async with app.run_test(size=(100, 30)) as pilot:
        desk = await at_the_desk(pilot)
        await until(pilot, lambda: app.courier._number and not app.courier.goes)
        leading.hand_over(hub.ledger, hub.members, terry, request.node.name, "a test")
        running.seconds += courier.NOW_AND_THEN
        await until(pilot, lambda: any(terry in one.people for one in desk.heard))
        with member.read() as tx:
            assert tx.value("SELECT called FROM person WHERE id = ?", (terry,)) == "Terry"


async def test_keys_go_on_working_while_the_network_swallows_everything(
    app_over, member, road, running
):
    app = app_over(member)
    async with app.run_test(size=(100, 30)) as pilot:
        desk = await at_the_desk(pilot)
        await until(pilot, lambda: app.courier._number and not app.courier.goes)
        road.swallows = True
        write(member)
        await sees(pilot, "1 not sent")
        running.seconds += courier.SOON
        await until(pilot, lambda: app.courier.goes)
        await pilot.press("enter")
        await until(pilot, lambda: desk.done == ["open"])
        assert app.courier.goes
        await until(pilot, lambda: not app.courier.goes)
        await sees(pilot, "1 not sent")


async def test_it_is_tried_again_after_a_failure_but_not_at_once(app_over, member, road, running):
    app = app_over(member)
    road.cut_after = 0
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await until(pilot, lambda: app.courier.trouble is not None)
        write(member)
        await sees(pilot, "1 not sent")
        running.seconds += courier.SOON
        road.cut_after = None
        tried = app.courier._number
        app.courier.tick()
        assert app.courier._number == tried
        running.seconds += courier.AFTER_FAILURES[0]
        await sees(pilot, "All sent")


async def test_what_waits_is_sent_before_the_lock(app_over, member):
    app = app_over(member)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await until(pilot, lambda: app.courier._number and not app.courier.goes)
        write(member)
        await sees(pilot, "1 not sent")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: member.state == "locked")
        assert "not sent" not in text_of(app)
    member.unlock(PASSPHRASE)
    assert member.unsent() == 0


@pytest.mark.parametrize("key", ["ctrl+l", "ctrl+q"])
async def test_a_network_that_swallows_everything_holds_neither_lock_nor_leaving(
    app_over, member, road, key
):
    app = app_over(member)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await until(pilot, lambda: app.courier._number and not app.courier.goes)
        write(member)
        await sees(pilot, "1 not sent")
        road.swallows = True
        await pilot.press(key)
        await until(pilot, lambda: member.state == "locked")
    member.unlock(PASSPHRASE)
    assert member.unsent() > 0


async def test_what_waits_is_sent_before_one_leaves(app_over, member):
    app = app_over(member)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await until(pilot, lambda: app.courier._number and not app.courier.goes)
        write(member)
        await sees(pilot, "1 not sent")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.return_code is not None)
    member.unlock(PASSPHRASE)
    assert member.unsent() == 0


async def test_asked_again_one_leaves_at_once(app_over, member, road):
    app = app_over(member)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await at_the_desk(pilot)
        await until(pilot, lambda: app.courier._number and not app.courier.goes)
        write(member)
        await sees(pilot, "1 not sent")
        road.swallows = True
        await pilot.press("ctrl+q")
        await sees(pilot, "Sending what is not sent yet.")
        await pilot.press("ctrl+q")
        assert app.return_code is not None
