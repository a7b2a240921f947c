"""One introduction as rows: who, why as the introducer says and as the person says, and the tries.

Both reasons stand apart, and each in its own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from linkworker.caseload import already_known, introductions, people, reaching
from linkworker.caseload.already_known import MayBe
from linkworker.caseload.introductions import Attempt, Introduced
from linkworker.caseload.reaching import AddressRow, ReachRow
from linkworker.clock import local_day
from linkworker.rules.ago import say_days
from linkworker.rules.shown_days import say_day
from linkworker.widgets import phrases
from linkworker.widgets.rows import SPACE, Row, flowing, heading, hint
from linkworker.widgets.sight import labelled
from linkworker.widgets.words import joined, one_line, own_words, said

if TYPE_CHECKING:
    from linkworker.store import ReadTx

LABEL_CELLS = 17
MESSAGE = {"yes": "message is safe", "no": "leave no message", "not asked": "message: not asked"}
KNOWS = {
    "yes": "They know that they were introduced",
    "no": "They do not know that they were introduced",
    "not said": "Nobody said whether they know",
}
NOT_SAID = "Nobody said whether it is safe to ring, text or write: ask the introducer first."


@dataclass(frozen=True)
class Looked:
    """All that is shown of one introduction."""

    one: Introduced
    born: date | None
    attempts: list[Attempt]
    reaches: list[ReachRow]
    addresses: list[AddressRow]
    may_be: list[MayBe]


def look(tx: ReadTx, introduction_id: str) -> Looked | None:
    """Read one introduction, None where it is not there any more."""
    one = introductions.introduced(tx, introduction_id)
    if one is None:
        return None
    details = people.details(tx, one.person_id)
    may_be: list[MayBe] = []
    if not one.outcome:
        everybody = already_known.WhoItMayBe.read(tx)
        may_be = everybody.like(everybody.facts(one.person_id), but=one.person_id)
    return Looked(
        one,
        details.born if details is not None else None,
        introductions.attempts(tx, introduction_id),
        reaching.reaches(tx, one.person_id),
        reaching.addresses(tx, one.person_id),
        may_be,
    )


def rows_of(found: Looked, today: date) -> list[Row]:
    """Return all of it as rows that begin at the very left: they are read, not walked."""
    one = found.one
    rows = [Row(flowing(joined(one_line(one.name, "bold $accent"), *_who(found, today))))]
    rows.append(Row(flowing(one_line(_stands(one, today), "$soft"))))
    if one.tell_by is not None:
        day = say_day(one.tell_by, today)
        words = (
            f"To be told by {day} that they were introduced: t when so."
            if one.knows == "no"
            else f"Nobody said whether they know of it. Ask or tell them by {day}: t when so."
        )
        rows.append(Row(flowing(one_line(words, "$care"))))
    for other in found.may_be:
        place = f", {other.place}" if other.place else ""
        words = f"May be {other.name}{place}: {_lower(other.why)} k says that it is."
        rows.append(Row(flowing(one_line(words, "$care"), most=3)))
    rows += [SPACE, heading("Why, as the introducer says")]
    rows.append(Row(flowing(said(one.their_reason))) if one.their_reason else hint("Not said."))
    rows += [SPACE, heading("Why, as they say")]
    rows.append(Row(flowing(*own_words(one.own_reason))) if one.own_reason else hint("Not asked."))
    rows.append(SPACE)
    rows += [Row(labelled(label, words, LABEL_CELLS)) for label, words in _facts(found) if words]
    if not one.safe_to_reach:
        rows.append(Row(flowing(Content.styled(NOT_SAID, "$care"))))
    if found.attempts:
        rows += [SPACE, heading("Tried")]
        rows += [Row(flowing(one_line(_tried(tried, today)))) for tried in found.attempts]
    for row in rows:
        row.flush = True
    return rows


def waited(one: Introduced, today: date) -> str:
    """Return how long somebody waits, or waited until the first conversation."""
    days = one.waiting_days(today)
    return say_days(days) if days else "today"


def _who(found: Looked, today: date) -> list[Content | str | tuple[str, str]]:
    born = f"born {say_day(found.born, today)}" if found.born else ""
    parts = [part for part in (born, found.one.place) if part]
    return ["   ", one_line(phrases.DOT.join(parts), "$soft")] if parts else []


def _stands(one: Introduced, today: date) -> str:
    came = say_day(local_day(one.came_at), today) if one.came_at else "on no day that was said"
    if one.outcome:
        on = f" {say_day(one.outcome_on, today)}" if one.outcome_on else ""
        why = f": {one.outcome_why}" if one.outcome_why else ""
        return f"Came {came}. {one.outcome[0].upper()}{one.outcome[1:]}{on}{why}"
    urgent = f" Needed {one.urgency}." if one.urgency else ""
    if one.met_at is not None:
        talked = say_day(local_day(one.met_at), today)
        return f"Came {came}; first conversation {talked}.{urgent}"
    return f"Came {came}, waiting {waited(one, today)}.{urgent}".replace("waiting today", "new")


def _facts(found: Looked) -> list[tuple[str, str]]:
    one = found.one
    by = (one.by_name, one.by_role, one.by_service, one.by_organisation)
    hear = f"{one.answer_to}: {'they agreed' if one.may_answer else 'not agreed yet'}"
    reaches = [
        ", ".join(filter(None, (each.value, each.whose, MESSAGE.get(each.safe_to_leave, ""))))
        for each in found.reaches
    ]
    knows = KNOWS[one.knows]
    if one.told_on is not None:
        knows = f"Told {say_day(one.told_on, one.told_on)}"
    return [
        ("Introduced by", ", ".join(filter(None, by))),
        ("Reach them", one.by_contact),
        ("How it came", one.how),
        ("Do they know?", knows),
        ("Agreed to", one.agreed_to),
        ("Safe to reach?", one.safe_to_reach),
        ("Phone, e-mail", phrases.DOT.join(reaches)),
        ("Address", phrases.DOT.join(each.in_one_line for each in found.addresses)),
        ("Wants an answer", hear if one.answer_to else ""),
    ]


def _tried(tried: Attempt, today: date) -> str:
    day = say_day(local_day(tried.at), today) if tried.at else ""
    words = f"{day}  {phrases.OUTCOMES.get(tried.outcome, tried.outcome)}"
    return f"{words}: {tried.words}" if tried.words else words


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
