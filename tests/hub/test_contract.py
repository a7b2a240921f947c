"""What must hold of every hub, called directly and over HTTP, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import NamedTuple

import pytest

from linkworker.hub import leading
from linkworker.oplog.operations import Forked
from linkworker.oplog.replica import Cursor
from tests.hub import cluster, places
from tests.hub.places import Member, Place

KINDS = {
    "near": places.near,
    "over http": places.far,
    "near on postgresql": cluster.near,
    "over http on postgresql": cluster.far,
}
_PEOPLE = count(1)


@pytest.fixture(scope="module", params=list(KINDS))
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    with KINDS[request.param](tmp_path_factory.mktemp("hubs") / "hub") as made:
        yield made


class Two(NamedTuple):
    place: Place
    ann: Member
    ben: Member
    terry: str

    @property
    def scope(self) -> str:
        return f"person:{self.terry}"

    def names(self, whose: Member) -> list[str]:
        parts = whose.hub.pull(1, {}, (), 10**6).parts
        return [op.id for part in parts if part.scope == self.scope for op in part.operations]

    def called(self, whose: Member) -> object:
        row = whose.device.row("person", self.terry)
        return row and row["called"]


@pytest.fixture
def two(place: Place) -> Two:
    two = Two(place, place.member("ann"), place.member("ben"), f"terry-{next(_PEOPLE)}")
    two.ann.device.put("Person", two.terry, called="Terry")
    two.ann.device.put("Vision", f"n-{two.terry}", person_id=two.terry, words="Rain on the green.")
    return two


def share(two: Two) -> None:
    two.ann.sync()
    two.place.hub.ledger.grant(two.ben.worker, two.scope, "cover")
    two.ben.sync()


def test_who_writes_of_somebody_first_holds_them_and_nobody_else_is_told(two: Two) -> None:
    two.ann.sync()
    dev = two.ann.device.dev
    assert two.names(two.ann) == [f"{dev}:1", f"{dev}:2"]
    two.ben.sync()
    assert two.names(two.ben) == []
    assert two.called(two.ben) is None


def test_what_was_shared_is_the_same_on_both_laptops_and_both_know(two: Two) -> None:
    share(two)
    assert two.called(two.ben) == "Terry"
    two.ben.device.set("person", two.terry, called="Tel")
    two.ben.sync()
    two.ann.sync()
    assert two.called(two.ann) == "Tel"
    for one in (two.ann, two.ben):
        one.sync()
        assert one.hub.greet(one.device.dev, one.replica.digest()).same


def test_what_crossed_stands_open_on_both(two: Two) -> None:
    share(two)
    two.ann.device.set("person", two.terry, called="Tel")
    two.ben.device.set("person", two.terry, called="Mr Okafor")
    for one in (two.ann, two.ben, two.ann):
        one.sync()
    assert two.ann.device.differing() == two.ben.device.differing()
    assert len(two.ann.device.differing()) == 1


def test_sending_again_is_safe_and_a_gap_is_waited_for(two: Two) -> None:
    operations = two.ann.device.unsent()
    assert two.ann.hub.push(operations[1:]).last_n == 0
    for _ in range(2):
        assert two.ann.hub.push(operations).last_n == 2
    assert len(two.names(two.ann)) == 2


def test_one_number_never_stands_for_two_things(two: Two) -> None:
    operations = two.ann.device.unsent()
    two.ann.hub.push(operations)
    other = replace(operations[1], stamp=operations[1].stamp + 1)
    with pytest.raises(Forked) as forked:
        two.ann.hub.push([operations[0], other])
    assert forked.value.n == 2


def test_a_device_of_another_laptop_is_not_written_for(two: Two) -> None:
    two.ann.hub.push(two.ann.device.unsent())
    two.ann.device.set("person", two.terry, called="Tel")
    with pytest.raises(Forked):
        two.ben.hub.push(two.ann.device.unsent())
    assert len(two.names(two.ann)) == 2


def test_a_copied_laptop_goes_on_under_an_id_of_its_own_and_nothing_is_lost(two: Two) -> None:
    two.ann.sync()
    copy = Member(two.place.member("c").device, two.ann.hub, two.ann.worker)
    two.ann.device.connection.backup(copy.device.connection)
    two.ann.device.set("person", two.terry, called="Tel")
    copy.device.now_ms += 5
    copy.device.set("person", two.terry, called="Mr Okafor")
    for one in (two.ann, copy, two.ann, copy):
        one.sync()
    assert copy.device.dev != two.ann.device.dev
    assert two.ann.device.differing() == copy.device.differing()
    assert len(two.ann.device.differing()) == 1


def test_what_is_typed_while_a_copied_laptop_asks_for_its_id_is_sent_too(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.ann.sync()
    copy = Member(two.place.member("c").device, two.ann.hub, two.ann.worker)
    two.ann.device.connection.backup(copy.device.connection)
    copy.device.now_ms += 5
    copy.device.put("KeptApart", f"k-{two.terry}", person_id=two.terry, words="apart")
    copy.device.set("person", two.terry, called="Mr Okafor")
    two.place.hub.ledger.revoke(two.ann.worker, f"{two.scope}:restricted")
    copy.sync()  # its third is with a lead, so the other hears of the fourth alone
    new_device = two.ann.hub.new_device

    def asks() -> str:
        two.ann.device.set("person", two.terry, place="the bowling green")
        return new_device()

    monkeypatch.setattr(two.ann.hub, "new_device", asks)
    two.ann.sync()
    assert two.ann.device.dev != copy.device.dev
    unsent = "SELECT count(*) FROM sync_op WHERE hub_seq IS NULL"
    assert two.ann.device.connection.execute(unsent).fetchone() == (0,)
    copy.sync()
    assert copy.device.shown("person", two.terry)["place"] == "the bowling green"


def test_a_cover_that_ended_gives_nothing_and_takes_back(two: Two) -> None:
    share(two)
    two.place.hub.ledger.revoke(two.ben.worker, two.scope)
    two.place.hub.ledger.grant(two.ben.worker, two.scope, "cover", until=1)
    assert two.names(two.ben) == []
    assert two.ben.sync().let_go == 1
    assert two.called(two.ben) is None


def test_late_work_waits_for_a_lead_and_then_goes_to_whoever_holds_the_person(two: Two) -> None:
    share(two)
    two.ben.device.set("person", two.terry, called="Tel")
    two.place.hub.ledger.revoke(two.ben.worker, two.scope)
    assert two.ben.sync().with_lead == 1
    assert two.called(two.ben) is None
    (late,) = [op for op in two.place.hub.ledger.quarantined() if op.scope == two.scope]
    two.place.hub.ledger.route(late.dev, late.n)
    two.ann.sync()
    assert two.called(two.ann) == "Tel"


def test_of_an_erased_person_nothing_stays_and_nothing_comes_again(two: Two) -> None:
    share(two)
    two.place.hub.ledger.erase(two.scope)
    two.ben.device.set("person", two.terry, called="Tel the Bowls")
    for one in (two.ben, two.ann):
        one.sync()
        assert two.called(one) is None
    with two.place.hub.database.reading() as tx:
        kept = str(tx.rows("SELECT * FROM hub_op WHERE dev = ?", (two.ann.device.dev,)))
        kept += str(tx.rows("SELECT * FROM hub_op WHERE dev = ?", (two.ben.device.dev,)))
    assert "Terry" not in kept
    assert "Bowls" not in kept


def test_a_small_page_brings_one_and_says_that_there_is_more(two: Two) -> None:
    two.ann.hub.push(two.ann.device.unsent())
    team = Cursor()
    answer = two.ann.hub.pull(1, {"team": team}, (), 1)
    (part,) = [one for one in answer.parts if one.scope == two.scope]
    assert (len(part.operations), answer.more) == (1, True)
    rest = two.ann.hub.pull(2, {two.scope: Cursor(1, part.checksum)}, (), 1)
    assert [op.n for one in rest.parts for op in one.operations if one.scope == two.scope] == [2]


def test_what_a_later_release_says_is_kept_and_handed_on(two: Two) -> None:
    share(two)
    op = two.ann.device.unsent()
    assert op == []
    two.ann.device.set("person", two.terry, called="Tel")
    (op,) = two.ann.device.unsent()
    strange = replace(op, kind="fold", extra=json.dumps({"mood": "hopeful \u2764"}))
    two.ann.hub.push([strange])
    (part,) = [one for one in two.ben.hub.pull(1, {}, (), 10**6).parts if one.scope == two.scope]
    assert json.loads(part.operations[-1].extra or "") == {"mood": "hopeful \u2764"}
    assert part.operations[-1].kind == "fold"


HOLDS = ("own", "covered", "cover ended", "never held", "handed over", "nobody knows")


@pytest.mark.parametrize("holds", HOLDS)
def test_only_who_holds_a_person_gets_them_and_nothing_tells_whether_others_exist(
    two: Two, holds: str
) -> None:
    two.ann.sync()
    ledger, ben = two.place.hub.ledger, two.ben
    asking, scope = ben, two.scope
    match holds:
        case "own":
            asking = two.ann
        case "covered":
            ledger.grant(ben.worker, scope, "cover", until=1 << 60)
        case "cover ended":
            ledger.grant(ben.worker, scope, "cover", until=1)
        case "handed over":
            asking = two.ann
            ledger.grant(ben.worker, scope, "hand-over")
            ledger.revoke(two.ann.worker, scope)
        case "nobody knows":
            scope = f"{two.scope}-nobody"
    for cursors in ({}, {scope: Cursor(0, "")}, {scope: Cursor(1, "0" * 32)}):
        answer = asking.hub.pull(1, cursors, [scope], 10**6)
        got = [one.scope for one in answer.parts]
        made_up = Cursor(1, "0" * 32) in cursors.values()
        assert (scope in answer.unknown) == made_up, "so nothing tells whether there is somebody"
        if holds in ("own", "covered"):
            assert (scope in got, scope in answer.lost) == (not made_up, False)
        else:
            assert (scope in got, scope in answer.lost) == (False, True)
        assert scope not in answer.erased
        assert not {"Terry", "green"} & set(str(answer.parts).split()) or scope in got


def test_a_leaver_may_send_what_they_have_and_is_given_nobody(two: Two) -> None:
    two.ann.sync()
    two.ann.device.set("person", two.terry, called="Tel")
    ledger, members = two.place.hub.ledger, two.place.hub.members
    assert leading.leaver(ledger, members, _name(two, two.ann)) == 1
    did = two.ann.sync()
    assert (did.with_lead, did.let_go) == (1, 1)
    assert two.called(two.ann) is None
    leading.hand_over(ledger, members, two.terry, _name(two, two.ben))
    assert leading.let_in(ledger, members, two.terry) == 1
    two.ben.sync()
    assert two.called(two.ben) == "Tel"


def test_a_whole_caseload_is_covered_and_handed_over(two: Two) -> None:
    two.ann.sync()
    ledger, members = two.place.hub.ledger, two.place.hub.members
    ann, ben = _name(two, two.ann), _name(two, two.ben)
    leading.cover(ledger, members, ann, ben, 1 << 60, "leave")
    two.ben.sync()
    assert two.called(two.ben) == "Terry"
    assert leading.hand_over(ledger, members, ann, ben) == 1
    assert two.ann.sync().let_go >= 1
    assert two.called(two.ann) is None
    assert ledger.holders(two.scope) == {two.ben.worker}


def _name(two: Two, whose: Member) -> str:
    return next(one.name for one in two.place.hub.members.everybody() if one.id == whose.worker)


def test_a_hub_put_back_from_a_backup_gets_again_what_it_forgot(two: Two) -> None:
    share(two)
    parts = two.ann.hub.pull(1, {}, (), 10**6).parts
    (before,) = [one.checksum for one in parts if one.scope == two.scope]
    two.ann.device.set("person", two.terry, called="Tel")
    two.ann.sync()
    with two.place.hub.database.writing() as tx:  # as if the backup were older than this
        row = tx.one("SELECT seq FROM hub_op WHERE dev = ? AND n = 3", (two.ann.device.dev,))
        assert row == (3,)
        tx.execute("DELETE FROM hub_op WHERE dev = ? AND n = 3", (two.ann.device.dev,))
        tx.execute(
            "UPDATE hub_scope SET seq = 2, checksum = ? WHERE scope = ?", (before, two.scope)
        )
    two.place.hub.was_restored(lambda: f"life {two.terry}")
    two.ben.sync()
    assert two.called(two.ben) == "Terry"
    assert two.ann.sync().sent == 1
    two.ben.sync()
    assert two.called(two.ben) == "Tel"
    for one in (two.ann, two.ben):
        one.sync()
        assert one.hub.greet(one.device.dev, one.replica.digest()).same


def test_each_device_id_is_given_once(two: Two) -> None:
    assert len({two.ann.hub.new_device() for _ in range(20)}) == 20
