"""Notes that were written and taken back: their words can be used again.

A note about the wrong person is taken back with one key; what it said is still true of the right
one. Nothing of what was kept apart is here: in its place stands what always stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from linkworker.caseload.reading import NAME, Named, rows
from linkworker.clock import to_text

if TYPE_CHECKING:
    from linkworker.store import ReadTx

DAYS = 14
"""How long they are offered."""
MOST = 10


@dataclass(frozen=True)
class TakenBack(Named):
    """A note that was taken back, as it stood in one person's record."""

    note_id: str
    words: str
    taken_back: datetime | None


def taken_back(tx: ReadTx, *, days: int = DAYS) -> list[TakenBack]:
    """Return my own notes that were taken back within so many days, the last one first."""
    sql = f"""SELECT {NAME}, n.id, n.words, n.hidden_at
        FROM note n JOIN person p ON p.id = n.person_id AND p.hidden_at IS NULL
        WHERE n.hidden_at >= ?1 AND n.recorded_by = ?2 AND n.words <> ''
        ORDER BY n.hidden_at DESC, n.id LIMIT {MOST}"""
    since = to_text(tx.now - timedelta(days=days))
    return rows(tx, TakenBack, sql, (since, tx.worker_id))
