"""The facts of a contact, put right after the fact: when, how, how long, where, what came of it.

Contacts are written with their notes, in `notes`. The words of a note are never changed: a
correction is a note of its own.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from linkworker.caseload.writing import (
    NotSuch,
    Subject,
    a_number,
    correct,
    free,
    one_of,
    some_of,
)
from linkworker.clock import from_text, local_day
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx


def an_instant(value: Any, what: str) -> datetime:
    """Take an aware instant."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise NotSuch(f"The {what} was not kept.", "It is no day and time.", "Say when it was.")
    return value


CONTACT = Subject(
    "contact",
    "Contact",
    "a contact",
    {
        "happened_at": an_instant,
        "minutes": a_number(0, 24 * 60),
        "how": one_of(*values.CONTACT_WAYS),
        "place": free,
        "who_there": some_of(),
        "outcome": one_of(*values.OUTCOMES),
        "interpreter": free,
    },
)


def correct_contact(tx: WriteTx, contact_id: str, **said: Any) -> None:
    """Put the facts of a contact right; a day to come is refused."""
    if said.get("happened_at") and said["happened_at"] > tx.now:
        raise NotSuch("The day was not kept.", "It has not come yet.", "Look at the day and time.")
    correct(tx, CONTACT, contact_id, said)


@dataclass(frozen=True)
class Logged:
    """A contact that was logged and has no note yet."""

    contact_id: str
    happened_at: datetime
    minutes: int | None
    how: str
    place: str
    who_there: tuple[str, ...]
    outcome: str
    interpreter: str


def logged_today(tx: ReadTx, person_id: str) -> Logged | None:
    """Return my own last contact of today that has no note, for one to be about; None for none."""
    sql = """SELECT id FROM contact c WHERE person_id = ?1 AND worker_id = ?2
        AND hidden_at IS NULL AND happened_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM note n WHERE n.contact_id = c.id AND n.hidden_at IS NULL)
        ORDER BY happened_at DESC, id DESC LIMIT 1"""
    found = logged(tx, str(tx.value(sql, (person_id, tx.worker_id)) or ""))
    if found is None or local_day(found.happened_at) != tx.today:
        return None
    return found


def logged(tx: ReadTx, contact_id: str) -> Logged | None:
    """Return the facts of a contact, for a note to be about it; None where it is not there."""
    sql = """SELECT id, happened_at, minutes, how, place, who_there, outcome, interpreter
        FROM contact WHERE id = ? AND hidden_at IS NULL AND happened_at IS NOT NULL"""
    row = tx.one(sql, (contact_id,))
    if row is None:
        return None
    found, happened, minutes, how, place, there, outcome, interpreter = row
    who = tuple(json.loads(there or "[]"))
    return Logged(found, from_text(happened), minutes, how, place, who, outcome, interpreter)


def of_occasion(tx: ReadTx, contact_id: str) -> tuple[str, dict[str, str]] | None:
    """Return the occasion of a contact, and the contact of each who was met then, by person.

    None where the contact is not there (any more).
    """
    row = tx.one(
        "SELECT occasion_id, person_id FROM contact WHERE id = ? AND hidden_at IS NULL",
        (contact_id,),
    )
    if row is None:
        return None
    occasion_id, person_id = str(row[0]), str(row[1])
    sql = """SELECT person_id, id FROM contact WHERE occasion_id = ? AND occasion_id <> ''
        AND hidden_at IS NULL ORDER BY id DESC"""
    together = {str(person): str(one) for person, one in tx.rows(sql, (occasion_id,))}
    return occasion_id, together | {person_id: contact_id}


def deaths(tx: ReadTx, people: Collection[str]) -> dict[str, date]:
    """Return the day of death of each of `people` who has died, as far as it is known."""
    sql = """SELECT p.id, coalesce(p.died, (SELECT max(since) FROM whereabouts
            WHERE person_id = p.id AND kind = 'died' AND hidden_at IS NULL)) AS died
        FROM json_each(?) one JOIN person p ON p.id = one.value AND p.hidden_at IS NULL
        WHERE died IS NOT NULL"""
    found = tx.rows(sql, (json.dumps(list(people)),))
    return {str(person): date.fromisoformat(day) for person, day in found}
