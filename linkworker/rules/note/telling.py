"""What every kind of line needs to be understood: whose it is, and how a becoming is put together.

In a note about one person every line is theirs. In a note about several a line is whose name
stands first; without a name it is asked, because a line in the wrong record is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2s

from linkworker.rules.marks import Line
from linkworker.rules.names import same_given_name, words_of
from linkworker.rules.note.becoming import Asking, Becoming, Choice, Question
from linkworker.rules.note.known import Known, Somebody
from linkworker.rules.note.named import first_part, key_of, match_name, relationship_in


@dataclass(slots=True)
class Telling:
    """One note while it is being understood."""

    known: Known
    asking: Asking
    story: str
    introduced: list[Somebody] = field(default_factory=list)
    """Those whom an `@` line of this very note makes known: their id is "line:<number>"."""
    looked_up: list[tuple[str, str]] = field(default_factory=list)
    """The names for which the story was searched, each with what it says they are."""

    def answer(self, question: Question, line: Line) -> str:
        """Ask a question for a line and return what holds: the answer, the default, or ""."""
        return self.asking.ask(question, line.number).value

    def in_story(self, name: str) -> str:
        """Return what somebody is, where the story says so."""
        told = relationship_in(self.story, name)
        self.looked_up.append((name, told))
        return told


def whose(telling: Telling, line: Line, *, by_mention: bool = False) -> tuple[str, str, list[str]]:
    """Return whose line it is ("" while it is asked), its words without that name, and questions.

    `by_mention`: where no name stands first, take the one person whom the words name, and say so.
    What is kept apart and what is about staying safe is never given to somebody by mention.
    """
    people = telling.known.people
    found = _named(telling, line)
    if len(found) == 1 and found[0].kind == "person":
        return found[0].id, line.rest, []
    others = [one for one in found if one.kind == "beside"]
    if line.kind == "kept apart" and not line.head:
        others = mentioned_in(line.words, telling.known.beside)
    if others:
        person, question_id = whose_record(telling, line, others)
        return person, line.words, [question_id]
    if len(people) == 1:
        return people[0].id, line.words, []
    mentioned = mentioned_in(line.words, people) if by_mention else []
    default = key_of(mentioned[0]) if len(mentioned) == 1 else ""
    question = ask_whose(line, people, default)
    answer = telling.answer(question, line)
    return _person_of(answer, people), line.words, [question.id]


def _named(telling: Telling, line: Line) -> tuple[Somebody, ...]:
    """Return who answers to the head of a line: people of the note, and of those beside them.

    The head of an `@` line is what it tells of, and says nothing of whose it is.
    """
    if not line.head:
        return ()
    known = telling.known
    beside = () if line.sign == "@" else known.beside
    return match_name(first_part(line.head), (*known.people, *beside)).found


def whose_record(
    telling: Telling, line: Line, others: list[Somebody], default: str = ""
) -> tuple[str, str]:
    """Ask whether a line is about others with a record of their own; return whose, and the id."""
    question = ask_record(line, telling.known.people, others, default)
    return person_answered(telling, question, line), question.id


def beside_named(telling: Telling, names: Iterable[str]) -> list[Somebody]:
    """Return those beside the note's people who may be meant by one of these names."""
    known = telling.known
    everybody = (*known.people, *known.ties, *telling.introduced, known.worker, *known.colleagues)
    found = [one for name in names for one in match_name(name, (*everybody, *known.beside)).found]
    return list({one.id: one for one in found if one.kind == "beside"}.values())


def ask_record(
    line: Line, people: tuple[Somebody, ...], others: list[Somebody], default: str = ""
) -> Question:
    """Return the question whether a line is about somebody else who has a record of their own.

    Such a line never becomes one of the note's person unasked, unless it tells of a tie that is
    known (`default`); what is kept apart holds back the whole note. Who is chosen is to be added to
    the note: until then the line is nobody's.
    """
    apart = line.kind == "kept apart"
    said = ",".join(one.id for one in others) + ("|" if default else "")
    names = " and ".join(one.name for one in others)
    if len(others) == 1:
        sentence = f"{names} has a record of their own: is this {others[0].first}’s line?"
    else:
        sentence = f"{names} have records of their own: is this the line of one of them?"
    return Question(
        f"whose|{line.sign} {_digest(line.words)}" if apart else f"record|{said}",
        "whose record",
        sentence,
        (
            *(Choice(f"person:{one.id}", f"yes, add {one.first} to the note") for one in others),
            *(Choice(key_of(one), f"no, it is {one.first}’s") for one in people),
        ),
        needed=not default,
        default=default,
        blocks=apart,
    )


def _digest(words: str) -> str:
    """Return what tells words kept apart from others without repeating them."""
    return blake2s(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def ask_whose(line: Line, people: tuple[Somebody, ...], default: str = "") -> Question:
    """Return the question whose line it is; for what is kept apart it holds back the whole note."""
    apart = line.kind == "kept apart"
    # Neither the question nor its id repeats what is kept apart.
    said = _digest(line.words) if apart else line.words
    return Question(
        f"whose|{line.sign} {said}",
        "whose",
        "Whose is the line kept apart?" if apart else f"Whose is this: {line.words}?",
        tuple(Choice(key_of(one), one.first) for one in people),
        needed=not default,
        default=default,
        blocks=apart,
    )


def person_answered(telling: Telling, question: Question, line: Line) -> str:
    """Ask whose line it is and return the id of the person that holds, "" for none."""
    return _person_of(telling.answer(question, line), telling.known.people)


def _person_of(key: str, people: tuple[Somebody, ...]) -> str:
    return next((one.id for one in people if key_of(one) == key), "")


def mentioned_in(words: str, people: Iterable[Somebody]) -> list[Somebody]:
    """Return the people whose first name stands among the words."""
    said = [word.removesuffix("s") for word in words_of(words)] + list(words_of(words))
    return [
        one
        for one in people
        if any(same_given_name(words[0], word) for words in one.names if words for word in said)
    ]


def becoming(line: Line, telling: Telling, questions: list[str], made: Becoming) -> Becoming:
    """Return `made` with the questions that it raises, and those that it waits for."""
    asks = tuple(dict.fromkeys(questions))
    telling.asking.heard.append(None)
    waits = telling.asking.waits_for(asks)
    return made._replace(line=line.number, kind=line.kind, asks=asks, waits_for=waits)


def said_of(line: Line) -> Becoming:
    """Return the beginning of a becoming: the line, its kind and its words as they stand."""
    return Becoming(line=line.number, part=0, kind=line.kind, said=line.words)
