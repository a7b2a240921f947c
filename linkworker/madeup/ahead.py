"""What stands in the diary: today as it begins, and the weeks to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from linkworker.caseload import appointments
from linkworker.madeup.english import working_day
from linkworker.madeup.patch import Patch
from linkworker.madeup.telling import Life

if TYPE_CHECKING:
    from linkworker.store import WriteTx

_TIMES = ("09:30", "11:00", "14:00", "15:30")
"""Four contacts a day may be planned."""

_PLANNED = 18
"""How many people have something to come."""

_STILL = ("steady", "slow", "grows", "returns")
"""Whose story goes on, so that something can be planned with them."""


def plan(
    tx: WriteTx, patch: Patch, lives: Iterable[Life], ids: Mapping[str, str], today: date
) -> None:
    """Write down today's visits, the one not yet written up, and what is planned after."""
    for line in patch.diary:
        day = working_day(today, line.days) if line.days else today
        occasion = tx.new_id() if len(line.who) > 1 else ""
        for key in line.who:
            appointments.add_appointment(
                tx,
                ids[key],
                f"{day.isoformat()}T{line.at}",
                kind=line.kind,
                minutes=line.minutes,
                place=line.place,
                about=line.about,
                occasion_id=occasion,
                interpreter=patch.card(key).interpreter,
            )
    _later(tx, patch, lives, ids, today)


def _later(
    tx: WriteTx, patch: Patch, lives: Iterable[Life], ids: Mapping[str, str], today: date
) -> None:
    """Plan the next contacts with those who were met longest ago: they are next."""
    waiting = sorted(
        (life for life in lives if life.told and patch.card(life.key).story in _STILL),
        key=lambda life: (life.told[-1].at, life.key),
    )
    for number, life in enumerate(waiting[:_PLANNED]):
        card = patch.card(life.key)
        day = working_day(today, 1 + number // len(_TIMES) * 2)
        call = number % 3 == 2
        appointments.add_appointment(
            tx,
            ids[life.key],
            f"{day.isoformat()}T{_TIMES[number % len(_TIMES)]}",
            kind="call" if call else "visit",
            minutes=15 if call else 45,
            place="" if call else "home",
            interpreter="" if call else card.interpreter,
        )
