"""Writing a note: the contact, the note in each record, its marks, and the records they become.

One line, one record, written once, at done, and all of it in one act, so that one undo takes all
of it back. A note is never rewritten: a correction is a new note that points at the old one and
adds lines; a record that came of a note is corrected where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from linkworker import schema
from linkworker.caseload import appointments, contacts, note_correcting
from linkworker.caseload.note_known import note_known
from linkworker.caseload.note_records import Recorded, Recording, record
from linkworker.caseload.writing import NotFound, NothingSaid, need_person, one_of
from linkworker.refusal import Refused
from linkworker.rules.marks import KEPT_APART_PLACE, pasted_marks, read_note, sign_of
from linkworker.rules.note.becoming import Understanding
from linkworker.rules.note.settling import Copy, Settled, Unclear, copies, settle
from linkworker.rules.note.understanding import understand
from linkworker.schema import values
from linkworker.text import clean

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

__all__ = [
    "Facts",
    "MarkWritten",
    "NotClear",
    "NotTheirs",
    "NoteWritten",
    "UnseenCharacters",
    "correct_note",
    "note_from_a_list",
    "note_from_shell",
    "note_known",
    "write_note",
]


class NotClear(Refused):
    """Something must be answered before anything of the note may be recorded."""

    def __init__(self, settled: Settled) -> None:
        super().__init__(
            "The note was not recorded yet.",
            "It is not clear in whose record a part of it belongs.",
            "Answer what is asked beside the note; what was typed is kept.",
        )
        self.settled = settled


class UnseenCharacters(Refused):
    """Characters that nobody sees stand before the sign of what should be kept apart."""

    def __init__(self) -> None:
        super().__init__(
            "The note was not recorded yet.",
            "Characters that cannot be seen stand before the “!!” of a line, so that it would "
            "not have been kept apart.",
            "Delete the beginning of that line and type “!!” again.",
        )


class NotTheirs(Refused):
    """A correction that is not about the person in whose record the note stands."""

    def __init__(self) -> None:
        super().__init__(
            "The correction was not kept.",
            "It is not about the person in whose record the note stands.",
            "Add them to it, or write a new note about whom it is about.",
        )


@dataclass(frozen=True)
class Facts:
    """When, how and where a contact was; prefilled, and changed in two keys."""

    happened_at: datetime
    """Aware; noon at home where only the day is known."""
    minutes: int | None = None
    how: str = "home visit"
    place: str = ""
    who_there: tuple[str, ...] = ()
    outcome: str = "met"
    interpreter: str = ""
    appointment_id: str = ""
    """The appointment that this was, "" for none."""
    contact_id: str = ""
    """The contact that is logged already, of the first whom the note is about; "" for a new one."""


@dataclass(frozen=True)
class MarkWritten:
    """One marked line as it was recorded."""

    person_id: str
    kind: str
    words: str
    """What the record says; of a line kept apart only that there is one."""
    target: str
    """The table of the record that it became or changed."""
    target_id: str
    line: int


@dataclass(frozen=True)
class NoteWritten:
    """What was recorded of a note, and what was not."""

    occasion_id: str
    notes: Mapping[str, str]
    """The id of the note in each person's record; nobody whose copy is empty."""
    contacts: Mapping[str, str]
    """The id of the contact in each person's record."""
    marks: tuple[MarkWritten, ...]
    unclear: tuple[Unclear, ...]
    """Lines that stayed text, with what they wait for."""


@dataclass
class _Occasion:
    """One meeting while it is being written."""

    id: str
    happened_at: datetime
    corrects: Mapping[str, str] = field(default_factory=dict)
    contacts: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    marks: list[MarkWritten] = field(default_factory=list)


def write_note(tx: WriteTx, understanding: Understanding, facts: Facts | None) -> NoteWritten:
    """Record a note about one person or several who were met together.

    Each gets a contact and a note with their own lines, and these share one `occasion_id`, so that
    a visit to two is counted once. Without `facts` there is a note and no contact. What is unclear
    stays text in the note and is given back. Raises `NotClear` where a part could land in the
    wrong record, `NothingSaid` where there is neither a word nor a contact, `NotFound` where a
    record that a line means was removed meanwhile.
    """
    settled = _settled(understanding)
    occasion = _occasion(tx, facts)
    each = copies(understanding)
    if facts is None and not any(one.words or one.becomings for one in each):
        raise NothingSaid("No note was kept.", "There are no words in it.", "Write a few.")
    for copy in each:
        need_person(tx, copy.person)
        contact_id = _contact(tx, copy.person, facts, occasion) if facts is not None else None
        if copy.words or copy.becomings:
            _note(tx, understanding, copy, contact_id, occasion)
    if facts is not None and facts.appointment_id:
        _appointment(tx, facts, occasion)
    return _written(occasion, settled)


def _occasion(tx: WriteTx, facts: Facts | None) -> _Occasion:
    """Return the meeting that a note is of: a new one, or that of a contact that is logged."""
    if facts is None:
        return _Occasion(tx.new_id(), tx.now)
    logged = contacts.of_occasion(tx, facts.contact_id) if facts.contact_id else None
    if logged is None:
        return _Occasion(tx.new_id(), facts.happened_at)
    return _Occasion(logged[0] or tx.new_id(), facts.happened_at, contacts=logged[1])


def correct_note(
    tx: WriteTx, note_id: str, understanding: Understanding, *, instead: bool = False
) -> NoteWritten:
    """Record a correction: a note beside the old one, with lines that add to the records.

    It tells of the same contact and day. Where several were met together the others' notes of the
    same occasion are corrected too, for each whom `understanding` is about. With `instead` its text
    stands in the place of the old words: the record of a marked line that is not in it any more
    goes too, where nothing was done with it since (`note_correcting`). Raises as `write_note`, and
    `NotTheirs` where it is not about the person in whose record the note stands, and `NotOurs`.
    """
    settled = _settled(understanding)
    old = tx.one(
        "SELECT person_id, occasion_id, happened_at FROM note WHERE id = ? AND hidden_at IS NULL",
        (note_id,),
    )
    if old is None:
        raise NotFound(
            "The correction was not kept.",
            "The note that it corrects is not there.",
            "Look at the person again and choose the note from what stands there.",
        )
    tx.must_be_ours("note", note_id)
    if all(one.id != old[0] for one in understanding.known.people):
        raise NotTheirs
    if instead:
        before = note_correcting.lines_before(tx, note_id)
        note_correcting.take_out(tx, note_correcting.no_longer_there(before, understanding))
    from linkworker.clock import from_text

    happened_at = from_text(old[2]) if old[2] else tx.now
    others = _notes_of_occasion(tx, old[1]).items()
    stand = {person: note_correcting.latest(tx, note) for person, note in others}
    corrects = stand | {old[0]: note_id}
    occasion = _Occasion(old[1] or tx.new_id(), happened_at, corrects)
    each = copies(understanding)
    if not any(one.words or one.becomings for one in each):
        raise NothingSaid("No correction was kept.", "There are no words in it.", "Write a few.")
    for copy in each:
        need_person(tx, copy.person)
        if copy.words or copy.becomings:
            contact = tx.value(
                "SELECT contact_id FROM note WHERE id = ?", (corrects.get(copy.person),)
            )
            _note(tx, understanding, copy, contact, occasion)
    return _written(occasion, settled)


def note_from_shell(tx: WriteTx, person_id: str, text: str) -> NoteWritten:
    """Record a note that came on standard input: what is unambiguous, and the rest given back.

    A note about one person, today, without a contact: the shell asks nothing.
    """
    known = note_known(tx, (person_id,))
    return write_note(tx, understand(read_note(clean(text)), known), None)


def note_from_a_list(tx: WriteTx, person_id: str, text: str) -> NoteWritten:
    """Record words that stood about somebody in an imported list, as a note of today.

    What looks like a mark was not meant as one and stays text; only a line kept apart is taken at
    its word, as in anything pasted.
    """
    words = clean(text)
    reading = read_note(words, pasted=pasted_marks(words))
    return write_note(tx, understand(reading, note_known(tx, (person_id,))), None)


def _settled(understanding: Understanding) -> Settled:
    settled = settle(understanding)
    if settled.blocked:
        raise NotClear(settled)
    return settled


def _written(occasion: _Occasion, settled: Settled) -> NoteWritten:
    return NoteWritten(
        occasion.id, occasion.notes, occasion.contacts, tuple(occasion.marks), settled.unclear
    )


def _contact(tx: WriteTx, person_id: str, facts: Facts, occasion: _Occasion) -> str:
    said = {
        "happened_at": facts.happened_at,
        "minutes": facts.minutes,
        "how": one_of(*values.CONTACT_WAYS)(facts.how, "way of contact"),
        "place": facts.place,
        "who_there": list(facts.who_there),
        "outcome": one_of(*values.OUTCOMES)(facts.outcome, "outcome"),
        "interpreter": facts.interpreter,
    }
    if person_id in occasion.contacts:  # it is logged already: what the note says of it holds
        contact_id = occasion.contacts[person_id]
        tx.change(schema.Contact, contact_id, occasion_id=occasion.id, **said)
        return contact_id
    row = schema.Contact(
        person_id=person_id, occasion_id=occasion.id, worker_id=tx.worker_id, **said
    )
    occasion.contacts[person_id] = str(tx.add(row).id)
    return occasion.contacts[person_id]


def _note(
    tx: WriteTx,
    understanding: Understanding,
    copy: Copy,
    contact_id: str | None,
    occasion: _Occasion,
) -> None:
    _check_unseen(copy.words)
    note = schema.Note(
        person_id=copy.person,
        contact_id=contact_id,
        occasion_id=occasion.id,
        happened_at=occasion.happened_at,
        words=copy.words,
        corrects=occasion.corrects.get(copy.person),
    )
    note_id = str(tx.add(note).id)
    occasion.notes[copy.person] = note_id
    recording = Recording(tx, understanding.known, note_id, copy.person)
    for recorded in record(recording, copy.becomings):
        occasion.marks.append(_mark(tx, note_id, copy.person, recorded))


def _mark(tx: WriteTx, note_id: str, person_id: str, recorded: Recorded) -> MarkWritten:
    made = recorded.becoming
    apart = made.kind == "kept apart"
    row = schema.NoteMark(
        person_id=person_id,
        note_id=note_id,
        ordinal=recorded.ordinal,
        kind=made.kind,
        words="" if apart else made.said,
        target=made.record,
        target_id=recorded.target_id,
    )
    tx.add(row)
    said = KEPT_APART_PLACE if apart else made.words
    return MarkWritten(person_id, made.kind, said, made.record, recorded.target_id, made.line)


def _check_unseen(words: str) -> None:
    """Refuse words in which cleaning would make a line begin with `!!` that did not before."""
    if words.isascii():
        return
    before = sum(sign_of(line) == "!!" for line in words.splitlines())
    after = sum(sign_of(line) == "!!" for line in clean(words).splitlines())
    if after > before:
        raise UnseenCharacters


def _appointment(tx: WriteTx, facts: Facts, occasion: _Occasion) -> None:
    """Say of the appointment what came of it, for each of the note who was to be in it.

    It happened, or whose didn't-meet it was.
    """
    together = """SELECT id, person_id FROM appointment WHERE hidden_at IS NULL AND (id = ?1
        OR occasion_id = (SELECT occasion_id FROM appointment WHERE id = ?1) AND occasion_id <> ''
        AND substr(at, 1, 10) = (SELECT substr(at, 1, 10) FROM appointment WHERE id = ?1)
        AND state IN ('to come', 'happened') AND contact_id IS NULL) ORDER BY id"""
    for row_id, person in tx.rows(together, (facts.appointment_id,)):
        contact = occasion.contacts.get(str(person))
        if contact is None and row_id != facts.appointment_id:
            continue
        if facts.outcome == "met":
            appointments.it_happened(tx, row_id, contact)
        else:
            appointments.it_did_not_happen(tx, row_id, words=facts.outcome)


def _notes_of_occasion(tx: ReadTx, occasion_id: str) -> dict[str, str]:
    if not occasion_id:
        return {}
    sql = """SELECT person_id, id FROM note WHERE occasion_id = ? AND hidden_at IS NULL
        AND corrects IS NULL ORDER BY recorded_at DESC, id DESC"""
    return {str(person): str(note) for person, note in tx.rows(sql, (occasion_id,))}
