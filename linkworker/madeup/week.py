"""The notes by hand: whose story is "hand", and the week just gone, shifted to the day of reading.

`week.txt` of each patch says how it is written. Days of the story are days before today; "w-2" is
two working days before, so that a week at work stays one whatever day it is read on.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from linkworker.madeup.english import LONG_DAYS, MONTHS, short_day, working_day
from linkworker.madeup.patch import Patch, texts
from linkworker.madeup.rhythm import before
from linkworker.madeup.telling import Life, Told, Turn

_DAY = re.compile(r"\[(w?)([+-]\d+)( and a month)?(?::(day|long))?\]")

_TURNS = {"harold": (Turn("died", date.min), "w", -3)}
"""What happened to the people of the week, beside what is told: when, as in a heading."""


class UnreadableWeek(ValueError):
    """A note by hand has a heading that cannot be read: says which."""


def by_hand(patch: Patch, today: date) -> list[Life]:
    """Return the lives that are told by hand, and what was by hand about others, in order."""
    told = _read(texts(patch.key)["week.txt"], patch, today)
    lives = []
    for card in patch.people:
        own = tuple(one for one in told if one.people[0] == card.key)
        if card.story == "hand":
            first = min(one.at.date() for one in told if card.key in one.people)
            level = 1 if card.described else 2
            turns = [Turn("began", first, level=level)]
            if card.key in _TURNS:
                turn, kind, number = _TURNS[card.key]
                on = day_of(kind, number, today)
                turns.append(Turn(turn.kind, on))
            lives.append(Life(card.key, tuple(turns), own, first, first))
        elif own:
            lives.append(Life(card.key, (), own, today, None))
    return lives


def day_of(kind: str, number: int, today: date) -> date:
    """Return the day of a heading: `number` days from today, or working days where kind is "w"."""
    if kind:
        return working_day(today, number) if number else today
    return before(today, -number) if number < 0 else today + timedelta(days=number)


def _read(text: str, patch: Patch, today: date) -> list[Told]:
    notes: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("== "):
            notes.append((line[3:], []))
        elif not line.startswith("#") and notes:
            notes[-1][1].append(line)
    return [_told(head, "\n".join(lines).strip(), patch, today) for head, lines in notes]


def _told(head: str, text: str, patch: Patch, today: date) -> Told:
    cells = [cell.strip() for cell in head.split("|")]
    when = re.fullmatch(r"(w?)([+-]\d+)", cells[0])
    if when is None or len(cells) not in (6, 7):
        raise UnreadableWeek(head)
    people = tuple(cells[2].split())
    for key in people:
        patch.card(key)
    hour, _, minute = cells[1].partition(":")
    day = day_of(when[1], int(when[2]), today)
    last = cells[6] if len(cells) == 7 else ""
    covered = last == "cover"
    return Told(
        at=datetime.combine(day, time(int(hour), int(minute))),
        people=people,
        how=cells[3],
        outcome=cells[5],
        minutes=int(cells[4]),
        place=_place(cells[3], patch, people[0]),
        text=_DAY.sub(lambda found: _said(found, today), text),
        interpreter="" if covered else last,
        wrong=cells[5] != "met",
        single="\n" not in text,
        covered=covered,
    )


def _place(how: str, patch: Patch, key: str) -> str:
    if how not in ("at a session", "walked in"):
        return ""
    return patch.places[patch.card(key).village].library


def _said(found: re.Match[str], today: date) -> str:
    day = day_of(found[1], int(found[2]), today)
    if found[3]:
        day = a_month_on(day)
    if found[4] == "day":
        return LONG_DAYS[day.weekday()]
    if found[4] == "long":
        return f"{day.day} {MONTHS[day.month - 1]}"
    return short_day(day)


def a_month_on(day: date) -> date:
    """Return the same day of the next month, its last one where that month has no such day."""
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def everybody(lives: Iterable[Life]) -> dict[str, Life]:
    """Return lives by key; where somebody has two (one by hand), what is told is put together."""
    together: dict[str, Life] = {}
    for life in lives:
        known = together.get(life.key)
        if known is None:
            together[life.key] = life
            continue
        first, second = (known, life) if known.turns else (life, known)
        told = tuple(sorted((*first.told, *second.told), key=lambda one: one.at))
        together[life.key] = Life(
            life.key, first.turns, told, first.introduced_on, first.first_talk
        )
    return together
