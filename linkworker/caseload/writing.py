"""What every writing function shares: what a field may hold, and adding, correcting, removing.

A subject says once which of its fields may be written and what each may hold; adding and
correcting both keep to it. Nothing is ever deleted: to remove is to hide, and undo brings it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from linkworker import schema
from linkworker.caseload.field_words import said
from linkworker.clock import from_text
from linkworker.refusal import Refused
from linkworker.text import clean

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

Check = Callable[[Any, str], Any]
"""Takes a value and what it is called, returns it as it is stored, or refuses."""


class NothingSaid(Refused):
    """Words are needed and none came."""


class NotOnTheList(Refused):
    """A word that is not one of those its list holds."""


class NotSuch(Refused):
    """A value of the wrong kind or out of bounds: not a day, not a number from 1 to 10."""


class NotFound(Refused):
    """The row is not there, or was removed."""


@dataclass(frozen=True)
class Subject:
    """One kind of record: its table, what it is called, and what its fields may hold."""

    table: str
    model: str
    said: str
    """In a sentence: "a strength"."""
    fields: Mapping[str, Check]
    once: bool = False
    """Its rows never change: a correction removes one and adds the next, in one act."""


def free(value: Any, what: str) -> str:
    """Take any text, also none."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotSuch(f"The {what} was not kept.", "It is not text.", "Write it as text.")
    return value


def needed(value: Any, what: str) -> str:
    """Take text that says something."""
    words = free(value, what)
    if not clean(words).strip():
        raise NothingSaid(f"The {what} was not kept.", "There are no words in it.", "Write a few.")
    return words


def one_of(*allowed: str) -> Check:
    """Return a check for a word of a value list."""

    def check(value: Any, what: str) -> str:
        if value not in allowed:
            listed = ", ".join(one or "nothing" for one in allowed)
            raise NotOnTheList(
                f"The {what} was not kept.", "It is not on its list.", f"Use one of: {listed}."
            )
        return str(value)

    return check


def a_day(value: Any, what: str) -> date | None:
    """Take a day, or none."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise NotSuch(f"The {what} was not kept.", "It is not a day.", "Give a day, or leave it out.")


def a_number(least: int, most: int) -> Check:
    """Return a check for a whole number within bounds, or none."""

    def check(value: Any, what: str) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise NotSuch(
                f"The {what} was not kept.",
                f"It is not a whole number from {least} to {most}.",
                f"Use a number from {least} to {most}, or leave it out.",
            )
        return value

    return check


def yes_or_no(value: Any, what: str) -> bool:
    """Take yes or no."""
    if not isinstance(value, bool):
        raise NotSuch(f"The {what} was not kept.", "It is neither yes nor no.", "Say which.")
    return value


def some_of(*allowed: str) -> Check:
    """Return a check for a short list of words, all from `allowed`, or any if that is empty."""

    def check(value: Any, what: str) -> list[str]:
        if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
            raise NotSuch(f"The {what} was not kept.", "It is not a list.", "Give a list of words.")
        if allowed:
            for one in value:
                one_of(*allowed)(one, what)
        return list(value)

    return check


def an_id(value: Any, what: str) -> str | None:
    """Take the id of another row, or none."""
    return free(value, what) or None


def a_clock_time(value: Any, what: str) -> str:
    """Take a wall time "09:30", or none."""
    text = free(value, what)
    if text:
        hours, colon, minutes = text.partition(":")
        good = colon and len(hours) == len(minutes) == 2 and (hours + minutes).isdecimal()
        if not good or not (int(hours) < 24 and int(minutes) < 60):
            raise NotSuch(f"The {what} was not kept.", "It is not a time.", "Write it as 09:30.")
    return text


class NotHere(NotFound):
    """The person is not in these records, or not any more."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was written.",
            "This person is not on this laptop: they were handed over, a cover ended, or adding "
            "them was taken back.",
            "Look whether they are in your list of people.",
        )


def check_all(subject: Subject, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` as they are stored; refuse the first that its field may not hold."""
    kept = {}
    for name, value in values.items():
        if name not in subject.fields:
            raise NotSuch(
                f"{subject.said[0].upper()}{subject.said[1:]} was not kept.",
                "It has no such field.",
                "Use one of: " + ", ".join(sorted(subject.fields)) + ".",
            )
        kept[name] = subject.fields[name](value, said(name))
    return kept


def need_person(tx: ReadTx, person_id: str) -> None:
    """Refuse unless the person is there."""
    if tx.value("SELECT 1 FROM person WHERE id = ? AND hidden_at IS NULL", (person_id,)) is None:
        raise NotHere


def need_row(tx: ReadTx, subject: Subject, row_id: str) -> str:
    """Return whose row it is (its person's id); refuse one that is not there."""
    found = tx.value(
        f"SELECT person_id FROM {subject.table} WHERE id = ? AND hidden_at IS NULL", (row_id,)
    )
    if found is None:
        raise NotFound(
            f"Nothing was changed about {subject.said}.",
            "It is not there: it was removed, or never was.",
            "Look at the person again and choose from what stands there.",
        )
    return str(found)


def need_of_person(tx: ReadTx, subject: Subject, row_id: str | None, person_id: str) -> None:
    """Refuse a row that belongs to somebody else's record."""
    if row_id and need_row(tx, subject, row_id) != person_id:
        raise NotFound(
            "Nothing was written.",
            f"It names {subject.said} of somebody else's record.",
            "Choose one of the same person.",
        )


def add(tx: WriteTx, subject: Subject, person_id: str, values: Mapping[str, Any]) -> str:
    """Add one row of `subject` to a person's record and return its id."""
    need_person(tx, person_id)
    kept = check_all(subject, values)
    return str(tx.add(getattr(schema, subject.model)(person_id=person_id, **kept)).id)


def correct(tx: WriteTx, subject: Subject, row_id: str, values: Mapping[str, Any]) -> str:
    """Change what was written of one row; return the id under which it now stands.

    Of a subject whose rows never change the new row keeps when the old one was written: that is
    its place among all that happened on one day. When it was put right is when the old one went.
    """
    person_id = need_row(tx, subject, row_id)
    kept = check_all(subject, values)
    model = getattr(schema, subject.model)
    if not subject.once:
        if kept:
            tx.change(model, row_id, **kept)
        return row_id
    as_it_was = _as_it_stands(tx, subject, row_id)
    written = tx.value(f"SELECT recorded_at FROM {subject.table} WHERE id = ?", (row_id,))
    tx.hide(model, row_id)
    stands = model(person_id=person_id, recorded_at=from_text(written), **(as_it_was | kept))
    return str(tx.add(stands).id)


def remove(tx: WriteTx, subject: Subject, row_id: str) -> None:
    """Take one row away; undo brings it back."""
    need_row(tx, subject, row_id)
    tx.hide(getattr(schema, subject.model), row_id)


def remove_each(tx: WriteTx, subject: Subject, row_ids: Iterable[str]) -> None:
    """Take away rows that fall with the one they hang on."""
    for row_id in row_ids:
        remove(tx, subject, row_id)


def _as_it_stands(tx: ReadTx, subject: Subject, row_id: str) -> dict[str, Any]:
    """Return the fields of a row in the kinds that its table takes."""
    names = list(subject.fields)
    columns = ", ".join(f'"{name}"' for name in names)
    row = tx.rows(f"SELECT {columns} FROM {subject.table} WHERE id = ?", (row_id,))[0]
    found = {}
    for name, value in zip(names, row, strict=True):
        check = subject.fields[name]
        if check is a_day and value:
            value = date.fromisoformat(value)
        elif check is yes_or_no:
            value = bool(value)
        found[name] = value
    return found
