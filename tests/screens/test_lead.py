"""What a lead does on their own screen, against a hub that runs; and what nobody else sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from linkworker import schema
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.lead import LeadScreen
from linkworker.screens.lead_same import PairScreen
from linkworker.screens.lead_sure import InviteScreen, SureScreen
from linkworker.screens.send import SendScreen
from linkworker.store import Store
from linkworker.sync.joining import join
from linkworker.sync.syncing import sync
from tests.hub import places
from tests.hub.places import FarPlace, Member, Place
from tests.screens.hands import arrive, paste, sees, sees_no_more, until
from tests.screens.snapshots import text_of


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FarPlace]:
    with places.far(tmp_path_factory.mktemp("team") / "hub", "--plain") as place:
        yield place


def enrol(store: Store, place: Place, name: str, role: str) -> Store:
    join(store, place.hub.invite(name, role, "a test"), place.url)
    sync(store)
    return store


@pytest.fixture
def lead(store: Store, place: FarPlace) -> Store:
    """The open store of a lead, who holds one person."""
    with store.write("added somebody") as tx:
        tx.add(schema.Person(called="Terry", family="Barlow"))
    return enrol(store, place, "Grace Hall", "lead")


def holds(who: Member, *people: str) -> Member:
    for person in people:
        who.device.put("Person", person, called="Secretly Named")
    who.sync()
    return who


def name_of(place: Place, who: Member) -> str:
    return place.hub.members.names()[who.worker]


async def team(pilot) -> LeadScreen:
    await until(pilot, lambda: pilot.app.is_open)
    await pilot.press("f5")
    await arrive(pilot, SendScreen)
    listed = pilot.app.screen.query_one("Page")
    await until(pilot, lambda: any(row.key == "team" for row in listed.rows))
    pilot.app.screen.query_one("Page").choose("team")
    await pilot.press("enter")
    screen = await arrive(pilot, LeadScreen)
    await sees(pilot, "Who is in the team")
    return screen


async def choose(pilot, words: str) -> None:
    """Go down to the line with these words and take it."""
    for _ in range(12):
        row = pilot.app.screen.query_one("Page").chosen
        if words in "".join(line.plain for line in row.lines(200)):
            await pilot.press("enter")
            return
        await pilot.press("down")
    raise AssertionError(text_of(pilot.app))


async def test_a_lead_sees_who_holds_how_many_and_the_name_of_nobody_they_do_not_hold(
    app_over, lead, place
):
    ann = holds(place.member("ann"), "p-000000aaaaaa", "p-000000bbbbbb")
    app = app_over(lead)
    async with app.run_test(size=(100, 30)) as pilot:
        await team(pilot)
        shown = text_of(app)
        assert "Grace Hall" in shown
        assert "2 people" in shown
        await choose(pilot, name_of(place, ann))
        await arrive(pilot, ChooseScreen)
        await choose(pilot, "Hand over one person")
        await sees(pilot, "somebody held by ann")
        assert "aaaaaa" in text_of(app)
        assert "Secretly" not in text_of(app)
        await sees(pilot, "on F5 under Hand-over sheets")
        await choose(pilot, "Somebody by their six letters")
        await arrive(pilot, FormScreen)
        await until(pilot, lambda: app.focused is not None)
        await paste(pilot, "cccccc")
        await pilot.press("ctrl+s")
        await sees(pilot, "holds nobody with these letters")
        await pilot.press("ctrl+a", "backspace")
        await paste(pilot, "BBBBBB")
        await pilot.press("ctrl+s")
        await sees(pilot, "About somebody held by ann")
        await sees(pilot, "(bbbbbb)")


async def test_what_is_long_in_a_list_to_choose_from_is_read_to_its_end(app_over, store):
    app = app_over(store)
    every = [("one", "T. B. held by Ann Lee, Ben Shah (5d6044) and T. held by both", "one person")]
    async with app.run_test(size=(60, 15)) as pilot:
        await until(pilot, lambda: app.is_open)
        app.push_screen(ChooseScreen("Decided before", every))
        await sees(pilot, "one person")
        assert "…" not in text_of(app)


async def test_a_coordinator_is_shown_no_such_place(app_over, store, place):
    enrol(store, place, "Ann Lee", "coordinator")
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.is_open)
        await pilot.press("f5")
        await arrive(pilot, SendScreen)
        await sees(pilot, "where you are coordinator")
        await sees(pilot, "Hand-over sheets")
        assert "The team:" not in text_of(app)


async def test_cover_is_asked_for_with_an_end_and_a_reason_and_done_only_after_yes(
    app_over, lead, place
):
    ann = holds(place.member("ann"), "p-1")
    ben = place.member("ben")
    app = app_over(lead)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await team(pilot)
        await choose(pilot, name_of(place, ann))
        await arrive(pilot, ChooseScreen)
        await choose(pilot, "stands in for them: the one")
        await arrive(pilot, FormScreen)
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("right", "right", "down")
        await paste(pilot, "Fri 4 Dec")
        await pilot.press("ctrl+s")
        await sees(pilot, "It is not said why")
        await pilot.press("down")
        await paste(pilot, "leave")
        await pilot.press("ctrl+s")
        await arrive(pilot, SureScreen)
        await sees(pilot, f"{name_of(place, ben)} holds {name_of(place, ann)}'s one person too")
        await sees(pilot, "until the end of Fri 4 Dec")
        await sees(pilot, "What is kept apart does not come")
        assert place.hub.ledger.holders("person:p-1") == {ann.worker}
        await choose(pilot, "Yes,")
        await sees(pilot, "there at the next sync")
        assert place.hub.ledger.holders("person:p-1") == {ann.worker, ben.worker}


async def test_a_whole_caseload_is_handed_over_and_no_leaves_everything_as_it_is(
    app_over, lead, place
):
    ann = holds(place.member("ann"), "p-2", "p-3")
    app = app_over(lead)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        for answer in ("No,", "Yes,"):
            if answer == "No,":
                await team(pilot)
            await choose(pilot, name_of(place, ann))
            await arrive(pilot, ChooseScreen)
            await choose(pilot, "Hand over all 2 people")
            await arrive(pilot, FormScreen)
            await until(pilot, lambda: app.focused is not None)
            await pilot.press("right", "down")
            await paste(pilot, "Ann moves to Melton")
            await pilot.press("ctrl+s")
            await arrive(pilot, SureScreen)
            await sees(pilot, "hand-over sheet")
            await choose(pilot, answer)
            await arrive(pilot, LeadScreen)
            if answer == "No,":
                assert place.hub.ledger.holders("person:p-2") == {ann.worker}
        await sees(pilot, "2 people handed over")
        grace = place.hub.members.worker_called("Grace Hall")
        assert place.hub.ledger.holders("person:p-2") == {grace}
        assert place.hub.ledger.holders("person:p-3") == {grace}


async def test_an_invite_code_is_shown_once_and_lets_a_colleague_in(
    app_over, lead, place, make_store
):
    app = app_over(lead)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await team(pilot)
        await pilot.press("insert")
        await arrive(pilot, FormScreen)
        await until(pilot, lambda: app.focused is not None)
        await paste(pilot, "Ivy Cole")
        await pilot.press("ctrl+s")
        await arrive(pilot, SureScreen)
        await choose(pilot, "Yes,")
        screen = await arrive(pilot, InviteScreen)
        code = screen._code
        assert "LW1-" in text_of(app)
        await pilot.press("escape")
        await arrive(pilot, LeadScreen)
        await sees(pilot, "Ivy Cole")
        assert "LW1-" not in text_of(app)
    assert join(make_store("ivy", worker="Ivy"), code, place.url).role == "coordinator"


async def test_a_lost_laptop_a_role_and_a_leaver(app_over, lead, place):
    ann = holds(place.member("ann"), "p-4")
    app = app_over(lead)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await team(pilot)
        for what, then, done in (
            ("Another place", "duty worker", "it counts from now on"),
            ("A laptop of theirs is lost", "laptop", "heard no more"),
            ("They leave", "", "1 person held by nobody"),
        ):
            await choose(pilot, name_of(place, ann))
            await arrive(pilot, ChooseScreen)
            await choose(pilot, what)
            if then:
                await until(pilot, lambda: "changed?" not in text_of(app))
                await arrive(pilot, ChooseScreen)
                if then == "laptop":
                    assert re.search(r"laptop +seen .* \d\d?:\d\d", text_of(app)), text_of(app)
                await choose(pilot, then)
            await arrive(pilot, SureScreen)
            await choose(pilot, "Yes,")
            await sees(pilot, done)
            await until(pilot, lambda: isinstance(app.screen, LeadScreen) and not app.screen._busy)
        await sees(pilot, "Nobody")
        assert name_of(place, ann) not in [one.name for one in place.hub.members.everybody()]
        await choose(pilot, "Nobody")
        await arrive(pilot, ChooseScreen)
        await sees(pilot, "somebody held by nobody")
        assert "All 1" not in text_of(app), "of one person there are no others"


async def test_what_waits_for_a_lead_is_let_in(app_over, lead, place):
    ann, ben = holds(place.member("ann"), "p-5"), place.member("ben")
    ledger = place.hub.ledger
    for holder in ledger.holders("person:p-5"):
        ledger.revoke(holder, "person:p-5")
    ledger.grant(ben.worker, "person:p-5", "hand-over")
    ann.device.set("person", "p-5", called="Late words")
    ann.sync()
    app = app_over(lead)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await team(pilot)
        await sees(pilot, "Waits for you")
        assert "Late words" not in text_of(app)
        await pilot.press("end", "enter")
        await arrive(pilot, SureScreen)
        await choose(pilot, "Yes,")
        await sees(pilot, "1 let in")
        await sees_no_more(pilot, "Waits for you")
    ben.sync()
    assert ben.device.shown("person", "p-5")["called"] == "Late words"


def enters(who: Member, person: str, called: str) -> None:
    """The same man, as `who` heard of him."""
    born = date(1947, 3, 2)
    who.device.put("Person", person, given=called, family="Okafor", born=born)
    who.sync()


async def test_two_records_of_one_person_are_joined_and_parted_again_by_a_lead(
    app_over, lead, place
):
    ann, ben = place.member("ann"), place.member("ben")
    enters(ann, "p-00000000aaaa01", "Terence")
    enters(ben, "p-00000000bbbb02", "Terry")
    app = app_over(lead)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await team(pilot)
        for line, answer, done, holders in (
            (f"T. O. held by {name_of(place, ann)} (aaaa01)", "One person: ", "Joined", [ann, ben]),
            ("1 decided before", "Two people after all", "Parted", [ann]),
        ):
            await sees(pilot, "entered twice")
            assert "Okafor" not in text_of(app)
            await choose(pilot, line)
            if answer != "One person: ":
                await arrive(pilot, ChooseScreen)
                await pilot.press("enter")
            await arrive(pilot, PairScreen)
            await choose(pilot, answer)
            await arrive(pilot, FormScreen)
            await until(pilot, lambda: app.focused is not None)
            await pilot.press("ctrl+s")
            await sees(pilot, "It is not said why")
            await paste(pilot, "they spoke with each other")
            await pilot.press("ctrl+s")
            await arrive(pilot, SureScreen)
            await choose(pilot, "Yes,")
            await sees(pilot, done)
            await until(pilot, lambda: isinstance(app.screen, LeadScreen) and not screen._busy)
            held = place.hub.ledger.holders("person:p-00000000aaaa01")
            assert held == {who.worker for who in holders}
    (decided,) = place.hub.same_people.same_people(decided=True)
    assert (decided.state, decided.decided_by) == ("two people", "Grace Hall")


async def test_without_a_network_it_is_said_in_plain_words(app_over, store):
    store.belonging.begin("https://127.0.0.1:9", "", "x")
    store.belonging.joined("North team", "lead")
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.is_open)
        await pilot.press("f5")
        await arrive(pilot, SendScreen)
        await sees(pilot, "The team: cover")
        pilot.app.screen.query_one("Page").choose("team")
        await pilot.press("enter")
        await arrive(pilot, LeadScreen)
        await sees(pilot, "r asks again")
        await sees(pilot, "does not answer")


async def test_who_is_no_lead_any_more_is_told_so(app_over, lead, place):
    members = place.hub.members
    place.member("joan", "lead")
    app = app_over(lead)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await team(pilot)
        members.change_role(members.worker_called("Grace Hall"), "coordinator", "a test")
        await until(pilot, lambda: not screen._busy)
        await pilot.press("r")
        await sees(pilot, "Your place in the team does not allow that")


async def test_another_place_in_the_team_is_told_at_the_next_sync(app_over, store, place, running):
    enrol(store, place, "Ann Lee", "coordinator")
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.is_open)
        await until(pilot, lambda: not app.courier.goes and app.courier.standing is not None)
        members = place.hub.members
        members.change_role(members.worker_called("Ann Lee"), "duty worker", "a test")
        app.courier.now()
        await sees(pilot, "Your place in the team is another one now: duty worker.")
