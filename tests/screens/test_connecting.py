"""A connection on the person's page: how it was made, how it goes on, and what colleagues hear."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker import schema
from linkworker.caseload import connections, how_it_went, local_knowledge
from linkworker.screens.community_rows import sight
from linkworker.screens.person import PersonScreen
from linkworker.screens.person.howitwent import HowItWentScreen
from tests.screens.hands import arrive, sees
from tests.screens.person_hands import choose, field, on_form, open_person

HEARD = "Something was heard of it"


@pytest.fixture
def terry(week):
    return week["Terry Beasley"]


@pytest.fixture
def lunch(store, terry):
    """Terry was told of a lunch club that the directory has; he has nothing else."""
    with store.write("the directory") as tx:
        entry = tx.add(schema.Service(name="Lunch club", words="warm")).id
    with store.write("lunch", person=terry) as tx:
        for one in connections.connections(tx, terry):
            connections.remove_connection(tx, one.connection_id)
        made = connections.add_connection(tx, terry, "Lunch club")
    return made, entry


def only(store, terry):
    with store.read() as tx:
        (one,) = connections.connections(tx, terry)
        return one, how_it_went.turns(tx, one.connection_id)


def shown(entry):
    """Return what Community shows of an entry."""
    rows = sight(entry, [], None, date(2026, 11, 27))
    return "\n".join(line.plain for row in rows for line in row.draw(200))


async def test_a_new_one_asks_how_it_was_made_and_what_was_told(app_over, store, terry):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await open_person(pilot, terry, "4")
        choose(screen, "connection:")
        await pilot.press("insert", "enter")
        form = await on_form(pilot)
        field(form, "name").raw = "Citizens Advice"
        field(form, "how").raw = "signpost"
        field(form, "shared").raw = "that he is behind with the rent"
        await pilot.press("ctrl+s")
        await sees(pilot, "A signpost shares nothing about the person")
        field(form, "how").raw = "referral"
        await pilot.press("ctrl+s")
        await sees(pilot, "how the person agreed to it")
        field(form, "agreed").raw = "said so on Tuesday, at home"
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "Citizens Advice")
    with store.read() as tx:
        made = next(
            one for one in connections.connections(tx, terry) if one.name == "Citizens Advice"
        )
        (turn,) = how_it_went.turns(tx, made.connection_id)
    assert made.way == "referral"
    assert (turn.made.shared, turn.made.agreed) == (
        "that he is behind with the rent",
        "said so on Tuesday, at home",
    )


async def test_a_key_moves_it_on_stage_by_stage_and_undo_takes_the_last_back(
    app_over, store, terry, lunch
):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, terry, "4")
        for stage in ("in touch", "went once", "still going"):
            choose(screen, "connection:")
            await pilot.press("m")
            form = await on_form(pilot)
            assert field(form, "kind").raw == stage
            await pilot.press("ctrl+s")
            await arrive(pilot, PersonScreen)
        one, turns = only(store, terry)
        assert one.stage == "still going"
        assert [turn.what for turn in turns] == [
            *("still going", "went once", "in touch", "suggested")
        ]
        assert all(turn.on is not None for turn in turns)
        await pilot.press("ctrl+z")
        await sees(pilot, "went once")
    assert only(store, terry)[0].stage == "went once"


async def test_it_ends_with_words_for_colleagues_that_name_nobody(app_over, store, terry, lunch):
    _, entry = lunch
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_person(pilot, terry, "4")
        choose(screen, "connection:")
        await pilot.press("m")
        form = await on_form(pilot)
        field(form, "kind").raw = "stopped"
        field(form, "words").raw = "his bus does not go then"
        field(form, "told").raw = "moved to Tuesdays, as Terry found"
        await pilot.press("ctrl+s")
        await sees(pilot, "a name of the person")
        assert only(store, terry)[0].stage == "suggested"
        field(form, "told").raw = "moved to Tuesdays"
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
    one, _ = only(store, terry)
    assert (one.stage, one.words) == ("stopped", "his bus does not go then")
    with store.read() as tx:
        known = local_knowledge.entry(tx, entry)
    assert known is not None
    assert known.words.startswith("warm\nTold by somebody who went there, Fri 27 Nov 2026: moved")
    assert known.words.endswith("moved to Tuesdays. To confirm.")
    assert HEARD in shown(known)
    with store.write("confirmed") as tx:
        local_knowledge.confirm(tx, entry)
    with store.read() as tx:
        known = local_knowledge.entry(tx, entry)
    assert known is not None
    assert known.words.endswith("moved to Tuesdays.")
    assert HEARD not in shown(known)


async def test_of_a_place_that_is_in_no_directory_nothing_is_asked_for_colleagues(
    app_over, store, terry, lunch
):
    with store.write("gone", person=terry) as tx:
        connections.correct_connection(tx, lunch[0], service_id="")
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_person(pilot, terry, "4")
        choose(screen, "connection:")
        await pilot.press("m")
        form = await on_form(pilot)
        assert "told" not in [row.ask.name for row in form.query("FormRow")]


async def test_a_regular_role_asks_for_the_teams_rule_and_stands_on_the_row(
    app_over, store, terry, lunch
):
    app = app_over(store)
    async with app.run_test(size=(140, 45)) as pilot:
        screen = await open_person(pilot, terry, "4")
        choose(screen, "connection:")
        await pilot.press("m")
        form = await on_form(pilot)
        field(form, "kind").raw = "helper"
        field(form, "regular").raw = "yes"
        await pilot.press("ctrl+s")
        await sees(pilot, "your team's rule on DBS checks")
        assert only(store, terry)[0].stage == "suggested"
        field(form, "checks").raw = "none asked, in the open"
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "a regular role")
    assert only(store, terry)[0].checks == "none asked, in the open"


async def test_how_it_was_made_is_read_and_put_right(app_over, store, terry, lunch):
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_person(pilot, terry, "4")
        choose(screen, "connection:")
        await pilot.press("h")
        await arrive(pilot, HowItWentScreen)
        await pilot.press("enter")
        form = await on_form(pilot)
        field(form, "how").raw = "introduction"
        field(form, "shared").raw = "his first name"
        await pilot.press("ctrl+s")
        await sees(pilot, "how the person agreed to it")
        field(form, "agreed").raw = "at home"
        await pilot.press("ctrl+s")
        await arrive(pilot, HowItWentScreen)
        await sees(pilot, "told: his first name")
        await sees(pilot, "agreed: at home")


async def test_on_anything_else_the_key_says_what_it_is_for(app_over, store, terry):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await open_person(pilot, terry, "2")
        await pilot.press("m")
        await sees(pilot, "Went on is for a group, place or service")
