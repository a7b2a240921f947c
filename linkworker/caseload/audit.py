"""The audit: who opened or gave out a record, or read what is kept apart, and what befell the keys.

Changes are kept by the operations themselves; this keeps what leaves no operation. Each event
holds a hash over itself and the one before it, so that one taken out from the middle shows. What
is done with the keys and what failed at the door is kept by the store (`storage/key_events`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from linkworker.caseload.reading import rows
from linkworker.caseload.writing import one_of
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
    """Keep that something was opened, read, given out or taken in; return the event's id.

    `what` is one of `values.AUDITED`; `at` is now unless it is written down later than it was.
    """
    one_of(*values.AUDITED)(what, "audit")
    return tx.keep_in_audit(what, person_id, reason=reason, at=at)


def record_opened(tx: WriteTx, opened: Iterable[tuple[str, datetime]]) -> None:
    """Keep who was opened when, several at once: nobody waits for it at the key."""
    for person_id, at in opened:
        record(tx, "opened", person_id, at=at)


def record_imported(tx: WriteTx, added: int, filled: int = 0) -> None:
    """Keep that so many people came in, with the import itself; undo leaves it standing."""
    filled_in = f", {filled} filled in" if filled else ""
    record(tx, "imported", reason=f"{added} added{filled_in}.")


def events(tx: ReadTx, person_id: str = "") -> list[AuditEvent]:
    """Return what the audit holds, of one person if named, the latest first."""
    sql = _EVENTS + (" WHERE person_id = ?" if person_id else "") + " ORDER BY rowid DESC"
    return rows(tx, AuditEvent, sql, (person_id,) if person_id else ())
