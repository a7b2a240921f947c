"""Introductions: taking one down, the inbox by days waiting, trying to reach, what became of it.

An introduction begins a record, and the person is in the inbox and not among the people until it is
accepted (docs/decisions, 0025).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from linkworker.caseload import people, reaching, support
from linkworker.caseload.contacts import an_instant
from linkworker.caseload.field_words import said as in_words
from linkworker.caseload.reading import LIVING, NAME, ONLY_INTRODUCED, Named, first, rows
from linkworker.caseload.writing import (
    NotFound,
    NothingSaid,
    NotSuch,
    Subject,
    a_day,
    add,
    correct,
    free,
    need_row,
    needed,
    one_of,
    yes_or_no,
)
from linkworker.clock import day_begins, days_ago, local_day
from linkworker.refusal import Refused
from linkworker.schema import values
from linkworker.text import clean

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

INTRODUCTION = Subject(
    "introduction",
    "Introduction",
    "an introduction",
    {
        "came_at": an_instant,
        "made_on": a_day,
        "how": one_of("", *values.INTRODUCED),
        "arrived": free,
        "by_name": free,
        "by_role": free,
        "by_service": free,
        "by_organisation": free,
        "by_organisation_code": free,
        "by_contact": free,
        "their_reason": free,
        "own_reason": free,
        "knows": one_of(*values.KNOWS),
        "agreed_to": free,
        "told_on": a_day,
        "urgency": one_of(*values.URGENCIES),
        "safe_to_reach": free,
        "answer_to": free,
        "may_answer": yes_or_no,
        "outcome": one_of("", *values.INTRODUCTION_OUTCOMES),
        "outcome_on": a_day,
        "outcome_why": free,
        "known_as": free,
    },
)
ATTEMPT = Subject(
    "reaching_attempt",
    "ReachingAttempt",
    "an attempt to reach somebody",
    {
        "introduction_id": needed,
        "at": an_instant,
        "how": one_of(*values.CONTACT_WAYS),
        "outcome": one_of(*values.REACHED_NOBODY),
        "words": free,
    },
    once=True,
)
TOLD_BEFORE_DAYS = 14
"""From how many days before the last one it stands on Today that somebody must be told."""
GIVEN_UP_AFTER_DAYS = 30
"""After the last day, when it leaves Today: of whom could not be reached, or may have known."""
ENDS = ("declined", "could not reach", "not right here")
"""Outcomes after which the record stays and the person is not among the people."""
WAY_OF_TRY = {
    "no answer": "phone",
    "left a voicemail": "phone",
    "sent a text": "text or message",
    "card through the door": "home visit",
}
"""How one tried, by what came of it."""


class NotWaiting(Refused):
    """The introduction was accepted, declined or joined before."""


@dataclass(frozen=True)
class Introduced(Named):
    """One introduction, and how far one has come with it."""

    introduction_id: str
    came_at: datetime | None
    made_on: date | None
    how: str
    by_name: str
    by_role: str
    by_service: str
    by_organisation: str
    by_contact: str
    their_reason: str
    own_reason: str
    knows: str
    agreed_to: str
    told_on: date | None
    urgency: str
    safe_to_reach: str
    answer_to: str
    may_answer: bool
    outcome: str
    outcome_on: date | None
    outcome_why: str
    place: str
    tries: int
    last_try: datetime | None
    last_outcome: str
    met_at: datetime | None
    """When the first conversation was, after it came; None before."""

    @property
    def by(self) -> str:
        """Who introduced them, and from where, in a line."""
        said = (self.by_name, self.by_role, self.by_service, self.by_organisation)
        return ", ".join(filter(None, said)) or self.how

    def waiting_days(self, today: date) -> int:
        """Return the days from the introduction to the first conversation, or to today."""
        if self.came_at is None:
            return 0
        until = local_day(self.met_at) if self.met_at is not None else today
        return max(0, days_ago(until, local_day(self.came_at)))

    @property
    def tell_by(self) -> date | None:
        """The last day on which somebody is told who may not know of it; None: no need.

        A month from the day on which it came (UK GDPR, article 14 (3) (a)). Where nobody said
        whether they know (`knows` is "not said") they are asked by then.
        """
        if self.knows == "yes" or self.told_on is not None or self.came_at is None:
            return None
        return _a_month_after(local_day(self.came_at))


@dataclass(frozen=True)
class Attempt:
    """One attempt to reach somebody."""

    attempt_id: str
    at: datetime | None
    how: str
    outcome: str
    words: str


_INTRODUCED = f"""
SELECT {NAME}, i.id, i.came_at, i.made_on, i.how, i.by_name, i.by_role, i.by_service,
    i.by_organisation, i.by_contact, i.their_reason, i.own_reason, i.knows, i.agreed_to, i.told_on,
    i.urgency, i.safe_to_reach, i.answer_to, i.may_answer, i.outcome, i.outcome_on, i.outcome_why,
    p.place,
    (SELECT count(*) FROM reaching_attempt WHERE introduction_id = i.id AND hidden_at IS NULL),
    t.at, t.outcome,
    (SELECT min(happened_at) FROM contact WHERE person_id = p.id AND hidden_at IS NULL
        AND outcome = 'met' AND happened_at >= i.came_at)
FROM introduction i JOIN person p ON p.id = i.person_id AND p.hidden_at IS NULL
LEFT JOIN reaching_attempt t ON t.id = (SELECT id FROM reaching_attempt
    WHERE introduction_id = i.id AND hidden_at IS NULL ORDER BY at DESC, id DESC LIMIT 1)
WHERE i.hidden_at IS NULL
"""


def waiting(tx: ReadTx) -> list[Introduced]:
    """Return the introductions that wait: who is asked for today or this week, then the longest."""
    sql = f"{_INTRODUCED} AND i.outcome = '' AND {LIVING} ORDER BY i.came_at, i.id"
    found = rows(tx, Introduced, sql)
    soon = {"today": 0, "this week": 1}
    return sorted(found, key=lambda one: soon.get(one.urgency, 2))


def ended(tx: ReadTx) -> list[Introduced]:
    """Return those who were only introduced and wait no more, the latest first."""
    sql = f"""{_INTRODUCED} AND i.outcome IN (?, ?, ?) AND {ONLY_INTRODUCED}
        ORDER BY i.outcome_on DESC, i.id DESC"""
    return rows(tx, Introduced, sql, ENDS)


def of_person(tx: ReadTx, person_id: str) -> list[Introduced]:
    """Return every introduction of somebody, the latest first."""
    return rows(tx, Introduced, f"{_INTRODUCED} AND p.id = ? ORDER BY i.came_at DESC", (person_id,))


def introduced(tx: ReadTx, introduction_id: str) -> Introduced | None:
    """Return one introduction, None where it is not there."""
    return first(tx, Introduced, f"{_INTRODUCED} AND i.id = ?", (introduction_id,))


def find(tx: ReadTx, start: str) -> Introduced:
    """Return the one introduction whose id, or whose person's id, begins with `start`, or refuse.

    Of several of one person it is the one that waits.
    """
    sql = f"""{_INTRODUCED} AND (substr(i.id, 1, length(?1)) = ?1
        OR substr(p.id, 1, length(?1)) = ?1) ORDER BY i.outcome <> '', i.came_at DESC LIMIT 3"""
    found = rows(tx, Introduced, sql, (start,)) if start else []
    waits = [one for one in found if not one.outcome] or found[:1]
    if len(waits) == 1:
        return waits[0]
    raise NotFound(
        "No introduction was chosen.",
        "More than one has an id that begins so." if found else "None has an id that begins so.",
        "List the introductions with their ids, and use more letters of one.",
    )


def attempts(tx: ReadTx, introduction_id: str) -> list[Attempt]:
    """Return the attempts to reach somebody, the latest first."""
    sql = """SELECT id, at, how, outcome, words FROM reaching_attempt
        WHERE introduction_id = ? AND hidden_at IS NULL ORDER BY at DESC, id DESC"""
    return rows(tx, Attempt, sql, (introduction_id,))


def to_tell(tx: ReadTx) -> list[Introduced]:
    """Return who must be told that they were introduced: who was met, or whose month ends soon.

    Giving up on reaching somebody does not end it before the month is over. Of whom nobody said
    that they did not know, and who could not be reached, it leaves this list in the end.
    """
    sql = f"""{_INTRODUCED} AND i.knows <> 'yes' AND i.told_on IS NULL AND {LIVING}
        ORDER BY i.came_at, i.id"""
    until = tx.today + timedelta(days=TOLD_BEFORE_DAYS)
    given_up = tx.today - timedelta(days=GIVEN_UP_AFTER_DAYS)
    return [
        one
        for one in rows(tx, Introduced, sql)
        if one.tell_by is not None
        and (one.met_at is not None or one.tell_by <= until)
        and (one.tell_by >= given_up or (one.knows == "no" and one.outcome != "could not reach"))
    ]


def take_down(
    tx: WriteTx,
    who: Mapping[str, Any],
    *,
    came_at: datetime | None = None,
    reaches: tuple[Mapping[str, Any], ...] = (),
    address: Mapping[str, Any] | None = None,
    **said: Any,
) -> tuple[str, str]:
    """Take an introduction down; return the ids of the person and of the introduction.

    `who` holds fields of `people.PersonDetails`, `reaches` those of `reaching.add_reach`, `address`
    those of an address, `said` those of the introduction. None of them is needed, but something is.
    """
    given = (*who.values(), *said.values(), *(one.get("value") for one in reaches))
    given += tuple((address or {}).values())
    if not any(isinstance(one, str) and clean(one).strip() for one in _words_of(given)):
        raise NothingSaid(
            "Nothing was taken down yet.",
            "There are no words in it.",
            "Write a name, who it is, or why they were introduced. One of these is enough.",
        )
    came_at = came_at or tx.now
    if came_at > tx.now:
        raise _to_come("The introduction")
    if said.get("how") == "by themself":
        said = {**said, "knows": "yes"}
    person_id = people.add_person(tx, **who)
    for one in reaches:
        reaching.add_reach(tx, person_id, **one)
    if address and any(address.values()):
        reaching.add_address(tx, person_id, **address)
    said.setdefault("made_on", local_day(came_at))
    return person_id, add(tx, INTRODUCTION, person_id, {"came_at": came_at, **said})


def correct_introduction(tx: WriteTx, introduction_id: str, **said: Any) -> None:
    """Put right what was written of an introduction."""
    correct(tx, INTRODUCTION, introduction_id, said)


def came_on(tx: ReadTx, day: date | None) -> datetime:
    """Return the instant from which one is counted that came on `day`: today's is now."""
    if day is None or day == tx.today:
        return tx.now
    if day > tx.today:
        raise _to_come("The introduction")
    return day_begins(day)


def record_attempt(
    tx: WriteTx, introduction_id: str, outcome: str, *, at: datetime | None = None, **said: Any
) -> str:
    """Record an attempt to reach somebody who waits; return its id. `said`: how, words."""
    person_id = need_waiting(tx, introduction_id)
    how = said.pop("how", "") or WAY_OF_TRY.get(outcome, "phone")
    tried = {"introduction_id": introduction_id, "at": at or tx.now, "how": how, **said}
    return add(tx, ATTEMPT, person_id, tried | {"outcome": outcome})


def accept(
    tx: WriteTx, introduction_id: str, *, level: int | None = None, on: date | None = None
) -> str:
    """Accept an introduction: from `on` (today) somebody walks alongside; return the period's id.

    Who is walked with already goes on in the period that is there, which is reopened where we had
    stepped back.
    """
    person_id = need_waiting(tx, introduction_id)
    on = on or tx.today
    may = support.may_happen(tx, person_id)
    if may == ("began",):
        period = support.begin(tx, person_id, level=level, on=on)
    else:
        if "reopened" in may:
            support.happen(tx, person_id, "reopened", on=on, level=level)
        period = support.history(tx, person_id)[0].period_id
    _end(tx, introduction_id, "accepted", on)
    return period


def end(tx: WriteTx, introduction_id: str, outcome: str, why: str = "") -> None:
    """Say that it came to nothing here, one of `ENDS`, and why; the record stays."""
    one_of(*ENDS)(outcome, in_words("outcome"))
    needed(why, in_words("outcome_why"))
    need_waiting(tx, introduction_id)
    _end(tx, introduction_id, outcome, tx.today, why)


def wait_again(tx: WriteTx, introduction_id: str) -> None:
    """Put an introduction that had come to nothing among those who wait, from when it came."""
    need_row(tx, INTRODUCTION, introduction_id)
    correct(
        *(tx, INTRODUCTION, introduction_id),
        {"outcome": "", "outcome_on": None, "outcome_why": "", "known_as": ""},
    )


def told(tx: WriteTx, introduction_id: str, on: date | None = None) -> None:
    """Say that somebody introduced without knowing was told, today or on a day before."""
    need_row(tx, INTRODUCTION, introduction_id)
    on = on or tx.today
    if on > tx.today:
        raise _to_come("The day")
    correct(tx, INTRODUCTION, introduction_id, {"told_on": on})


def may_hear(tx: WriteTx, introduction_id: str, agreed: bool) -> None:
    """Say whether the person agreed that whoever wants an answer hears what became of it."""
    need_row(tx, INTRODUCTION, introduction_id)
    correct(tx, INTRODUCTION, introduction_id, {"may_answer": agreed})


def _end(tx: WriteTx, introduction_id: str, outcome: str, on: date, why: str = "") -> None:
    became = {"outcome": outcome, "outcome_on": on, "outcome_why": why}
    correct(tx, INTRODUCTION, introduction_id, became)


def need_waiting(tx: ReadTx, introduction_id: str) -> str:
    """Return whose introduction it is; refuse one that waits no more (`NotWaiting`)."""
    person_id = need_row(tx, INTRODUCTION, introduction_id)
    became = tx.value("SELECT outcome FROM introduction WHERE id = ?", (introduction_id,))
    if became:
        raise NotWaiting(
            "Nothing was changed.",
            f"This introduction waits no more: {became}.",
            "Look at the introductions again.",
        )
    return person_id


def _words_of(given: tuple[Any, ...]) -> list[str]:
    """Return the words among values: a word of a value list alone says nothing of anybody."""
    listed = {*values.INTRODUCED, *values.KNOWS, *values.URGENCIES, *values.PRECISIONS}
    return [str(one) for one in given if one and not isinstance(one, bool) and one not in listed]


def _a_month_after(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _to_come(what: str) -> NotSuch:
    return NotSuch(f"{what} was not kept.", "It is a day to come.", "Look at the day.")
