"""How it went with somebody around a person, or with a group: every stage, and how near it was.

A list of what was recorded on a day, the latest first, so that one line of it can be put right or
taken away: `connections.correct_stage`, `remove_stage`, `correct_how_near`, `remove_how_near`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from linkworker.caseload.connecting import Made
from linkworker.caseload.connections import Connection, connections

if TYPE_CHECKING:
    from linkworker.store import ReadTx


@dataclass(frozen=True)
class Turn:
    """One thing that was recorded of a tie or a connection, on a day."""

    kind: str
    """"stage" or "how near"."""
    row_id: str
    what: str
    """The stage, or how near: one of `values.STAGES` or `values.CLOSENESS`."""
    on: date | None
    words: str
    made: Made
    """Of a stage, how it was made and what that told."""


TURNS = """
SELECT * FROM (
    SELECT 'stage' AS kind, id, stage, "on" AS day, words, how, shared, agreed, recorded_at
    FROM connection_event
    WHERE connection_id = ?1 AND hidden_at IS NULL
    UNION ALL
    SELECT 'how near', id, how, "on", words, '', '', '', recorded_at FROM closeness
    WHERE (connection_id = ?1 OR tie_id = ?1) AND hidden_at IS NULL)
ORDER BY day DESC, recorded_at DESC, id DESC
"""


def turns(tx: ReadTx, row_id: str) -> list[Turn]:
    """Return how it went with the tie or connection of this id, the latest first."""
    sql = f"SELECT kind, id, stage, day, words, how, shared, agreed FROM ({TURNS})"
    return [
        Turn(kind, turn, what, date.fromisoformat(day) if day else None, words or "", Made(*made))
        for kind, turn, what, day, words, *made in tx.rows(sql, (row_id,))
    ]


def of_stage(tx: ReadTx, person_id: str, event_id: str) -> Connection | None:
    """Return the connection of which a stage is told, None where the stage is not there."""
    sql = "SELECT connection_id FROM connection_event WHERE id = ? AND hidden_at IS NULL"
    wanted = tx.value(sql, (event_id,))
    found = [one for one in connections(tx, person_id) if one.connection_id == wanted]
    return found[0] if found else None
