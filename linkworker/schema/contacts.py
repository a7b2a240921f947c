"""Contacts and notes: what happened, when, and the words it was told in.

Notes and their marks are written once. A correction is a new note that points at the old one.
Contacts, notes and marks are the organisation's whose worker wrote them, each in a scope of its own
(`person:<id>:<organisation>`): two organisations may walk with one person.
"""

from __future__ import annotations

from datetime import datetime

from linkworker.schema.columns import (
    OfOrganisation,
    OfPerson,
    instant,
    part_of,
    plain,
    read_by,
    scoped,
    typed,
    typed_list,
    wall_time,
)


class Contact(OfOrganisation, table=True):
    """One contact with a person. People met together share an `occasion_id`, counted once."""

    __tablename__ = "contact"
    __table_args__ = (
        read_by("contact_by_day", "person_id", "happened_at", "outcome", "id"),
        read_by("contact_by_writing", "recorded_at", "recorded_by"),
        scoped("organisation"),
    )

    occasion_id: str = plain("", "occasion")
    worker_id: str = plain("", "worker")
    happened_at: datetime | None = instant("when")
    minutes: int | None = plain(None, "minutes")
    how: str = plain("home visit", "how")
    place: str = typed("place")
    who_there: list[str] = typed_list("who_there")
    outcome: str = plain("met", "outcome")
    interpreter: str = typed("interpreter")
    """Who interpreted, or that nobody came."""


class Note(OfOrganisation, table=True):
    """The story, in the words it happened in."""

    __tablename__ = "note"
    __table_args__ = (
        read_by("note_by_contact", "person_id", "contact_id", "corrects"),
        scoped("organisation", insert_only=True, happened="happened_at"),
    )

    contact_id: str | None = part_of("contact.id", "note")
    occasion_id: str = plain("", "note")
    happened_at: datetime | None = instant("note")
    words: str = typed("note", searched=True)
    """The whole note as it stands in this record, its marked lines among it. What is kept apart
    is not here: "a part is kept apart" stands in its place."""
    corrects: str | None = part_of("note.id", "note")


class NoteMark(OfOrganisation, table=True):
    """One marked line of a note and the record it became. Written once, at done."""

    __tablename__ = "note_mark"
    __table_args__ = scoped("organisation", insert_only=True)

    note_id: str = part_of("note.id", "mark", needed=True)
    ordinal: int = plain(0, "mark")
    kind: str = plain("", "mark")
    words: str = typed("mark")
    target: str = plain("", "mark")
    """The table of the record that the line became or changed, "" if none."""
    target_id: str = plain("", "mark")


class Appointment(OfPerson, table=True):
    """A visit, call or session to come: wall time with its zone, as it stands in a diary."""

    __tablename__ = "appointment"
    __table_args__ = (
        read_by("appointment_by_day", "at"),
        read_by("appointment_to_come", "person_id", "at", where="state = 'to come'"),
        scoped("person"),
    )

    occasion_id: str = plain("", "occasion")
    worker_id: str = plain("", "worker")
    kind: str = plain("visit", "kind")
    at: str = wall_time("when")
    """Wall time "2026-11-27T10:05"; only a day, "2026-11-27", where no time was said."""
    zone: str = plain("Europe/London", "when")
    minutes: int | None = plain(None, "minutes")
    place: str = typed("place")
    about: str = typed("about", searched=True)
    interpreter: str = typed("interpreter")
    state: str = plain("to come", "state")
    state_words: str = typed("state", searched=True)
    contact_id: str | None = plain(None, "state", index=True)
    """Names the contact by id only: another scope, so it may dangle."""
