"""The values that the rules of the note hand out: what a line becomes, and what is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from linkworker.rules.marks import Reading
from linkworker.rules.note.known import Known


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who will do a step."""

    name: str
    """In full where it is known, else as said."""
    kind: str = "name"
    """"person", "tie", "worker", "colleague", "new tie" or "name" (nobody that is known)."""
    id: str = ""
    """"line:<number>" for a new tie whom an `@` line of the same note makes known."""
    does: str = ""
    """One of `values.WHO_DOES`, "" where it is not known what they are to the person."""
    relationship: str = ""


class Becoming(NamedTuple):
    """What one marked line will become. Fields that its kind has no use for are empty.

    It is put together in several steps, each of which changes a field or two: copying a tuple takes
    a sixth of the time that copying a dataclass of so many fields does.
    """

    line: int
    part: int
    """0, or which further step of the same line (`; Ann to ring on Friday`)."""
    kind: str
    """One of `marks.KINDS`' values."""
    said: str
    """The words of the line as they stand after the sign."""
    person: str = ""
    """The id of the person whose line it is, "" while that is asked."""
    record: str = ""
    """The table of the record that it becomes or changes: "strength", "goal", "step", "tie",
    "connection", "contribution", "in_the_way", "looked_for", "safety_statement", "kept_apart";
    "" while that is asked."""
    target: str = ""
    """The id of the record that is there already, "" for a new one."""
    words: str = ""
    """What the record will say."""
    who: tuple[Who, ...] = ()
    day: date | None = None
    time: time | None = None
    cannot_slip: bool = False
    agreed: bool = False
    """Of a hope: agreed with the person, not only noted."""
    may_ask: bool = False
    """Of a strength: they said yes to being asked to help with it."""
    name: str = ""
    """Of a tie or connection: what it is called."""
    place_kind: str = ""
    """Of a new connection: one of `values.CONNECTION_KINDS`."""
    stages: tuple[str, ...] = ()
    """Of a connection: the stages that it reached, in order."""
    since: date | None = None
    """Of a connection: since when, where it was said ("since September")."""
    relationship: str = ""
    how_often: str = ""
    closeness: str = ""
    """Of a tie: one of `values.CLOSENESS`, "" where nothing was said of it."""
    about: str = ""
    """Of a tie or connection: what else was said."""
    state: str = ""
    """What became of it: one of `values.STEP_STATES` or `GOAL_STATES`, "cleared", "answered"."""
    sort: str = ""
    """Of a looked-for: one of `values.LOOKED_FOR`; of staying safe: of `values.SAFETY_KINDS`."""
    told: str = ""
    """Of what is kept apart: whom I told and when, where it says so."""
    other_person: str = ""
    """Of a new tie: the id of their own record, "" where they have none."""
    again: tuple[int, int] | None = None
    """Line and part of the one above that says the very same: one record, not two."""
    asks: tuple[str, ...] = ()
    """The ids of the questions that this line raises."""
    waits_for: tuple[str, ...] = ()
    """Those of them that must be answered before it can be recorded."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the note leaves unclear."""

    id: str
    topic: str
    sentence: str
    choices: tuple[Choice, ...]
    needed: bool = True
    """Whether its lines can be recorded only with an answer."""
    default: str = ""
    """The key of the choice that stands while nobody answers; "" where there is none."""
    answer: str = ""
    """The key that was answered, "" for none. A day or a name may be one that no choice offers."""
    blocks: bool = False
    """Whether nothing of the note can be recorded before it is answered."""
    lines: tuple[int, ...] = ()
    """The lines that leave it open."""

    @property
    def value(self) -> str:
        """What holds: the answer, or the choice that stands without one."""
        return self.answer or self.default


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a note will add, as far as it is clear, and what it asks."""

    reading: Reading
    known: Known
    becomings: tuple[Becoming, ...]
    questions: tuple[Question, ...]
    story_for: tuple[str, ...]
    """The ids of the people in whose records the story will stand."""

    def question(self, id_: str) -> Question:
        """Return the question with this id. Raises KeyError."""
        for one in self.questions:
            if one.id == id_:
                return one
        raise KeyError(id_)


@dataclass(slots=True)
class Asking:
    """Collects the questions of one note, each asked once however many lines leave it open."""

    answers: dict[str, str]
    questions: dict[str, Question] = field(default_factory=dict)
    heard: list[Question | None] = field(default_factory=list)
    """Every question as it was put, in order; None where a becoming was put together."""

    def waits_for(self, asks: Iterable[str]) -> tuple[str, ...]:
        """Return those of the questions that still need an answer, as far as is known so far."""
        asked = ((one, self.questions[one]) for one in asks)
        return tuple(one for one, question in asked if question.needed and not question.value)

    def ask(self, question: Question, line: int) -> Question:
        """Put a question for a line; returns it with the answer that was given to it, if any."""
        self.heard.append(question)
        before = self.questions.get(question.id)
        lines = (*(before.lines if before else ()), line)
        asked = Question(
            question.id,
            question.topic,
            question.sentence,
            question.choices,
            needed=question.needed or (before is not None and before.needed),
            default=question.default,
            answer=self.answers.get(question.id, ""),
            blocks=question.blocks,
            lines=tuple(dict.fromkeys(lines)),
        )
        self.questions[question.id] = asked
        return asked
