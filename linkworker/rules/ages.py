"""An age instead of a birth date: often it is all that anybody has been told."""

from __future__ import annotations

from datetime import date

from linkworker.late import pattern
from linkworker.rules.days import DayReading

OLDEST = 120
"""Years; a larger number is a slip of the keyboard."""

_AGE = pattern(r"(?:(?:about|around|nearly|aged?)\s+)?(\d{1,3})(?:\s*(?:years?(?:\s+old)?|yrs?))?")


def read_age(text: str, today: date) -> DayReading | None:
    """Return about when somebody of this age was born; None where `text` is no age.

    Nobody knows from an age alone on which side of the birthday today is: the year is a rough one.
    """
    found = _AGE.fullmatch(text.strip().casefold())
    if found is None or not 0 < int(found[1]) <= OLDEST:
        return None
    return DayReading(date(today.year - int(found[1]), 1, 1), precision="year", about=True)
