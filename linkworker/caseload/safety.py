"""Staying safe, and the part kept apart.

"No known risks" is itself a dated statement (PRSB Social Prescribing v1.1, Risks). What is kept
apart is in no list, search or plan: it is read on purpose, one note at a time, and the audit keeps
that it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload import audit
from linkworker.caseload.reading import rows
from linkworker.caseload.writing import (
    Subject,
    a_day,
    a_number,
    add,
    correct,
    free,
    need_person,
    needed,
    one_of,
    remove,
)
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

STATEMENT = Subject(
    "safety_statement",
    "SafetyStatement",
    "a statement about staying safe",
    {
        "kind": one_of(*values.SAFETY_KINDS),
        "words": free,
        "said_on": a_day,
        "ended_on": a_day,
        "ended_words": free,
        "from_note": free,
    },
)
APART = Subject(
    "kept_apart",
    "KeptApart",
    "what is kept apart",
    {
        "note_id": free,
        "ordinal": a_number(0, 100_000),
        "words": needed,
        "happened_on": a_day,
        "told": free,
    },
    once=True,
)


@dataclass(frozen=True)
class SafetyStatement:
    """A risk, what helps, or that no risks are known: on which day, and until when it stood."""

    statement_id: str
    kind: str
    words: str
    said_on: date | None
    ended_on: date | None
    ended_words: str
    from_note: str

    @property
    def stands(self) -> bool:
        """Whether it still stands."""
        return self.ended_on is None


@dataclass(frozen=True)
class KeptApart:
    """What was kept apart, read on purpose."""

    apart_id: str
    note_id: str
    words: str
    happened_on: date | None
    told: str


def statements(tx: ReadTx, person_id: str) -> list[SafetyStatement]:
    """Return what was said about staying safe: what stands first, the latest first."""
    sql = """SELECT id, kind, words, said_on, ended_on, ended_words, from_note
        FROM safety_statement WHERE person_id = ? AND hidden_at IS NULL
        ORDER BY ended_on IS NOT NULL, said_on DESC, recorded_at DESC, id DESC"""
    return rows(tx, SafetyStatement, sql, (person_id,))


def add_statement(tx: WriteTx, person_id: str, kind: str, words: str = "", **said: Any) -> str:
    """Add a risk, what helps, or "no known risks" (no words needed), said today if no day is given.

    A risk ends an earlier "no known risks", and that ends the risks that stood. Returns its id.
    """
    if kind != "no known risks":
        needed(words, "statement about staying safe")
    said.setdefault("said_on", tx.today)
    added = add(tx, STATEMENT, person_id, {"kind": kind, "words": words, **said})
    opposite = {"risk": "no known risks", "no known risks": "risk"}.get(kind)
    sql = """SELECT id FROM safety_statement
        WHERE person_id = ? AND kind = ? AND ended_on IS NULL AND hidden_at IS NULL ORDER BY id"""
    for (statement_id,) in tx.rows(sql, (person_id, opposite)) if opposite else ():
        end_statement(tx, statement_id, on=said["said_on"])
    return added


def correct_statement(tx: WriteTx, statement_id: str, **said: Any) -> None:
    """Correct a statement."""
    correct(tx, STATEMENT, statement_id, said)


def end_statement(
    tx: WriteTx, statement_id: str, *, on: date | None = None, words: str = ""
) -> None:
    """Say since when it no longer stands, and why."""
    correct(tx, STATEMENT, statement_id, {"ended_on": on or tx.today, "ended_words": words})


def remove_statement(tx: WriteTx, statement_id: str) -> None:
    """Take a statement away that was written by mistake."""
    remove(tx, STATEMENT, statement_id)


def keep_apart(tx: WriteTx, person_id: str, words: str, **said: Any) -> str:
    """Keep words apart from the record; return the id of the part.

    `said`: note_id and ordinal (the note and the line it stood in), happened_on, told (whom, when).
    """
    return add(tx, APART, person_id, {"words": words, **said})


def is_kept_apart(tx: ReadTx, person_id: str) -> bool:
    """Say whether anything is kept apart about somebody, not what."""
    sql = "SELECT 1 FROM kept_apart WHERE person_id = ? AND hidden_at IS NULL LIMIT 1"
    return tx.value(sql, (person_id,)) is not None


def open_kept_apart(
    tx: WriteTx, person_id: str, *, note_id: str = "", reason: str = ""
) -> list[KeptApart]:
    """Return what is kept apart, of one note if named, and keep in the audit that it was read.

    The one way to these words: nothing else reads them, and reading them is an act of its own.
    """
    need_person(tx, person_id)
    sql = """SELECT id, note_id, words, happened_on, told FROM kept_apart
        WHERE person_id = ?1 AND hidden_at IS NULL AND (?2 = '' OR note_id = ?2)
        ORDER BY happened_on, recorded_at, ordinal, id"""
    found = rows(tx, KeptApart, sql, (person_id, note_id))
    if found:
        audit.record(tx, "read kept apart", person_id, reason=reason)
    return found
