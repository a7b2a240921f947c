"""A row of the hub's that cannot be read any more holds up what is behind it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

import pytest

from linkworker.hub import unreadable
from linkworker.oplog.operations import Forked, Operation
from linkworker.shell import hub as shell
from linkworker.shell.usage import taken_apart
from linkworker.sync.session import HeldUp
from tests.hub import cluster, places
from tests.hub.places import Member, Place

KINDS = {"near": places.near, "over http on postgresql": cluster.far}
SPOILT = ["", "{", "[1]", "5", '"words"', '{"dev": "x"}', "[" * 100_000, '{"n": 1, "kind": 5}']
_PEOPLE = count(1)


@pytest.fixture(scope="module", params=list(KINDS))
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    with KINDS[request.param](tmp_path_factory.mktemp("hubs") / "hub") as made:
        yield made


@dataclass
class Two:
    """Ben wrote of two people what Ann, who covers both, has not fetched yet."""

    place: Place
    ann: Member
    ben: Member
    terry: str
    joan: str
    sent: list[Operation] = field(default_factory=list)

    def here(self, person: str) -> list[bool]:
        """Which of three visions of somebody stand on Ann's laptop."""
        return [self.ann.device.row("vision", f"{person}{n}") is not None for n in range(3)]

    def write_at(self, seq: int) -> tuple[str, int, str | None]:
        with self.place.hub.database.reading() as tx:
            found = tx.one(
                "SELECT dev, n, wire FROM hub_op WHERE scope = ? AND seq = ?",
                (f"person:{self.terry}", seq),
            )
        return found  # type: ignore[no-any-return]

    def put_at(self, seq: int, wire: str | None) -> None:
        with self.place.hub.database.writing() as tx:
            tx.execute(
                "UPDATE hub_op SET wire = ? WHERE scope = ? AND seq = ?",
                (wire, f"person:{self.terry}", seq),
            )

    def unreadable(self) -> list[tuple[str, int, int]]:
        rows = unreadable.still(self.place.hub.database)
        return [(one.dev, one.n, one.seq) for one in rows if one.scope == f"person:{self.terry}"]


@pytest.fixture
def two(place: Place) -> Two:
    number = next(_PEOPLE)
    two = Two(place, place.member("ann"), place.member("ben"), f"terry{number}", f"zoe{number}")
    for person in (two.terry, two.joan):
        two.ben.device.put("Person", person, called=person)
        for n in range(3):
            two.ben.device.put("Vision", f"{person}{n}", person_id=person, words="Rain.")
    two.sent = two.ben.device.unsent()
    two.ben.sync()
    for person in (two.terry, two.joan):
        place.hub.ledger.grant(two.ann.worker, f"person:{person}", "cover")
    return two


@pytest.mark.parametrize("wire", [*SPOILT, None])
def test_all_else_goes_on_and_everybody_is_told_until_it_can_be_read_again(
    two: Two, wire: str | None
) -> None:
    dev, n, was = two.write_at(3)
    two.put_at(3, wire)
    two.ann.device.put("Worker", f"w-{two.terry}", name="One")
    for _ in range(2):
        with pytest.raises(HeldUp) as said:
            two.ann.sync()
        assert "of 1 person" in said.value.why
        assert "hub status" in said.value.to_do
    assert not two.ann.device.unsent()
    assert (two.here(two.terry), two.here(two.joan)) == ([True, False, False], [True] * 3)
    assert two.unreadable() == [(dev, n, 3)]
    lines = [one for one in two.place.hub.audit.everything() if one.what == "could not read"]
    about = [one.reason for one in lines if one.about == f"person:{two.terry}"]
    assert about == [f"{dev}:{n}"], "once"
    two.put_at(3, was)
    two.ann.sync()
    assert two.here(two.terry) == [True] * 3
    assert two.unreadable() == []


def test_a_row_that_is_anothers_is_not_read_as_this_one(two: Two) -> None:
    two.put_at(3, two.write_at(2)[2])
    with pytest.raises(HeldUp):
        two.ann.sync()
    assert two.here(two.terry) == [True, False, False]


def test_whoever_wrote_it_goes_on_and_may_send_it_again(two: Two) -> None:
    two.put_at(3, "{")
    assert two.ben.hub.push(two.sent).last_n == len(two.sent)
    with pytest.raises(Forked):
        two.ben.hub.push([replace(one, hash="0" * 32) for one in two.sent])
    two.ben.device.put("Vision", f"late-{two.terry}", person_id=two.terry, words="Sun.")
    assert two.ben.sync().sent == 1


def test_a_spoilt_row_among_what_waits_for_a_lead_keeps_back_no_other(two: Two) -> None:
    ledger = two.place.hub.ledger
    joan = f"person:{two.joan}"
    two.ben.device.put("Vision", f"a-{two.joan}", person_id=two.joan, words="Sun.")
    two.ben.device.put("Vision", f"b-{two.joan}", person_id=two.joan, words="Sun.")
    ledger.revoke(two.ben.worker, joan)
    two.ben.sync()
    waiting = [op for op in ledger.quarantined() if op.scope == joan]
    assert len(waiting) == 2
    with two.place.hub.database.writing() as tx:
        spoil = "UPDATE hub_op SET wire = '{' WHERE dev = ? AND n = ?"
        tx.execute(spoil, (waiting[0].dev, waiting[0].n))
    assert [op for op in ledger.quarantined() if op.scope == joan] == waiting[1:]
    ledger.grant(two.ben.worker, joan, "holds again")
    assert [op for op in ledger.quarantined() if op.scope == joan] == []
    two.ann.sync()
    assert two.ann.device.row("vision", f"b-{two.joan}") is not None


def test_hub_status_names_the_row_and_what_to_do(
    two: Two, capsys: pytest.CaptureFixture[str]
) -> None:
    dev, n, _ = two.write_at(2)
    two.put_at(2, "{")
    with pytest.raises(HeldUp):
        two.ann.sync()
    shell.status(taken_apart(["hub", "status", "--data", str(two.place.hub.folder)]))
    said = capsys.readouterr().out
    assert f"Write {n} of {dev} cannot be read: place 2 of person:{two.terry}." in said
    assert "hub restore" in said
