"""What *done* records of a note: the lines that are clear, and the note itself for each record.

A line that is still unclear stays in the note as text and is given back; nothing of it is guessed.
Only where a guess could put words into the wrong record (whose is what is kept apart, who gets
the story) does an open question hold the whole note back.
"""

from __future__ import annotations

from dataclasses import dataclass

from linkworker.rules.marks import KEPT_APART_PLACE, SIGNS, Line, tidy
from linkworker.rules.note.becoming import Becoming, Question, Understanding


@dataclass(frozen=True, slots=True)
class Unclear:
    """A marked line, or one step of it, that was not recorded, and what it waits for."""

    line: int
    kind: str
    words: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What done would record, and what it would not."""

    ready: tuple[Becoming, ...]
    unclear: tuple[Unclear, ...]
    blocked: tuple[Question, ...]
    """Questions without whose answer nothing may be recorded."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The note as it stands in one person's record."""

    person: str
    words: str
    """The story, if it is for them, with their own marked lines among it; in the place of each of
    their lines that is kept apart stands `marks.KEPT_APART_PLACE`."""
    becomings: tuple[Becoming, ...]
    """Their lines that are clear, in order; those kept apart among them."""


def settle(understanding: Understanding) -> Settled:
    """Tell what is clear from what is not."""
    asked = {one.id: one for one in understanding.questions}
    ready = tuple(one for one in understanding.becomings if is_clear(one))
    unclear = tuple(
        Unclear(
            one.line,
            one.kind,
            KEPT_APART_PLACE if one.kind == "kept apart" else one.said,
            tuple(asked[id_] for id_ in one.waits_for),
        )
        for one in understanding.becomings
        if not is_clear(one)
    )
    # An answer that names nobody of the note (any more) is none for what is kept apart.
    nobodys = {
        one.line for one in understanding.becomings if one.kind == "kept apart" and not one.person
    }
    blocked = tuple(
        one
        for one in understanding.questions
        if one.blocks and (not one.value or nobodys.intersection(one.lines))
    )
    return Settled(ready, unclear, blocked)


def is_clear(made: Becoming) -> bool:
    """Say whether a line can be recorded: nothing it waits for, whose it is and what is known."""
    return not made.waits_for and bool(made.person) and bool(made.record)


def copies(understanding: Understanding) -> tuple[Copy, ...]:
    """Return the note for each of its people: their lines, and the story if it is for them.

    What is kept apart stands in no copy, whoever's it is; its place is marked only in the copy of
    the person whose it is. A line that is not clear stays as text where the story stands.
    """
    return tuple(_copy(understanding, one.id) for one in understanding.known.people)


def _copy(understanding: Understanding, person: str) -> Copy:
    by_line: dict[int, list[Becoming]] = {}
    for one in understanding.becomings:
        by_line.setdefault(one.line, []).append(one)
    told = person in understanding.story_for
    kept = [
        said
        for line in understanding.reading.lines
        if (said := _line_in(line, by_line.get(line.number, []), person, told)) is not None
    ]
    mine = [one for one in understanding.becomings if one.person == person and is_clear(one)]
    return Copy(person, tidy(kept), tuple(mine))


def _line_in(line: Line, made: list[Becoming], person: str, told: bool) -> str | None:
    """Return how a line stands in a person's record, None where it does not."""
    if not line.sign:
        return line.words if told else None
    mine = any(one.person == person for one in made)
    if line.kind == "kept apart":
        return KEPT_APART_PLACE if mine else None
    whose_is_open = not any(one.person for one in made)
    if mine or (told and whose_is_open):
        return f"{SIGNS[line.kind]} {line.words}"
    return None
