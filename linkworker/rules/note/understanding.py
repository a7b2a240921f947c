"""What a whole note will become: every marked line, and everything that it leaves unclear."""

from __future__ import annotations

from collections.abc import Mapping

from linkworker.rules.marks import Reading
from linkworker.rules.note.becoming import Asking, Becoming, Choice, Question, Understanding
from linkworker.rules.note.closing import of_closed
from linkworker.rules.note.doing import introduced_by, of_steps
from linkworker.rules.note.known import Known
from linkworker.rules.note.lines import ask_happy_to, of_one_sentence
from linkworker.rules.note.named import key_of
from linkworker.rules.note.telling import Telling
from linkworker.rules.note.twice import said_once
from linkworker.rules.note.with_whom import of_with

STORY = "story"
"""The id of the question in whose records the story will stand."""


def understand(
    reading: Reading, known: Known, answers: Mapping[str, str] | None = None
) -> Understanding:
    """Return what the note will add to the records, and what it asks.

    `answers` holds what was answered so far: the key of a choice by the id of its question. A
    question that was answered is still there, with its answer, so that it can be changed; an
    answer to a question that the note no longer raises does nothing. Pure, and fast enough to run
    at every key (some five milliseconds for 4,000 words with thirty marks).
    """
    telling = Telling(known, Asking(dict(answers or {})), reading.story)
    lines = {line.number: line for line in reading.marks}
    # Whom an `@` line makes known may do a step of the same note, above it or below.
    made = {line.number: [of_with(telling, line)] for line in reading.marks if line.sign == "@"}
    telling.introduced = introduced_by([one for some in made.values() for one in some], known)
    for line in reading.marks:
        if line.sign == ">":
            made[line.number] = of_steps(telling, line)
        elif line.sign == "x":
            made[line.number] = [of_closed(telling, line)]
        elif line.sign != "@":
            made[line.number] = [of_one_sentence(telling, line)]
    becomings = [one for number in sorted(made) for one in made[number]]
    becomings = said_once(becomings)
    becomings = ask_happy_to(telling, lines, becomings)
    story_for = _ask_story(telling, reading)
    return Understanding(reading, known, tuple(becomings), _in_order(telling, becomings), story_for)


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
