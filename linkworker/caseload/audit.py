"""The audit: who opened, exported or printed a record, or read what is kept apart.

Changes are kept by the operations themselves; this keeps what leaves no operation. Each event
holds a hash over itself and the one before it, so that one taken out from the middle shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from linkworker.caseload.reading import rows
from linkworker.caseload.writing import one_of
from linkworker.clock import to_text
from linkworker.rules import chain as chains
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx


@dataclass(frozen=True)
class AuditEvent:
    """One thing that somebody looked at or gave out."""

    event_id: str
    worker_id: str
    at: datetime | None
    what: str
    person_id: str
    reason: str
    chain: str


_EVENTS = "SELECT id, worker_id, at, what, person_id, reason, chain FROM audit_event"


def record(
    tx: WriteTx, what: str, person_id: str = "", *, reason: str = "", at: datetime | None = None
) -> str:
    """Keep that something was opened, read, exported or printed; return the event's id.

    `what` is one of `values.AUDITED`; `at` is now unless it is written down later than it was.
    """
    from linkworker import schema

    one_of(*values.AUDITED)(what, "audit")
    at = at or tx.now
    # By the order of writing: an id follows the clock, which may have been set back since.
    last = tx.value("SELECT chain FROM audit_event ORDER BY rowid DESC LIMIT 1") or ""
    event_id = tx.new_id()
    chain = chains.link(last, event_id, tx.worker_id, to_text(at), what, person_id, reason)
    tx.add(
        schema.AuditEvent(
            id=event_id,
            worker_id=tx.worker_id,
            at=at,
            what=what,
            person_id=person_id,
            reason=reason,
            chain=chain,
        )
    )
    return event_id


def record_opened(tx: WriteTx, opened: Iterable[tuple[str, datetime]]) -> None:
    """Keep who was opened when, several at once: nobody waits for it at the key."""
    for person_id, at in opened:
        record(tx, "opened", person_id, at=at)


def events(tx: ReadTx, person_id: str = "") -> list[AuditEvent]:
    """Return what the audit holds, of one person if named, the latest first."""
    sql = _EVENTS + (" WHERE person_id = ?" if person_id else "") + " ORDER BY rowid DESC"
    return rows(tx, AuditEvent, sql, (person_id,) if person_id else ())
