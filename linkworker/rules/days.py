"""Days as people say them: "Fri", "next tues 2pm", "in 6 weeks", "3/12", "about 2019".

English order: 3/12 is 3 December. A reading faces *ahead* (a step: "Fri" is the coming one) or
*back* (a note written up on Monday: "Fri" was the last one). What a phrase leaves open is never
guessed: `DayReading.options` holds the days that it may mean, likeliest first, and `day` is None
until somebody has chosen. `shown_days.say_day` shows a day in full, and reading that gives the day
again.

The patterns of the phrases are in `day_phrases`; here is what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Literal

from linkworker.rules import day_phrases as phrases
from linkworker.rules.shown_days import MONTHS_IN_FULL, say_day
from linkworker.rules.times import time_of

Facing = Literal["ahead", "back"]
Precision = Literal["day", "week", "month", "season", "year"]
Trouble = Literal["", "which week", "which year", "weekday and day differ", "no such day"]

NEAR = 31
"""Days within which a day without a year may lie on the other side of today: "25 November" said
about a step on the 27th may be a slip for the day before yesterday, so it is asked."""

LONGEST_PHRASE = 80
"""Characters from the end of a sentence within which the day is looked for that it ends in."""


@dataclass(frozen=True, slots=True)
class DayReading:
    """What a phrase says about a day, and where it stands in the text."""

    day: date | None
    """The day meant: the first one of a week, month, season or year. None while it is open."""
    time: time | None = None
    options: tuple[date, ...] = ()
    """The days that it may be, likeliest first, when it must be asked; else empty."""
    precision: Precision = "day"
    about: bool = False
    """Whether it was said as a rough one: "about 2019"."""
    trouble: Trouble = ""
    """Why it must be asked."""
    start: int = 0
    end: int = 0
    """Where the phrase stands, from its leading word ("by") to its last."""
    lead: str = ""
    """The small word before it: "by", "on", "since", "about" …; "" for none."""
    part: str = ""
    """The part of the day that was said with it: "morning", "afternoon" …"""

    @property
    def sure(self) -> bool:
        """Whether it says one day, so that nothing need be asked."""
        return self.day is not None


def read_day(text: str, today: date, facing: Facing = "ahead") -> DayReading | None:
    """Return what the whole of `text` says as a day, or None when it is no day at all.

    For a field that asks for a day, so also "12th", "6 weeks" and "1948" are days here. `today` is
    the day on which it was said. A time may stand beside the day ("next tues 2pm").
    """
    match = phrases.WHOLE.fullmatch(text)
    return None if match is None else _reading(match.groupdict(), match.span(), today, facing)


def find_days(text: str, today: date, facing: Facing = "ahead") -> list[DayReading]:
    """Return every day phrase within a sentence, in order, with its place in `text`.

    More careful than `read_day`: what only looks like a day is left alone ("Saturdays", "both
    Decembers", "sat with him", "Sunday lunch", "24/7", "may").
    """
    return list(_found(text, today, facing))


def _found(text: str, today: date, facing: Facing) -> Iterator[DayReading]:
    for match in phrases.WITHIN.finditer(text):
        groups = match.groupdict()
        if phrases.only_looks_like_a_day(groups, text, match.start(), match.end()):
            continue
        reading = _reading(groups, match.span(), today, facing)
        if reading is not None:
            yield reading


def day_at_end(text: str) -> int | None:
    """Return where the day phrase begins with which a sentence ends, None where it ends in none.

    "ring the surgery by Fri" ends in "by Fri". No day it is said on is needed: which day is meant
    is not asked here.
    """
    text = text.rstrip()
    before = max(0, len(text) - LONGEST_PHRASE)
    for match in phrases.WITHIN.finditer(text, before):
        start, end = match.span()
        if end == len(text) and not phrases.only_looks_like_a_day(
            match.groupdict(), text, start, end
        ):
            return start
    return None


def say_reading(reading: DayReading, today: date) -> str:
    """Return a sure reading as it is shown: "Fri 4 Dec", "December 2026", "about 2019"."""
    day = reading.day
    if day is None:
        return ""
    about = "about " if reading.about else ""
    if reading.precision == "year":
        return f"{about}{day.year}"
    if reading.precision == "month":
        return f"{about}{MONTHS_IN_FULL[day.month - 1]} {day.year}"
    if reading.precision == "season":
        return f"{about}{phrases.season_of(day)} {day.year}"
    if reading.precision == "week":
        return f"{about}the week of {say_day(day, today)}"
    return f"{about}{say_day(day, today)}"


# -- what a phrase means ---------------------------------------------------------------------

Groups = dict[str, str | None]


def _reading(
    groups: Groups, span: tuple[int, int], today: date, facing: Facing
) -> DayReading | None:
    for name, means in _MEANINGS:
        if groups.get(name):
            try:
                found = means(groups, today, facing)
            except (ValueError, OverflowError):
                found = DayReading(None, trouble="no such day")
            break
    else:
        return None
    lead = (groups.get("lead") or "").lower()
    rough = lead in ("about", "around") and found.precision != "day"
    return replace(
        found,
        time=time_of(groups, "t_") or time_of(groups, "b_"),
        start=span[0],
        end=span[1],
        lead="" if rough else lead,
        part=_part_of_day(groups),
        about=found.about or rough or bool(groups.get("about")),
    )


def _part_of_day(groups: Groups) -> str:
    """Return "morning", "afternoon" …, also for "tonight" and "this evening"; "" for none."""
    said = (groups.get("part_of_day") or groups.get("relative") or "").lower().split()
    if not said:
        return ""
    return {"tonight": "night"}.get(said[-1], said[-1] if said[-1] in phrases.PARTS else "")


def _asked(options: list[date], trouble: Trouble) -> DayReading:
    """Return a sure reading of one day, or an open one of several."""
    kept = list(dict.fromkeys(options))
    if len(kept) == 1:
        return DayReading(kept[0])
    return DayReading(None, options=tuple(kept), trouble=trouble)


def _iso(groups: Groups, today: date, facing: Facing) -> DayReading:
    return DayReading(date.fromisoformat(groups["iso"] or ""))


def _written_out(groups: Groups, today: date, facing: Facing) -> DayReading:
    """Return "Fri 4 Dec", "3/12", "December 9th 2026" and the like."""
    number = int(groups["dn"] or groups["dn2"] or groups["num_d"] or 0)
    if groups["num_m"]:
        month = int(groups["num_m"])
    else:
        month = phrases.month_number(groups["mo"] or groups["mo2"] or "")
    weekday = phrases.weekday_number(groups.get("wd_date"))
    year = groups["yr"] or groups["yr2"] or groups["num_y"]
    if year:
        day = date(_full_year(year, today, facing), month, number)
        return DayReading(day) if weekday in (None, day.weekday()) else _differs(day, weekday)
    return _without_year(number, month, weekday, today, facing)


def _full_year(text: str, today: date, facing: Facing) -> int:
    """Return "26" and "'26" as 2026, and "48", looking back from 2026, as 1948."""
    digits = text.lstrip("'’")
    if len(digits) == 4:
        return int(digits)
    year = today.year - today.year % 100 + int(digits)
    return year - 100 if facing == "back" and year > today.year else year


def _without_year(
    number: int, month: int, weekday: int | None, today: date, facing: Facing
) -> DayReading:
    first = today - timedelta(days=NEAR if facing == "ahead" else 365)
    last = today + timedelta(days=365 if facing == "ahead" else NEAR)
    days = [
        day
        for year in range(first.year, last.year + 1)
        if (day := _day_or_none(year, month, number)) and first <= day <= last
    ]
    if not days:  # 29 February, most years; date() says no to 31 June
        days = [_next_that_exists(number, month, today, facing)]
    if weekday is not None:
        right = [day for day in days if day.weekday() == weekday]
        nearest = min(days, key=lambda day: abs((day - today).days))
        return DayReading(right[0]) if right else _differs(nearest, weekday)
    days.sort(key=lambda day: (day < today) if facing == "ahead" else (day > today))
    return _asked(days, "which year")


def _day_or_none(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _next_that_exists(number: int, month: int, today: date, facing: Facing) -> date:
    way = 1 if facing == "ahead" else -1
    for years in range(9):
        day = _day_or_none(today.year + way * years, month, number)
        if day and (day - today).days * way >= 0:
            return day
    raise ValueError("no such day")


def _differs(day: date, weekday: int | None) -> DayReading:
    """Return both readings of "Fri 5 Dec" when the fifth is a Saturday: the day, the weekday."""
    assert weekday is not None
    shift = (weekday - day.weekday() + 3) % 7 - 3
    return DayReading(
        None, options=(day, day + timedelta(days=shift)), trouble="weekday and day differ"
    )


def _numbered(groups: Groups, today: date, facing: Facing) -> DayReading:
    """Return "the 4th", "Friday the 4th": the next or last month that has it so."""
    number = int(groups["nth"] or 0)
    weekday = phrases.weekday_number(groups.get("wd_nth"))
    way = 1 if facing == "ahead" else -1
    for months in range(14):
        year, month = divmod(today.year * 12 + today.month - 1 + way * months, 12)
        day = _day_or_none(year, month + 1, number)
        fits = day is not None and weekday in (None, day.weekday())
        if day is not None and fits and (day - today).days * way >= 0:
            return DayReading(day)
    raise ValueError("no such day")


def _weekday(groups: Groups, today: date, facing: Facing) -> DayReading:
    """Return "Fri", "next Tues", "last Friday", "Friday week", "a week on Friday"."""
    weekday = phrases.weekday_number(groups["wd"])
    assert weekday is not None
    week = timedelta(days=7)
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if groups["wd_after"] or groups["wd_before"]:
        said = (groups["wd_after"] or groups["wd_before"] or "").lower()
        return DayReading(coming + (2 * week if "fortnight" in said else week))
    this_week = today + timedelta(days=weekday - today.weekday())
    which = (groups["which"] or "").lower()
    if which == "next":
        # Said on a Monday, "next Tuesday" is tomorrow to some people and next week's to others.
        return _asked([this_week + week, coming], "which week")
    if which == "last":
        gone = coming - (2 * week if coming - today == week else week)
        return _asked([this_week - week, gone], "which week")
    if which in ("this", "coming"):
        right = this_week >= today if facing == "ahead" else this_week <= today
        return DayReading(this_week if right else coming if facing == "ahead" else coming - week)
    if weekday == today.weekday():
        other = today + week if facing == "ahead" else today - week
        options = [other, today] if facing == "ahead" else [today, other]
        return _asked(options, "which week")
    return DayReading(coming if facing == "ahead" else coming - week)


def _relative(groups: Groups, today: date, facing: Facing) -> DayReading:
    said = " ".join((groups["relative"] or "").lower().split())
    return DayReading(today + timedelta(days=phrases.RELATIVE[said]))


def _counted(groups: Groups, today: date, facing: Facing) -> DayReading:
    """Return "in 6 weeks", "three days ago", "a fortnight's time"."""
    kinds = ("", "_ago", "_time", "_bare")
    kind = next(kind for kind in kinds if groups.get("unit" + kind))
    unit = (groups["unit" + kind] or "").lower()
    count = phrases.count_of(groups["count" + kind])
    if kind == "_ago" or (kind == "_bare" and facing == "back"):
        count = -count
    if unit.startswith("day"):
        return DayReading(today + timedelta(days=count))
    if unit.startswith(("week", "fortnight")):
        return DayReading(today + timedelta(days=count * (7 if unit[0] == "w" else 14)))
    day = add_months(today, count * (1 if unit.startswith("month") else 12))
    return DayReading(day)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        if found := _day_or_none(year, month + 1, number):
            return found
    return date(year, month + 1, day.day)


def _week(groups: Groups, today: date, facing: Facing) -> DayReading:
    shift = {"last": -7, "this": 0, "next": 7}[(groups["week"] or "").lower()]
    return DayReading(today + timedelta(days=shift - today.weekday()), precision="week")


def _week_of(groups: Groups, today: date, facing: Facing) -> DayReading:
    number, month = int(groups["wc_d"] or 0), phrases.month_number(groups["wc_m"] or "")
    if groups["wc_y"]:
        year = _full_year(groups["wc_y"], today, facing)
        return DayReading(date(year, month, number), precision="week")
    return replace(_without_year(number, month, None, today, facing), precision="week")


def _month(groups: Groups, today: date, facing: Facing) -> DayReading:
    month = phrases.month_number(groups["month"] or "")
    return _named(month, groups["month_year"], groups["month_which"], "month", today, facing)


def _season(groups: Groups, today: date, facing: Facing) -> DayReading:
    month = phrases.SEASONS[(groups["season"] or "").lower()]
    return _named(month, groups["season_year"], groups["season_which"], "season", today, facing)


def _named(
    month: int,
    year: str | None,
    which: str | None,
    precision: Precision,
    today: date,
    facing: Facing,
) -> DayReading:
    """Return a month or season by its name: of the year said, else the next or the last one."""
    if year:
        return DayReading(date(_full_year(year, today, facing), month, 1), precision=precision)
    which = (which or "").lower()
    back = which == "last" or (facing == "back" and which != "next")
    this = date(today.year, month, 1)
    months_long = 1 if precision == "month" else 3
    if back:
        # "last November", said in November, is a year ago; "since November" may be this one.
        begun = add_months(this, months_long) <= today if which == "last" else this <= today
        return DayReading(this if begun else add_months(this, -12), precision=precision)
    ended = add_months(this, months_long) <= today
    return DayReading(add_months(this, 12) if ended else this, precision=precision)


def _year(groups: Groups, today: date, facing: Facing) -> DayReading:
    return DayReading(
        date(int(groups["year"] or 0), 1, 1), precision="year", about=bool(groups["rough"])
    )


_MEANINGS: tuple[tuple[str, Callable[[Groups, date, Facing], DayReading]], ...] = (
    ("iso", _iso),
    ("num_d", _written_out),
    ("dn", _written_out),
    ("dn2", _written_out),
    ("nth", _numbered),
    ("wc_d", _week_of),
    ("wd", _weekday),
    ("relative", _relative),
    ("unit", _counted),
    ("unit_ago", _counted),
    ("unit_time", _counted),
    ("unit_bare", _counted),
    ("week", _week),
    ("month", _month),
    ("season", _season),
    ("year", _year),
)
"""The group that tells each kind of phrase, and what the phrase means."""
