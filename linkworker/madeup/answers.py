"""What the panel beside a note asks, answered as the teller of the story knows it."""

from __future__ import annotations

from linkworker.madeup.telling import Line, Told
from linkworker.rules.marks import read_note
from linkworker.rules.note.becoming import Question, Understanding
from linkworker.rules.note.known import Known
from linkworker.rules.note.understanding import understand

_STATES = {"let go": "let go", "done": "done", "not done": "not done", "reached": "reached"}


def understood(told: Told, known: Known) -> Understanding:
    """Return a note understood, with every question answered that the story has an answer to."""
    reading = read_note(told.text)
    first = understand(reading, known)
    answers = {
        question.id: answer
        for question in first.questions
        if (answer := _answer(question, told, first))
    }
    if not answers:
        return first
    again = understand(reading, known, answers)
    more = {
        question.id: answer
        for question in again.questions
        if question.id not in answers and (answer := _answer(question, told, again))
    }
    return understand(reading, known, answers | more) if more else again


def _answer(question: Question, told: Told, understanding: Understanding) -> str:
    """Return the key of the answer, "" where what stands without one is right."""
    meant = _line_of(question, told, understanding)
    keys = [choice.key for choice in question.choices]
    if question.topic == "agreed":
        # Two hopes in three are agreed when they are first said; the rest are only noted.
        return "agreed" if len(question.id) % 3 else ""
    if question.topic == "gap or question":
        return "gap"
    if question.topic == "happy to be asked":
        return "yes"
    if question.topic == "person or place":
        return "place" if meant is not None and meant.becomes else "person"
    if question.topic == "how it stands":
        return meant.becomes if meant is not None and meant.becomes in keys else "still going"
    if question.topic == "what became of it":
        state = _STATES.get(meant.becomes, "") if meant is not None else ""
        return state if state in keys else keys[0]
    if question.topic == "which is meant":
        return _which(question, meant, understanding)
    if question.default:
        return ""
    return keys[0] if keys else ""


def _line_of(question: Question, told: Told, understanding: Understanding) -> Line | None:
    """Return the line of the story that a question is about."""
    marks = [line.number for line in understanding.reading.marks]
    for number in question.lines:
        if number in marks and marks.index(number) < len(told.lines):
            return told.lines[marks.index(number)]
    return None


def _which(question: Question, meant: Line | None, understanding: Understanding) -> str:
    """Return the record that an `x` line means: the one in its very words, else the likeliest."""
    said = meant.about if meant is not None else question.id.partition("|")[2]
    known = understanding.known
    there = {f"{one.kind}:{one.id}": one.words for one in known.standing}
    there |= {f"connection:{one.id}": one.name for one in known.connections}
    wanted = _plain(said)
    for choice in question.choices:
        words = _plain(there.get(choice.key, ""))
        if wanted and words.startswith(wanted):
            return choice.key
    return question.default


def _plain(words: str) -> str:
    return words.strip(' ".').casefold()
