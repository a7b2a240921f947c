"""The phrases in which people say days: their patterns, and what only looks like one.

`days` says what a phrase means. The patterns are many small ones, joined: a leading word, a time,
one core ("Fri 4 Dec", "next tues", "in 6 weeks" …), a part of the day, a time.
"""

from __future__ import annotations

import re
from datetime import date

from linkworker.rules.shown_days import MONTHS, WEEKDAYS
from linkworker.rules.times import NUMBERS, time_pattern

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""Seasons and the month in which each begins."""

RELATIVE = {
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "a week today": 7,
    "today week": 7,
    "a week tomorrow": 8,
    "tomorrow week": 8,
    "a fortnight today": 14,
    "a fortnight tomorrow": 15,
}
"""Phrases that count from today, and by how many days."""


PARTS = ("morning", "lunchtime", "afternoon", "teatime", "evening", "night")
"""Parts of a day that may be said with it."""


def weekday_number(text: str | None) -> int | None:
    """Return 0 for Monday to 6 for Sunday, None where no weekday was said."""
    return None if not text else WEEKDAYS.index(text[:3].title())


def month_number(text: str) -> int:
    """Return 1 for January to 12 for December."""
    return MONTHS.index(text[:3].title()) + 1


def season_of(day: date) -> str:
    """Return the season that begins in the day's month, or that it falls in."""
    begun = [name for name, month in SEASONS.items() if month <= day.month]
    return begun[-1] if begun else "winter"


def count_of(text: str | None) -> int:
    """Return the number of "6", "six", "a", "a couple of"."""
    said = " ".join((text or "").lower().split())
    if said.startswith("a couple"):
        return 2
    return 1 if said in ("a", "an") else NUMBERS.get(said) or int(said)


# -- the patterns ------------------------------------------------------------------------------

_WD = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)(?![\w'’])"
)
_MO = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![^\W\d_]|['’]s)\.?"
)
_DN = r"(?:0?[1-9]|[12]\d|3[01])"
_TH = r"(?:st|nd|rd|th)"
_NUM = rf"(?:\d{{1,3}}|an?|{'|'.join(NUMBERS)}|a\s+couple\s+of)"
_UNIT = r"(?:days?|weeks?|fortnights?|months?|years?)\b"
_YEAR = r"(?:\d{4}|['’]\d\d)(?!\d)"
_REL = "|".join(key.replace(" ", r"\s+") for key in sorted(RELATIVE, key=len, reverse=True))

_WRITTEN_OUT = rf"""
    (?:(?P<wd_date>{_WD})[.,]?\s+(?:the\s+)?)?
    (?: (?P<num_d>{_DN})(?P<sep>[/.-])(?P<num_m>0?[1-9]|1[0-2])
        (?:(?P=sep)(?P<num_y>\d{{4}}|\d\d))?(?![\d/]|[.:-]\d)
      | (?P<dn>\d{{1,2}}){_TH}?\s{{0,2}}(?:of\s+)?(?P<mo>{_MO})(?:,?\s+(?P<yr>{_YEAR}))?
      | (?P<mo2>{_MO})\s+(?:the\s+)?(?P<dn2>\d{{1,2}}){_TH}?(?![\d:%]|\.\d)
        (?:,?\s+(?P<yr2>{_YEAR}))?
    )"""
_NUMBERED = rf"(?:(?P<wd_nth>{_WD})\s+)?(?:the\s+)?(?P<nth>{_DN}){_TH}\b"
_WEEK_OF = rf"""
    (?:w/c|(?:the\s+)?week\s+(?:commencing|beginning|of))\s+(?:the\s+)?
    (?:{_WD}[.,]?\s+)?(?P<wc_d>{_DN}){_TH}?\s+(?:of\s+)?(?P<wc_m>{_MO})
    (?:,?\s+(?P<wc_y>{_YEAR}))?"""
_WEEKDAY = rf"""
    (?P<wd_before>a\s+(?:week|fortnight)\s+(?:on\s+)?)?
    (?:(?:this\s+)?(?P<which>this|next|last|coming)\s+)?
    (?P<wd>{_WD})(?:\s+(?P<wd_after>week|fortnight)\b)?"""
_COUNTED = rf"""(?:
    in\s+(?P<about>about\s+|around\s+)?(?P<count>{_NUM})\s+(?P<unit>{_UNIT})(?:['’]?s?['’]?\s+time)?
  | (?P<count_ago>{_NUM})\s+(?P<unit_ago>{_UNIT})\s+ago\b
  | (?P<count_time>{_NUM})\s+(?P<unit_time>{_UNIT})['’]?s?['’]?\s+time\b
    )"""
_WEEK = r"(?P<week>this|next|last)\s+week\b"
_MONTH = rf"""
    (?:(?P<month_which>this|next|last)\s+)?(?P<month>{_MO})(?:\s+(?P<month_year>{_YEAR}))?"""
_SEASON = rf"""
    (?:(?P<season_which>this|next|last)\s+)?
    (?P<season>spring|summer|autumn|winter)\b(?:\s+(?:of\s+)?(?P<season_year>{_YEAR}))?"""
_A_YEAR = r"(?:(?P<rough>early|late|mid)[\s-]+)?(?P<year>1[89]\d\d|20\d\d)(?![\d/]|[.:-]\d|\w)"

_LEAD = rf"""
    (?:by|before|on|for|until|till?|from|since|after|about|around|to|of|during
      |in(?!\s+(?:about\s+|around\s+)?{_NUM}\s+{_UNIT}))"""


def _phrase(*more_cores: str) -> str:
    cores = (
        r"(?P<iso>\d{4}-\d\d-\d\d)(?![\d-])",
        _WRITTEN_OUT,
        _NUMBERED,
        _WEEK_OF,
        _WEEKDAY,
        rf"(?P<relative>{_REL})\b",
        _COUNTED,
        _WEEK,
        _MONTH,
        _SEASON,
        _A_YEAR,
        *more_cores,
    )
    return rf"""
    (?:(?P<lead>{_LEAD})\s+)?
    (?:{time_pattern("b_")}\s+(?:on\s+)?)?
    (?P<the>the\s+)?
    (?: {" | ".join(cores)} )
    (?:\s+(?:in\s+the\s+)?(?P<part_of_day>{"|".join(PARTS)})\b)?
    (?:,?\s+{time_pattern("t_")})?"""


_BARE_COUNT = rf"(?P<bare_count>(?P<count_bare>{_NUM})\s+(?P<unit_bare>{_UNIT}))"
_FLAGS = re.VERBOSE | re.IGNORECASE

WITHIN = re.compile(rf"(?<![\w£$€/.:'’-])(?=[a-z0-9]){_phrase()}", _FLAGS)
"""A day phrase somewhere in a sentence."""

WHOLE = re.compile(rf"\s*{_phrase(_BARE_COUNT)}[.,]?\s*", _FLAGS)
"""A day phrase that is the whole of a field."""


# -- what only looks like a day ------------------------------------------------------------------

_ALSO_WORDS = {"sat", "sun", "wed", "mon", "fri", "may", "mar", "march", "dec", "sept", "jan"}
"""Short names that are words or names too: "sat with him", "the sun", "may come", "Jan rang"."""

_BEFORE = re.compile(
    r"(?:\b(?:every|each|most|any|some|all|alternate|other|both|an?|one|his|her|their|our|my|your"
    r"|usual|good|easter|shrove|ash|black|pancake|palm|pages?|room|flat|number|no|bus|grade"
    r")|\w['’]s)\s+$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:(?:mornings|lunchtimes|afternoons|teatimes|evenings|nights|lunch|dinner|roast|school"
    r"|clubs?|groups?|prayers|services?|markets?|sessions?|class|classes|choir|walks?|bus|papers?)\b"
    rf"|(?:to|-|–|till?|until)\s*{_WD})",
    re.IGNORECASE,
)
_RANGE_BEFORE = re.compile(rf"\b{_WD}\s*$", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|[.,;:!?()])")

_FRACTIONS = {("1", "2"), ("1", "3"), ("2", "3"), ("1", "4"), ("3", "4")}
"""Numbers with a stroke that are more often a half or a quarter, unless "by" or "on" is before."""


def only_looks_like_a_day(groups: dict[str, str | None], text: str, start: int, end: int) -> bool:
    """Say whether a phrase found in a sentence is better left alone.

    "Saturdays" and "both Decembers" do not match at all; this is for what does: "sat with him",
    "on a Sunday afternoon", "Sunday lunch", "Monday to Friday", "1/2", "24/7", "the 4th time".
    """
    lead = (groups["lead"] or "").lower()
    if groups["num_d"]:
        pair = (groups["num_d"], groups["num_m"] or "")
        if groups["num_y"]:
            return False
        if pair == ("24", "7"):
            return True
        if groups["wd_date"]:
            return False
        return groups["sep"] != "/" or (pair in _FRACTIONS and not lead)
    if groups["nth"]:
        return not groups["wd_nth"] and not (lead in ("by", "on", "before") and _ends(text, end))
    written = groups["mo"] or groups["mo2"]
    if written:
        plain_word = written in _ALSO_WORDS and not groups["wd_date"] and not lead
        return plain_word and not (groups["yr"] or groups["yr2"])
    if groups["month"]:
        return not (lead or groups["month_which"] or groups["month_year"])
    if groups["season"]:
        return not (lead or groups["season_which"] or groups["season_year"])
    if groups["year"]:
        return lead in ("", "to", "of", "for", "on") and not groups["rough"]
    if groups["wd"]:
        return _only_looks_like_a_weekday(groups, text, start, end)
    return False


def _only_looks_like_a_weekday(
    groups: dict[str, str | None], text: str, start: int, end: int
) -> bool:
    lead = (groups["lead"] or "").lower()
    if groups["wd_after"] or groups["wd_before"]:
        return False
    if _AFTER.match(text, end) or (lead in ("to", "till", "until") and _range_before(text, start)):
        return True
    if groups["which"]:
        return False
    if groups["the"] and lead not in ("by", "on", "before"):
        return True
    if _BEFORE.search(text, max(0, start - 20), start) and not lead:
        return True
    word = groups["wd"] or ""
    timed = groups["part_of_day"] or any(
        groups[f"{side}_{name}"]
        for side in "bt"
        for name in ("clock", "hour", "named", "part", "oclock", "bare")
    )
    if lead or timed or word.lower() not in _ALSO_WORDS:
        return False
    begins = not text[:start].rstrip() or text[:start].rstrip()[-1] in '.;!?"“'
    return word.islower() or (begins and not _ends(text, end))


def _range_before(text: str, start: int) -> bool:
    return bool(_RANGE_BEFORE.search(text, max(0, start - 12), start))


def _ends(text: str, end: int) -> bool:
    return bool(_ENDS.match(text, end))
