"""The team's directory on two laptops: what a feed says meets, what people know is kept apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.store import Store
from tests.conftest import OwnClock
from tests.store.teams import Team


@pytest.fixture
def team(tmp_path: Path, clock: OwnClock) -> Team:
    return Team(tmp_path, clock)


@pytest.fixture
def ann(make_store: Callable[..., Store]) -> Store:
    return make_store("ann", worker="Ann")


@pytest.fixture
def ben(make_store: Callable[..., Store]) -> Store:
    return make_store("ben", worker="Ben")


def take_in(store: Store, about: str, *, source: str = "the county") -> None:
    with store.write("imported") as tx:
        entry = schema.Service(id="from the feed", source=source, name="Choir", about=about)
        tx.add(entry)


def everywhere(team: Team, *stores: Store) -> None:
    for _ in range(2):
        for store in stores:
            team.sync(store)


def to_settle_groups(store: Store) -> list[str]:
    with store.read() as tx:
        return [one.group for one in tx.differences()]


def one(store: Store, column: str) -> object:
    with store.read() as tx:
        return tx.value(f"SELECT {column} FROM service WHERE id = 'from the feed'", ())


def test_two_laptops_that_took_in_one_feed_have_one_entry_and_nothing_to_settle(
    team: Team, ann: Store, ben: Store, clock: OwnClock
) -> None:
    take_in(ann, "Thursdays, says the feed")
    clock.on(minutes=1)
    take_in(ben, "Fridays, says the feed a day later")
    everywhere(team, ann, ben)
    for store in (ann, ben):
        assert one(store, "about") == "Fridays, says the feed a day later"
        assert to_settle_groups(store) == []


def test_what_two_people_know_of_it_is_settled_by_people(
    team: Team, ann: Store, ben: Store
) -> None:
    take_in(ann, "Thursdays")
    everywhere(team, ann, ben)
    for store, words in ((ann, "warm, and they mean it"), (ben, "cold hall, bring a coat")):
        with store.write("what it is like") as tx:
            tx.change(schema.Service, "from the feed", words=words)
    everywhere(team, ann, ben)
    assert to_settle_groups(ann) == ["words"]


def test_an_entry_made_by_hand_is_somebodys_words_and_both_versions_are_kept(
    team: Team, ann: Store, ben: Store
) -> None:
    take_in(ann, "Thursdays", source="")
    everywhere(team, ann, ben)
    for store, about in ((ann, "Thursdays at two"), (ben, "Thursdays at three")):
        with store.write("changed") as tx:
            tx.change(schema.Service, "from the feed", about=about)
    everywhere(team, ann, ben)
    assert to_settle_groups(ben) == ["entry"]


def test_the_search_of_people_and_the_directory_do_not_meet(ann: Store) -> None:
    with ann.write("written") as tx:
        terry = str(tx.add(schema.Person(called="Terry")).id)
        tx.add(schema.Strength(person_id=terry, words="sings in a choir"))
        tx.add(schema.Service(name="Gospel choir", words="loud"))
    assert [hit.table for hit in ann.search("choir")] == ["strength"]
    assert ann.check().ok
    with ann.read() as tx:
        directory = tx.rows(
            "SELECT d.tbl FROM search_fts f JOIN search_doc d ON d.id = f.rowid "
            "WHERE search_fts MATCH 'choir' AND f.rowid < 1 << 20",
            (),
        )
    assert directory == [("service",)]
