"""From a hope to who and what could meet it: people first, then groups, services, else a gap."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker import schema
from linkworker.caseload import connections, gaps, hopes, support
from linkworker.caseload.people import add_person
from linkworker.screens.person import PersonScreen
from linkworker.screens.who_helps import WhoHelpsScreen
from tests.screens.hands import arrive, sees
from tests.screens.person_hands import choose, field, on_form, open_person
from tests.screens.snapshots import text_of


@pytest.fixture
def dean(store, week):
    """Dean, who hopes for a bike; Terry may be asked; a colleague and the directory have more."""
    with store.write("Dean's hopes") as tx:
        dean = add_person(tx, called="Dean", family="Hall", place="Barwell")
        support.begin(tx, dean)
        hopes.add_goal(tx, dean, "a bike to get to work")
        hopes.add_looked_for(tx, dean, "a harpsichord to practise on")
        mended = hopes.add_strength(tx, week["Terry Beasley"], "mends bikes")
        hopes.say_may_ask(tx, mended, "yes")
        ben = tx.add(schema.Worker(name="Ben")).id
        tx.add(schema.Offer(words="rides bicycles with beginners", worker_id=ben))
        tx.add(schema.Service(name="Barwell bike club", times="Sundays", words="kind to beginners"))
        tx.add(schema.Service(name="Cycle repairs", organisation="County", source="county"))
        tx.add(schema.Service(name="Bike thieves", do_not_list=True, why_not="no"))
    return dean


async def on_hope(pilot, dean, key="goal"):
    screen = await open_person(pilot, dean, "2")
    choose(screen, key)
    await pilot.press("w")
    return await arrive(pilot, WhoHelpsScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_people_come_first_then_colleagues_then_groups_then_services(
    app_over, store, dean, size
):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await on_hope(pilot, dean)
        await sees(pilot, "Terry B.  mends bikes")
        shown = text_of(app)
    order = ["Terry B.", "rides bicycles", "Barwell bike club", "Cycle repairs"]
    places = [shown.index(one) for one in order]
    assert places == sorted(places)
    assert "happy to be asked since" in shown
    assert "ask Ben" in shown
    assert "thieves" not in shown


async def test_bringing_two_together_asks_what_is_told_and_how_both_agreed(app_over, store, dean):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await on_hope(pilot, dean)
        await sees(pilot, "mends bikes")
        await pilot.press("enter")
        form = await on_form(pilot)
        await pilot.press("ctrl+s")
        await sees(pilot, "how the person agreed to it")
        field(form, "shared").raw = "his first name"
        field(form, "agreed").raw = "both said yes on Tuesday"
        await pilot.press("ctrl+s")
        await arrive(pilot, WhoHelpsScreen)
    with store.read() as tx:
        (one,) = connections.connections(tx, dean)
        (told,) = tx.rows(
            "SELECT how, shared, agreed FROM connection_event WHERE connection_id = ?",
            (one.connection_id,),
        )
    assert (one.name, one.kind, one.stage) == ("Terry B.", "person", "suggested")
    assert told == ("introduction", "his first name", "both said yes on Tuesday")


async def test_a_group_is_signposted_and_nothing_is_told(app_over, store, dean):
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await on_hope(pilot, dean)
        await sees(pilot, "Barwell bike club")
        choose(screen, "service:")
        await pilot.press("enter")
        await on_form(pilot)
        await pilot.press("ctrl+s")
        await arrive(pilot, WhoHelpsScreen)
    with store.read() as tx:
        (one,) = connections.connections(tx, dean)
        kept = tx.rows("SELECT service_id <> '', for_need <> '' FROM connection", ())
        assert (1, 1) in kept
    assert (one.name, one.kind) == ("Barwell bike club", "group")


async def test_what_is_nowhere_is_logged_as_a_gap_that_names_nobody(app_over, store, dean):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await on_hope(pilot, dean, "looked")
        await sees(pilot, "The key g logs it as a gap")
        await pilot.press("g")
        form = await on_form(pilot)
        field(form, "words").raw = "a harpsichord for Dean"
        await pilot.press("ctrl+s")
        await sees(pilot, "a name of the person")
        field(form, "words").raw = "somewhere to play the harpsichord"
        await pilot.press("ctrl+s")
        await arrive(pilot, WhoHelpsScreen)
        await sees(pilot, "Logged for the team")
    with store.read() as tx:
        assert [one.words for one in gaps.gaps(tx)] == ["somewhere to play the harpsichord"]
        assert dean not in [one.person_id for one in gaps.to_decide(tx)]


async def test_from_a_strength_whose_hope_it_could_meet(app_over, store, dean, week):
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_person(pilot, week["Terry Beasley"], "2")
        rows = [row for page in screen.query("Page") for row in page.rows if row.what is not None]
        mends = [row for row in rows if getattr(row.what.row, "words", "") == "mends bikes"]
        choose(screen, mends[0].key)
        await pilot.press("w")
        await arrive(pilot, WhoHelpsScreen)
        await sees(pilot, "Whose hope it could meet")
        await sees(pilot, "Dean H.  a bike to get to work")
        await pilot.press("p")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "Dean Hall")


@pytest.fixture
def wanted(store, dean, week):
    """Where Terry's bikes are wanted beside Dean: groups, one of which takes helpers, and gaps."""
    with store.write("the team's") as tx:
        tx.add(
            schema.Service(name="Bike kitchen club", about="Always wants one more pair of hands")
        )
        tx.add(schema.CommunityGroup(name="Wheels", about="old bicycles made new"))
        tx.add(
            schema.CommunityGroup(name="Old wheels", about="bicycles", ended_on=date(2026, 1, 1))
        )
        gaps.log(tx, "somebody to teach children to ride a bike", area="Desford", how_many=3)
        gaps.log(tx, "a choir for men")
        gaps.close(tx, gaps.log(tx, "bike racks at the library"), "the council")
        hopes.add_in_the_way(tx, dean, "his bike was taken when he drank")
    return week["Terry Beasley"]


async def on_gift(pilot, terry):
    screen = await open_person(pilot, terry, "2")
    rows = [row for page in screen.query("Page") for row in page.rows if row.what is not None]
    mends = [row for row in rows if getattr(row.what.row, "words", "") == "mends bikes"]
    choose(screen, mends[0].key)
    await pilot.press("w")
    return await arrive(pilot, WhoHelpsScreen)


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_a_gift_is_wanted_by_people_then_by_groups_then_by_gaps(
    app_over, store, dean, wanted, size
):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        screen = await on_gift(pilot, wanted)
        await sees(pilot, "Whose hope it could meet")
        rows = "\n".join(
            line.plain for row in screen.query_one("#who").rows for line in row.draw(200)
        )
    order = [
        *("Dean H.", "Bike kitchen club", "speaks of helpers", "Barwell bike club", "Wheels"),
        *("Gaps it could close", "teach children", "Desford · for 3"),
    ]
    places = [rows.index(one) for one in order]
    assert places == sorted(places)
    for never in ("drank", "Old wheels", "choir", "racks", "Cycle repairs", "thieves"):
        assert never not in rows


async def test_a_group_that_a_gift_could_help_asks_for_the_rule_on_a_regular_role(
    app_over, store, dean, wanted
):
    app = app_over(store)
    async with app.run_test(size=(100, 45), notifications=True) as pilot:
        screen = await on_gift(pilot, wanted)
        choose(screen, "gap:")
        await pilot.press("enter")
        await sees(pilot, "Ask them first")
        choose(screen, "group:")
        await pilot.press("enter")
        form = await on_form(pilot)
        field(form, "shared").raw = "his first name"
        field(form, "agreed").raw = "said so on Monday"
        field(form, "regular").raw = "yes"
        await pilot.press("ctrl+s")
        await sees(pilot, "your team's rule on DBS checks")
        field(form, "checks").raw = "basic, seen"
        await pilot.press("ctrl+s")
        await arrive(pilot, WhoHelpsScreen)
    with store.read() as tx:
        (one,) = [
            one for one in connections.connections(tx, wanted) if one.name == "Bike kitchen club"
        ]
        gift = tx.value("SELECT for_strength FROM connection WHERE id = ?", (one.connection_id,))
        assert (one.regular, one.checks, one.way) == (True, "basic, seen", "introduction")
        assert tx.value("SELECT words FROM strength WHERE id = ?", (gift,)) == "mends bikes"


async def test_on_anything_else_the_key_says_what_it_is_for(app_over, store, dean):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await open_person(pilot, dean, "6")
        await pilot.press("w")
        await sees(pilot, "Who could help is for a hope")


async def test_of_a_gift_that_nobody_may_ask_about_the_key_says_how_it_is_said(
    app_over, store, dean
):
    with store.write("a strength", person=dean) as tx:
        hopes.add_strength(tx, dean, "plays chess")
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen = await open_person(pilot, dean, "2")
        choose(screen, "strength:")
        await pilot.press("w")
        await sees(pilot, "They have not said that they may be asked about it")
