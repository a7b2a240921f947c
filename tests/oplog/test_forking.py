"""Two laptops with the same records, after a copy of a disk or a backup: neither loses anything."""

from __future__ import annotations

import pytest
from sqlcipher3 import dbapi2

from linkworker.hub.database import SqliteDatabase
from linkworker.hub.ledger import Ledger
from linkworker.oplog import applying, forking, undo
from linkworker.oplog.operations import Forked, Operation
from linkworker.oplog.replica import Cursor, Replica
from tests.oplog.devices import Device

TERRY = "terry"


@pytest.fixture
def hub() -> Ledger:
    connection = dbapi2.connect(":memory:", isolation_level=None)
    return Ledger(SqliteDatabase(connection), lambda: 10**12)


@pytest.fixture
def ann(hub: Ledger) -> Device:
    """Ann's laptop; all that it holds is sent."""
    ann = Device("ann", "ann")
    ann.put("Person", TERRY, called="Terry")
    for number in (1, 2):
        ann.put("Step", f"s{number}", person_id=TERRY, words="Ring the bike club")
    push(hub, ann)
    return ann


@pytest.fixture
def copy(ann: Device) -> Device:
    """The same disk in another laptop."""
    copy = Device("ann", "ann", now_ms=ann.now_ms + 5)
    ann.connection.backup(copy.connection)
    return copy


def test_a_number_that_stands_for_two_things_is_refused_and_changes_nothing(
    hub: Ledger, ann: Device, copy: Device
) -> None:
    ann.set("person", TERRY, called="Tel")
    copy.set("person", TERRY, called="Mr B")
    push(hub, ann)
    with pytest.raises(Forked) as fork:
        push(hub, copy)
    assert (fork.value.dev, fork.value.n) == ("ann", 4)
    assert [op.groups for op in pulled(hub)[3:]] == [{"called": {"called": "Tel"}}]


def test_the_same_words_about_two_things_are_two_operations(
    hub: Ledger, ann: Device, copy: Device
) -> None:
    ann.set("step", "s1", state="done")
    copy.set("step", "s2", state="done")
    push(hub, ann)
    with pytest.raises(Forked):
        push(hub, copy)


def test_a_copy_goes_on_under_its_own_name_with_all_that_it_had_not_sent(
    hub: Ledger, ann: Device, copy: Device
) -> None:
    ann.set("person", TERRY, called="Tel")
    push(hub, ann)
    copy.put("Vision", "n1", person_id=TERRY, words="Rain on the bowling green.")
    copy.set("person", TERRY, called="Mr B")
    copy.set("person", TERRY, called="Mr Beasley")
    with copy.applying() as connection:
        assert forking.go_on_as(connection, "ann-2", 4) == 3
    push(hub, copy)
    for laptop in (ann, copy):
        laptop.take(pulled(hub))
        assert laptop.shown("vision", "n1")["words"] == "Rain on the bowling green."
    assert ann.row("person", TERRY) == copy.row("person", TERRY)
    assert ann.differing() == copy.differing()
    assert len(ann.differing()["person", TERRY, "called"]) == 2
    assert (copy.set("person", TERRY, called="Terry"), ann.last) == ("ann-2:4", "ann:4")


def test_what_both_disks_had_unsent_is_one_row_and_nothing_is_asked(
    hub: Ledger, ann: Device
) -> None:
    ann.put("Whereabouts", "w1", person_id=TERRY, remark="At his sister's in Leeds.")
    copy = Device("ann", "ann", now_ms=ann.now_ms)
    ann.connection.backup(copy.connection)
    with copy.applying() as connection:
        forking.go_on_as(connection, "ann-2", 4)
    push(hub, ann)
    push(hub, copy)
    ben = Device("ben")
    for laptop in (ann, copy, ben):
        laptop.take(pulled(hub))
        assert laptop.shown("whereabouts", "w1")["remark"] == "At his sister's in Leeds."
        assert laptop.differing() == {}


def test_a_laptop_brought_back_from_a_backup_notices_by_what_it_hears(
    hub: Ledger, ann: Device, copy: Device
) -> None:
    ann.set("person", TERRY, called="Tel")
    push(hub, ann)
    (part,) = hub.pull(1, "ann", {f"person:{TERRY}": Cursor()}, [], 10**6).parts
    with pytest.raises(Forked) as fork:
        Replica(copy.applying, copy.shapes, lambda *_: None).take([part])
    assert fork.value.n == 4


def test_an_act_keeps_its_parts_together_under_the_new_name(ann: Device, copy: Device) -> None:
    with copy.act() as connection:
        connection.execute("UPDATE step SET state = 'done'")
    with copy.applying() as connection:
        forking.go_on_as(connection, "ann-2", 4)
    rows = copy.connection.execute("SELECT dev, n, act FROM sync_op WHERE dev = 'ann-2'")
    assert rows.fetchall() == [("ann-2", 1, "ann-2:1"), ("ann-2", 2, "ann-2:1")]
    assert undo.act_of_row(copy.connection, "step", "s1") == "ann:2"


def test_what_came_before_a_copys_own_work_came_before_it_under_the_new_numbers_too(
    ann: Device, copy: Device
) -> None:
    ben = Device("ben")
    copy.set("person", TERRY, called="Mr B")
    ben.put("Person", "joan", called="Joan")
    ben.put("Person", "sam", called="Sam")
    early, late = ben.unsent()
    copy.take([early])
    copy.set("person", TERRY, called="Mr Beasley")
    copy.take([late])
    with copy.applying() as connection:
        forking.go_on_as(connection, "ann-2", 4)
    came = copy.connection.execute(
        "SELECT n, came_after FROM sync_op WHERE dev = 'ben' ORDER BY n"
    ).fetchall()
    assert came == [(1, 1), (2, 2)]


def push(hub: Ledger, laptop: Device) -> None:
    taken = hub.push(laptop.dev, laptop.worker, laptop.unsent())
    with laptop.applying() as connection:
        applying.acknowledge(connection, laptop.dev, taken.numbered, laptop.shapes)


def pulled(hub: Ledger) -> list[Operation]:
    (part,) = hub.pull(1, "ann", {}, [], 10**6).parts
    return list(part.operations)
