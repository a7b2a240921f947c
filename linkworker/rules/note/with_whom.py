"""What an `@` line becomes: somebody in the person's life, or a group or place that they go to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from linkworker.rules.marks import Line, split_head
from linkworker.rules.names import same_given_name
from linkworker.rules.note.becoming import Becoming, Choice, Question
from linkworker.rules.note.known import Place, Somebody, name_words
from linkworker.rules.note.named import RELATIONSHIP, key_of, match_name, shown
from linkworker.rules.note.places import (
    CLOSER,
    Subject,
    closeness_in,
    match_place,
    often_in,
    place_kind,
    since_in,
    stages_in,
    subject_of,
    without_often,
)
from linkworker.rules.note.telling import (
    Telling,
    becoming,
    beside_named,
    said_of,
    whose,
    whose_record,
)
from linkworker.schema.values import CLOSENESS, STAGES


def of_with(telling: Telling, line: Line) -> Becoming:
    """Return the tie or the connection that an `@` line tells of."""
    person, words, questions = whose(telling, line)
    head, rest = split_head(words)
    subject = subject_of(head, rest)
    ties = [one for one in telling.known.ties if not person or one.of == person]
    match = match_name(subject.name, ties)
    beside = beside_named(telling, [subject.name])
    places = _places(telling, person)
    near = match.found
    begun = None if near or beside else _begun_with(telling, subject, ties, places)
    if begun is not None:
        beside = [one for one in begun.found if one.kind == "beside"]
        near = tuple(one for one in begun.found if one.kind == "tie")
        subject = subject if near else begun.subject
    made = said_of(line)._replace(person=person, name=subject.name)
    if beside:
        made, question_id = _beside(telling, line, made, beside, near)
        questions = [question_id]
        if not made.person:
            return becoming(line, telling, questions, made)
    found, in_full = match_place(subject.name, places)
    if begun is not None and near:
        made = _begun(telling, line, made, subject, replace(begun, found=near), found, questions)
    elif near and not (in_full and not match.in_full):
        made = _tie(telling, line, made, subject, near, match.in_full, questions)
    elif found and not subject.relationship:
        made = _connection(telling, line, made, subject, found, in_full, questions)
    else:
        made = _new(telling, line, made, subject, questions)
    return becoming(line, telling, questions, made)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A line that begins with the name of somebody known: "Carol rang twice"."""

    found: tuple[Somebody, ...]
    """Who answers to that name."""
    subject: Subject
    """The line with that name alone as its name, and the other words as said of them."""


def _begun_with(
    telling: Telling, subject: Subject, ties: list[Somebody], places: list[Place]
) -> _Begun | None:
    """Return who is meant where no comma parts a name from what is said; None for nobody.

    The first two words are tried, then the first. Another family name than theirs is somebody
    else, and a word that belongs to the name of a place is no name.
    """
    words = subject.name.split()
    taken = {
        word for one in match_place(subject.name, places)[0] for part in one.words for word in part
    }
    for count in (2, 1):
        said, after = " ".join(words[:count]), words[count:]
        if not after or set(name_words(said)) & taken:
            continue
        people = [*ties, *telling.known.beside]
        found = tuple(one for one in match_name(said, people).found if _may_be(one, said, after[0]))
        if found:
            own = next((at for at, word in enumerate(after) if not word[:1].isupper()), len(after))
            name = " ".join([said, *after[:own]])
            rest = ", ".join(filter(None, (" ".join(after[own:]), subject.rest)))
            return _Begun(found, Subject(name, subject.relationship, rest))
    return None


def _may_be(one: Somebody, said: str, after: str) -> bool:
    """Say whether somebody is meant by a name and not by their family name alone, nor by another's
    whole name.
    """
    asked = name_words(said)
    if len(said.split()) > 1:
        return True
    for words in one.names:
        if words and same_given_name(words[0], asked[0]):
            return len(words) == 1 or not after[:1].isupper()
    return False


def _begun(
    telling: Telling,
    line: Line,
    made: Becoming,
    subject: Subject,
    begun: _Begun,
    places: list[Place],
    questions: list[str],
) -> Becoming:
    """Ask whether a line that begins with a known name is theirs, and return what it becomes.

    `places` are those that all of its words may name. Until somebody says it is nothing.
    """
    only = begun.found[0] if len(begun.found) == 1 else None
    new = begun.subject.name
    question = Question(
        f"begun|{subject.name}",
        "somebody known",
        f"Is this {shown(only, telling.known)}, or somebody new?" if only else f"Which {new}?",
        (
            *(Choice(key_of(one), shown(one, telling.known)) for one in begun.found),
            Choice("new", f"{new}, new in their life"),
            Choice("place", "a group or place"),
        ),
    )
    questions.append(question.id)
    answer = telling.answer(question, line)
    if answer == "place":
        return _connection(telling, line, made, subject, places, False, questions)
    if answer:
        meant = tuple(one for one in begun.found if key_of(one) == answer)
        made = made._replace(name=new)
        return _tie(telling, line, made, begun.subject, meant, True, questions)
    return made


def _beside(
    telling: Telling,
    line: Line,
    made: Becoming,
    beside: list[Somebody],
    ties: tuple[Somebody, ...],
) -> tuple[Becoming, str]:
    """Ask whose a line is that names somebody with a record of their own.

    Where their tie to the person is known it is a line about that tie, unless somebody says
    otherwise; else it makes the tie known, with their record.
    """
    of = made.person or (ties[0].of if len(ties) == 1 else "")
    default = key_of(telling.known.person(of)) if of and ties else ""
    person, question_id = whose_record(telling, line, beside, default)
    made = made._replace(person=person)
    if not ties and len(beside) == 1:
        made = made._replace(name=beside[0].name, other_person=beside[0].id)
    return made, question_id


def _places(telling: Telling, person: str) -> list[Place]:
    own = [one for one in telling.known.connections if not person or one.of == person]
    return [*own, *telling.known.groups]


def _new(
    telling: Telling, line: Line, made: Becoming, subject: Subject, questions: list[str]
) -> Becoming:
    """Return what somebody or something not known before becomes; asks where it could be both."""
    sort = "person" if made.other_person else _what(subject)
    if not sort:
        question = Question(
            f"with|{subject.name}",
            "person or place",
            f"{subject.name}: somebody in their life, or a group or place?",
            (Choice("person", "somebody in their life"), Choice("place", "a group or place")),
        )
        questions.append(question.id)
        sort = telling.answer(question, line)
    if sort == "person":
        return _tie(telling, line, made, subject, (), False, questions)
    if sort == "place":
        return _connection(telling, line, made, subject, [], False, questions)
    return made


def _what(subject: Subject) -> str:
    """Return "person" or "place" where the words tell, "" where they do not or tell both."""
    said = without_often(subject.rest)
    is_place = bool(place_kind(subject.name)) or bool(stages_in(said))
    is_person = bool(subject.relationship)
    if not is_place:
        near = often_in(subject.rest) or closeness_in(subject.rest) or CLOSER.search(subject.rest)
        begins = bool(re.match(r"[^\W\d_a-z]\w*$", subject.name))
        possessive = bool(RELATIONSHIP.search(subject.name))
        is_person = is_person or bool(begins and near) or possessive
    if is_place == is_person:
        return ""
    return "place" if is_place else "person"


def _tie(
    telling: Telling,
    line: Line,
    made: Becoming,
    subject: Subject,
    found: tuple[Somebody, ...],
    in_full: bool,
    questions: list[str],
) -> Becoming:
    """Return the tie: the one that is meant where there is one, else a new one."""
    target, before = "", ""
    if found:
        only = key_of(found[0]) if len(found) == 1 else ""
        if not (only and in_full):
            question = Question(
                f"who|{subject.name}",
                "who is meant",
                f"{subject.name}: {shown(found[0], telling.known)}?"
                if only
                else f"Which {subject.name}?",
                (
                    *(Choice(key_of(one), shown(one, telling.known)) for one in found),
                    Choice(f"new:{subject.name}|", f"{subject.name}, new in their life"),
                ),
                needed=not only,
                default=only,
            )
            questions.append(question.id)
            only = telling.answer(question, line)
        one = next((one for one in found if key_of(one) == only), None)
        kind, _, typed = only.partition(":")
        if one is None and kind == "name":  # a name that no choice offered, typed by hand
            ties = [tie for tie in telling.known.ties if made.person in ("", tie.of)]
            match = match_name(typed, ties)
            one = match.one if match.in_full else None
            made = made._replace(name=typed)
        if one is not None:
            target, before = one.id, one.closeness
            made = made._replace(name=one.name, person=made.person or one.of)
    closeness = closeness_in(subject.rest, before)
    if CLOSER.search(subject.rest) and not closeness:
        question = Question(
            f"near|{subject.name}",
            "how near",
            f"{subject.name}, {subject.rest}: how near is that now?",
            tuple(Choice(one, one) for one in CLOSENESS),
            needed=False,
        )
        questions.append(question.id)
        closeness = telling.answer(question, line)
    return made._replace(
        record="tie",
        target=target,
        relationship=subject.relationship,
        how_often=often_in(subject.rest),
        closeness=closeness,
        about=subject.rest,
        words=made.said,
    )


def _connection(
    telling: Telling,
    line: Line,
    made: Becoming,
    subject: Subject,
    found: list[Place],
    in_full: bool,
    questions: list[str],
) -> Becoming:
    """Return the connection, with the stages that it reached; asks where none is told of it."""
    place = found[0] if len(found) == 1 else None
    if found and not in_full:
        place = _which_place(telling, line, subject.name, found, questions)
    own = place if place is not None and place.of else None
    stages = tuple(one.stage for one in stages_in(subject.rest))
    if not stages and own is None:
        question = Question(
            f"stage|{subject.name}",
            "how it stands",
            f"{subject.name}: how does it stand?",
            tuple(Choice(stage, stage) for stage in STAGES),
        )
        questions.append(question.id)
        stages = tuple(filter(None, (telling.answer(question, line),)))
    name = place.name if place is not None else subject.name
    return made._replace(
        record="connection",
        target=own.id if own else "",
        person=made.person or (own.of if own else ""),
        name=name,
        place_kind=place_kind(name) or "group",
        stages=stages,
        since=since_in(subject.rest, telling.known.note_day),
        about=subject.rest,
        words=made.said,
    )


def _which_place(
    telling: Telling, line: Line, said: str, found: list[Place], questions: list[str]
) -> Place | None:
    """Ask which place is meant by a part of its name; one that fits stands until answered."""
    only = found[0].id if len(found) == 1 else ""
    question = Question(
        f"which place|{said}",
        "which place",
        f"{said}: {found[0].name}?" if only else f"Which is meant by {said}?",
        (*(Choice(one.id, one.name) for one in found), Choice("new", f"{said}, a new one")),
        needed=not only,
        default=only,
    )
    questions.append(question.id)
    answer = telling.answer(question, line)
    return next((one for one in found if one.id == answer), None)
