"""Birth dates as spreadsheets hold them: UK order, ISO, months in words, years of two digits.

Where a date can be read in two ways it is not read: the row is asked about instead. A screen's
dates ("Fri", "in 6 weeks") are read by `rules.days`; those words do not come in files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

OLDEST = 115
"""Years; somebody older than this in a file is somebody whose date was mistyped."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_TIME_OF_DAY = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME_OF_DAY}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_UK = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME_OF_DAY}")
_WORDS = re.compile(
    r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[-/. ]?([a-z]{3,9})\.?,?[-/. ]?(\d{4}|\d{2})"
)
_MONTH = re.compile(r"(?:(\d{1,2})[-/.]|([a-z]{3,9})\.? )(\d{4})")
_YEAR = re.compile(r"(about |around |approx\.? |c\.? ?|circa |~ ?)?(\d{4})")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as far as it was understood.

    `precision` is one of `values.PRECISIONS`. `why` is a sentence where nothing was understood,
    and never repeats what was written.
    """

    day: date | None
    precision: str = "day"
    why: str = ""


def read_date(text: str, today: date) -> WrittenDate:
    """Read a date in the past, such as a birth date. An empty text is no date and no fault.

    Day before month, as in the UK. A year of two digits is taken only where a single century
    makes it a date that has been, of somebody not older than `OLDEST`.
    """
    plain = " ".join(text.strip().lstrip("'").casefold().split())
    if not plain:
        return WrittenDate(None)
    if match := (_ISO.fullmatch(plain.upper()) or _COMPACT.fullmatch(plain)):
        year, month, day = (int(part) for part in match.groups())
        return _checked(year, month, day, today)
    if match := _UK.fullmatch(plain.upper()):
        return _with_year(match[3], int(match[2]), int(match[1]), today)
    if (match := _WORDS.fullmatch(plain)) and match[2] in _MONTHS:
        return _with_year(match[3], _MONTHS[match[2]], int(match[1]), today)
    if (match := _MONTH.fullmatch(plain)) and (match[1] or match[2] in _MONTHS):
        month = int(match[1]) if match[1] else _MONTHS[match[2]]
        return _checked(int(match[3]), month, 1, today, "month")
    if match := _YEAR.fullmatch(plain):
        return _checked(int(match[2]), 1, 1, today, "about" if match[1] else "year")
    return WrittenDate(None, why="It cannot be read as a date.")


def _with_year(year: str, month: int, day: int, today: date) -> WrittenDate:
    if len(year) == 4:
        return _checked(int(year), month, day, today)
    century = today.year // 100 * 100
    readings = [
        _checked(start + int(year), month, day, today) for start in (century - 100, century)
    ]
    possible = [reading for reading in readings if reading.day]
    if len(possible) == 1:
        return possible[0]
    if possible:
        return WrittenDate(None, why="Its year has two digits and could be in either century.")
    return readings[0]


def _checked(year: int, month: int, day: int, today: date, precision: str = "day") -> WrittenDate:
    try:
        read = date(year, month, day)
    except ValueError:
        swapped = day <= 12 < month <= 31
        hint = " It may have the month before the day." if swapped else ""
        return WrittenDate(None, why=f"There is no such day.{hint}")
    if read > today:
        return WrittenDate(None, why="It lies in the future.")
    if today.year - year > OLDEST:
        return WrittenDate(None, why=f"It is more than {OLDEST} years ago.")
    return WrittenDate(read, precision)
