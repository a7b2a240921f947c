"""What a laptop sent itself it does not fetch again, and what others wrote it never misses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.oplog.operations import Operation
from linkworker.oplog.replica import Cursor, Taken
from linkworker.oplog.wire import Pulled
from linkworker.store import Store
from linkworker.sync.session import Session
from tests.conftest import OwnClock
from tests.store.teams import Near, Team, parts_of


class Listening(Near):
    """The hub, and what it gave out."""

    given: list[str]
    before_push: Callable[[], None] = staticmethod(lambda: None)
    after_push: Callable[[], None] = staticmethod(lambda: None)
    said_wrong: bool = False

    def push(self, operations: Sequence[Operation]) -> Taken:
        self.before_push()
        taken = super().push(operations)
        self.after_push()
        if self.said_wrong:
            places = tuple((n, "0" * len(sum_), proof) for n, sum_, proof in taken.places)
            return Taken(taken.last_n, taken.numbered, places)
        return taken

    def pull(
        self, ask: int, cursors: Mapping[str, Cursor], known: Iterable[str], most_bytes: int
    ) -> Pulled:
        pulled = super().pull(ask, cursors, known, most_bytes)
        self.given += [op.id for part in pulled.parts for op in part.operations]
        return pulled


@pytest.fixture
def team(tmp_path: Path, clock: OwnClock) -> Team:
    return Team(tmp_path, clock)


@pytest.fixture
def ann(make_store: Callable[..., Store]) -> Store:
    return make_store("ann", worker="Ann")


@pytest.fixture
def ben(make_store: Callable[..., Store]) -> Store:
    return make_store("ben", worker="Ben")


@pytest.fixture
def terry(ann: Store, ben: Store, team: Team) -> str:
    with ann.write("added a person") as tx:
        terry = str(tx.add(schema.Person(called="Terry")).id)
    team.sync(ann)
    for scope in parts_of(terry):
        team.ledger.grant(ben.worker_id, scope, "cover")
    team.sync(ben)
    return terry


def hears(team: Team, store: Store) -> Listening:
    hub = Listening(team.ledger, store.worker_id)
    hub.given = []
    return hub


def own(hub: Listening, store: Store) -> list[str]:
    """Return what the laptop was given of what it wrote itself."""
    return [one for one in hub.given if one.startswith(store.replica().device())]


def add(store: Store, person: str, words: str) -> None:
    with store.write("a strength", person=person) as tx:
        tx.add(schema.Strength(person_id=person, words=words))


def strengths(store: Store) -> set[str]:
    with store.read() as tx:
        return {str(words) for (words,) in tx.rows("SELECT words FROM strength")}


def test_what_a_laptop_sent_it_does_not_fetch_again(team: Team, terry: str, ann: Store) -> None:
    with ann.write("another person") as tx:
        tx.add(schema.Person(called="Mo"))
    add(ann, terry, "mends bicycles")
    hub = hears(team, ann)
    assert Session(ann.replica(), hub).sync().sent == 2
    assert own(hub, ann) == []
    again = ann.replica()
    assert hub.greet(again.device(), again.digest()).same


@pytest.mark.parametrize("when", ["before_push", "after_push"])
def test_what_a_colleague_wrote_meanwhile_comes(
    when: str, team: Team, terry: str, ann: Store, ben: Store
) -> None:
    add(ann, terry, "mends bicycles")
    add(ben, terry, "sings")
    hub = hears(team, ann)
    setattr(hub, when, lambda: team.sync(ben))
    Session(ann.replica(), hub).sync()
    assert strengths(ann) == {"mends bicycles", "sings"}
    again = ann.replica()
    assert hub.greet(again.device(), again.digest()).same


def test_a_place_that_does_not_agree_is_not_believed(team: Team, terry: str, ann: Store) -> None:
    add(ann, terry, "mends bicycles")
    hub = hears(team, ann)
    hub.said_wrong = True
    Session(ann.replica(), hub).sync()
    assert len(own(hub, ann)) == 1
    again = ann.replica()
    assert hub.greet(again.device(), again.digest()).same


def test_where_somebody_stands_is_told_to_nobody_who_does_not_hold_them(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    for scope in parts_of(terry):
        team.ledger.revoke(ben.worker_id, scope)
    add(ben, terry, "sings")
    hub = hears(team, ben)
    waits = ben.replica().unsent(100_000)
    taken = hub.push(waits)
    assert [seq for _, seq, _ in taken.numbered] == [0]
    assert taken.places == ()


def test_what_was_sent_is_handed_back_with_the_proof_that_came_with_the_answer(
    team: Team, terry: str, ann: Store
) -> None:
    add(ann, terry, "mends bicycles")
    Session(ann.replica(), hears(team, ann)).sync()
    with ann.read() as tx:
        proofs = tx.rows("SELECT proof FROM sync_cursor WHERE scope = ?", (f"person:{terry}",))
    assert [len(str(proof)) for (proof,) in proofs] == [32]
