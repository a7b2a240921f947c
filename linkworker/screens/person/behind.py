"""Behind an entry of the story that is no note: the thing that it tells of, to put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from linkworker.caseload import appointments, how_it_went, support
from linkworker.screens.person.kinds import Thing

if TYPE_CHECKING:
    from linkworker.store import ReadTx


def _support_behind(tx: ReadTx, person_id: str, row_id: str) -> Thing | None:
    found = [one for one in support.history(tx, person_id) if one.event_id == row_id]
    return Thing("support", row_id, found[0]) if found else None


def _whereabouts_behind(tx: ReadTx, person_id: str, row_id: str) -> Thing | None:
    found = [one for one in support.whereabouts(tx, person_id) if one.whereabouts_id == row_id]
    return Thing("whereabouts", row_id, found[0]) if found else None


def _appointment_behind(tx: ReadTx, person_id: str, row_id: str) -> Thing | None:
    found = appointments.appointment(tx, row_id)
    if found is None:
        return None
    return Thing("appointment", row_id, found, {"day": found.day, "time": found.time})


def _connection_behind(tx: ReadTx, person_id: str, row_id: str) -> Thing | None:
    found = how_it_went.of_stage(tx, person_id, row_id)
    return Thing("connection", found.connection_id, found) if found else None


BEHIND: dict[str, Callable[[ReadTx, str, str], Thing | None]] = {
    "support": _support_behind,
    "whereabouts": _whereabouts_behind,
    "appointment": _appointment_behind,
    "connection": _connection_behind,
}
"""By the kind of an entry of the story that is no note: how to read what it tells of."""
