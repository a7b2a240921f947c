"""A line of the story says that it is not sent yet, until the hub holds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.caseload import hopes, timeline
from linkworker.screens.help import HelpScreen
from linkworker.screens.person import PersonScreen
from linkworker.store import Store
from linkworker.widgets.helppage import HelpPage
from tests.screens.hands import arrive, sees, sees_no_more, until
from tests.screens.snapshots import text_of
from tests.store.teams import Team

MARK = "not sent yet"


@pytest.fixture
def team(tmp_path: Path, clock) -> Team:
    return Team(tmp_path, clock)


def note(store: Store, person: str, words: str) -> None:
    with store.write("wrote a note", person) as tx:
        tx.add(schema.Note(person_id=person, happened_at=tx.now, words=words))


def waiting(store: Store, person: str) -> list[str]:
    with store.read() as tx:
        return [one.words for one in timeline.timeline(tx, person) if one.not_sent]


def belongs(store: Store) -> None:
    store.belonging.begin("https://127.0.0.1:9", "", "x")
    store.belonging.joined("North team")


def test_of_each_line_it_is_known_whether_the_hub_holds_it(store, terry, team, clock):
    note(store, terry, "before")
    assert waiting(store, terry) == [], "this laptop is in no team: nothing is to be sent"
    belongs(store)
    assert waiting(store, terry) == ["before"]
    team.sync(store)
    assert waiting(store, terry) == []
    clock.on(minutes=5)
    note(store, terry, "after")
    assert waiting(store, terry) == ["after"]


def test_a_visit_waits_while_its_note_does(store, terry, team):
    belongs(store)
    with store.write("a visit", terry) as tx:
        visit = str(tx.add(schema.Contact(person_id=terry, happened_at=tx.now)).id)
    team.sync(store)
    with store.write("its note", terry) as tx:
        tx.add(schema.Note(person_id=terry, contact_id=visit, happened_at=tx.now, words="late"))
    assert waiting(store, terry) == ["late"]


def test_what_a_colleague_wrote_does_not_wait(
    store, terry, team, make_store: Callable[..., Store], clock
):
    belongs(store)
    team.sync(store)
    ben = make_store("ben", worker="Ben")
    team.ledger.grant(ben.worker_id, f"person:{terry}", "cover")
    team.sync(ben)
    note(ben, terry, "Ben was there")
    team.sync(ben)
    team.sync(store)
    clock.on(minutes=5)
    note(store, terry, "so was I")
    assert waiting(store, terry) == ["so was I"]


async def test_the_mark_goes_as_soon_as_it_is_sent_and_help_says_what_it_means(
    app_over, store, terry, team
):
    belongs(store)
    team.sync(store)
    note(store, terry, "he mends bicycles")
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.is_open)
        app.open_person(terry)
        await arrive(pilot, PersonScreen)
        await sees(pilot, MARK)
        await pilot.press("3")
        await until(pilot, lambda: text_of(app).count(MARK) == 1)
        await pilot.press("f1")
        screen = await arrive(pilot, HelpScreen)
        assert "“Not sent yet” stands behind" in screen.query_one(HelpPage).render().plain
        await pilot.press("escape")
        await arrive(pilot, PersonScreen)
        team.sync(store)
        await sees_no_more(pilot, MARK)
        await sees(pilot, "he mends bicycles")
        await pilot.press("2")
        with store.write("a hope", terry) as tx:
            hopes.add_goal(tx, terry, words="to bowl again")
        await sees(pilot, "to bowl again")
        assert text_of(app).count(MARK) == 1
        team.sync(store)
        await sees_no_more(pilot, MARK)
        await sees(pilot, "to bowl again")
