"""What has not reached the team yet, by person. "Sent" is said only of what the hub holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from linkworker.caseload.reading import NAME, Named

if TYPE_CHECKING:
    from linkworker.store import ReadTx


@dataclass(frozen=True)
class NotSent(Named):
    """What of one person waits to be sent; a `person_id` of "" stands for the laptop's own."""

    count: int
    """Writes that wait."""
    since: datetime
    """When the oldest of them was written, by this laptop's clock."""


_NOT_SENT = f"""SELECT {NAME}, count(*), min(o.stamp)
FROM sync_op o LEFT JOIN person p ON o.scope GLOB 'person:*' AND p.id = substr(o.scope, 8,
    instr(substr(o.scope, 8) || ':', ':') - 1)
WHERE o.hub_seq IS NULL AND o.dev = (SELECT dev FROM sync_device) AND o.kind <> 'void'
GROUP BY p.id ORDER BY min(o.stamp), p.id"""


def not_sent(tx: ReadTx) -> list[NotSent]:
    """Return what waits to be sent, by person, whoever waits longest first."""
    return tx.rows(_NOT_SENT, (), _waiting)


def _waiting(*row: Any) -> NotSent:
    id_, called, given, family, description = (one or "" for one in row[:5])
    since = datetime.fromtimestamp(row[6] / 1000, UTC)
    return NotSent(id_, called, given, family, description, row[5], since)


def is_sent(tx: ReadTx, table: str, row_id: str) -> bool:
    """Say whether the hub holds all that this laptop wrote of a record."""
    return not tx.value(
        "SELECT 1 FROM sync_op WHERE hub_seq IS NULL AND tbl = ? AND pk = ? "
        "AND dev = (SELECT dev FROM sync_device)",
        (table, row_id),
    )
