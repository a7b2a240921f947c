"""Connections: the groups, places and services in a person's life, stage by stage.

Signposting shares nothing about the person. How near a tie or a connection is, is dated, so that
the ecomap can show then and now.
"""

from __future__ import annotations

from datetime import date

from linkworker.schema.columns import OfPerson, line, part_of, plain, scoped, typed


class Connection(OfPerson, table=True):
    """A group, place, service or activity that the person tries or goes to."""

    __tablename__ = "connection"
    __table_args__ = scoped("person")

    name: str = line("name", searched=True)
    kind: str = plain("group", "kind")
    about: str = typed("about", searched=True)
    service_id: str = plain("", "place")
    """Its entry in the directory."""
    other_person_id: str = plain("", "place")
    """Somebody else who is supported, where it leads to a person."""
    for_strength: str = plain("", "why")
    """Whose gift brought them together: the strength's id."""
    for_need: str = plain("", "why")
    """The hope, or what was looked for, that it may meet."""
    regular: bool = plain(False, "regular")
    """Whether the other has a regular role in it: the team's rule on DBS checks is asked."""
    checks: str = line("regular")
    from_note: str = plain("", "from")


class ConnectionEvent(OfPerson, table=True):
    """A stage that a connection reached. The latest that stands is its stage."""

    __tablename__ = "connection_event"
    __table_args__ = scoped("person", insert_only=True)

    connection_id: str = part_of("connection.id", "event", needed=True)
    stage: str = plain("suggested", "event")
    on: date | None = plain(None, "event")
    words: str = typed("event", searched=True)
    how: str = plain("", "event")
    """Signpost, introduction, went along, referral; a signpost shares nothing."""
    shared: str = typed("event")
    """What was told about the person; nothing by a signpost."""
    agreed: str = typed("event")
    """How the person agreed to that: the decision that the sharing rests on."""
    from_note: str = plain("", "event")


class Closeness(OfPerson, table=True):
    """How near a tie or connection was on a day: close, steady, thin or strained."""

    __tablename__ = "closeness"
    __table_args__ = scoped("person", insert_only=True)

    tie_id: str | None = part_of("tie.id", "closeness")
    connection_id: str | None = part_of("connection.id", "closeness")
    how: str = plain("steady", "closeness")
    on: date | None = plain(None, "closeness")
    words: str = typed("closeness")
