"""Two who are kept apart: who is meant by a name that a coordinator types herself."""

from __future__ import annotations

import pytest

from linkworker.caseload import not_with, people
from linkworker.caseload.apart import means_one, not_to_meet
from linkworker.caseload.entered_twice import join
from linkworker.store import Store


@pytest.fixture
def dean(store: Store, terry: str) -> str:
    """Dean, who is not to be with Terry, nor with somebody by the name of Kelly Oakes."""
    with store.write("Dean") as tx:
        dean = people.add_person(tx, called="Dean", family="Hall")
        not_with.add_not_with(tx, dean, other_person_id=terry, words="owes him")
        not_with.add_not_with(tx, dean, name="Kelly Oakes")
    return dean


def meant(store: Store, whose: str, name: str, *, a_person: bool = True) -> bool:
    with store.read() as tx:
        return means_one(tx, whose, name, a_person=a_person)


@pytest.mark.parametrize(
    ("name", "a_person", "is_meant"),
    [
        ("Terry Beasley", True, True),
        ("beasley, terry", True, True),
        ("Terry", True, True),
        ("Mr Beasley", True, True),
        ("T. Beasley", True, True),
        ("Terry Beasley's shed", False, True),
        ("kelly oakes", True, True),
        ("Kelly", True, True),
        ("Terry Smith", True, False),
        ("Terry", False, False),
        ("Kelly's Gym", False, False),
        ("Pat", True, False),
        ("", True, False),
    ],
)
def test_whoever_is_named_is_seen_and_a_group_by_chance_is_not(
    store: Store, dean: str, name: str, a_person: bool, is_meant: bool
) -> None:
    assert meant(store, dean, name, a_person=a_person) is is_meant


def test_it_is_so_for_both_whichever_page_says_it(store: Store, terry: str, dean: str) -> None:
    assert meant(store, terry, "Dean Hall")
    assert not meant(store, terry, "Kelly Oakes")


def test_nobody_is_apart_from_themselves_and_a_second_record_of_somebody_is_them(
    store: Store, terry: str, dean: str
) -> None:
    with store.write("once more") as tx:
        again = people.add_person(tx, called="Tel", family="Beasley")
        join(tx, terry, again)
    assert meant(store, dean, "Tel Beasley")
    assert not meant(store, dean, "Dean Hall")
    assert not meant(store, terry, "Tel Beasley")


def test_nothing_is_looked_for_where_nobody_is_kept_apart(store: Store, terry: str) -> None:
    with store.read() as tx:
        assert not_to_meet(tx, terry) == ()
