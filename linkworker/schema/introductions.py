"""Introductions: who was introduced by whom and why, and each attempt to reach them.

An introduction stands in the record of whoever was introduced, from the first word on: so it goes
where that record goes, and nowhere else. Not even a name is needed.
"""

from __future__ import annotations

from datetime import date, datetime

from linkworker.schema.columns import (
    OfPerson,
    instant,
    line,
    part_of,
    plain,
    read_by,
    scoped,
    typed,
)


class Introduction(OfPerson, table=True):
    """Somebody was introduced, or came by themself (PRSB: Referral details)."""

    __tablename__ = "introduction"
    __table_args__ = (
        read_by("introduction_waiting", "came_at", where="outcome = ''"),
        scoped("person"),
    )

    came_at: datetime | None = instant("made")
    """When it reached the team: from here on the days are counted."""
    made_on: date | None = plain(None, "made")
    """PRSB: referral, date."""
    how: str = plain("", "made")
    """PRSB: referral method."""
    arrived: str = plain("", "made")
    """What it was called at the front door, so that it is taken in once; "" if typed here."""
    by_name: str = line("by")
    """PRSB: referrer, name."""
    by_role: str = line("by")
    by_service: str = line("by")
    by_organisation: str = line("by")
    by_organisation_code: str = line("by")
    """ODS code."""
    by_contact: str = line("by")
    their_reason: str = typed("their_reason", searched=True)
    """The introducer's. PRSB: reason for referral, presenting issue."""
    own_reason: str = typed("own_reason", searched=True)
    """The person's, apart. PRSB: person reported issues."""
    knows: str = plain("not said", "agreed")
    """Whether the person knows that they were introduced."""
    agreed_to: str = typed("agreed")
    """What the person agreed to."""
    told_on: date | None = plain(None, "told")
    """When somebody who did not know was told: within a month (UK GDPR, article 14)."""
    urgency: str = plain("", "urgency")
    safe_to_reach: str = typed("safe_to_reach")
    """Whether it is safe to ring, text, write; as it was said."""
    answer_to: str = line("answer")
    """Who wants to hear what became of it. PRSB: return response to."""
    may_answer: bool = plain(False, "answer")
    """Whether the person agreed that they hear it."""
    outcome: str = plain("", "outcome")
    """"" while it waits."""
    outcome_on: date | None = plain(None, "outcome")
    outcome_why: str = typed("outcome")
    known_as: str = plain("", "outcome")
    """Whose record it went to, where they were known already."""


class ReachingAttempt(OfPerson, table=True):
    """One attempt to reach somebody who was introduced, and what came of it."""

    __tablename__ = "reaching_attempt"
    __table_args__ = scoped("person", insert_only=True)

    introduction_id: str = part_of("introduction.id", "attempt", needed=True)
    at: datetime | None = instant("attempt")
    how: str = plain("phone", "attempt")
    outcome: str = plain("no answer", "attempt")
    words: str = typed("attempt", searched=True)
