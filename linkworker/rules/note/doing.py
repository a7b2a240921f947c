"""What a `>` line becomes: one step, or one for each who is named in it.

Who will do it is asked in the order in which the plan asks: the person, those near them, and the
one who writes last. A step is never the coordinator's by default.
"""

from __future__ import annotations

from datetime import date

from linkworker.rules.marks import Line
from linkworker.rules.note.becoming import Becoming, Choice, Question, Who
from linkworker.rules.note.known import Known, Somebody
from linkworker.rules.note.named import (
    ME,
    THEM,
    ask_who,
    everybody,
    key_of,
    looks_like_names,
    match_name,
    names_in,
    who_by_key,
    who_is,
)
from linkworker.rules.note.steps import (
    Part,
    When,
    ask_day,
    ask_slip,
    cannot_slip,
    parts_of,
    slipped_when,
    when_in,
    without_day,
)
from linkworker.rules.note.telling import (
    Telling,
    ask_whose,
    becoming,
    beside_named,
    mentioned_in,
    person_answered,
    said_of,
    whose_record,
)


def of_steps(telling: Telling, line: Line) -> list[Becoming]:
    """Return the steps of a line, each with who, what and by when as far as it says so."""
    known = telling.known
    head, rest = (line.head, line.rest) if _names_somebody(line.head, telling) else ("", line.words)
    made = []
    for number, part in enumerate(parts_of(head, rest, known)):
        questions: list[str] = []
        one = said_of(line)._replace(part=number, record="step", words=part.words)
        one = one._replace(person=_whose(telling, line, part, questions))
        one = _who(telling, line, one, part, questions)
        one = _when(telling, line, one, questions)
        one = one._replace(target=_already(telling, one))
        made.append(becoming(line, telling, questions, one))
    return made


def _already(telling: Telling, made: Becoming) -> str:
    """Return the id of the open step that says the same, by the same people; "" for none.

    One that names another day is another promise.
    """
    who = {one.name.casefold() for one in made.who}
    for one in telling.known.in_the_same_words("step", made.person, made.words):
        if (made.day is None or made.day == one.day) and who == {
            name.casefold() for name in names_in(one.who)
        }:
            return one.id
    return ""


def _names_somebody(head: str, telling: Telling) -> bool:
    """Say whether what stands before the colon is who will do it."""
    if not head:
        return False
    people = everybody(telling.known, telling.introduced)
    names = names_in(head)
    if names and all(one.casefold() in ME | THEM or match_name(one, people).found for one in names):
        return True
    return looks_like_names(head)


def _whose(telling: Telling, line: Line, part: Part, questions: list[str]) -> str:
    """Return in whose record a step will stand.

    Of several people at one visit: the one who will do it; else the one whom the words name, or in
    whose life the one who will do it is. That is shown, and asked where it does not tell.
    """
    people = telling.known.people
    beside = beside_named(telling, names_in(part.head))
    if beside:
        person, question_id = whose_record(telling, line, beside)
        questions.append(question_id)
        return person
    if len(people) == 1:
        return people[0].id
    doers = [match_name(one, people).one for one in names_in(part.head)]
    named = {one.id for one in doers if one is not None}
    if len(named) == 1:
        return named.pop()
    likely = [] if named else mentioned_in(part.words, people)
    if not named and not likely:
        ties = [match_name(one, telling.known.ties).one for one in names_in(part.head)]
        near = {one.of for one in ties if one is not None}
        likely = [one for one in people if one.id in near]
    default = key_of(likely[0]) if len(likely) == 1 else ""
    question = ask_whose(line, people, default)
    questions.append(question.id)
    return person_answered(telling, question, line)


def _who(
    telling: Telling, line: Line, made: Becoming, part: Part, questions: list[str]
) -> Becoming:
    known = telling.known
    if not part.head:
        return _asked_who(telling, line, made, questions)
    doers: list[Who] = []
    for said in names_in(part.head):
        who, question = who_is(said, made.person, known, telling.introduced, telling.in_story)
        if question is not None:
            questions.append(question.id)
            answer = telling.answer(question, line)
            if answer == "words":
                made = made._replace(words=f"{part.head}: {made.words}")
                return _asked_who(telling, line, made, questions)
            who = who_by_key(answer, made.person, known, telling.introduced) if answer else None
        if who is not None:
            doers.append(who)
    return made._replace(who=tuple(doers))


def _asked_who(telling: Telling, line: Line, made: Becoming, questions: list[str]) -> Becoming:
    question = ask_who(made.words, telling.asking, line.number, telling.known)
    questions.append(question.id)
    if question.value in ("", "nobody"):
        return made
    who = who_by_key(question.value, made.person, telling.known, telling.introduced)
    return made._replace(who=(who,) if who is not None else ())


def _when(telling: Telling, line: Line, made: Becoming, questions: list[str]) -> Becoming:
    known = telling.known
    slipped = slipped_when(made.words, known.note_day, known.today)
    if slipped is not None:
        return _slipped(telling, line, made, questions, *slipped)
    when = when_in(made.words, known.note_day, known.today)
    slip = cannot_slip(made.words)
    reading = when.reading
    question = ask_day(made.words, when, known)
    if question is None and slip and reading is None:
        question = Question(
            f"day|{made.words}",
            "which day",
            f"{made.words}: by which day must it be done?",
            (Choice("no day", "no day was said"),),
        )
    if question is None:
        if reading is None or reading.day is None:
            return made._replace(cannot_slip=slip)
        return made._replace(
            day=reading.day,
            time=reading.time,
            cannot_slip=slip,
            words=without_day(made.words, reading),
        )
    questions.append(question.id)
    day = _a_day(telling.answer(question, line))
    if day is None:
        return made._replace(cannot_slip=slip)
    # With several days in the words they stay, so that the other one is not lost.
    words = made.words if when.others or reading is None else without_day(made.words, reading)
    at = reading.time if reading is not None else None
    return made._replace(day=day, time=at, cannot_slip=slip, words=words)


def _slipped(
    telling: Telling, line: Line, made: Becoming, questions: list[str], mended: str, when: When
) -> Becoming:
    """Ask whether a word that is nearly a day word is meant for it; "no" leaves it as it is."""
    made = made._replace(cannot_slip=cannot_slip(made.words))
    question = ask_slip(mended, when, telling.known)
    if question is None or when.reading is None:
        return made
    questions.append(question.id)
    day = _a_day(telling.answer(question, line))
    if day is None:
        return made
    left = without_day(mended, when.reading)
    words = left if left != mended else made.words
    return made._replace(day=day, time=when.reading.time, words=words)


def _a_day(key: str) -> date | None:
    """Return the day that an answer names ("2026-12-04"), None for "no day" and the like."""
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None


def introduced_by(made: list[Becoming], known: Known) -> list[Somebody]:
    """Return those whom the `@` lines of a note make known, for its steps to name."""
    return [
        Somebody(
            "tie",
            f"line:{one.line}",
            one.name,
            relationship=one.relationship,
            of=one.person or known.people[0].id,
        )
        for one in made
        if one.record == "tie" and not one.target
    ]
