"""One timeline of a person: whatever happened, in one order, the latest first.

Ordered by when it happened, then when it was written down, then id. A page is read at a time, and
the next page begins after the last entry of the one before, so that a line that arrives meanwhile
moves nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from linkworker.caseload.entered_twice import records_of
from linkworker.caseload.organisations import of_others
from linkworker.caseload.reading import rows
from linkworker.caseload.sending import not_sent_yet
from linkworker.clock import from_text, local_day

if TYPE_CHECKING:
    from linkworker.store import ReadTx

PAGE = 60
"""Entries in one page: more than the tallest screen shows."""

KINDS = ("contact", "note", "support", "whereabouts", "connection", "appointment", "kept apart")
"""What an entry can be. A note without a contact is a "note"."""


@dataclass(frozen=True)
class Mark:
    """One marked line of a note, and the record that it became."""

    note_id: str
    ordinal: int
    kind: str
    words: str
    target: str
    target_id: str


@dataclass(frozen=True)
class Entry:
    """One thing that happened."""

    kind: str
    row_id: str
    """The contact, note, event or whereabouts; the note or part itself for what is kept apart."""
    happened: str
    """An instant, or a day where no time is known, as it is stored."""
    recorded: str
    who: str
    """The worker who was there or wrote it, "" if it is the one whose laptop this is."""
    head: str
    """How it was: "home visit", "stepped back", "in hospital", the name of a connection."""
    outcome: str
    """What came of it: "met", "no answer", a stage of a connection."""
    minutes: int | None
    place: str
    words: str
    """The note's story, or the words of the event."""
    note_id: str
    corrects: str
    """The id of the note that this one corrects."""
    corrected: bool
    """Whether a later note corrects it."""
    kept_apart: bool
    """Whether a part of it is kept apart; it is opened on purpose only."""
    marks: tuple[Mark, ...] = ()
    not_sent: bool = False
    """Whether the team's hub does not hold it yet; never where this laptop is in no team."""

    record: str = ""
    """The record on which it stands, where the person has several."""
    organisation: str = ""
    """What the organisation is called whose note or contact it is; "" where it is our own."""

    @property
    def day(self) -> date | None:
        """The day at home on which it happened."""
        if not self.happened:
            return None
        if "T" in self.happened:
            return local_day(from_text(self.happened))
        return date.fromisoformat(self.happened)

    @property
    def at(self) -> datetime | None:
        """The instant at which it happened, where a time is known."""
        return from_text(self.happened) if "T" in self.happened else None


_WHO = "CASE WHEN {worker} = ?2 THEN '' ELSE coalesce(w.name, '') END"
_CORRECTED = """EXISTS (SELECT 1 FROM note later WHERE later.corrects = n.id
    AND later.hidden_at IS NULL)"""
_APART = """EXISTS (SELECT 1 FROM kept_apart ka WHERE ka.note_id = n.id AND n.id <> ''
    AND ka.person_id = ?1 AND ka.hidden_at IS NULL)"""

_LATEST = """(happened, recorded, id) < (?3, ?4, ?5)
    ORDER BY happened DESC, recorded DESC, id DESC LIMIT ?6"""
"""What each part of the page gives at most: so that a page touches its own rows, not ten years."""

_STORIES = """SELECT x.rowid FROM note x WHERE x.person_id = ?1 AND x.hidden_at IS NULL AND (
    x.contact_id IS NULL OR x.corrects IS NOT NULL
    OR x.contact_id NOT IN (SELECT id FROM contact INDEXED BY contact_by_day
        WHERE person_id = ?1 AND hidden_at IS NULL)
    OR EXISTS (SELECT 1 FROM note y WHERE y.person_id = ?1 AND y.hidden_at IS NULL
        AND y.contact_id = x.contact_id AND y.corrects IS NULL AND y.rowid < x.rowid))"""
"""Notes that no contact shows: written without one, corrections, and second notes. Answered from
the indexes alone."""

ENTRIES = f"""
SELECT 'contact' AS kind, c.id AS id, c.happened AS happened, c.recorded AS recorded,
    {_WHO.format(worker="c.worker_id")}, c.how, c.outcome, c.minutes,
    c.place, coalesce(n.words, ''), coalesce(n.id, ''), coalesce(n.corrects, ''), {_CORRECTED},
    {_APART}
FROM (SELECT id, happened_at AS happened, recorded_at AS recorded, worker_id, how, outcome,
        minutes, place
    FROM contact WHERE person_id = ?1 AND hidden_at IS NULL AND happened_at IS NOT NULL
    AND (happened_at, recorded_at, id) < (?3, ?4, ?5)
    ORDER BY happened_at DESC, recorded_at DESC, id DESC LIMIT ?6) c
LEFT JOIN note n ON n.rowid = (SELECT min(y.rowid) FROM note y WHERE y.person_id = ?1
    AND y.contact_id = c.id AND y.hidden_at IS NULL AND y.corrects IS NULL)
LEFT JOIN worker w ON w.id = c.worker_id
UNION ALL
SELECT 'contact', c.id, '', c.recorded_at, {_WHO.format(worker="c.worker_id")}, c.how, c.outcome,
    c.minutes, c.place, coalesce(n.words, ''), coalesce(n.id, ''), '', {_CORRECTED}, {_APART}
FROM contact c LEFT JOIN note n ON n.rowid = (SELECT min(y.rowid) FROM note y
    WHERE y.person_id = ?1 AND y.contact_id = c.id AND y.hidden_at IS NULL AND y.corrects IS NULL)
LEFT JOIN worker w ON w.id = c.worker_id
WHERE c.person_id = ?1 AND c.hidden_at IS NULL AND c.happened_at IS NULL
UNION ALL
SELECT 'note', n.id, coalesce(n.happened_at, ''), n.recorded_at,
    {_WHO.format(worker="n.recorded_by")}, '', '', NULL, '', n.words, n.id,
    coalesce(n.corrects, ''), {_CORRECTED}, {_APART}
FROM note n LEFT JOIN worker w ON w.id = n.recorded_by WHERE n.rowid IN ({_STORIES})
UNION ALL
SELECT 'support', e.id, coalesce(e."on", ''), e.recorded_at,
    {_WHO.format(worker="sp.worker_id")}, e.kind, coalesce(e.level, ''), NULL, e.reason,
    e.own_words, '', '', 0, 0
FROM support_event e JOIN support_period sp ON sp.id = e.period_id AND sp.hidden_at IS NULL
LEFT JOIN worker w ON w.id = sp.worker_id
WHERE e.person_id = ?1 AND e.hidden_at IS NULL
UNION ALL
SELECT 'whereabouts', x.id, coalesce(x.since, ''), x.recorded_at, '', x.kind,
    coalesce(x.until, ''), NULL, '', x.remark, '', '', 0, 0
FROM whereabouts x WHERE x.person_id = ?1 AND x.hidden_at IS NULL
UNION ALL
SELECT 'connection', e.id, coalesce(e."on", ''), e.recorded_at, '', c.name, e.stage, NULL, '',
    e.words, e.from_note, '', 0, 0
FROM connection_event e JOIN connection c ON c.id = e.connection_id AND c.hidden_at IS NULL
WHERE e.person_id = ?1 AND e.hidden_at IS NULL AND e.from_note = ''
UNION ALL
SELECT 'appointment', a.id, substr(a.at, 1, 10), a.recorded_at,
    {_WHO.format(worker="a.worker_id")}, a.kind, a.state, NULL, '', a.state_words, '', '', 0, 0
FROM appointment a LEFT JOIN worker w ON w.id = a.worker_id
WHERE a.person_id = ?1 AND a.state = 'called off' AND a.hidden_at IS NULL
UNION ALL
SELECT 'kept apart', k.id, coalesce(k.happened_on, ''), k.recorded_at, '', '', '', NULL, '', '',
    k.note_id, '', 0, 1
FROM kept_apart k WHERE k.person_id = ?1 AND k.hidden_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM note n WHERE n.id = k.note_id AND n.hidden_at IS NULL)
"""

_PAGE = f"SELECT * FROM ({ENTRIES}) WHERE {_LATEST}"
_FROM_THE_TOP = ("~", "~", "~")
"""Later than any day, instant or id, as they are spelled."""


def timeline(
    tx: ReadTx, person_id: str, *, after: Entry | None = None, limit: int = PAGE
) -> list[Entry]:
    """Return one page of a person's timeline, the latest first, with the marks of its notes.

    Of somebody who has several records it is one timeline of all of them.

    `after` is the last entry of the page before. An empty list is the end.
    """
    start = (after.happened, after.recorded, after.row_id) if after else _FROM_THE_TOP
    records = records_of(tx, person_id)
    found = [
        replace(one, record=record) if len(records) > 1 else one
        for record in records
        for one in rows(tx, Entry, _PAGE, (record, tx.worker_id, *start, limit))
    ]
    if len(records) > 1:
        found.sort(key=lambda one: (one.happened, one.recorded, one.row_id), reverse=True)
        found = found[:limit]
    return _with_marks(tx, _told_if_not_sent(tx, _told_whose(tx, found)))


_TABLES = {
    "contact": "contact",
    "note": "note",
    "support": "support_event",
    "whereabouts": "whereabouts",
    "connection": "connection_event",
    "appointment": "appointment",
    "kept apart": "kept_apart",
}
"""By the kind of an entry, the table of which it is a row."""


def _told_whose(tx: ReadTx, found: list[Entry]) -> list[Entry]:
    """Return the entries, those of another organisation with its name."""
    theirs = of_others(tx, [one.row_id for one in found])
    if not theirs:
        return found
    return [replace(one, organisation=theirs.get(one.row_id, "")) for one in found]


def _told_if_not_sent(tx: ReadTx, found: list[Entry]) -> list[Entry]:
    """Return the entries, those marked of which anything is not sent yet: its note too."""
    waits = not_sent_yet(tx, [record for one in found for record in _records(one)])
    if not waits:
        return found
    return [
        replace(one, not_sent=True) if waits.intersection(_records(one)) else one for one in found
    ]


def _records(one: Entry) -> tuple[tuple[str, str], ...]:
    own = (_TABLES[one.kind], one.row_id)
    return (own, ("note", one.note_id)) if one.kind == "contact" and one.note_id else (own,)


def _with_marks(tx: ReadTx, found: list[Entry]) -> list[Entry]:
    wanted = json.dumps([one.note_id for one in found if one.note_id])
    marks: dict[str, list[Mark]] = {}
    sql = """SELECT note_id, ordinal, kind, words, target, target_id FROM note_mark
        WHERE note_id IN (SELECT value FROM json_each(?)) AND hidden_at IS NULL
        ORDER BY note_id, ordinal"""
    for mark in rows(tx, Mark, sql, (wanted,)):
        marks.setdefault(mark.note_id, []).append(mark)
    if not marks:
        return found
    return [
        replace(one, marks=tuple(marks[one.note_id]))
        if one.note_id in marks and one.kind in ("contact", "note")
        else one
        for one in found
    ]
