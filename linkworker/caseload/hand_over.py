"""The hand-over sheet: what whoever walks with somebody next must know, the person's words first.

It is made of what stands in the record by whoever holds it, finished in their own words, and kept
as a note of the person, so that it goes where the record goes. Nothing kept apart is read for it:
whoever holds that part opens it on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from linkworker import schema
from linkworker.caseload import about, appointments, plan, safety
from linkworker.caseload.people import named
from linkworker.caseload.reading import LIVING, NAME, Named, first, rows
from linkworker.caseload.writing import need_person
from linkworker.refusal import Refused
from linkworker.rules.kept_both import in_quotes
from linkworker.rules.marks import sign_of
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_time
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.caseload.plan import Step
    from linkworker.store import ReadTx, WriteTx

KIND = "hand-over"
"""The mark of a note that is a hand-over sheet."""

PARTS = (
    ("own", "In their own words"),
    ("promised", "Promised"),
    ("slip", "Cannot slip"),
    ("coming", "Coming up"),
    ("worried", "Staying safe, and what I am worried about"),
    ("more", "What else I would tell you"),
)
"""The parts of a sheet and their headings, in the order in which they are read."""

TITLE = "Hand-over sheet"
APART = "A part is kept apart; it is not on this sheet."
DASH = "– "


class NothingToHandOver(Refused):
    """The sheet says nothing."""

    def __init__(self) -> None:
        super().__init__(
            "No sheet was kept.", "Nothing is written on it.", "Write what the next one must know."
        )


class KeptApartHere(Refused):
    """A line of the sheet asks to be kept apart, which a sheet is not."""

    def __init__(self) -> None:
        super().__init__(
            "The sheet was not kept yet.",
            "A line begins with !!, and everybody who holds the person reads this sheet.",
            "Write that line in a note: there it is kept apart.",
        )


@dataclass(frozen=True)
class Kept:
    """A sheet that was kept."""

    note_id: str
    words: str
    at: datetime | None
    who: str
    """Who wrote it, "" for whoever has it open."""


@dataclass(frozen=True)
class ToHandOver(Named):
    """Somebody of the caseload, and when a sheet was last written about them by oneself."""

    written_at: datetime | None


def drafted(tx: ReadTx, person_id: str) -> dict[str, str]:
    """Return what the record has for each of `PARTS`, by its name: lines, "" where it is none."""
    need_person(tx, person_id)
    steps = plan.open_steps(tx, person_id)
    found = {
        "own": _own_words(tx, person_id),
        "promised": [_step(one, tx) for one in steps if not one.cannot_slip],
        "slip": [_step(one, tx) for one in steps if one.cannot_slip],
        "coming": [_coming(one, tx.today) for one in appointments.to_come(tx, person_id)],
        "worried": _staying_safe(tx, person_id),
    }
    said = {name: "\n".join(f"{DASH}{line}" for line in lines) for name, lines in found.items()}
    return {**said, "more": ""}


def _own_words(tx: ReadTx, person_id: str) -> list[str]:
    visions = [
        f"{head}: {quoted}" if head else quoted
        for one in about.visions_now(tx, person_id)
        for head, quoted in in_quotes(one.words)
    ]
    heading = values.ABOUT_ME[0]
    most = [one.words for one in about.about_me(tx, person_id) if one.heading == heading][:1]
    matters = [f"{heading}: {words}" for words in most]
    strengths = [one.words for one in plan.strengths(tx, person_id)]
    good_at = [f"Strengths: {' · '.join(strengths)}"] if strengths else []
    return [_flat(line) for line in (*visions, *matters, *good_at)]


def _step(one: Step, tx: ReadTx) -> str:
    by = f", by {say_day(one.by_day, tx.today)} {one.by_time}".rstrip() if one.by_day else ""
    return _flat(f"{one.who or 'Nobody was asked'}: {one.words}{by}")


def _coming(one: appointments.Appointment, today: date) -> str:
    at = say_time(time.fromisoformat(one.time)) if one.time else ""
    what = ", ".join(part for part in (one.kind, one.about, one.place) if part)
    return _flat(f"{say_day(one.day, today)} {at}".strip() + f": {what}")


def _staying_safe(tx: ReadTx, person_id: str) -> list[str]:
    lines = []
    for one in safety.statements(tx, person_id):
        if one.stands:
            on = f" ({say_day(one.said_on, tx.today)})" if one.said_on else ""
            words = f"{one.kind}: {one.words}" if one.words else one.kind
            lines.append(_flat(f"{words[:1].upper()}{words[1:]}{on}"))
    return [*lines, APART] if safety.is_kept_apart(tx, person_id) else lines


def _flat(words: str) -> str:
    return " ".join(words.split())


def composed(parts: dict[str, str]) -> str:
    """Return a sheet as the words of a note: each part that says anything under its heading.

    Raises `NothingToHandOver`, `KeptApartHere`.
    """
    said = [(label, parts.get(name, "").strip()) for name, label in PARTS]
    held = [f"{label}\n{words}" for label, words in said if words]
    if not held:
        raise NothingToHandOver
    words = "\n\n".join(held)
    if any(sign_of(line) == "!!" for line in words.splitlines()):
        raise KeptApartHere
    return words


def keep(tx: WriteTx, person_id: str, parts: dict[str, str]) -> str:
    """Keep a sheet as a note of the person; return the note's id."""
    need_person(tx, person_id)
    words = composed(parts)
    note = str(tx.add(schema.Note(person_id=person_id, happened_at=tx.now, words=words)).id)
    tx.add(schema.NoteMark(person_id=person_id, note_id=note, ordinal=0, kind=KIND, words=TITLE))
    return note


_SHEETS = f"""SELECT n.id, n.words, n.happened_at,
    CASE WHEN n.recorded_by = ?2 THEN '' ELSE coalesce(w.name, 'a colleague') END
FROM note_mark m JOIN note n ON n.id = m.note_id AND n.hidden_at IS NULL
LEFT JOIN worker w ON w.id = n.recorded_by
WHERE m.person_id = ?1 AND m.kind = '{KIND}' AND m.hidden_at IS NULL"""

_LATEST = " ORDER BY n.recorded_at DESC, n.id DESC LIMIT 1"


def latest(tx: ReadTx, person_id: str) -> Kept | None:
    """Return the sheet that was last kept about somebody, by whomever."""
    return first(tx, Kept, _SHEETS + _LATEST, (person_id, tx.worker_id))


def to_read(tx: ReadTx, person_id: str) -> Kept | None:
    """Return the sheet by which somebody was handed over to whoever has it open.

    It is theirs to read until they have met the person themselves.
    """
    not_met = """ AND n.recorded_by <> ?2 AND NOT EXISTS (SELECT 1 FROM contact c
        WHERE c.person_id = ?1 AND c.worker_id = ?2 AND c.outcome = 'met'
        AND c.hidden_at IS NULL AND c.recorded_at > n.recorded_at)"""
    return first(tx, Kept, _SHEETS + not_met + _LATEST, (person_id, tx.worker_id))


def to_hand_over(tx: ReadTx) -> list[ToHandOver]:
    """Return everybody whom one walks with, by name, and when one last wrote a sheet."""
    sql = f"""SELECT {NAME}, (SELECT max(n.happened_at) FROM note_mark m
            JOIN note n ON n.id = m.note_id AND n.hidden_at IS NULL
            WHERE m.person_id = p.id AND m.kind = '{KIND}' AND m.hidden_at IS NULL
            AND n.recorded_by = ?)
        FROM person p WHERE {LIVING}"""
    found = rows(tx, ToHandOver, sql, (tx.worker_id,))
    return sorted(found, key=lambda one: (one.name.casefold(), one.person_id))


def sheet_words(tx: ReadTx, person_id: str) -> tuple[str, str, datetime | None]:
    """Return somebody's name and sheet: the one last kept, with when; else what one would be now.

    "" where the record has nothing for one.
    """
    need_person(tx, person_id)
    whose = named(tx, person_id)
    name = whose.name if whose is not None else ""
    kept = latest(tx, person_id)
    if kept is not None:
        return name, kept.words, kept.at
    try:
        return name, composed(drafted(tx, person_id)), None
    except NothingToHandOver:
        return name, "", None
