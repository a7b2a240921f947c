"""What the team's ledger takes, numbers, gives out and keeps back."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from sqlcipher3 import dbapi2

from linkworker.hub.database import SqliteDatabase
from linkworker.hub.ledger import Ledger
from linkworker.oplog.replica import Cursor
from linkworker.oplog.wire import Pulled
from tests.oplog.devices import Device

TERRY = "person:terry"


@dataclass
class Team:
    """A hub, its clock, and a laptop each for Ann and Ben."""

    now_ms: int = 10**12
    ann: Device = field(default_factory=lambda: Device("ann1", "ann"))
    ben: Device = field(default_factory=lambda: Device("ben1", "ben"))

    def __post_init__(self) -> None:
        self.connection = dbapi2.connect(":memory:", isolation_level=None)
        self.ledger = Ledger(SqliteDatabase(self.connection), lambda: self.now_ms)

    def push(self, laptop: Device, first: int = 0) -> int:
        operations = laptop.unsent()[first:]
        return self.ledger.push(laptop.dev, laptop.worker, operations).last_n

    def pull(self, worker: str, most_bytes: int = 10**6, **at: Cursor) -> Pulled:
        cursors = {f"person:{name}": cursor for name, cursor in at.items()}
        return self.ledger.pull(1, worker, cursors, cursors, most_bytes)

    def names(self, worker: str) -> list[str]:
        return [op.id for part in self.pull(worker).parts for op in part.operations]


@pytest.fixture
def team() -> Team:
    team = Team()
    team.ann.put("Person", "terry", called="Terry")
    team.ann.put("Vision", "n1", person_id="terry", words="Rain on the bowling green.")
    return team


def test_who_writes_of_somebody_first_holds_them_and_nobody_else_is_told(team: Team) -> None:
    assert team.push(team.ann) == 2
    assert team.names("ann") == ["ann1:1", "ann1:2"]
    assert team.pull("ben").held == {"team", "worker:ben"}
    assert team.names("ben") == []


def test_sending_again_is_safe_and_a_gap_is_waited_for(team: Team) -> None:
    assert team.push(team.ann, first=1) == 0
    assert team.push(team.ann) == 2
    assert team.push(team.ann) == 2
    assert team.names("ann") == ["ann1:1", "ann1:2"]


def test_a_scope_is_numbered_from_one_without_a_gap_whoever_writes(team: Team) -> None:
    team.push(team.ann)
    team.ledger.grant("ben", TERRY, "cover")
    team.ben.take(op for part in team.pull("ben").parts for op in part.operations)
    for laptop in (team.ben, team.ann, team.ben):
        laptop.set("person", "terry", called=f"Tel {laptop.number}")
        team.push(laptop)
    (part,) = team.pull("ann").parts
    assert [op.hub_seq for op in part.operations] == [1, 2, 3, 4, 5]


def test_a_cover_ends_by_itself_at_its_instant(team: Team) -> None:
    team.push(team.ann)
    team.ledger.grant("ben", TERRY, "cover", until=team.now_ms + 1_000)
    team.now_ms += 999
    assert team.names("ben") == ["ann1:1", "ann1:2"]
    team.now_ms += 1
    answer = team.pull("ben", terry=Cursor(2, "x"))
    assert not answer.parts
    assert answer.lost == {TERRY}


def test_late_work_waits_for_a_lead_and_then_goes_to_whoever_holds_the_person(team: Team) -> None:
    team.push(team.ann)
    team.ledger.revoke("ann", TERRY)
    team.ledger.grant("ben", TERRY, "hand-over")
    team.ann.set("person", "terry", called="Tel")
    assert team.push(team.ann) == 3
    assert team.names("ben") == ["ann1:1", "ann1:2"]
    assert [op.id for op in team.ledger.quarantined()] == ["ann1:3"]
    team.ledger.route("ann1", 3)
    assert team.names("ben") == ["ann1:1", "ann1:2", "ann1:3"]
    assert team.ledger.quarantined() == []


def test_of_an_erased_person_nothing_stays_and_nothing_comes_again(team: Team) -> None:
    team.push(team.ann)
    team.ledger.erase(TERRY)
    team.ann.set("person", "terry", called="Tel")
    assert team.push(team.ann) == 3
    kept = str(team.connection.execute("SELECT * FROM hub_op").fetchall())
    assert "Terry" not in kept
    assert "Tel" not in kept
    assert "bowling" not in kept
    assert team.pull("ann", terry=Cursor(2, "x")).erased == {TERRY}
    assert team.ledger.quarantined() == []


def test_a_small_page_brings_at_least_one_and_says_that_there_is_more(team: Team) -> None:
    team.push(team.ann)
    answer = team.pull("ann", most_bytes=1)
    (part,) = answer.parts
    assert ([op.n for op in part.operations], answer.more) == ([1], True)
    rest = team.pull("ann", most_bytes=1, terry=Cursor(1, part.checksum))
    assert [op.n for op in rest.parts[0].operations] == [2]


def test_what_the_hub_was_doing_when_it_failed_did_not_happen(team: Team) -> None:
    class Full(Exception):
        pass

    execute = team.connection.execute

    class FullAtTheEnd:
        def execute(self, sql: str, values: tuple[object, ...] = ()) -> object:
            if sql == "COMMIT":
                raise Full
            return execute(sql, values)

    failing = Ledger(SqliteDatabase(FullAtTheEnd()), lambda: team.now_ms)
    with pytest.raises(Full):
        failing.push("ann1", "ann", team.ann.unsent())
    assert team.push(team.ann) == 2
    assert team.names("ann") == ["ann1:1", "ann1:2"]


def test_two_who_hold_the_same_have_the_same_digest_until_something_comes(team: Team) -> None:
    team.push(team.ann)
    before = team.ledger.digest("ann")
    assert before == team.ledger.digest("ann")
    assert before != team.ledger.digest("ben")
    team.ann.set("person", "terry", called="Tel")
    team.push(team.ann)
    assert before != team.ledger.digest("ann")
