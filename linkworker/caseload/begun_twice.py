"""Support that two began out of sight of each other, as when both accepted one introduction.

Both periods stand until somebody says who walks alongside; one is then left, from the earlier day,
with all that happened in either. Which row is left does not hang on the answer: where two answer
unseen, the same row stands on both laptops, and nobody is left without a period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from linkworker.caseload.reading import rows
from linkworker.caseload.support import EVENT, PERIOD
from linkworker.caseload.writing import NotFound, correct, remove

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx


@dataclass(frozen=True)
class Begun:
    """One of several periods that stand side by side."""

    period_id: str
    worker_id: str
    worker: str
    began: date | None


def begun_twice(tx: ReadTx, person_id: str) -> list[Begun]:
    """Return the periods of somebody where more than one stands, by their ids; else none.

    One laptop begins no second period: after stepping back the one that is there is reopened.
    """
    sql = """SELECT sp.id, sp.worker_id, w.name, sp.began FROM support_period sp
        LEFT JOIN worker w ON w.id = sp.worker_id
        WHERE sp.person_id = ? AND sp.hidden_at IS NULL ORDER BY sp.id"""
    found = rows(tx, Begun, sql, (person_id,))
    return found if len(found) > 1 else []


def walks_alongside(tx: WriteTx, person_id: str, worker_id: str) -> str:
    """Say which of those who began walks alongside; return the id of the period that is left.

    Raises `NotFound` where one period stands, or that worker began none.
    """
    found = begun_twice(tx, person_id)
    if worker_id not in [one.worker_id for one in found]:
        raise NotFound(
            "Nothing was changed.",
            "It was settled meanwhile, or they did not begin it.",
            "Look at the person again.",
        )
    left, *others = found
    level = _level(tx, left.period_id)
    for one in others:
        level = level or _level(tx, one.period_id)
        _hang_on(tx, one.period_id, left.period_id)
        remove(tx, PERIOD, one.period_id)
    began = min((one.began for one in found if one.began), default=None)
    correct(tx, PERIOD, left.period_id, {"worker_id": worker_id, "began": began})
    for event_id, kind, before in _events(tx, left.period_id):
        if kind == "began" and (before, left.began) != (level, began):
            correct(tx, EVENT, event_id, {"on": began, "level": level})
    return left.period_id


def _hang_on(tx: WriteTx, period_id: str, other_id: str) -> None:
    """Take what happened in one period over into another; that it began is said there already."""
    for event_id, kind, _ in _events(tx, period_id):
        if kind == "began":
            remove(tx, EVENT, event_id)
        else:
            correct(tx, EVENT, event_id, {"period_id": other_id})


def _level(tx: ReadTx, period_id: str) -> int | None:
    """Return the level with which a period began."""
    levels = [level for _, kind, level in _events(tx, period_id) if kind == "began"]
    return levels[0] if levels else None


def _events(tx: ReadTx, period_id: str) -> list[tuple[str, str, int | None]]:
    sql = "SELECT id, kind, level FROM support_event WHERE period_id = ? AND hidden_at IS NULL"
    return [(str(one), str(kind), level) for one, kind, level in tx.rows(sql, (period_id,))]
