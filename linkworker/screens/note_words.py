"""What the panel beside a note says: each marked line, what it becomes, and what is asked.

Pure: an `Understanding` goes in, rows of words come out. `note_panel` draws them. Dates and names
are said in full here, because what the panel shows is what will be recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from linkworker.rules.marks import EXPLAINED, KEPT_APART_PLACE, SIGNS, Line
from linkworker.rules.note.becoming import Becoming, Question, Understanding, Who
from linkworker.rules.note.known import Known
from linkworker.rules.note.named import relationship_to
from linkworker.rules.note.outcomes import LABELS
from linkworker.rules.shown_days import say_day
from linkworker.rules.shown_names import possessive
from linkworker.rules.times import say_time

EACH = 3
"""So many pasted lines are asked about one by one; more of them in one question."""

PASTED = "pasted|"
"""Begins the id of a question about a line that only looks like a mark. Its words follow, or
nothing where it is about all pasted lines, or ">" where it is about those of an e-mail."""
QUOTED = ">"
"""The sign of a step, and what an e-mail puts before each line of the one that it answers."""


@dataclass(frozen=True)
class Ask:
    """One question as the panel puts it."""

    id: str
    sentence: str
    choices: tuple[tuple[str, str], ...]
    """Key and words of each."""
    holds: str = ""
    """The key of the one that holds, "" while nothing does."""
    needed: bool = False
    """Whether its line stays text without an answer."""
    own: str = ""
    """What may be typed instead of a choice: "day", "name", "" for nothing."""

    @property
    def said(self) -> str:
        """What holds, where it is no choice but was typed."""
        if self.own == "day" and self.holds[:1].isdigit():
            return say_day(date.fromisoformat(self.holds), date.min)
        return self.holds.partition(":")[2]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer that is needed."""
        return self.needed and not self.holds


@dataclass(frozen=True)
class Row:
    """One marked line in the panel."""

    sign: str
    kind: str
    whose: str
    """Whose line it is, where the note is about several people."""
    words: str
    line: int = -1
    """Which line of the note it is, -1 for none."""
    becomes: tuple[str, ...] = ()
    """What else will be recorded, in pieces that stay together: a name, a day."""
    asks: tuple[Ask, ...] = ()


def rows(understanding: Understanding) -> tuple[Row, ...]:
    """Return the rows of the panel, in the order of the lines."""
    known = understanding.known
    several = len(known.people) > 1
    questions = {one.id: one for one in understanding.questions}
    asked: set[str] = set()
    found: list[Row] = []
    for one in understanding.becomings:
        asks = []
        for id_ in one.asks:
            if id_ not in asked:
                asked.add(id_)
                asks.append(_ask(questions[id_], one))
        whose = known.person(one.person).first if several and one.person else ""
        found.append(
            Row(
                SIGNS[one.kind],
                one.record if one.kind == "became" and one.record == "connection" else one.kind,
                whose,
                words_of(one),
                one.line,
                (*filter(None, becomes(one, understanding)), *_waits(one, asks)),
                tuple(asks),
            )
        )
    left = [_ask(one) for one in understanding.questions if one.id not in asked]
    if left:
        found.append(Row("", "", "", "", asks=tuple(left)))
    found += _undecided(understanding.reading.undecided)
    return tuple(found)


WAITS = "waits for the answer above"
"""Said of a line whose question stands below another line, which asks the same."""


def _waits(one: Becoming, asks: Sequence[Ask]) -> tuple[str, ...]:
    here = {ask.id for ask in asks}
    return (WAITS,) if one.waits_for and not here.intersection(one.waits_for) else ()


def words_of(one: Becoming) -> str:
    """Return what the record will say; nothing of what is kept apart."""
    if one.kind == "kept apart":
        return ""
    return one.name or one.words or one.said


def becomes(one: Becoming, understanding: Understanding) -> Iterable[str]:
    """Give what else will be recorded of a line, a sentence or half of one each."""
    if one.kind == "kept apart":
        yield from _kept_apart(one, understanding)
        return
    if one.kind == "became":
        yield from _became(one)
    elif one.kind == "step":
        yield from _step(one, understanding.known)
    elif one.kind == "with":
        yield from _with(one, understanding.known)
    elif one.kind == "hope":
        stands = any(
            there.id == one.target and there.agreed for there in understanding.known.standing
        )
        if one.agreed or stands:
            yield "agreed"
        elif not one.asks:
            yield "noted, not yet agreed"
    elif one.kind == "staying safe" and one.sort in SAFETY:
        yield SAFETY[one.sort]
    if one.may_ask:
        yield "said yes to being asked"
    if one.again is not None:
        yield "said above, added once"
    elif one.target and one.kind in ALREADY:
        yield "already there, not added again"


ALREADY = ("strength", "hope", "step", "gave", "in the way", "looked for")
"""Kinds of line that add nothing where the same words stand in the record."""

SAFETY = {
    "risk": "stands from this day",
    "what helps": "what helps",
    "no known risks": "said on this day: no known risks",
}


def _kept_apart(one: Becoming, understanding: Understanding) -> Iterable[str]:
    if one.person:
        name = understanding.known.person(one.person).name
        yield f"to {possessive(name)} restricted part"
    yield f"leaves “{KEPT_APART_PLACE}”"
    if one.told:
        yield "with whom you told, and when"


def _became(one: Becoming) -> Iterable[str]:
    if one.record == "connection":
        yield " → ".join(one.stages)
    elif one.record:
        yield LABELS.get(one.state, one.state)
    why = one.about or (one.words if one.words != one.name else "")
    if why and why not in (one.state, *one.stages):
        yield f"“{why.rstrip(' .')}”"


def _step(one: Becoming, known: Known) -> Iterable[str]:
    if one.who:
        yield ", ".join(_who(who, known) for who in one.who)
    if one.day is not None:
        at = f", {say_time(one.time)}" if one.time is not None else ""
        yield f"by {say_day(one.day, known.today)}{at}"
    if one.cannot_slip:
        yield "cannot slip: it will stand apart from the steps"


def _who(who: Who, known: Known) -> str:
    ties = [one for one in known.ties if who.kind == "tie" and one.id == who.id]
    what = relationship_to(ties[0], known) if ties else who.relationship
    return f"{who.name}, {what}" if what else who.name


NOT_TOGETHER = "on one of their pages: not to be brought together"
"""Said of whoever a note is with: which page says it, and why, stands there alone."""


def _with(one: Becoming, known: Known) -> Iterable[str]:
    today = known.today
    if not one.target and one.record:
        yield f"new {one.place_kind}" if one.record == "connection" else "new in their life"
    if one.relationship:
        yield one.relationship
    if one.stages:
        since = f" since {say_day(one.since, today)}" if one.since else ""
        yield " → ".join(one.stages) + since
    yield from (said for said in (one.how_often, one.closeness) if said)
    a_person = one.record != "connection" or one.place_kind == "person"
    record = one.other_person or next((t.record for t in known.ties if t.id == one.target), "")
    name = one.name or one.said
    apart = known.apart.get(one.person, ())
    if any(other.is_meant(name, a_person=a_person, record=record) for other in apart):
        yield NOT_TOGETHER


OWN = {"which day": "day", "who": "name", "who is meant": "name"}
"""What may be typed where no choice fits, by the topic of the question."""


def _ask(question: Question, one: Becoming | None = None) -> Ask:
    """Return a question as it is put below the line that raises it."""
    sentence = question.sentence
    if question.blocks and question.topic == "whose":
        sentence = "Into whose restricted part does it go?"
    elif one is not None:
        sentence = _below(sentence, one)
    return Ask(
        question.id,
        sentence,
        tuple((choice.key, choice.label) for choice in question.choices),
        question.value,
        question.needed,
        OWN.get(question.topic, ""),
    )


def _below(sentence: str, one: Becoming) -> str:
    """Return a sentence without the words of its line, which stand just above it."""
    for words in (one.said, one.words, one.name):
        words = words.rstrip(" .?")
        if len(words) < len(sentence) and sentence.casefold().startswith(words.casefold() + ": "):
            rest = sentence[len(words) + 2 :]
            return rest[:1].upper() + rest[1:]
        if words and sentence.endswith(f": {words}?"):
            return f"{sentence[: -len(words) - 3]}?"
        if words and f" about “{words}”" in sentence:
            return sentence.replace(f" about “{words}”", "")
    return sentence


# -- what only looks like a mark -------------------------------------------------------------


def _undecided(lines: Sequence[Line]) -> list[Row]:
    """Return rows for pasted lines that stay text until somebody chooses.

    Of many there is one question for all: what was pasted must not push away what was written.
    """
    quoted = [line for line in lines if line.looks_like == QUOTED]
    others = [line for line in lines if line.looks_like != QUOTED]
    if len(quoted) > 1 and len(others) <= EACH:
        found = [*_all_together(quoted, QUOTED), *_one_by_one(others)]
    elif len(lines) > EACH:
        found = _all_together(lines, "")
    else:
        found = _one_by_one(lines)
    return sorted(found, key=lambda row: row.line)


def _all_together(lines: Sequence[Line], which: str) -> list[Row]:
    if which == QUOTED:
        words = f"{len(lines)} lines with > stay text, as in an e-mail"
        choices = (("mark", "they are next steps"), ("text", "text"))
    else:
        words = f"{len(lines)} lines look like marks and stay text"
        choices = (("mark", "they are marks"), ("text", "text"))
    ask = Ask(PASTED + which, "What are they? F9 marks one by itself.", choices, "text")
    return [Row("", "pasted", "", words, lines[0].number, asks=(ask,))]


def _one_by_one(lines: Sequence[Line]) -> list[Row]:
    yes_no = (("mark", "a mark"), ("text", "text"))
    return [
        Row(
            line.looks_like,
            "pasted",
            "",
            line.words.strip(),
            line.number,
            asks=(
                Ask(
                    PASTED + line.words.strip(),
                    f"It was pasted. {EXPLAINED[line.looks_like].capitalize()}, or text?",
                    yes_no,
                    "text",
                ),
            ),
        )
        for line in lines
    ]


def pasted_of(ask_id: str, undecided: Sequence[Line]) -> list[Line]:
    """Return the lines that a question about pasted lines is about."""
    words = ask_id.removeprefix(PASTED)
    if words in ("", QUOTED):
        return [line for line in undecided if words in ("", line.looks_like)]
    return [line for line in undecided if line.words.strip() == words]
