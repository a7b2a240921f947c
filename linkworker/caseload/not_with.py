"""Who is not to be brought together with somebody: it blocks suggestions, and nothing says so.

It stands in the record of whoever it was said of, and nowhere else: the other's page has nothing of
it, and the team's scope neither. Somebody who has no record here is named; every word of the name
counts, so that a first name alone blocks all who are called so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linkworker.caseload.people import named
from linkworker.caseload.writing import (
    NotSuch,
    Subject,
    add,
    correct,
    free,
    need_person,
    needed,
    remove,
)

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

NOT_WITH = Subject(
    "not_with",
    "NotWith",
    "who they are not to be with",
    {"other_person_id": free, "name": free, "words": free},
)
ELSEWHERE = "Somebody who is not on this laptop any more"


@dataclass(frozen=True)
class NotWith:
    """Somebody whom a person is not to be brought together with."""

    row_id: str
    other_person_id: str
    name: str
    words: str
    """Why, if it was said."""


def not_with(tx: ReadTx, person_id: str) -> list[NotWith]:
    """Return whom somebody is not to be brought together with, as their own record says."""
    sql = """SELECT id, other_person_id, name, words FROM not_with
        WHERE person_id = ? AND hidden_at IS NULL ORDER BY recorded_at, id"""
    found = []
    for row_id, other, name, words in tx.rows(sql, (person_id,)):
        who = named(tx, other) if other else None
        said = who.name if who is not None else name or ELSEWHERE
        found.append(NotWith(row_id, other, said, words))
    return found


def add_not_with(
    tx: WriteTx, person_id: str, *, other_person_id: str = "", name: str = "", words: str = ""
) -> str:
    """Say that two are not to be brought together; return the row's id.

    `other_person_id` names somebody who has a record here, `name` somebody who has none.
    """
    if other_person_id:
        need_person(tx, other_person_id)
        if other_person_id == person_id:
            raise NotSuch("It was not kept.", "It is the same person.", "Choose somebody else.")
        name = ""
    else:
        needed(name, "name")
    said = {"other_person_id": other_person_id, "name": name, "words": words}
    return add(tx, NOT_WITH, person_id, said)


def correct_not_with(tx: WriteTx, row_id: str, **said: str) -> None:
    """Correct why, or the name of somebody who has no record here."""
    there = tx.value("SELECT other_person_id FROM not_with WHERE id = ?", (row_id,))
    if there:
        said.pop("name", None)
    elif "name" in said:
        needed(said["name"], "name")
    correct(tx, NOT_WITH, row_id, said)


def remove_not_with(tx: WriteTx, row_id: str) -> None:
    """Take it away: they may be suggested again."""
    remove(tx, NOT_WITH, row_id)
