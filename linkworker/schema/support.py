"""Support periods: since when, by whom and at which level we walk alongside somebody.

The level belongs to the period, not to the person. A period is what its events say: the latest
that stands tells how it is now, so pausing, stepping back and returning leave a history and never
overwrite one another.
"""

from __future__ import annotations

from datetime import date

from linkworker.schema.columns import OfPerson, part_of, plain, scoped, typed


class SupportPeriod(OfPerson, table=True):
    """One stretch of walking alongside, from the first conversation on."""

    __tablename__ = "support_period"
    __table_args__ = scoped("person")

    worker_id: str = plain("", "worker")
    began: date | None = plain(None, "began")


class SupportEvent(OfPerson, table=True):
    """Something that happened to a support period: began, paused, stepped back, reopened …"""

    __tablename__ = "support_event"
    __table_args__ = scoped("person", insert_only=True)

    period_id: str = part_of("support_period.id", "event", needed=True)
    kind: str = plain("began", "event")
    on: date | None = plain(None, "event")
    level: int | None = plain(None, "event")
    reason: str = typed("event", searched=True)
    own_words: str = typed("event", searched=True)
    check_in_on: date | None = plain(None, "event")
