"""What is understood of the words in the directory's one box: "free lunch on Tuesday near LE9 8EB".

Each thing that was understood is a chip, which is shown and can be taken off again; then its words
are words to look for like all the others. Nothing is understood in secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from linkworker.codes import codes
from linkworker.rules.numbers import postcode
from linkworker.text import clean, folded, one_line

Kind = Literal["free", "day", "near", "step-free", "language", "for", "age"]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHOLE = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

AUDIENCES = (
    "adults", "asylum seekers", "babies", "beginners", "boys", "carers", "children", "dads",
    "deaf people", "disabled people", "families", "fathers", "girls", "grandparents", "lgbt people",
    "men", "mothers", "mums", "older people", "parents", "people with dementia", "refugees",
    "stroke survivors", "students", "teenagers", "toddlers", "unpaid carers", "veterans",
    "women", "young carers", "young people",
)  # fmt: skip
"""Whom something is for, as one says it after "for"."""

MOST = 400
"""Characters of the box that are looked at."""

MOST_WORDS_OF_A_PLACE = 4


@dataclass(frozen=True)
class Chip:
    """One thing that was understood."""

    kind: Kind
    said: str
    """What the chip shows: "Tuesday", "near LE9 8EB"."""
    value: str
    """What is looked for: "tue", "LE9 8EB", "gujarati", "60"."""

    @property
    def key(self) -> str:
        """What it is known by when it is taken off."""
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for."""

    words: str
    """What is left to look for as words."""
    chips: tuple[Chip, ...]


def wanted(
    text: str, today: date, off: Collection[str] = (), places: Collection[str] = ()
) -> Wanted:
    """Return what is understood of a box's words, without the chips that were taken `off`.

    `places` are the names of places that are known, folded: one of them is where somebody looks,
    also without "near". What was taken off is not understood as something else instead.
    """
    words = one_line(clean(text))[:MOST]
    unread = words
    chips: list[Chip] = []
    for pattern, read in _PATTERNS:
        for found in list(pattern().finditer(unread)):
            start, end = found.span()
            if found.re.groupindex.get("where"):
                end = found.start("where") + len(_whole_place(found["where"], places))
                found = found.re.fullmatch(unread, start, end) or found
            chip = read(found, today)
            if chip is None:
                continue
            unread = _without(unread, start, end)
            if chip.key not in off:
                words = _without(words, start, end)
                if all(chip.key != one.key for one in chips):
                    chips.append(chip)
    if all(one.kind != "near" for one in chips) and (place := _place_in(unread, places)):
        start, end = place
        chip = Chip("near", f"near {words[start:end]}", words[start:end])
        if chip.key not in off:
            words = _without(words, start, end)
            chips.append(chip)
    left = re.sub(r"\b(?:on|for|in|at|and|the|a)\b(?=\s*$)", " ", words, flags=re.IGNORECASE)
    return Wanted(" ".join(left.split()) if chips else words.strip(), tuple(chips))


def _without(words: str, start: int, end: int) -> str:
    return f"{words[:start]}{' ' * (end - start)}{words[end:]}"


def _whole_place(where: str, places: Collection[str]) -> str:
    """Return as much of the words after "near" as is the name of a place; all, where none is."""
    ends = [one.end() for one in re.finditer(r"[^\s]+", where)]
    return next((where[:end] for end in reversed(ends) if folded(where[:end]) in places), where)


def _place_in(words: str, places: Collection[str]) -> tuple[int, int] | None:
    """Return where the longest name of a place stands in words that say nothing else."""
    if not places:
        return None
    spans = [one.span() for one in re.finditer(r"[^\s,]+", words)]
    for length in range(min(len(spans), MOST_WORDS_OF_A_PLACE), 0, -1):
        for at in range(len(spans) - length + 1):
            start, end = spans[at][0], spans[at + length - 1][1]
            if folded(words[start:end]) in places:
                return start, end
    return None


def _free(_: re.Match[str], today: date) -> Chip:
    return Chip("free", "free", "free")


def _step_free(_: re.Match[str], today: date) -> Chip:
    return Chip("step-free", "step-free", "yes")


def _day(found: re.Match[str], today: date) -> Chip | None:
    said = found["day"].casefold()
    if said in ("today", "tomorrow"):
        which = DAYS[(today + timedelta(days=said == "tomorrow")).weekday()]
    else:
        which = said[:3]
    return Chip("day", _WHOLE[DAYS.index(which)], which)


def _near(found: re.Match[str], today: date) -> Chip | None:
    where = found["where"].strip(" ,.")
    code = postcode(where)
    if code.good:
        return Chip("near", f"near {code.shown}", code.shown)
    return Chip("near", f"near {where}", where) if where else None


def _language(found: re.Match[str], today: date) -> Chip | None:
    name = _languages().get(folded(found["language"]))
    return Chip("language", f"in {name}", folded(name)) if name else None


def _for(found: re.Match[str], today: date) -> Chip:
    whom = found["whom"].casefold()
    return Chip("for", f"for {whom}", whom)


def _age(found: re.Match[str], today: date) -> Chip:
    years = int(found["years"])
    over = found["over"].casefold() == "over"
    return Chip("age", f"{'over' if over else 'under'} {years}", str(years if over else years - 1))


@cache
def _languages() -> dict[str, str]:
    """Return the names of languages, folded, each with how it is written."""
    found: dict[str, str] = {}
    for label in codes("languages").values():
        for name in re.split(r"[,;()/]", label):
            if name.strip():
                found.setdefault(folded(name), name.strip())
    return found


@cache
def _language_pattern() -> re.Pattern[str]:
    names = sorted(map(re.escape, _languages()), key=len, reverse=True)
    return re.compile(
        rf"\b(?:in|speaks?|speaking)\s+(?P<language>{'|'.join(names)})(?![\w-])", re.IGNORECASE
    )


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _of(text: str) -> Callable[[], re.Pattern[str]]:
    return lambda: _pattern(text)


_PATTERNS: tuple[
    tuple[Callable[[], re.Pattern[str]], Callable[[re.Match[str], date], Chip | None]], ...
] = (
    (_of(r"\b(?:step|level)[- ](?:free|access)\b|\bwheelchairs?(?: access(?:ible)?)?\b|"
         r"\bno steps\b"),
     _step_free),
    (_of(r"(?<![\w-])(?:for )?free(?: of charge)?\b|\bno cost\b"), _free),
    (_of(r"\b(?:on )?(?P<day>mon(?:days?)?|tue(?:s|sdays?)?|wed(?:nesdays?)?|thu(?:rs?|rsdays?)?|"
         r"fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?|today|tomorrow)\b"), _day),
    (_language_pattern, _language),
    (_of(rf"\bfor (?P<whom>{'|'.join(sorted(AUDIENCES, key=len, reverse=True))})\b"), _for),
    (_of(r"\b(?:for )?(?P<over>over|under)[- ](?:the age of )?(?P<years>\d{1,2})(?:'?s)?\b"), _age),
    (_of(r"\bnear (?P<where>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{1,2}\d[A-Z\d]?\b|"
         r"[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*){0,2})"), _near),
)  # fmt: skip
