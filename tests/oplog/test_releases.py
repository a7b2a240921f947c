"""Laptops of three releases side by side: nobody empties, drops or loses what they do not know."""

from __future__ import annotations

import pytest

from linkworker.oplog.operations import from_wire
from tests.oplog.devices import Device
from tests.oplog.test_applying import HOPE, TERRY, parked

COLOURS, PETS = 1, 2


@pytest.fixture
def old() -> Device:
    """A laptop that was not brought up to date."""
    old = Device("old")
    old.put("Person", TERRY, called="Terry", given="Terence", family="Beasley")
    old.put("Goal", HOPE, person_id=TERRY, words="Saturdays out")
    old.put("Note", "n1", person_id=TERRY, words="Rain on the bowling green.")
    return old


@pytest.fixture
def new(old: Device) -> Device:
    """A laptop two releases ahead, which has what the old one wrote."""
    new = Device("new")
    new.upgrade(PETS)
    new.take(old.unsent())
    return new


def test_what_an_old_laptop_wrote_stands_in_a_new_one_with_nothing_in_the_new_columns(
    new: Device,
) -> None:
    assert new.shown("person", TERRY)["middle"] == ""
    assert new.shown("goal", HOPE)["colour"] == ""
    assert new.shown("note", "n1")["words"] == "Rain on the bowling green."
    assert parked(new) == []


def test_an_old_laptop_shows_what_it_knows_and_all_of_it_after_an_upgrade(
    old: Device, new: Device
) -> None:
    new.set("person", TERRY, middle="James", given="Terry")
    new.set("goal", HOPE, colour="green")
    new.put_plainly("pet", "rex", person_id=TERRY, words="A whippet called Rex")
    old.take(new.unsent())
    assert parked(old) == ["unknown column", "unknown column", "unknown table"]
    assert old.shown("person", TERRY)["given"] == "Terry"
    old.upgrade(COLOURS)
    assert old.row("goal", HOPE) == new.row("goal", HOPE)
    assert parked(old) == ["unknown table"]
    old.upgrade(PETS)
    assert old.row("person", TERRY) == new.row("person", TERRY)
    assert old.row("pet", "rex") == new.row("pet", "rex")
    assert parked(old) == []


def test_sixty_corrections_on_an_old_laptop_do_not_empty_a_column_it_does_not_know(
    old: Device, new: Device
) -> None:
    new.set("person", TERRY, middle="James")
    old.take(new.unsent())
    for number in range(60):
        old.set("person", TERRY, family=f"Beasley {number}")
    for laptop in (new, late := Device("late")):
        laptop.upgrade(PETS)
        laptop.take([*old.unsent(), *new.unsent()])
        assert laptop.shown("person", TERRY)["middle"] == "James"
        assert laptop.shown("person", TERRY)["family"] == "Beasley 59"
    assert late.differing() == {}


def test_an_old_laptop_settles_what_it_can_see_and_the_rest_stays_to_be_settled(
    old: Device, new: Device
) -> None:
    other = Device("other")
    other.upgrade(PETS)
    other.take(old.unsent())
    new.set("person", TERRY, given="Terry", middle="James")
    other.set("person", TERRY, given="Terence", middle="Jerome")
    old.take([*new.unsent(), *other.unsent()])
    assert old.differing()
    name = {"given": "Tel", "family": "Beasley", "title": "", "suffix": ""}
    old.settle("person", TERRY, "name", **name)
    assert old.differing() == {}
    new.take([*other.unsent(), *old.unsent()])
    other.take([*old.unsent(), *new.unsent()])
    assert new.row("person", TERRY) == other.row("person", TERRY)
    versions = new.differing()["person", TERRY, "name"]
    assert ["James" in versions[0], "Jerome" in versions[1]] == [True, True]
    new.settle("person", TERRY, "name", **name, middle="Jerome")
    other.take(new.unsent())
    assert other.differing() == {}
    assert other.shown("person", TERRY)["middle"] == "Jerome"


def test_what_an_old_and_a_new_laptop_say_alike_is_no_difference(old: Device, new: Device) -> None:
    old.set("person", TERRY, given="Terry")
    new.set("person", TERRY, given="Terry")
    new.take(old.unsent())
    old.take(new.unsent())
    assert (new.differing(), old.differing()) == ({}, {})


def test_a_kind_of_operation_that_nobody_here_knows_is_kept_and_replaces_nothing(
    old: Device, new: Device
) -> None:
    new.set("goal", HOPE, words="Sundays out")
    op = new.unsent()[-1]
    strange = from_wire(op.to_wire() | {"kind": "fold", "mood": {"how": "hopeful"}})
    assert strange.to_wire() == op.to_wire() | {"kind": "fold", "mood": {"how": "hopeful"}}
    old.take([strange])
    assert old.shown("goal", HOPE)["words"] == "Saturdays out"
    assert parked(old) == ["unknown kind"]
    old.upgrade(PETS)
    assert parked(old) == ["unknown kind"]
    kept = old.connection.execute("SELECT body, extra FROM sync_op WHERE kind = 'fold'").fetchall()
    assert kept == [(strange.body, strange.extra)]


def test_more_said_of_an_operation_than_is_known_here_is_kept_beside_it(
    old: Device, new: Device
) -> None:
    new.set("goal", HOPE, words="Sundays out")
    op = from_wire(new.unsent()[-1].to_wire() | {"mood": "hopeful"})
    old.take([op])
    assert old.shown("goal", HOPE)["words"] == "Sundays out"
    assert parked(old) == ["unknown field"]
    (kept,) = old.connection.execute("SELECT extra FROM sync_op WHERE extra IS NOT NULL").fetchall()
    assert kept == ('{"mood": "hopeful"}',)
