"""When people meet: weekly at first, then monthly, more often while something is going on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from linkworker.madeup.english import working_day

_GAPS = ((5, 5, 11), (14, 8, 18))
"""Up to which contact, and between how many days the next one lies."""

_LATER = (8, 18)
_BUSY = (4, 12)
"""While an episode is under way."""

_STARTS = ("9:15", "9:30", "10:00", "10:05", "10:30", "11:00", "11:15", "11:30", "13:00", "13:30",
           "14:00", "14:15", "14:30", "15:00", "15:20", "16:00")  # fmt: skip


def next_day(day: date, met: int, chance: Random, *, busy: bool) -> date:
    """Return the working day of the next contact after the `met`-th one."""
    least, most = _LATER
    for up_to, low, high in _GAPS:
        if met < up_to:
            least, most = low, high
            break
    if busy:
        least, most = min(least, _BUSY[0]), min(most, _BUSY[1])
    found = day + timedelta(days=least + int(chance.random() * (most - least + 1)))
    return open_day(found - timedelta(days=1) if found.weekday() == 5 else found)


def open_day(day: date) -> date:
    """Return the day, or the next one on which people are at work."""
    while day.weekday() > 4 or (day.month, day.day) in ((12, 25), (12, 26), (1, 1)):
        day += timedelta(days=1)
    return day


def at_some_time(day: date, chance: Random) -> datetime:
    """Return a day with a time at which a contact begins."""
    hour, _, minute = _STARTS[int(chance.random() * len(_STARTS))].partition(":")
    return datetime.combine(day, time(int(hour), int(minute)))


def before(day: date, days: int) -> date:
    """Return the working day that lies at least `days` days before another."""
    found = day - timedelta(days=days)
    return found if found.weekday() < 5 else working_day(found, -1)
