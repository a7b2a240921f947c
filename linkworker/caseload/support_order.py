"""In which order things can happen to a support period: what follows what, and on which day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from linkworker.caseload.reading import rows
from linkworker.refusal import Refused
from linkworker.rules.shown_days import say_day

if TYPE_CHECKING:
    from linkworker.store import ReadTx

FOLLOWS = {
    "level": ("began", "level", "paused", "returned", "reopened"),
    "paused": ("began", "level", "returned", "reopened"),
    "returned": ("paused",),
    "stepped back": ("began", "level", "paused", "returned", "reopened"),
    "reopened": ("stepped back", "ended"),
    "ended": ("began", "level", "paused", "returned", "reopened", "stepped back"),
}
"""What may happen to a period, and what must have happened last."""


class OutOfOrder(Refused):
    """An event would stand before one that it follows, or after one that follows it."""


@dataclass(frozen=True)
class Happened:
    """One event of a period, as far as its place in the order goes."""

    event_id: str
    kind: str
    on: date | None
    recorded: str
    """When it was first written down: of one day, what was written first happened first."""


def order_of(tx: ReadTx, period_id: str) -> list[Happened]:
    """Return what happened to a period, the first first."""
    sql = """SELECT id, kind, "on", recorded_at FROM support_event
        WHERE period_id = ? AND hidden_at IS NULL ORDER BY "on", recorded_at, id"""
    return rows(tx, Happened, sql, (period_id,))


def check_new_day(tx: ReadTx, period_id: str, kind: str, on: date) -> None:
    """Refuse something new on a day on which it could not have happened.

    Raises `OutOfOrder` where it would stand before what it follows.
    """
    added = Happened("", kind, on, "~")  # of one day what is written last happened last
    _check("Nothing was written.", order_of(tx, period_id), added, [], tx.today)


def check_corrected_day(tx: ReadTx, period_id: str, event_id: str, kind: str, on: date) -> None:
    """Refuse a correction to a day, or to a kind, that would break the order.

    What is out of order already, from another laptop, may be put right in any order of correcting.
    Raises `OutOfOrder`.
    """
    order = order_of(tx, period_id)
    at = next(place for place, one in enumerate(order) if one.event_id == event_id)
    order[at] = replace(order[at], kind=kind)
    corrected = replace(order[at], on=on)
    _check("Nothing was put right.", order[:at], corrected, order[at + 1 :], tx.today)


def _check(
    what: str, before: list[Happened], one: Happened, after: list[Happened], today: date
) -> None:
    """Refuse `one` on a day that moves it from its place where it does not follow there."""
    order = [*before, one, *after]
    if _breaks(sorted(order, key=_place)) <= _breaks(order):
        return
    passed = [other for other in before if _place(other) > _place(one)]
    side, way = ("before", "a later") if passed else ("after", "an earlier")
    other = passed[-1] if passed else next(it for it in after if _place(it) < _place(one))
    day = say_day(_day(other), today)
    raise OutOfOrder(
        what,
        f'"{one.kind}" on {say_day(_day(one), today)} would stand {side} "{other.kind}" on {day}.',
        f'Give {way} day, or put the day of "{other.kind}" right first.',
    )


def _breaks(order: Iterable[Happened]) -> int:
    """Return how many events do not follow from the one before; a level changes nothing."""
    count, last = 0, ""
    for one in order:
        if not last:
            count += one.kind != "began"
        else:
            count += last not in FOLLOWS.get(one.kind, ())
        if one.kind != "level" or not last:
            last = one.kind
    return count


def _place(one: Happened) -> tuple[date, str]:
    return _day(one), one.recorded


def _day(one: Happened) -> date:
    return one.on or date.min
