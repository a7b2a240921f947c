"""The days of the made-up years: Easter, the clocks, the lockdowns, and what they bring."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

LOCKDOWNS = (
    (date(2020, 3, 24), date(2020, 7, 4)),
    (date(2020, 11, 5), date(2020, 12, 2)),
    (date(2021, 1, 6), date(2021, 4, 12)),
)
"""When people in England were to stay at home: nobody was visited indoors, no group met."""


def locked_down(day: date) -> bool:
    """Return whether people were to stay at home on a day."""
    return any(first <= day < last for first, last in LOCKDOWNS)


@cache
def days_of_note(day: date) -> frozenset[str]:
    """Return what is true of the days about a day that come once a year."""
    facts = set[str]()
    year = day.year
    if 1 <= (_last_sunday(year, 3) - day).days <= 6:
        facts.add("clocks.forward")
    if 1 <= (day - _last_sunday(year, 10)).days <= 9:
        facts.add("clocks.back")
    if (day.month, day.day) >= (7, 16) and (day.month, day.day) <= (7, 22):
        facts.add("breakup")
    if day.month == 11 and 9 <= day.day <= 19:
        facts.add("remembrance")
    if day.month == 11 and 6 <= day.day <= 13:
        facts.add("bonfire")
    if day.month == 1 and day.day <= 12:
        facts.add("newyear")
    if day.month == 12 and day.day <= 23:
        facts.add("advent")
    if 1 <= (easter(year) - timedelta(days=21) - day).days <= 10:
        facts.add("mothering")
    if 1 <= (easter(year) - day).days <= 12:
        facts.add("easter")
    return frozenset(facts)


def _last_sunday(year: int, month: int) -> date:
    """Return the last Sunday of a month of 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


@cache
def easter(year: int) -> date:
    """Return Easter Sunday, by the rule that the almanacs print (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * el) // 433
    month = (h + el - 7 * m + 90) // 25
    return date(year, month, (h + el - 7 * m + 33 * month + 19) % 32)
