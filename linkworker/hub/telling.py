"""What members are told besides the records: who opened somebody, covers, was given whom, joined.

Each reads it on their own laptops; a greeting says up to which number there is something to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_TOLD, MOST_TIMES = 100, 5
"""What a member is told at most, and of one person by one colleague."""


OPENED, JOINED, COVERS, HANDED_OVER = "opened", "joined", "covers", "handed over"
"""What there is to be told of."""


@dataclass(frozen=True)
class Told:
    """Somebody opened a person for a day, joined the team, covers, or was given people."""

    at: int
    """When (ms)."""
    who: str
    """Who opened, joined, covers, or walks with them now, by name."""
    kind: str
    person: str
    """Who was opened, is covered or was handed over; "" for several, and where somebody joined."""
    count: int
    """How many people it is about."""
    until: int
    """Until when (ms); 0 where it has no end."""
    reason: str
    """Why; what the laptop is called of whoever joined."""


def tell(tx: Any, workers: Iterable[str], told: Told) -> None:
    """Let members know of something."""
    for worker in sorted(workers):
        tx.execute(
            "INSERT INTO hub_told (worker, n, at, who, kind, person, count, until, reason) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (worker, last_told(tx, worker) + 1, *vars(told).values()),
        )


def last_told(tx: Any, worker: str) -> int:
    """Return the number of what a member was told last; 0 where they were told nothing."""
    return int(tx.value("SELECT max(n) FROM hub_told WHERE worker = ?", (worker,)) or 0)


def all_told(tx: Any, worker: str) -> list[Told]:
    """Return what a member was told, the latest first; a hundred at most, and of whom the same
    colleague opened again and again, or of whoever joined again and again, the last few times."""
    return [
        Told(*row)
        for row in tx.rows(
            "SELECT at, who, kind, person, count, until, reason "
            "FROM (SELECT t.*, row_number() OVER (PARTITION BY who, kind, person ORDER BY n DESC) "
            "AS times FROM hub_told t "
            "WHERE worker = ?) last WHERE times <= ? ORDER BY n DESC LIMIT ?",
            (worker, MOST_TIMES, MOST_TOLD),
        )
    ]
