"""Organisations, and what a person agreed to have shared with whom."""

from __future__ import annotations

from datetime import date

from linkworker.schema.columns import OfPerson, Row, line, plain, scoped


class Organisation(Row, table=True):
    """An organisation whose workers walk with people here, ours among them."""

    __tablename__ = "organisation"
    __table_args__ = scoped("team")

    name: str = line("name")


class SharingDecision(OfPerson, table=True):
    """What was agreed to be shared, with whom and how; or why it was not asked.

    It stands in the person's own record, beside the grant that the hub gave. PRSB: consent for
    information sharing. One that ends another names it and is never the other, changed.
    """

    __tablename__ = "sharing_decision"
    __table_args__ = scoped("person", insert_only=True)

    with_whom: str = line("decision")
    opens: str = line("decision")
    """The parts of the record: "record, notes of North team, kept apart"."""
    for_what: str = line("decision")
    agreed: str = plain("not asked", "decision")
    how_given: str = line("decision")
    why_not: str = line("decision")
    """Where it was not asked: somebody was to be kept safe."""
    on: date | None = plain(None, "decision")
    until: date | None = plain(None, "decision")
    withdraws: str = plain("", "decision")
    """The earlier decision that this one ends."""
