"""What was offered to colleagues of somebody who is erased: it is withdrawn, in the whole team."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker.caseload import bringing_together, hopes, offers, people
from linkworker.refusal import Refused
from linkworker.store import Store
from tests.conftest import OwnClock
from tests.store.teams import Team, parts_of

OFFERED = "mends bicycles"


@pytest.fixture
def team(tmp_path: Path, clock: OwnClock) -> Team:
    return Team(tmp_path, clock)


@pytest.fixture
def laptops(make_store: Callable[..., Store], team: Team) -> tuple[Store, Store, Store]:
    """Ann walks alongside Terry, Cat covers for her, and Ben has nothing of him but the offer."""
    ann, ben, cat = (make_store(name, worker=name.title()) for name in ("ann", "ben", "cat"))
    with ann.write("added a person") as tx:
        terry = people.add_person(tx, called="Terry")
    with ann.write("offered a strength", person=terry) as tx:
        mends = hopes.add_strength(tx, terry, OFFERED)
        hopes.say_may_ask(tx, mends, "yes")
        offers.offer(tx, mends, OFFERED)
    team.sync(ann)
    for scope in parts_of(terry):
        team.ledger.grant(cat.worker_id, scope, "cover")
    for store in (ben, cat):
        team.sync(store)
    assert [offered(store) for store in (ann, ben, cat)] == [[], [OFFERED], []]
    for scope in parts_of(terry):
        team.ledger.erase(scope)
    return ann, ben, cat


def offered(store: Store) -> list[str]:
    with store.read() as tx:
        return [one.words for one in bringing_together.offered_by_colleagues(tx, "mends bicycles")]


def test_an_offer_goes_with_whoever_is_erased_on_every_laptop_of_the_team(
    team: Team, laptops: tuple[Store, Store, Store]
) -> None:
    ann, ben, cat = laptops
    team.sync(ann)
    team.sync(ann)
    assert ann.unsent() == 0
    team.sync(ben)
    assert (offered(ann), offered(ben)) == ([], [])
    team.sync(cat)
    assert offered(cat) == []


def test_no_undo_offers_it_again(team: Team, laptops: tuple[Store, Store, Store]) -> None:
    ann, ben, _ = laptops
    team.sync(ann)
    with pytest.raises(Refused):
        ann.undo()
    team.sync(ann)
    team.sync(ben)
    assert (offered(ann), offered(ben)) == ([], [])


def test_two_who_held_them_and_withdraw_it_on_two_days_are_asked_nothing(
    team: Team, laptops: tuple[Store, Store, Store], clock: OwnClock
) -> None:
    ann, ben, cat = laptops
    team.sync(ann)
    clock.on(days=2)
    for _ in range(2):
        for store in (cat, ann, ben):
            team.sync(store)
    for store in laptops:
        with store.read() as tx:
            assert tx.value("SELECT count(*) FROM sync_open") == 0
        assert offered(store) == []


def test_an_act_that_wrote_the_teams_too_is_nobodys_afterwards(
    team: Team, laptops: tuple[Store, Store, Store]
) -> None:
    ann, _, _ = laptops
    with ann.read() as tx:
        assert tx.value("SELECT count(*) FROM sync_act WHERE person_id <> ''") == 1
    team.sync(ann)
    with ann.read() as tx:
        assert tx.value("SELECT count(*) FROM sync_act WHERE person_id <> ''") == 0
    assert ann.check().ok
