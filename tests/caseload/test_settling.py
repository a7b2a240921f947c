"""What was written twice is settled: one is taken, both are kept, or it is written anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.caseload import sending, settling
from linkworker.schema.columns import Row
from linkworker.store import Store
from tests.conftest import OwnClock
from tests.store.teams import Team


class Two:
    """Ann and Ben, who both hold Terry, and a goal of his that both wrote to unseen."""

    def __init__(self, team: Team, ann: Store, ben: Store, clock: OwnClock) -> None:
        self.team, self.ann, self.ben, self.clock = team, ann, ben, clock
        with ann.write("a person") as tx:
            self.terry = str(tx.add(schema.Person(called="Terry", family="Barlow")).id)
            self.goal = str(tx.add(schema.Goal(person_id=self.terry, words="bowls again")).id)
            self.step = str(tx.add(schema.Step(person_id=self.terry, words="ring")).id)

    def share(self) -> None:
        self.team.sync(self.ann)
        self.team.ledger.grant(self.ben.worker_id, f"person:{self.terry}", "cover")
        self.team.sync(self.ben)

    def both_write(
        self, model: type[Row], row_id: str, one: dict[str, str], other: dict[str, str]
    ) -> settling.ToSettle:
        self.share()
        for store, values in ((self.ann, one), (self.ben, other)):
            self.clock.on(hours=1)
            with store.write("wrote", self.terry) as tx:
                tx.change(model, row_id, **values)
        for store in (self.ann, self.ben, self.ann):
            self.team.sync(store)
        with self.ann.read() as tx:
            (found,) = settling.to_settle(tx, self.terry)
            assert settling.waiting(tx) == 1
        return found

    def words(self) -> list[str]:
        """Of both laptops, once all has been sent."""
        for store in (self.ann, self.ben):
            self.team.sync(store)
        found = []
        for store in (self.ann, self.ben):
            with store.read() as tx:
                assert settling.to_settle(tx) == []
                found.append(str(tx.value("SELECT words FROM goal WHERE id = ?", (self.goal,))))
        return found


@pytest.fixture
def two(tmp_path: Path, make_store: Callable[..., Store], clock: OwnClock) -> Two:
    ann, ben = make_store("ann", worker="Ann"), make_store("ben", worker="Ben")
    return Two(Team(tmp_path, clock), ann, ben, clock)


BOWLS, CHESS = {"words": "bowls on Fridays"}, {"words": "chess, not bowls"}


def test_it_is_said_who_wrote_what_and_when(two: Two) -> None:
    found = two.both_write(schema.Goal, two.goal, BOWLS, CHESS)
    assert (found.name, found.table, found.differing) == ("Terry Barlow", "goal", ("words",))
    newest, oldest = found.versions
    assert (newest.who, newest.values["words"]) == ("Ben", "chess, not bowls")
    assert (oldest.who, oldest.values["words"]) == ("Ann", "bowls on Fridays")
    assert newest.at > oldest.at
    assert newest.device != oldest.device


def test_one_of_them_is_taken(two: Two) -> None:
    found = two.both_write(schema.Goal, two.goal, BOWLS, CHESS)
    with two.ann.write("settled", two.terry) as tx:
        settling.take(tx, found, found.versions[1])
    assert two.words() == ["bowls on Fridays"] * 2


def test_both_are_kept_dated_and_named(two: Two) -> None:
    found = two.both_write(schema.Goal, two.goal, BOWLS, CHESS)
    with two.ann.write("settled", two.terry) as tx:
        settling.keep_both(tx, found)
    said = "27 Nov 2026, Ann: bowls on Fridays\n27 Nov 2026, Ben: chess, not bowls"
    assert two.words() == [said] * 2


def test_it_is_written_anew(two: Two) -> None:
    found = two.both_write(schema.Goal, two.goal, BOWLS, CHESS)
    with two.ann.write("settled", two.terry) as tx:
        settling.write_anew(tx, found, {"words": "company on Fridays"})
    assert two.words() == ["company on Fridays"] * 2


def test_choices_are_not_joined_as_if_they_were_words(two: Two) -> None:
    one, other = {"state": "done"}, {"state": "let go"}
    found = two.both_write(schema.Step, two.step, one, other)
    with pytest.raises(settling.CannotJoin), two.ann.write("settled", two.terry) as tx:
        settling.keep_both(tx, found)


def test_what_is_not_sent_is_told_by_person_and_sent_only_when_the_hub_has_it(two: Two) -> None:
    with two.ann.read() as tx:
        own, terry = sending.not_sent(tx)
        assert not sending.is_sent(tx, "goal", two.goal)
    assert (own.person_id, own.count) == ("", 1)
    assert (terry.person_id, terry.name, terry.count) == (two.terry, "Terry Barlow", 1), "one act"
    assert two.clock() <= terry.since <= two.clock() + timedelta(seconds=1)
    two.share()
    with two.ann.read() as tx:
        assert sending.not_sent(tx) == []
        assert sending.is_sent(tx, "goal", two.goal)
