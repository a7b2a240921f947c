"""The people: the caseload as a list, and who somebody is.

Nothing but an id is needed to help somebody. What they like to be called is shown everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from linkworker import schema
from linkworker.caseload import offers
from linkworker.caseload.entered_twice import groups
from linkworker.caseload.reading import (
    AWAY,
    LAST_MET,
    LEVEL,
    NAME,
    ONLY_INTRODUCED,
    STANDING,
    Named,
    first,
    rows,
)
from linkworker.caseload.writing import (
    NotFound,
    NotSuch,
    Subject,
    a_day,
    check_all,
    free,
    need_person,
    one_of,
)
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx


@dataclass(frozen=True)
class PersonInList(Named):
    """One line of the caseload."""

    other_names: str
    place: str
    died: bool
    level: int | None
    support: str
    """What last happened to their support: "began", "paused", "stepped back"; "" before it."""
    support_on: date | None
    away: str
    """One of `values.WHEREABOUTS` while they are not at home, "" else."""
    last_met: datetime | None
    next_at: str
    """Wall time of the next appointment, "2026-11-27T10:05" or a day; "" for none."""
    next_kind: str
    step_day: date | None
    """The day of the next open step that has one, whoever does it."""
    step_words: str
    step_who: str
    also: tuple[str, ...] = ()
    """What they are called on their other records (`entered_twice`), each name once."""
    records: tuple[str, ...] = ()
    """The ids of their other records."""

    @property
    def with_us(self) -> bool:
        """Whether somebody walks alongside them, if only paused."""
        return not self.died and self.support not in ("", "stepped back", "ended")

    @property
    def not_begun(self) -> bool:
        """Whether nothing says yet that support has begun: somebody imported, or just met."""
        return not self.died and not self.support


CASELOAD = f"""
SELECT {NAME}, p.other_names, p.place,
    p.died IS NOT NULL OR coalesce(w.kind, '') = 'died', {LEVEL}, se.kind, se."on", {AWAY},
    {LAST_MET},
    a.at, a.kind, st.by_day, st.words, st.who
FROM person p {STANDING}
LEFT JOIN appointment a ON a.id = (
    SELECT id FROM appointment WHERE person_id = p.id AND hidden_at IS NULL AND state = 'to come'
    AND at >= ?1 ORDER BY at, id LIMIT 1)
LEFT JOIN step st ON st.id = (
    SELECT id FROM step WHERE person_id = p.id AND hidden_at IS NULL AND state = 'open'
    AND by_day IS NOT NULL ORDER BY by_day, by_time, id LIMIT 1)
WHERE p.hidden_at IS NULL
"""
_PEOPLE = f"{CASELOAD} AND NOT {ONLY_INTRODUCED}"


def caseload(tx: ReadTx) -> list[PersonInList]:
    """Return everybody but those who are only introduced, in one select: each part by name.

    First those we walk with, then those with whom it has not begun, then the others. Who has
    several records stands there once.
    """
    found = _once_each(tx, rows(tx, PersonInList, _PEOPLE, (tx.today.isoformat(),)))
    return sorted(
        found,
        key=lambda one: (not one.with_us, not one.not_begun, one.name.casefold(), one.person_id),
    )


def _once_each(tx: ReadTx, found: list[PersonInList]) -> list[PersonInList]:
    several = groups(tx)
    if not several:
        return found
    by_id = {one.person_id: one for one in found}
    shown = []
    for one in found:
        head, *others = several.get(one.person_id, (one.person_id,))
        if head == one.person_id:
            also = (by_id[other] for other in others if other in by_id)
            names = dict.fromkeys(other.name for other in also if other.name != one.name)
            shown.append(replace(one, also=tuple(names), records=tuple(others)))
    return shown


def person_in_list(tx: ReadTx, person_id: str) -> PersonInList | None:
    """Return one line of the caseload, None where the person is not there."""
    params = (tx.today.isoformat(), person_id)
    return first(tx, PersonInList, CASELOAD + " AND p.id = ?2", params)


@dataclass(frozen=True)
class PersonDetails(Named):
    """Who somebody is, every field as written."""

    title: str
    suffix: str
    other_names: str
    pronouns: str
    born: date | None
    born_precision: str
    died: date | None
    nhs_number: str
    gender: str
    sex: str
    ethnic_category: str
    religion: str
    marital_status: str
    place: str
    language: str
    dialect: str
    interpreter: str
    interpreter_wishes: str
    communication_support: str
    communication_professional: str
    contact_method: str
    information_format: str
    adjustments: str
    carer: str
    gp_practice: str
    gp_practice_code: str
    employment: str
    """Work or study, as said."""


_DETAILS = [name for name in PersonDetails.__dataclass_fields__ if name != "person_id"]


def details(tx: ReadTx, person_id: str) -> PersonDetails | None:
    """Return who somebody is, None where the person is not there."""
    columns = ", ".join(f"p.{name}" for name in _DETAILS)
    sql = f"SELECT p.id, {columns} FROM person p WHERE p.id = ? AND p.hidden_at IS NULL"
    return first(tx, PersonDetails, sql, (person_id,))


def named(tx: ReadTx, person_id: str) -> Named | None:
    """Return somebody by name alone, None where the person is not there."""
    sql = f"SELECT {NAME} FROM person p WHERE p.id = ? AND p.hidden_at IS NULL"
    return first(tx, Named, sql, (person_id,))


def worker_name(tx: ReadTx, worker_id: str = "") -> str:
    """Return a worker's name, that of whose laptop this is if none is named; "" if not known."""
    sql = "SELECT name FROM worker WHERE id = ? AND hidden_at IS NULL"
    return str(tx.value(sql, (worker_id or tx.worker_id,)) or "")


def find_by_id(tx: ReadTx, start: str) -> str:
    """Return the id of the one person whose id is `start`, or begins with it, or refuse."""
    found = tx.rows(
        """SELECT id FROM person WHERE substr(id, 1, length(?1)) = ?1 AND hidden_at IS NULL
        ORDER BY id <> ?1 LIMIT 2""",
        (start,),
    )
    if not start or not found:
        raise NotFound(
            "Nobody was chosen.",
            "No person has an id that begins so.",
            "List the people with their ids, and use the first letters of one.",
        )
    if len(found) > 1 and found[0][0] != start:
        raise NotFound(
            "Nobody was chosen.",
            "More than one person has an id that begins so.",
            "Use more letters of the id.",
        )
    return str(found[0][0])


def _nhs_number(value: Any, what: str) -> str:
    """Take an NHS number whose check digit fits, spaced or not, or none."""
    from linkworker.rules import numbers

    read = numbers.nhs_number(free(value, what))
    if read.standing == "wrong":
        raise NotSuch("The NHS number was not kept.", read.why, "Look at the letter or card again.")
    return read.value


PERSON = Subject(
    table="person",
    model="Person",
    said="a person",
    fields=dict.fromkeys(_DETAILS, free)
    | {
        "born": a_day,
        "born_precision": one_of(*values.PRECISIONS),
        "died": a_day,
        "nhs_number": _nhs_number,
    },
)


def add_person(tx: WriteTx, **said: Any) -> str:
    """Add somebody and return their id. Every field of `PersonDetails` may be given, none must.

    Nobody walks alongside them yet: `support.begin` says that.
    """
    kept = check_all(PERSON, said)
    _not_to_come(tx, kept)
    return str(tx.add(schema.Person(**kept)).id)


def change_person(tx: WriteTx, person_id: str, **said: Any) -> None:
    """Change what is written of who somebody is; each field by its name in `PersonDetails`.

    A death is not written here but with `support.record_whereabouts`, which knows its day.
    """
    need_person(tx, person_id)
    kept = check_all(PERSON, said)
    _not_to_come(tx, kept)
    if kept:
        tx.change(schema.Person, person_id, **kept)


def remove_person(tx: WriteTx, person_id: str) -> None:
    """Take away somebody who was added by mistake; undo brings them back with all they had."""
    need_person(tx, person_id)
    offers.withdraw_all(tx, person_id)
    tx.hide(schema.Person, person_id)


def _not_to_come(tx: ReadTx, kept: dict[str, Any]) -> None:
    for name, said in (("born", "The birthday"), ("died", "The day of death")):
        if kept.get(name) and kept[name] > tx.today:
            raise NotSuch(f"{said} was not kept.", "It is a day to come.", "Look at the year.")
