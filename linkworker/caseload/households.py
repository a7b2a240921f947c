"""Who lives with whom, as far as they have records here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linkworker.caseload.reading import NAME, Named, rows
from linkworker.caseload.writing import (
    NotSuch,
    Subject,
    a_day,
    add,
    correct,
    free,
    need_person,
    needed,
    remove,
)

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

HOUSEHOLD = Subject(
    "household_member",
    "HouseholdMember",
    "a household",
    {"household_id": needed, "called": free, "place": free, "until": a_day},
)


@dataclass(frozen=True)
class HouseholdMember(Named):
    """Somebody who lives in the same household and has a record of their own."""

    member_id: str
    household_id: str
    household: str
    place: str


def household(tx: ReadTx, person_id: str) -> list[HouseholdMember]:
    """Return who lives with somebody, as far as they have records here; not the person."""
    sql = f"""SELECT {NAME}, other.id, other.household_id, other.called, other.place
        FROM household_member mine
        JOIN household_member other ON other.household_id = mine.household_id
            AND other.person_id <> mine.person_id AND other.hidden_at IS NULL
        JOIN person p ON p.id = other.person_id AND p.hidden_at IS NULL
        WHERE mine.person_id = ?1 AND mine.hidden_at IS NULL
            AND coalesce(mine.until, '9') >= ?2 AND coalesce(other.until, '9') >= ?2
        ORDER BY p.born, p.id"""
    return rows(tx, HouseholdMember, sql, (person_id, tx.today.isoformat()))


def live_together(
    tx: WriteTx,
    person_id: str,
    other_id: str,
    *,
    called: str = "",
    place: str = "",
    other_place: str = "",
) -> str:
    """Say that two people live together; return the household's id.

    Somebody who has a household already brings the other into it. `called` is what the household
    is called, `place` and `other_place` what each of the two is in it.
    """
    need_person(tx, person_id)
    need_person(tx, other_id)
    if person_id == other_id:
        raise NotSuch("No household was made.", "It is the same person.", "Choose somebody else.")
    homes = [_household_of(tx, one) for one in (person_id, other_id)]
    if homes[0] and homes[1] and homes[0] != homes[1]:
        raise NotSuch(
            "No household was made.",
            "Each of the two has a household already.",
            "End one of them first.",
        )
    household_id = homes[0] or homes[1] or tx.new_id()
    for one, home, said in zip((person_id, other_id), homes, (place, other_place), strict=True):
        if not home:
            add(
                tx,
                HOUSEHOLD,
                one,
                {"household_id": household_id, "called": called, "place": said},
            )
    return household_id


def correct_member(tx: WriteTx, member_id: str, **said: Any) -> None:
    """Correct what somebody is in a household, or say until when they lived there."""
    correct(tx, HOUSEHOLD, member_id, said)


def remove_member(tx: WriteTx, member_id: str) -> None:
    """Take somebody out of a household they never lived in."""
    remove(tx, HOUSEHOLD, member_id)


def _household_of(tx: ReadTx, person_id: str) -> str:
    sql = """SELECT household_id FROM household_member WHERE person_id = ?1 AND hidden_at IS NULL
        AND coalesce(until, '9') >= ?2 ORDER BY recorded_at DESC, id DESC LIMIT 1"""
    return tx.value(sql, (person_id, tx.today.isoformat())) or ""
