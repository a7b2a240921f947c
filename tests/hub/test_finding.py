"""A duty worker finds one person by what a caller says; nobody is listed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from linkworker.hub.finding import FINDS, Caller
from linkworker.hub.limits import TooOften
from linkworker.hub.roles import NotForThisRole
from linkworker.oplog.operations import NotAnOperation
from tests.hub import places
from tests.hub.places import Member, Place
from tests.hub.test_same_people import enters

BORN = date(1947, 3, 2)
NUMBER = "943 476 5919"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with places.near(tmp_path / "hub") as made:
        ann = made.member("ann")
        enters(ann, "p1", given="Terence", family="O'Keefe", called="Terry", born="1947-03-02")
        enters(ann, "p2", given="Joan", family="Barlow", born="1947-03-02", nhs_number=NUMBER)
        yield made


def asks(
    place: Place, who: Member, name: str = "", born: date | None = None, number: str = ""
) -> str:
    laptop = place.hub.members.laptop_of(who.token)
    return place.hub.find(laptop, Caller(number, name, born))


def test_by_name_and_birth_date_or_by_nhs_number_the_one_person_is_found_and_it_is_audited(
    place: Place,
) -> None:
    dot = place.member("dot", "duty worker")
    assert asks(place, dot, "terry okeefe", BORN) == "p1"
    assert asks(place, dot, "Terence O\u2019Keefe", BORN) == "p1"
    assert asks(place, dot, number=NUMBER) == "p2"
    assert asks(place, dot, "Terry O'Keefe", date(1947, 2, 3)) == ""
    assert asks(place, dot, "Ter", BORN) == ""
    lines = [one for one in place.hub.audit.everything() if one.what == "looked for somebody"]
    assert [(one.who, one.about) for one in lines[:1]] == [(dot.worker, "p1")]
    assert len(lines) == 5
    assert "Keefe" not in str(lines)


def test_of_two_people_neither_is_told_unless_they_were_joined(place: Place) -> None:
    dot = place.member("dot", "duty worker")
    enters(place.member("ben"), "p3", given="Terry", family="O'Keefe", born="1947-03-02")
    assert asks(place, dot, "Terry O'Keefe", BORN) == ""
    place.hub.same_people.same_as("p1", "p3", "a lead", "one man")
    assert asks(place, dot, "Terry O'Keefe", BORN) == "p1"


def test_who_may_not_open_may_not_ask_and_too_little_or_too_often_is_refused(place: Place) -> None:
    ben, dot = place.member("ben"), place.member("dot", "duty worker")
    for name in ("Terry O'Keefe", "Nobody At All"):
        with pytest.raises(NotForThisRole):
            asks(place, ben, name, BORN)
    with pytest.raises(NotAnOperation):
        asks(place, dot, "Terry O'Keefe")
    for _ in range(FINDS.at_once):
        asks(place, dot, "Nobody At All", BORN)
    with pytest.raises(TooOften):
        asks(place, dot, "Terry O'Keefe", BORN)
