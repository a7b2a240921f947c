"""The worker, their settings, and the audit."""

from __future__ import annotations

from datetime import datetime

from linkworker.schema.columns import Row, instant, line, plain, scoped, typed


class Worker(Row, table=True):
    """A Local Area Coordinator or link worker: the one whose laptop this is, or a colleague."""

    __tablename__ = "worker"
    __table_args__ = scoped("team")

    name: str = line("name")
    role: str = typed("role")
    patch: str = typed("patch")


class Setting(Row, table=True):
    """One setting of a worker, the same on each of their laptops."""

    __tablename__ = "setting"
    __table_args__ = scoped("worker")

    worker_id: str = plain("", "setting")
    name: str = plain("", "setting")
    value: str = typed("setting")


class AuditEvent(Row, table=True):
    """Who opened, gave out or took in what; what was done with the keys. Each names the last."""

    __tablename__ = "audit_event"
    __table_args__ = scoped("audit", insert_only=True)

    worker_id: str = plain("", "audit")
    at: datetime | None = instant("audit")
    what: str = plain("", "audit")
    person_id: str = plain("", "audit")
    reason: str = typed("audit")
    chain: str = plain("", "audit")
    """Hash over this event and the chain of the one before it on this laptop."""
