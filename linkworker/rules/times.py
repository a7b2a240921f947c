"""Times of day and lengths of time, as people say them: "2pm", "half two", "1 h 20".

A time without am or pm is read as an hour of the working day: from one to half past six it is
afternoon ("2:00", "half two" are 14:00 and 14:30), otherwise it stands as written ("9:30"). It is
always shown back on the 24-hour clock, so that a wrong reading is seen.
"""

from __future__ import annotations

import re
from datetime import time

from linkworker import late

NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
}
"""Numbers that are written out in a sentence."""

_HOUR_WORD = "|".join(NUMBERS)
_OCLOCK = r"o['’]?\s?clock"

TIME = rf"""(?:
    (?:at\s+)?(?:
      (?P<{{0}}clock>[01]?\d|2[0-3])[:.](?P<{{0}}minute>[0-5]\d)\s?(?P<{{0}}half>[ap]\.?m\b\.?)?
    | (?P<{{0}}hour>1[0-2]|0?[1-9])\s?(?P<{{0}}half2>[ap]\.?m\b\.?)
    | (?P<{{0}}named>noon|midday|midnight)
    | (?P<{{0}}part>half|quarter)\s(?:(?P<{{0}}way>past|to)\s)?
      (?P<{{0}}partof>1[0-2]|[1-9]|{_HOUR_WORD})(?:\s?(?P<{{0}}half3>[ap]\.?m\b\.?)|\b)
    | (?P<{{0}}oclock>1[0-2]|[1-9]|{_HOUR_WORD})\s?{_OCLOCK}
    )
  | at\s+(?P<{{0}}bare>1[0-2]|[1-9]|{_HOUR_WORD})\b(?![:.]?\d)
  )(?![\w])"""
"""A verbose pattern of one time; `{0}` is put before each group's name."""


def time_pattern(prefix: str = "") -> str:
    """Return `TIME` with `prefix` before the names of its groups, to stand in a larger pattern."""
    return TIME.replace("{0}", prefix)


def time_of(groups: dict[str, str | None], prefix: str = "") -> time | None:
    """Return the time that the groups of a match of `time_pattern(prefix)` say, None for none."""

    def got(name: str) -> str:
        return groups.get(prefix + name) or ""

    half = (got("half") or got("half2") or got("half3")).lower()[:1]
    if got("clock"):
        written = got("clock")
        sure = written.startswith("0") or int(written) > 12
        return _at(int(written), int(got("minute")), half or ("24" if sure else ""))
    if got("hour"):
        return _at(int(got("hour")), 0, half)
    if got("named"):
        return time(0) if got("named").lower() == "midnight" else time(12)
    if got("part"):
        return _part_of_hour(got("part").lower(), got("way").lower(), _hour(got("partof")), half)
    bare = got("oclock") or got("bare")
    return _at(_hour(bare), 0, "") if bare else None


def _part_of_hour(part: str, way: str, hour: int, half: str) -> time | None:
    """Return "half two", "quarter past two", "quarter to two"; "quarter two" is no time."""
    if part == "half":
        return None if way == "to" else _at(hour, 30, half)
    if way == "past":
        return _at(hour, 15, half)
    if way == "to":
        whole = _at(hour, 0, half)
        return time((whole.hour - 1) % 24, 45)
    return None


def _hour(text: str) -> int:
    return NUMBERS.get(text.lower()) or int(text)


def _at(hour: int, minute: int, half: str) -> time:
    """Return the time; `half` is "a", "p", "24" for a sure 24-hour clock, "" for not said."""
    if half == "p":
        hour = hour if hour >= 12 else hour + 12
    elif half == "a":
        hour = 0 if hour == 12 else hour
    elif not half and (1 <= hour < 6 or (hour == 6 and minute <= 30)):
        hour += 12
    return time(hour, minute)


_WHOLE_TIME = late.pattern(
    rf"\s*(?:{time_pattern()}|(?P<alone>1[0-2]|[1-9]|{_HOUR_WORD}))\s*", re.VERBOSE | re.IGNORECASE
)


def read_time(text: str) -> time | None:
    """Return the time that is the whole of `text`, None when it is none.

    For a field that asks for a time, so "2" and "two" alone are times here (14:00).
    """
    match = _WHOLE_TIME.fullmatch(text)
    if match is None:
        return None
    if alone := match["alone"]:
        return _at(_hour(alone), 0, "")
    return time_of(match.groupdict())


def say_time(at: time) -> str:
    """Return a time as it is shown: "9:30", "14:00". `read_time` reads it back the same."""
    # A small hour keeps its nought, so that 02:00 is not read back as two in the afternoon.
    return f"{at:%H:%M}" if at.hour < 7 else f"{at.hour}:{at.minute:02d}"


_MINUTES = late.pattern(
    r"""\s*(?:about\s+)?(?:
      (?P<half>half\s+(?:an\s+)?hour)
    | (?P<hour>an\s+hour(?P<andhalf>\s+and\s+a\s+half)?)
    | (?P<h>\d{1,2})\s?(?:h|hr|hrs|hours?)\b\.?
      (?:\s?(?:and\s+)?(?P<m>\d{1,2})\s?(?:m|min|mins|minutes)?)?
    | (?P<hm>\d{1,2})h(?P<mm>\d{2})
    | (?P<part>\d{1,2})\.5\s?(?:h|hr|hrs|hours?)
    | (?P<min>\d{1,3})\s?(?:m|min|mins|minutes?)?
    )\.?\s*""",
    re.VERBOSE | re.IGNORECASE,
)


def read_minutes(text: str) -> int | None:
    """Return how many minutes `text` says ("50 min", "1 h 20", "half an hour"), None for none."""
    match = _MINUTES.fullmatch(text)
    if match is None:
        return None
    if match["half"]:
        return 30
    if match["hour"]:
        return 90 if match["andhalf"] else 60
    if match["h"]:
        return int(match["h"]) * 60 + int(match["m"] or 0)
    if match["hm"]:
        return int(match["hm"]) * 60 + int(match["mm"])
    if match["part"]:
        return int(match["part"]) * 60 + 30
    return int(match["min"])


def say_minutes(minutes: int) -> str:
    """Return a length of time as it is shown: "50 min", "1 h 20", "2 h"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest}" if rest else f"{hours} h"
