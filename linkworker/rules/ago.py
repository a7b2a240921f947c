"""How long ago a day was, as a person says it: "yesterday", "3 weeks ago"."""

from __future__ import annotations

from datetime import date


def say_ago(day: date, today: date) -> str:
    """Return how long before `today` the day was, or how long after it it will be.

    Days up to two weeks, then weeks up to three months, months up to two years, then years.
    """
    days = (today - day).days
    if days == 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days == -1:
        return "tomorrow"
    said = say_days(abs(days))
    return f"{said} ago" if days > 0 else f"in {said}"


def say_days(days: int) -> str:
    """Return a number of days as a length of time: "9 days", "3 weeks", "5 months", "2 years"."""
    if days < 14:
        number, unit = days, "day"
    elif days < 92:
        number, unit = days // 7, "week"
    elif days < 730:
        number, unit = round(days / 30.44), "month"
    else:
        number, unit = int(days / 365.25), "year"
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
