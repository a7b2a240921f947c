"""The week ahead: what is arranged and what I promised in the next seven days, by day.

As on Today, a family's steps are not mine, and a death stops every reminder. A date that cannot
slip stands on its day whoever does the step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from linkworker.caseload.one_name import shown_as, under_one_name
from linkworker.caseload.reading import AWAY, LIVING, NAME, STANDING, rows
from linkworker.caseload.today import (
    FOR_ME_TO_KEEP,
    PROMISED_BY,
    Occasion,
    Promised,
    occasions,
)

if TYPE_CHECKING:
    from linkworker.store import ReadTx

DAYS = 7
"""How many days after today the week has."""


@dataclass(frozen=True)
class StepAhead(Promised):
    """A step that I promised for a day to come, or one whose day cannot slip."""

    cannot_slip: bool


@dataclass(frozen=True)
class DayAhead:
    """A day on which something is arranged or promised."""

    day: date
    occasions: tuple[Occasion, ...]
    steps: tuple[StepAhead, ...]


_STEPS = f"""SELECT {NAME}, st.id, st.words, st.by_day, st.by_time, {AWAY}, {PROMISED_BY},
        st.cannot_slip
    FROM step st JOIN person p ON p.id = st.person_id {STANDING}
    WHERE st.hidden_at IS NULL AND st.state = 'open' AND (st.cannot_slip
        OR ({FOR_ME_TO_KEEP}))
        AND st.by_day > ?1 AND st.by_day <= ?3 AND {LIVING}
    ORDER BY st.by_day, NOT st.cannot_slip, st.by_time = '', st.by_time, st.id"""


def week_ahead(tx: ReadTx) -> list[DayAhead]:
    """Return the days from tomorrow on that hold anything, the next first."""
    last = tx.today + timedelta(days=DAYS)
    params = (tx.today.isoformat(), tx.worker_id, last.isoformat())
    shown = shown_as(tx)
    steps = under_one_name(shown, rows(tx, StepAhead, _STEPS, params))
    arranged = [
        Occasion(tuple(under_one_name(shown, one.people)))
        for one in occasions(tx, start=tx.today + timedelta(days=1), days=DAYS)
    ]
    days = [tx.today + timedelta(days=after) for after in range(1, DAYS + 1)]
    found = [
        DayAhead(
            day,
            tuple(one for one in arranged if one.first.at[:10] == day.isoformat()),
            tuple(one for one in steps if one.day == day),
        )
        for day in days
    ]
    return [one for one in found if one.occasions or one.steps]
