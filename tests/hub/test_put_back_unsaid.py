"""A hub that does not know what it knew, though nobody said that it was put back; and a laptop
whose own place is wrong. On both databases."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkworker.hub import backup
from tests.hub import cluster, places
from tests.hub.places import Member, Place

KEY = secrets.token_bytes(32)
LIFE = "one and the same life"


@pytest.fixture(params=[places.near, cluster.near], ids=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with request.param(tmp_path / "hub") as made:
        made.hub.was_restored(lambda: LIFE)
        yield made


def put_back(place: Place, file: Path) -> None:
    """Put a copy in place of the records, in whose life nothing says that it is one."""
    backup.restore(place.hub, file, KEY, LIFE)


def agrees(who: Member) -> bool:
    return who.hub.greet(who.device.dev, who.replica.digest()).same


def test_whom_the_hub_knows_no_more_is_sent_again_and_not_let_go_of(
    place: Place, tmp_path: Path
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    ann.device.put("Person", "terry", called="Terry")
    ann.sync()
    backup.backup(place.hub, tmp_path / "copy", KEY)
    ann.device.put("Person", "joan", called="Joan")
    ann.device.set("person", "terry", called="Tel")
    ann.sync()
    put_back(place, tmp_path / "copy")
    ann.device.put("Note", "n1", person_id="joan", words="Rain on the green.")
    ann.sync()
    assert ann.device.shown("person", "joan")["called"] == "Joan"
    assert agrees(ann)
    for part in ("person:terry", "person:joan", "person:joan:team"):
        place.hub.ledger.grant(ben.worker, part, "cover")
    ben.sync()
    assert ben.device.shown("person", "terry")["called"] == "Tel"
    assert ben.device.shown("note", "n1")["words"] == "Rain on the green."


def test_who_only_reads_hands_back_what_a_laptop_that_is_gone_had_sent(
    place: Place, tmp_path: Path
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    backup.backup(place.hub, tmp_path / "copy", KEY)
    ann.device.put("Person", "joan", called="Joan")
    ann.sync()
    place.hub.ledger.grant(ben.worker, "person:joan", "cover")
    ben.sync()
    put_back(place, tmp_path / "copy")  # Ann's laptop is in the river
    ben.sync()
    assert place.hub.ledger.is_known("person:joan")
    place.hub.ledger.grant(ben.worker, "person:joan", "as before")
    ben.sync()
    assert ben.device.shown("person", "joan")["called"] == "Joan"
    assert agrees(ben)


def test_twice_in_one_life_is_as_once(place: Place, tmp_path: Path) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    backup.backup(place.hub, tmp_path / "copy", KEY)
    for number in range(3):
        ann.device.put("Worker", f"w{number}", name=f"Worker {number}")
        ann.sync()
        ben.sync()
        put_back(place, tmp_path / "copy")
    ben.sync()  # Ann's laptop is in the river
    cat = place.member("cat")
    cat.sync()
    assert [cat.device.shown("worker", f"w{number}")["name"] for number in range(3)] == [
        f"Worker {number}" for number in range(3)
    ]


def test_what_others_wrote_where_the_hub_had_been_before_comes_all_the_same(
    place: Place, tmp_path: Path
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    backup.backup(place.hub, tmp_path / "copy", KEY)
    ann.device.put("Worker", "w1", name="One")
    ann.sync()
    put_back(place, tmp_path / "copy")
    for number in range(4):  # at the places that Ann's laptop has behind it
        ben.device.put("Worker", f"b{number}", name="Ben's")
    ben.sync()
    ann.sync()
    ben.sync()
    for who in (ann, ben):
        assert who.device.shown("worker", "w1")["name"] == "One"
        assert all(who.device.row("worker", f"b{number}") for number in range(4))
        assert agrees(who)


@pytest.mark.parametrize("wrong", ["checksum = 'another'", "hub_seq = 50"])
def test_a_laptop_whose_place_is_wrong_reads_anew(place: Place, wrong: str) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    ann.device.put("Worker", "w1", name="One")
    ann.sync()
    ben.sync()
    ben.device.connection.execute(f"UPDATE sync_cursor SET {wrong}")
    ann.device.put("Worker", "w2", name="Two")
    ann.sync()
    ben.sync()
    assert ben.device.shown("worker", "w2")["name"] == "Two"
    assert agrees(ben)
