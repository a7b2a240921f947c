"""The figures of the community diary: what the team did in some days, and what goes on without it.

Nobody is named in them, a volunteer neither: a report may be made of all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from linkworker.caseload.community_diary import ASKED_AFTER, done, groups, volunteers
from linkworker.rules.days import add_months
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx

Checks = Sequence[tuple[date, str]]
"""On which days it was asked whether a group ran, and what was said, the earliest first."""


@dataclass(frozen=True)
class Work:
    """One kind of work of the diary."""

    kind: str
    times: int
    minutes: int


@dataclass(frozen=True)
class GoesOn:
    """Of the groups that have been without us for so many months, how many ran then."""

    months: int
    yes: int
    no: int
    not_known: int


@dataclass(frozen=True)
class Figures:
    """The diary counted, of some days with both ends; groups as they stand on the last of them."""

    since: date
    until: date
    work: tuple[Work, ...]
    sessions: int
    heads: int
    """Visits to sessions: who came twice is counted twice."""
    volunteers: int
    """Who gave time in these days."""
    volunteer_minutes: int
    supported: int
    """Groups that we support and that have not ended."""
    started: int
    without_us: int
    """Of all these, those from which we have stepped back."""
    goes_on: tuple[GoesOn, ...]


def figures(tx: ReadTx, since: date, until: date) -> Figures:
    """Count the diary of some days."""
    lines = done(tx, since, until)
    work = []
    for kind in values.COMMUNITY_WORK:
        these = [one for one in lines if not one.is_session and one.kind == kind]
        if these:
            work.append(Work(kind, len(these), sum(one.minutes or 0 for one in these)))
    sessions = [one for one in lines if one.is_session]
    gave = [one.minutes for one in volunteers(tx, since, until) if one.minutes]
    begun = [one for one in groups(tx) if one.begun_on is None or one.begun_on <= until]
    alone = [one for one in begun if one.stepped_back_on and one.stepped_back_on <= until]
    stand = [one for one in begun if one.ended_on is None or one.ended_on > until]
    checks = {one.group_id: _checks(tx, one.group_id, until) for one in alone}
    goes_on = []
    for months in ASKED_AFTER:
        ran = [
            ran_after(checks[one.group_id], one.stepped_back_on, months)
            for one in alone
            if one.stepped_back_on and add_months(one.stepped_back_on, months) <= until
        ]
        goes_on.append(GoesOn(months, ran.count("yes"), ran.count("no"), ran.count("not known")))
    return Figures(
        since,
        until,
        tuple(work),
        len(sessions),
        sum(one.heads or 0 for one in sessions),
        len(gave),
        sum(gave),
        sum(one.our_part == "supported" for one in stand),
        sum(one.our_part == "started" for one in stand),
        sum(one in alone for one in stand),
        tuple(goes_on),
    )


def ran_after(checks: Checks, stepped_back_on: date, months: int) -> str:
    """Return whether a group ran so many months after we stepped back: yes, no or not known.

    What was said in the half year from that day on counts; else a group that ran later ran then,
    and one that had ended before ran no more.
    """
    day, late = add_months(stepped_back_on, months), add_months(stepped_back_on, months + 6)
    said = [(on, running) for on, running in checks if running != "not known"]
    near = [running for on, running in said if day <= on < late]
    if near:
        return near[0]
    if any(running == "no" for on, running in said if on < day):
        return "no"
    return "yes" if any(running == "yes" for on, running in said if on >= late) else "not known"


def _checks(tx: ReadTx, group_id: str, until: date) -> list[tuple[date, str]]:
    sql = """SELECT "on", running FROM group_check WHERE group_id = ? AND hidden_at IS NULL
        AND "on" <= ? ORDER BY "on", recorded_at, id"""
    found = tx.rows(sql, (group_id, until.isoformat()))
    return [(date.fromisoformat(str(on)), str(running)) for on, running in found]
