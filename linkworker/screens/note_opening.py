"""What a note screen begins with: the people, what is known of them, and how the facts stand.

Read once, when the note is opened, and again when somebody writes elsewhere meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from linkworker.caseload import appointments, contacts, timeline
from linkworker.caseload.contacts import Logged, logged_today
from linkworker.caseload.note_correcting import LineBefore, lines_before
from linkworker.caseload.notes import note_known
from linkworker.caseload.notes_taken_back import taken_back
from linkworker.rules.note.known import Known, Somebody
from linkworker.rules.shown_names import together
from linkworker.screens import note_meeting as meetings
from linkworker.screens.note_meeting import Meeting
from linkworker.widgets.completing import Name

if TYPE_CHECKING:
    from linkworker.store import ReadTx

SOON_WRITTEN_UP = timedelta(days=3)
"""So long after an appointment a note is taken to tell of it: on Monday of what was on Friday."""
LATEST = 8
"""Entries of the timeline in which the last contact is looked for."""


@dataclass(frozen=True)
class Opening:
    """What there is to begin with."""

    known: Known
    meeting: Meeting
    corrected: str = ""
    """The words of the note that is corrected, "" where none is."""
    lines_before: tuple[LineBefore, ...] = ()
    """The marked lines of the note that is corrected, with the records that came of them."""
    taken_back: bool = False
    """Whether a note was taken back just now, whose words may be wanted here."""
    deaths: Mapping[str, date] = field(default_factory=dict)
    """The day of death of each of the people who has died, by id."""
    logged: Logged | None = None
    """A contact of today that has no note yet: this may be its note."""

    @property
    def heading(self) -> str:
        """What the first line says: whom the note is about."""
        about = together([one.called for one in self.known.people])
        return f"{'Correction, note' if self.corrected else 'Note'} about {about}"


def opening(
    tx: ReadTx,
    people: Sequence[str],
    meeting: Meeting | None = None,
    corrects: str = "",
    appointment_id: str = "",
    contact_id: str = "",
) -> Opening:
    """Return what a note about these people begins with.

    `meeting` holds the facts where they are known already, from a draft; else they are those of
    the contact with this id, else prefilled from the appointment with this id, else from the
    first person's appointments and their last contact. A note that `corrects` another tells of the
    same day.
    """
    corrected = _corrected(tx, people[0], corrects)
    logged = logged_today(tx, people[0]) if corrected is None else None
    if meeting is None and (one := contacts.logged(tx, contact_id)) is not None:
        meeting = meetings.of_contact(one)
    if meeting is None:
        meeting = _prefilled(tx, people[0], corrected, appointment_id, logged)
    known = note_known(tx, tuple(people), note_day=meeting.day)
    return Opening(
        known,
        meeting,
        corrected.words if corrected else "",
        lines_before(tx, corrected.note_id) if corrected else (),
        bool(taken_back(tx, days=1)),
        contacts.deaths(tx, people),
        logged,
    )


def _prefilled(
    tx: ReadTx,
    person: str,
    corrected: timeline.Entry | None,
    appointment_id: str,
    logged: Logged | None,
) -> Meeting:
    one = appointments.appointment(tx, appointment_id) if appointment_id else None
    if one is not None and one.day <= tx.today:
        return meetings.of_appointment(one)
    past = timeline.timeline(tx, person, limit=LATEST)
    begun = appointments.begun(tx, person, tx.today - SOON_WRITTEN_UP)
    found = meetings.prefilled(tx.now, begun, past, logged)
    if corrected is not None and corrected.day is not None:
        found = Meeting(corrected.day, None, corrected.minutes, corrected.head or found.how)
    return found


def _corrected(tx: ReadTx, person: str, note_id: str) -> timeline.Entry | None:
    """Return the entry of the note that is corrected, looking from the latest backwards."""
    page = timeline.timeline(tx, person) if note_id else []
    while page:
        found = next((one for one in page if one.note_id == note_id), None)
        if found is not None:
            return found
        page = timeline.timeline(tx, person, after=page[-1])
    return None


def on_day(known: Known, meeting: Meeting) -> Known:
    """Return what is known, for a note that tells of the day of the meeting."""
    return known if known.note_day == meeting.day else replace(known, note_day=meeting.day)


def names(known: Known) -> list[Name]:
    """Return what a line may be finished with, by the sign that it begins with."""
    found: list[Name] = []
    if len(known.people) > 1:
        found += [Name(f"{one.first}:", "+*=~?!", begins=True) for one in known.people]
    doers = [*known.people, *known.ties, known.worker, *known.colleagues]
    found += [Name(f"{_short(one)}:", ">", one.others, begins=True) for one in doers]
    found += [Name(one.name, "@", one.others) for one in known.ties]
    places = [*known.connections, *known.groups]
    found += [Name(one.name, "@x>?", one.others) for one in places]
    found += [Name(one.words, "x") for one in known.standing if one.kind != "strength"]
    once = {(one.text, one.signs): one for one in found}
    return sorted(once.values(), key=lambda one: one.text.casefold())


def _short(one: Somebody) -> str:
    """Return a name as it stands before the colon of a step."""
    return one.first if one.kind in ("person", "worker") else one.name
