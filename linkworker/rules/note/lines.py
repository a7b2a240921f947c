"""What the lines with one sentence to tell become: `+ * = ~ ? ! !!`."""

from __future__ import annotations

import re

from linkworker.rules.marks import Line
from linkworker.rules.note.becoming import Becoming, Choice, Question
from linkworker.rules.note.telling import Telling, becoming, said_of, whose

RECORDS = {
    "strength": "strength",
    "hope": "goal",
    "gave": "contribution",
    "in the way": "in_the_way",
    "looked for": "looked_for",
    "staying safe": "safety_statement",
    "kept apart": "kept_apart",
}
"""The table that each of these kinds of line becomes a row of."""

_NO_RISKS = re.compile(
    r"\bno (?:known )?risks?(?: known)?\b|\bnothing to worry about\b", re.IGNORECASE
)
_WHAT_HELPS = re.compile(r"what helps\b", re.IGNORECASE)
_A_QUESTION = re.compile(
    r"\?\s*$|^(?:who|what|when|where|which|how|why|is there|are there|does|do|can|could|would"
    r"|should|is it|find out|ask (?:if|whether|about)|check)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:^|[.;]\s+)(?:I\s+)?((?:talked (?:it|this) (?:through|over)|told|spoke|rang|reported|raised"
    r"|discussed|passed (?:it|this) on)\s+(?!me\b|us\b)[^.;]*)",
    re.IGNORECASE,
)


def of_one_sentence(telling: Telling, line: Line) -> Becoming:
    """Return what a line becomes whose words are one row of its person's record."""
    aloud = line.kind not in ("kept apart", "staying safe")
    person, words, questions = whose(telling, line, by_mention=False)
    made = said_of(line)._replace(person=person, record=RECORDS[line.kind], words=words)
    if line.kind == "kept apart":
        # Whole, with the name and where it was said: nobody will have the story beside it.
        made = made._replace(words=line.words, told=told_in(line.words))
    elif line.kind == "staying safe":
        made = made._replace(sort=_sort_of_statement(words))
    elif line.kind == "hope":
        made = _hope(telling, line, made, questions)
    elif line.kind == "looked for":
        made = _looked_for(telling, line, made, questions)
    if aloud:
        made = made._replace(target=made.target or _already(telling, line.kind, person, words))
    return becoming(line, telling, questions, made)


def _sort_of_statement(words: str) -> str:
    if _NO_RISKS.match(words):
        return "no known risks"
    return "what helps" if _WHAT_HELPS.match(words) else "risk"


def told_in(words: str) -> str:
    """Return whom the writer told, and when, as the words say it; "" where they do not."""
    match = _TOLD.search(words)
    return match[1].strip(" ,") if match else ""


def _already(telling: Telling, kind: str, person: str, words: str) -> str:
    """Return the id of what stands in the record in the very same words: it is not added again."""
    return next((one.id for one in telling.known.in_the_same_words(kind, person, words)), "")


def _hope(telling: Telling, line: Line, made: Becoming, questions: list[str]) -> Becoming:
    """Ask whether a hope was agreed with the person; unasked it is only noted."""
    target = ""
    for one in telling.known.in_the_same_words("hope", made.person, made.words)[:1]:
        target = one.id
        if one.agreed:
            return made._replace(target=target)
    name = telling.known.person(made.person).first if made.person else "them"
    question = Question(
        f"agreed|{line.words}",
        "agreed",
        f"{sentence_case(made.words)}: agreed with {name}, or only noted?",
        (Choice("agreed", f"agreed with {name}"), Choice("noted", "only noted")),
        needed=False,
        default="noted",
    )
    questions.append(question.id)
    return made._replace(target=target, agreed=telling.answer(question, line) == "agreed")


def _looked_for(telling: Telling, line: Line, made: Becoming, questions: list[str]) -> Becoming:
    """Ask whether it is something missing here, or a question to find out about."""
    question = Question(
        f"looked for|{line.words}",
        "gap or question",
        f"{sentence_case(made.words)}: a gap, or a question for you?",
        (
            Choice("gap", "a gap: it is not here"),
            Choice("question", "a question for me to find out"),
            Choice("not decided", "not decided"),
        ),
        needed=False,
        default="question" if _A_QUESTION.search(made.words) else "not decided",
    )
    questions.append(question.id)
    return made._replace(sort=telling.answer(question, line))


def sentence_case(words: str) -> str:
    """Return words as the beginning of a sentence, without a stop at their end."""
    words = words.rstrip(" .?")
    return words[:1].upper() + words[1:]


# -- happy to be asked ----------------------------------------------------------------------------

_OFFERED = re.compile(
    r"\b(?:if (?:he|she|they)['’]d mind|mind(?:ed)? (?:me|my) (?:mention|ask|pass|tell|say)\w*"
    r"|mention(?:ed|ing)? (?:him|her|them) to|(?:happy|glad|willing) to (?:be asked|help|show|teach"
    r"|share|lend|come|have a go)|(?:do|would)(?:n['’]t| not) mind (?:being asked|helping|showing)"
    r"|would (?:like|love) to (?:help|show|teach|share)|(?:could|can) ask (?:him|her|them)"
    r"|the one who helped|pass(?:ed|ing)? on (?:his|her|their) (?:name|number)"
    r"|be asked for something)\b",
    re.IGNORECASE,
)
MOST_ASKED = 3
"""How many strengths of one note are asked about at most."""


def ask_happy_to(telling: Telling, lines: dict[int, Line], made: list[Becoming]) -> list[Becoming]:
    """Ask of new strengths whether they may be asked for, where the story tells of an offer.

    Nothing else suggests it: to be asked for what one is good at is each person's own choice.
    """
    strengths = [
        one
        for one in made
        if one.record == "strength" and one.person and not (one.target or one.again)
    ]
    if not strengths or _OFFERED.search(telling.story) is None:
        return made
    changed: dict[tuple[int, int], Becoming] = {}
    for one in strengths[:MOST_ASKED]:
        name = telling.known.person(one.person).first
        question = Question(
            f"may ask|{one.said}",
            "happy to be asked",
            f"Happy to be asked about “{one.words}”: record that {name} said yes?",
            (Choice("yes", f"{name} said yes"), Choice("no", "not asked yet")),
            needed=False,
            default="no",
        )
        answer = telling.answer(question, lines[one.line])
        changed[(one.line, one.part)] = one._replace(
            may_ask=answer == "yes", asks=(*one.asks, question.id)
        )
    return [changed.get((one.line, one.part), one) for one in made]
