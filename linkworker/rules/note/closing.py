"""What an `x` line becomes: the step, hope or connection it means, with what became of it."""

from __future__ import annotations

from linkworker.rules.marks import Line, split_head
from linkworker.rules.note.becoming import Becoming, Choice, Question
from linkworker.rules.note.known import Somebody
from linkworker.rules.note.named import first_part, person_named
from linkworker.rules.note.outcomes import (
    LABELS,
    STATES,
    Likely,
    likely,
    meant,
    split_outcome,
    state_in,
)
from linkworker.rules.note.places import place_kind, stages_in
from linkworker.rules.note.telling import (
    Telling,
    ask_whose,
    becoming,
    beside_named,
    person_answered,
    said_of,
    whose_record,
)
from linkworker.schema.values import STAGES

RECORDS = {
    "step": "step",
    "hope": "goal",
    "in the way": "in_the_way",
    "looked for": "looked_for",
    "connection": "connection",
}
"""The table in which each kind of thing stands."""

_SAYS = {"step": "step", "hope": "hope", "in the way": "in the way", "looked for": "looked for"}
MOST_OFFERED = 8
"""How many things of the record a question offers: the likeliest ones."""

NEW_CONNECTION, NEW_STEP = "new connection", "new step"


def of_closed(telling: Telling, line: Line) -> Becoming:
    """Return what became of something that stands in the record; asks which, and what."""
    questions: list[str] = []
    known = telling.known
    named = person_named(line.head, known) if line.head and len(known.people) > 1 else None
    words = line.rest if named else line.words
    head = split_head(words)[0] if named else line.head
    subject, outcome = split_outcome(head, words)
    standing = [
        one
        for one in known.standing
        if one.kind in RECORDS and (named is None or one.of == named.id)
    ]
    connections = [one for one in known.connections if named is None or one.of == named.id]
    candidates = likely(subject, standing, connections)
    made = said_of(line)._replace(words=outcome, name=subject)
    beside = beside_named(telling, [first_part(line.head)]) if named is None else []
    if beside:
        person, question_id = whose_record(telling, line, beside)
        questions.append(question_id)
        made = made._replace(person=person)
        if not person:
            return becoming(line, telling, questions, made)
    chosen = _which(telling, line, subject, outcome, candidates, questions)
    if isinstance(chosen, Likely):
        made = made._replace(record=RECORDS[chosen.kind], target=chosen.id, person=chosen.of)
        made = made._replace(name=chosen.words)
        if chosen.kind == "connection":
            made = _stages(telling, line, made, outcome, questions)
        else:
            made = _state(telling, line, made, chosen.kind, outcome, questions)
    elif chosen == NEW_CONNECTION:
        made = made._replace(record="connection", place_kind=place_kind(subject) or "group")
        made = _stages(telling, line, made, outcome, questions)
    elif chosen == NEW_STEP:
        made = _state(telling, line, made._replace(record="step"), "step", outcome, questions)
    if not made.person and made.record:
        made = made._replace(person=_whose(telling, line, named, questions))
    return becoming(line, telling, questions, made)


def _which(
    telling: Telling,
    line: Line,
    subject: str,
    outcome: str,
    candidates: list[Likely],
    questions: list[str],
) -> Likely | str:
    """Return the thing that is meant, or what else it shall be; "" while that is asked.

    What was named word for word is taken; what is only like it is shown and may be changed; where
    several are, or none, it is asked. A group that was tried and is in no record yet is a new
    connection, unless something like it stands there.
    """
    near = meant(subject, candidates)
    if len(near) == 1 and near[0].likeness == 1:
        return near[0]
    tried = bool(stages_in(outcome)) and bool(place_kind(subject))
    default = ""
    if len(near) == 1:
        default = near[0].key
    elif not near and tried:
        default = NEW_CONNECTION
    offered = [*near, *(one for one in candidates if one not in near)][:MOST_OFFERED]
    choices = [Choice(one.key, _label(one)) for one in offered]
    if tried or not candidates:
        choices.append(Choice(NEW_CONNECTION, f"somewhere not in the record yet: {subject}"))
    choices.append(Choice(NEW_STEP, f"a step not in the record yet: {subject}"))
    question = Question(
        f"what|{subject}",
        "which is meant",
        f"{subject}: {_label(near[0])}?" if len(near) == 1 else f"What is this about: {subject}?",
        tuple(choices),
        needed=not default,
        default=default,
    )
    questions.append(question.id)
    answer = telling.answer(question, line)
    if answer in (NEW_CONNECTION, NEW_STEP):
        return answer
    return next((one for one in candidates if one.key == answer), "")


def _label(one: Likely) -> str:
    said = _SAYS.get(one.kind)
    return f"{one.words} ({said})" if said else one.words


def _stages(
    telling: Telling, line: Line, made: Becoming, outcome: str, questions: list[str]
) -> Becoming:
    stages = tuple(one.stage for one in stages_in(outcome))
    if not stages:
        question = Question(
            f"stage|{made.name}",
            "how it stands",
            f"{made.name}: how does it stand?",
            tuple(Choice(stage, stage) for stage in STAGES),
        )
        questions.append(question.id)
        stages = tuple(filter(None, (telling.answer(question, line),)))
    return made._replace(stages=stages, about=outcome)


def _state(
    telling: Telling,
    line: Line,
    made: Becoming,
    kind: str,
    outcome: str,
    questions: list[str],
) -> Becoming:
    state = state_in(kind, outcome)
    if not state:
        question = Question(
            f"became|{line.words}",
            "what became of it",
            f"{made.name}: what became of it?",
            tuple(Choice(one, LABELS[one]) for one in STATES[kind]),
        )
        questions.append(question.id)
        state = telling.answer(question, line)
    return made._replace(state=state)


def _whose(telling: Telling, line: Line, named: Somebody | None, questions: list[str]) -> str:
    """Return whose new connection or step it is."""
    people = telling.known.people
    if named is not None or len(people) == 1:
        return (named or people[0]).id
    question = ask_whose(line, people)
    questions.append(question.id)
    return person_answered(telling, question, line)
