"""Days as they are shown: "Fri 4 Dec".

Apart from `days`, which reads them: every screen shows a day, and the patterns that read one are
slow to make ready.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_IN_FULL = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS = tuple(name[:3] for name in MONTHS_IN_FULL)

SAID_SHORT = 183
"""Days from today within which a year is left out that is not this year."""


def say_weekdays(days: Iterable[str]) -> str:
    """Return days of the week, spelled "mon" to "sun", as they are shown: "Mon, Thu"."""
    short = {name.casefold(): name for name in WEEKDAYS}
    return ", ".join(short[day] for day in days if day in short)


def say_day(day: date, today: date) -> str:
    """Return a day as it is shown, "Fri 4 Dec", with its year unless it is this year or near."""
    said = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    if day.year == today.year or abs((day - today).days) <= SAID_SHORT:
        return said
    return f"{said} {day.year:04d}"
