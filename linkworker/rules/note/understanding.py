"""What a whole note will become: every marked line, and everything that it leaves unclear."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from linkworker.rules.marks import Line, Reading
from linkworker.rules.note.becoming import Asking, Becoming, Choice, Question, Understanding
from linkworker.rules.note.closing import of_closed
from linkworker.rules.note.doing import introduced_by, of_steps
from linkworker.rules.note.known import Known
from linkworker.rules.note.lines import ask_happy_to, of_one_sentence
from linkworker.rules.note.named import key_of
from linkworker.rules.note.remembered import Remembered
from linkworker.rules.note.telling import Telling
from linkworker.rules.note.twice import said_once
from linkworker.rules.note.with_whom import of_with

STORY = "story"
"""The id of the question in whose records the story will stand."""


def understand(
    reading: Reading,
    known: Known,
    answers: Mapping[str, str] | None = None,
    before: Remembered | None = None,
    between: Callable[[], None] | None = None,
) -> Understanding:
    """Return what the note will add to the records, and what it asks.

    `answers` holds what was answered so far: the key of a choice by the id of its question. A
    question that was answered is still there, with its answer, so that it can be changed; an
    answer to a question that the note no longer raises does nothing.

    Pure. `before` is what the lines became when the same note was last read, and is brought up to
    date: then a line that has not changed costs next to nothing. It changes nothing of what is
    returned. `between` is called after each line that had to be read.
    """
    before = before if before is not None else Remembered()
    before.begin(known)
    telling = Telling(known, Asking(dict(answers or {})), reading.story)
    marks = reading.marks
    lines = {line.number: line for line in marks}
    made: dict[int, tuple[Becoming, ...]] = {}

    def read(line: Line) -> None:
        there = before.again(telling, line)
        made[line.number] = there or before.keep(telling, line, _read)
        if not there and between is not None:
            between()

    # Whom an `@` line makes known may do a step of the same note, above it or below.
    for line in marks:
        if line.sign == "@":
            read(line)
    telling.introduced = introduced_by([one for some in made.values() for one in some], known)
    before.introduced(telling.introduced)
    for line in marks:
        if line.sign != "@":
            read(line)
    before.end()
    becomings = [one for number in sorted(made) for one in made[number]]
    becomings = said_once(becomings)
    becomings = ask_happy_to(telling, lines, becomings)
    story_for = _ask_story(telling, reading)
    return Understanding(reading, known, tuple(becomings), _in_order(telling, becomings), story_for)


def _read(telling: Telling, line: Line) -> tuple[Becoming, ...]:
    """Return what one marked line becomes."""
    if line.sign == "@":
        return (of_with(telling, line),)
    if line.sign == ">":
        return tuple(of_steps(telling, line))
    if line.sign == "x":
        return (of_closed(telling, line),)
    return (of_one_sentence(telling, line),)


def _ask_story(telling: Telling, reading: Reading) -> tuple[str, ...]:
    """Return in whose records the story will stand; with several people it is confirmed."""
    people = telling.known.people
    everybody = tuple(one.id for one in people)
    if len(people) == 1 or not reading.story:
        return everybody
    names = [one.first for one in people]
    question = Question(
        STORY,
        "story",
        f"The story goes to {_listed(names)} as it stands?",
        (
            Choice("everybody", f"yes, to {_listed(names)}"),
            *(Choice(key_of(one), f"only to {one.first}") for one in people),
        ),
        blocks=True,
    )
    answer = telling.asking.ask(question, -1).value
    chosen = tuple(one.id for one in people if key_of(one) == answer)
    return chosen or everybody


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _in_order(telling: Telling, becomings: list[Becoming]) -> tuple[Question, ...]:
    """Return the questions in the order of their lines; the one about the whole story first."""
    asked = telling.asking.questions
    order = [STORY, *(id_ for one in becomings for id_ in one.asks)]
    return tuple(asked[id_] for id_ in dict.fromkeys(order) if id_ in asked)
