"""Two who hold one introduction go on with it out of sight of each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker.caseload import (
    already_known,
    begun_twice,
    introductions,
    people,
    settling,
    support,
)
from linkworker.caseload.writing import NotFound
from linkworker.store import Store
from tests.store.teams import Team, parts_of


class Two:
    """Ann, who took it down, and Ben, who covers her."""

    def __init__(self, ann: Store, ben: Store, team: Team) -> None:
        self.ann, self.ben, self.team = ann, ben, team
        with ann.write("an introduction") as tx:
            who = {"called": "Dilys Owen"}
            self.person, self.introduction = introductions.take_down(tx, who, knows="no")
        team.sync(ann)
        for scope in parts_of(self.person):
            team.ledger.grant(ben.worker_id, scope, "cover")
        team.sync(ben)

    def meet(self) -> None:
        for store in (self.ann, self.ben, self.ann, self.ben):
            self.team.sync(store)

    def do(self, store: Store, what: Callable[..., object], *args: object, **said: object) -> None:
        with store.write("an introduction", person=self.person) as tx:
            what(tx, self.introduction, *args, **said)


@pytest.fixture
def two(tmp_path: Path, make_store: Callable[..., Store], clock) -> Two:
    ann, ben = make_store("ann", worker="Ann"), make_store("ben", worker="Ben")
    return Two(ann, ben, Team(tmp_path, clock))


def seen(store: Store, introduction: str) -> introductions.Introduced:
    with store.read() as tx:
        found = introductions.introduced(tx, introduction)
    assert found is not None
    return found


def test_whoever_covers_has_the_introduction_in_their_inbox(two: Two) -> None:
    for store in (two.ann, two.ben):
        with store.read() as tx:
            assert [one.person_id for one in introductions.waiting(tx)] == [two.person]
            assert people.caseload(tx) == []


def test_both_accept_and_the_person_is_among_the_people_of_both_once(two: Two, clock) -> None:
    two.do(two.ann, introductions.accept, level=2)
    clock.on(minutes=5)
    two.do(two.ben, introductions.accept, level=2)
    two.meet()
    for store in (two.ann, two.ben):
        with store.read() as tx:
            found = people.caseload(tx)
            assert [(one.person_id, one.support, one.level) for one in found] == [
                (two.person, "began", 2)
            ]
            assert introductions.waiting(tx) == []
            assert settling.waiting(tx) == 0
    clock.on(minutes=5)
    with two.ben.write("paused", person=two.person) as tx:
        support.happen(tx, two.person, "paused")
    two.meet()
    with two.ann.read() as tx:
        assert people.caseload(tx)[0].support == "paused"


def begun(store: Store, person: str) -> list[str]:
    with store.read() as tx:
        return sorted(one.worker for one in begun_twice.begun_twice(tx, person))


def test_both_accept_unseen_and_one_period_is_left_from_the_earlier_day(two: Two, clock) -> None:
    two.do(two.ann, introductions.accept)
    clock.on(days=2)
    two.do(two.ben, introductions.accept, level=2)
    with two.ben.write("paused", person=two.person) as tx:
        support.happen(tx, two.person, "paused", reason="a holiday")
    for store in (two.ann, two.ben):
        assert begun(store, two.person) == []  # neither laptop sees it alone
    two.meet()
    for store in (two.ann, two.ben):
        assert begun(store, two.person) == ["Ann", "Ben"]
    with two.ann.write("settled", person=two.person) as tx:
        begun_twice.walks_alongside(tx, two.person, two.ben.worker_id)
    two.meet()
    for store in (two.ann, two.ben):
        assert begun(store, two.person) == []
        with store.read() as tx:
            told = [(one.kind, one.worker, one.level) for one in support.history(tx, two.person)]
            first = support.history(tx, two.person)[-1].on
            assert first is not None
            assert (tx.today - first).days == 2
            assert [one.support for one in people.caseload(tx)] == ["paused"]
        assert told == [("paused", "Ben", None), ("began", "Ben", 2)]


def test_where_both_settle_it_unseen_somebody_still_walks_alongside(two: Two, clock) -> None:
    two.do(two.ann, introductions.accept)
    two.do(two.ben, introductions.accept)
    two.meet()
    for store in (two.ann, two.ben):
        with store.write("settled", person=two.person) as tx:
            begun_twice.walks_alongside(tx, two.person, store.worker_id)
        clock.on(minutes=5)
    two.meet()
    walks = []
    for store in (two.ann, two.ben):
        assert begun(store, two.person) == []
        with store.read() as tx:
            (one,) = people.caseload(tx)
            assert one.support == "began"
            walks.append([event.worker for event in support.history(tx, two.person)])
        with pytest.raises(NotFound), store.write("again", person=two.person) as tx:
            begun_twice.walks_alongside(tx, two.person, store.worker_id)
    assert walks in ([["Ann"]] * 2, [["Ben"]] * 2)


def test_settling_is_taken_back_whole(two: Two) -> None:
    two.do(two.ann, introductions.accept)
    two.do(two.ben, introductions.accept, level=1)
    two.meet()
    with two.ann.write("settled", person=two.person) as tx:
        begun_twice.walks_alongside(tx, two.person, two.ann.worker_id)
    two.ann.undo()
    assert begun(two.ann, two.person) == ["Ann", "Ben"]


def test_one_accepts_and_the_other_declines_and_both_stand_to_be_settled(two: Two) -> None:
    two.do(two.ann, introductions.accept, level=2)
    two.do(two.ben, introductions.end, "declined", "she has her sister")
    two.meet()
    with two.ann.read() as tx:
        assert settling.waiting(tx) == 1
        # Support was begun: nobody who is walked with goes out of sight for a declined line.
        assert [one.person_id for one in people.caseload(tx)] == [two.person]


def test_tries_of_both_are_counted(two: Two) -> None:
    two.do(two.ann, introductions.record_attempt, "no answer")
    two.do(two.ben, introductions.record_attempt, "card through the door")
    two.meet()
    assert seen(two.ann, two.introduction).tries == seen(two.ben, two.introduction).tries == 2


def test_one_tells_them_while_the_other_accepts(two: Two) -> None:
    two.do(two.ann, introductions.told)
    two.do(two.ben, introductions.accept)
    two.meet()
    found = seen(two.ann, two.introduction)
    assert (found.outcome, found.tell_by) == ("accepted", None)


def test_one_joins_them_to_somebody_known_while_the_other_tries(two: Two) -> None:
    with two.ann.write("added somebody") as tx:
        known = people.add_person(tx, called="Dilys O")
    two.do(two.ann, already_known.it_is, known)
    two.do(two.ben, introductions.record_attempt, "no answer")
    two.meet()
    with two.ann.read() as tx:
        assert introductions.waiting(tx) == []
        assert [one.outcome for one in introductions.of_person(tx, known)] == ["already known"]
    with two.ben.read() as tx:  # who covers the begun record alone has nobody there any more
        assert introductions.waiting(tx) == []
        assert people.caseload(tx) == []
