"""What a `>` line says: who, what, by when, and whether the day can slip.

"Ann: ask for the PIP decision to be looked at again, MUST be in by Wed 9 Dec, with Gerry". Days
count from the day that the note tells of; written up later, "Friday" may also count from today,
and where the two differ it is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from linkworker.rules.day_phrases import RELATIVE
from linkworker.rules.day_slips import Slip, day_slips
from linkworker.rules.days import DayReading, find_days, read_day
from linkworker.rules.note.becoming import Choice, Question
from linkworker.rules.note.known import Known
from linkworker.rules.note.named import match_name
from linkworker.rules.shown_days import say_day

_DUE = ("", "by", "on", "in", "before", "for", "until", "till", "til")
"""The small words after which a day is when the step is for; "about Friday" is what it is about."""

_MUST = re.compile(
    r"\bMUST\b|\b(?:must|has to|have to|needs to)\s+be\s+(?:in|there|done|sent|with them)\b"
    r"|\b(?:can(?:no|['’])?t|must not) slip\b|\bdeadline\b|\bno later than\b"
    r"|\bat the latest\b|\blast day\b",
)
_MUST_BEFORE = re.compile(
    r"[\s,;:–—-]*\b(?:(?:it|this|that)\s+)?"
    r"(?:(?:MUST|must|has to|have to|needs to)(?:\s+(?:be|go|get|arrive)(?:\s+(?:in|there|done|sent"
    r"|with them))?)?|deadline:?|can(?:no|['’])?t slip:?|no later than)\s*$"
)
_AT_THE_LATEST = re.compile(r"\s*,?\s*at the latest\b")


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a line: most lines have one."""

    head: str
    """Who will do it, as said; "" where nobody was named."""
    words: str


@dataclass(frozen=True, slots=True)
class When:
    """By when a step is to be done."""

    reading: DayReading | None
    """The phrase that says it, None where none does."""
    others: tuple[date, ...] = ()
    """Other days that the words name as well, so that it must be asked."""


def parts_of(head: str, rest: str, known: Known) -> list[Part]:
    """Return the steps of a line: a semicolon and another name begin a further one.

    "Ruth: form in the post by Mon 7 Dec; Ann to ring on Friday to see" is two people's promises,
    and a promise that is hidden in another's line is forgotten. "Ann to ring" is read like
    "Ann: ring" where Ann is known.
    """
    parts: list[Part] = []
    for number, piece in enumerate(re.split(r";\s+", rest)):
        named = _named_start(piece, known)
        if number == 0:
            parts.append(Part(head, piece) if head else named or Part("", piece))
        elif named is not None:
            parts.append(named)
        else:
            last = parts.pop()
            parts.append(replace(last, words=f"{last.words}; {piece}"))
    return parts


def _named_start(piece: str, known: Known) -> Part | None:
    """Return the step that begins with a name: "Ann to ring", "Ann: ring"; None for others."""
    match = re.match(r"([^\s:;,][^:;,]{0,40}?)(?::|\s+to)\s+(\S.*)", piece, re.DOTALL)
    if match is None:
        return None
    people = [*known.people, *known.ties, known.worker, *known.colleagues]
    if not match_name(match[1], people).found:
        return None
    return Part(match[1], match[2])


def when_in(words: str, note_day: date, today: date) -> When:
    """Return by when a step is to be done, as its words say it."""
    due = [one for one in find_days(words, note_day) if one.lead in _DUE]
    if not due:
        return When(None)
    by = [one for one in due if one.lead == "by"]
    chosen = (by or due)[0]
    others = () if by else tuple(_days_of(due[1:]))
    if today != note_day:
        chosen = _as_said_later(words, chosen, today)
    days = {day for day in others if day != chosen.day}
    return When(_last_of(chosen), tuple(sorted(days)))


def slipped_when(words: str, note_day: date, today: date) -> tuple[str, When] | None:
    """Return the words with a slip in a day word mended, and the day that they would then say.

    None where no word that is nearly a day word stands where a day would. What it gives is asked,
    never taken as said.
    """
    for slip in day_slips(words):
        mended = slip.mended(words)
        when = when_in(mended, note_day, today)
        if _says(when.reading, slip):
            said = when_in(words, note_day, today).reading
            return (mended, when) if said is None or _says(when.reading, said) else None
    return None


def _says(reading: DayReading | None, part: Slip | DayReading) -> bool:
    """Say whether a phrase that says a day reaches over a part of the text."""
    return reading is not None and reading.start <= part.start < reading.end


def _days_of(readings: list[DayReading]) -> list[date]:
    return [day for one in readings for day in (one.options or filter(None, (one.day,)))]


def _as_said_later(words: str, chosen: DayReading, today: date) -> DayReading:
    """Return the reading with the days that the same phrase means when it is said today.

    "Tonight" in a note of last week is the night of its own day, and asks nothing.
    """
    if RELATIVE.get(words[chosen.start : chosen.end].strip().casefold()) == 0:
        return chosen
    later = read_day(words[chosen.start : chosen.end], today)
    if later is None or (later.day, later.options) == (chosen.day, chosen.options):
        return chosen
    days = [*_days_of([chosen]), *_days_of([later])]
    kept = tuple(day for day in dict.fromkeys(days) if day >= today) or tuple(dict.fromkeys(days))
    if len(kept) == 1:
        return replace(chosen, day=kept[0], options=(), trouble="")
    return replace(chosen, day=None, options=kept, trouble=chosen.trouble or "which week")


def _last_of(reading: DayReading) -> DayReading:
    """Return the last working day of a week, and the last day of a month: by then it is done."""
    if reading.day is None or reading.precision == "day":
        return reading
    if reading.precision == "week":
        return replace(reading, day=reading.day + timedelta(days=4 - reading.day.weekday()))
    if reading.precision == "month":
        after = (reading.day.replace(day=28) + timedelta(days=4)).replace(day=1)
        return replace(reading, day=after - timedelta(days=1))
    return replace(reading, day=None, options=(), trouble="")


def cannot_slip(words: str) -> bool:
    """Say whether a step's day is one that others set, with a loss if it is missed."""
    return bool(_MUST.search(words))


def without_day(words: str, reading: DayReading | None) -> str:
    """Return the words of a step without the day that now stands beside them.

    "By Friday" would be wrong when it is read next month. Where the phrase says more than the day
    ("tonight", "next week") it stays.
    """
    if reading is None or reading.part or reading.precision != "day" or reading.about:
        return words
    before, after = words[: reading.start], words[reading.end :]
    before = _MUST_BEFORE.sub("", before).rstrip()
    after = _AT_THE_LATEST.sub("", after, count=1).lstrip()
    before = before.rstrip(",;:–—-( ").rstrip()
    gap = "" if not before or after[:1] in (",", ";", ".", ")", "") else " "
    if not before:
        after = after.lstrip(",;.:) ")
    left = f"{before}{gap}{after}".strip()
    return left if any(map(str.isalpha, left)) else words


def ask_day(words: str, when: When, known: Known) -> Question | None:
    """Return what must be asked about the day of a step, None where it is clear or not said."""
    reading = when.reading
    if reading is None or (reading.day is None and not reading.trouble):
        return None
    if reading.day is not None and not when.others:
        return None
    phrase = words[reading.start : reading.end]
    days = list(reading.options) or ([reading.day] if reading.day else [])
    days += [day for day in when.others if day not in days]
    said = [_day_label(day, known) for day in days]
    if reading.trouble == "no such day":
        sentence = f"“{phrase}” is no day in the calendar. Which day is meant?"
    elif reading.trouble == "weekday and day differ" or when.others:
        sentence = f"{words}: {' or '.join(said)}?"
    else:
        sentence = f"Which day is “{phrase}”: {' or '.join(said)}?"
    choices = [Choice(day.isoformat(), label) for day, label in zip(days, said, strict=True)]
    choices.append(Choice("no day", "no day, leave it in the words"))
    key = f"day|{phrase}|{words if reading.trouble == 'no such day' or when.others else ''}"
    return Question(key, "which day", sentence, tuple(choices))


def ask_slip(mended: str, when: When, known: Known) -> Question | None:
    """Return the question whether a word that is nearly a day word is meant for it."""
    reading = when.reading
    days = _days_of([reading]) if reading is not None else []
    if reading is None or not days:
        return None
    phrase = mended[reading.start : reading.end]
    said = " or ".join(say_day(day, known.today) for day in days)
    choices = [Choice(day.isoformat(), _day_label(day, known)) for day in days]
    choices.append(Choice("no day", "no day, leave it in the words"))
    sentence = f"Did you mean “{phrase}”, {said}?"
    return Question(f"slip|{mended}", "which day", sentence, tuple(choices))


def _day_label(day: date, known: Known) -> str:
    said = say_day(day, known.today)
    if day == known.today:
        return f"{said}, today"
    return f"{said}, tomorrow" if day == known.today + timedelta(days=1) else said
