"""Visits to two who live together: one visit, told once, that stands in both their records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from linkworker.madeup import rhythm
from linkworker.madeup.calendar import locked_down
from linkworker.madeup.grammar import Grammar
from linkworker.madeup.life import Telling
from linkworker.madeup.pages import facts_of, minutes_said, with_marks
from linkworker.madeup.patch import Patch
from linkworker.madeup.scene import cast
from linkworker.madeup.telling import Life, Line, Told
from linkworker.madeup.voice import Heard

_BETWEEN = (38, 75)
"""Days between two visits to both, least and most."""


def together(
    lives: Iterable[Life], patch: Patch, *, seed: int, today: date, grammar: Grammar, heard: Heard
) -> list[Life]:
    """Return lives with the visits to couples added, each to the life of the first of the two."""
    by_key = {life.key: life for life in lives}
    for life in list(by_key.values()):
        for tie in patch.card(life.key).ties:
            other = by_key.get(tie.other) if tie.is_partner and tie.other else None
            if other is not None and life.key < other.key:
                told = _visits(life, other, patch, seed, today, grammar, heard)
                joined = tuple(sorted((*life.told, *told), key=lambda one: one.at))
                by_key[life.key] = replace(life, told=joined)
    return list(by_key.values())


def _visits(
    one: Life, other: Life, patch: Patch, seed: int, today: date, grammar: Grammar, heard: Heard
) -> list[Told]:
    """Return the visits to two, from when both are known until support of either changes."""
    if one.first_talk is None or other.first_talk is None:
        return []
    later = [turn.on for life in (one, other) for turn in life.turns if turn.kind != "began"]
    until = min([*later, today])
    chance = Random(f"{seed}:{patch.key}:{one.key}+{other.key}")
    telling = Telling(cast(patch.card(one.key), patch, today, seed), grammar, (), chance, heard)
    taken = {told.at.date() for life in (one, other) for told in life.told}
    found: list[Told] = []
    least, most = _BETWEEN
    day = max(one.first_talk, other.first_talk)
    while True:
        day = rhythm.open_day(day + timedelta(days=least + int(chance.random() * (most - least))))
        while day in taken:
            day = rhythm.open_day(day + timedelta(days=1))
        if day >= until:
            return found
        told = None if locked_down(day) else _visit(telling, day, (one.key, other.key))
        if told is not None:
            found.append(told)


def _visit(telling: Telling, day: date, people: tuple[str, str]) -> Told | None:
    """Return one visit to two, None where there is nothing new to tell of them."""
    page = telling.page(day, extra=facts_of("home"))
    page.voice.effects.clear()
    page.say("both.open")
    for _ in range(2 + int(page.chance(0.5))):
        page.say("both.bit")
    if len(page.sentences) < 2:
        return None
    if page.chance(0.3):
        sign, _, words = page.words_for("both.mark").partition(" ")
        page.lines.append(Line(sign, words))
    at = rhythm.at_some_time(day, page.voice.chance)
    return Told(
        at=at,
        people=people,
        how="home visit",
        outcome="met",
        minutes=minutes_said(page, 45 + 5 * int(page.voice.chance.random() * 9)),
        place="",
        text=with_marks(" ".join(page.sentences), page.lines),
        lines=tuple(page.lines),
    )
