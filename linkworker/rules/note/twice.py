"""Lines of one note that say the very same: they become one record.

A line is soon pasted twice, or typed again an hour later. What somebody gave may be two: two lifts
on one day are two gifts, so those lines are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from linkworker.rules.note.becoming import Becoming
from linkworker.rules.note.known import plain_words

MAY_BE_TWO = frozenset({"gave"})
"""Kinds of line that mean two things when they stand there twice."""

WHOLE = frozenset({"with", "became", "kept apart"})
"""Kinds of line that are the same only where all that was said is: more of it says something new
of the same person, place or step."""


def said_once(made: Iterable[Becoming]) -> list[Becoming]:
    """Return the lines, each that says again what one above says pointing at that one."""
    first: dict[tuple[object, ...], tuple[int, int]] = {}
    found: list[Becoming] = []
    for one in made:
        if one.kind in MAY_BE_TWO or not (one.person and one.record):
            found.append(one)
            continue
        place = first.setdefault(_what(one), (one.line, one.part))
        found.append(one if place == (one.line, one.part) else one._replace(again=place))
    return found


def _what(one: Becoming) -> tuple[object, ...]:
    """Return what a line says, without how it is written."""
    said = one.said if one.kind in WHOLE else one.words
    who = tuple(doer.name.casefold() for doer in one.who)
    settled = (one.agreed, one.sort, one.state, one.stages, one.target, one.closeness)
    return (one.kind, one.record, one.person, plain_words(said), who, one.day, one.time, *settled)
