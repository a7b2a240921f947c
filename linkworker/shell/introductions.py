"""Introductions at the shell: who waits, taking one down, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkworker.clock import local_day, to_text
from linkworker.shell.opening import opened
from linkworker.shell.people import day_of, shortest_beginnings
from linkworker.shell.saying import json_from_input, say, say_json, words_from_input
from linkworker.shell.usage import Typed, WrongUsage
from linkworker.text import one_line

if TYPE_CHECKING:
    from linkworker.caseload.already_known import MayBe
    from linkworker.caseload.introductions import Introduced
    from linkworker.store import ReadTx

TRIES = {
    "no-answer": "no answer",
    "voicemail": "left a voicemail",
    "text": "sent a text",
    "card": "card through the door",
}
"""How somebody was tried, as it is typed."""
ENDS = {
    "declined": "declined",
    "could-not-reach": "could not reach",
    "not-right-here": "not right here",
}
"""What became of an introduction that came to nothing here, as it is typed."""
LONGEST_SHOWN = 60


def list_introductions(typed: Typed) -> int:
    """List who waits, those who are asked for soon first; with --all those who wait no more too."""
    from linkworker.caseload import introductions

    with opened(typed) as store, store.read() as tx:
        found = introductions.waiting(tx)
        if typed.has("--all"):
            found += introductions.ended(tx)
        today = tx.today
        rows = [_as_json(tx, one) for one in found] if typed.has("--json") else []
    if typed.has("--json"):
        say_json(rows)
        return 0
    beginnings = shortest_beginnings([one.introduction_id for one in found])
    for beginning, one in zip(beginnings, found, strict=True):
        days = one.waiting_days(today)
        parts = [f"{days} day{'s' * (days != 1)}", _short(one.name), _short(one.by)]
        parts += [one.urgency, one.outcome, _must(one)]
        say(f"{beginning}  {' · '.join(part for part in parts if part)}")
    if not found:
        say("Nobody waits.")
    return 0


def take_down(typed: Typed) -> int:
    """Take one down: a JSON object of fields on standard input. Says who it may be."""
    from linkworker.caseload.already_known import WhoItMayBe
    from linkworker.exchange import introduction_fields

    given = json_from_input("the introduction as a JSON object")
    with opened(typed) as store:
        with store.write("took an introduction down") as tx:
            person_id, introduction_id = introduction_fields.take_down(tx, given)
        with store.read() as tx:
            everybody = WhoItMayBe.read(tx)
        may_be = everybody.like(everybody.facts(person_id), but=person_id)
    if typed.has("--json"):
        told = [_may_be_as_json(one) for one in may_be]
        say_json({"introduction": introduction_id, "person": person_id, "may_be": told})
        return 0
    say(f"Taken down: {introduction_id}. It waits until it is accepted.")
    for one in may_be:
        say(f"May be {_short(one.name)} ({one.person_id}). {one.why}")
    return 0


def accept(typed: Typed) -> int:
    """Accept one: from a day on, today if none is given, somebody walks alongside them."""
    from linkworker.caseload import introductions
    from linkworker.schema.values import LEVELS

    level = typed.value("--level")
    if level and level not in {str(one) for one in LEVELS}:
        raise WrongUsage("--level needs one of: " + ", ".join(str(one) for one in LEVELS) + ".")
    on = day_of(typed.value("--begun"), "--begun")
    with opened(typed) as store, store.write("accepted an introduction") as tx:
        one = introductions.find(tx, typed.words[-1])
        introductions.accept(tx, one.introduction_id, level=int(level) if level else None, on=on)
    return _done(typed, one, "Accepted. 'linkworker undo' takes it back.")


def tried(typed: Typed) -> int:
    """Record an attempt to reach somebody."""
    from linkworker.caseload import introductions

    outcome = TRIES.get(typed.words[-1], "")
    if not outcome:
        raise WrongUsage(f"HOW is one of: {', '.join(TRIES)}.")
    with opened(typed) as store, store.write("tried to reach somebody") as tx:
        one = introductions.find(tx, typed.words[-2])
        introductions.record_attempt(tx, one.introduction_id, outcome)
    return _done(typed, one, "Written down.")


def end(typed: Typed) -> int:
    """Say that it came to nothing here; why is on standard input."""
    from linkworker.caseload import introductions

    outcome = ENDS.get(typed.words[-1], "")
    if not outcome:
        raise WrongUsage(f"WHAT is one of: {', '.join(ENDS)}.")
    why = words_from_input("why")
    with opened(typed) as store, store.write("ended an introduction") as tx:
        one = introductions.find(tx, typed.words[-2])
        introductions.end(tx, one.introduction_id, outcome, why.strip())
    return _done(typed, one, "Written down; the record stays.")


def known(typed: Typed) -> int:
    """Join it to somebody known already."""
    from linkworker.caseload import already_known, introductions, people

    with opened(typed) as store, store.write("joined an introduction to somebody known") as tx:
        one = introductions.find(tx, typed.words[-2])
        already_known.it_is(tx, one.introduction_id, people.find_by_id(tx, typed.words[-1]))
    return _done(typed, one, "Joined. 'linkworker undo' parts them again.")


def told(typed: Typed) -> int:
    """Say that somebody introduced without knowing was told today."""
    from linkworker.caseload import introductions

    with opened(typed) as store, store.write("told somebody that they were introduced") as tx:
        one = introductions.find(tx, typed.words[-1])
        introductions.told(tx, one.introduction_id)
    return _done(typed, one, "Written down.")


def _done(typed: Typed, one: Introduced, words: str) -> int:
    if typed.has("--json"):
        say_json({"introduction": one.introduction_id, "person": one.person_id})
    else:
        say(words)
    return 0


def _as_json(tx: ReadTx, one: Introduced) -> dict[str, Any]:
    from linkworker.caseload import introductions

    day = one.came_at and local_day(one.came_at)
    plain = (
        *("how", "by_name", "by_role", "by_service", "by_organisation", "by_contact"),
        *("their_reason", "own_reason", "knows", "agreed_to", "urgency", "safe_to_reach"),
        *("answer_to", "may_answer", "outcome", "outcome_why"),
    )
    return {
        "introduction": one.introduction_id,
        "person": one.person_id,
        "name": one.name,
        "came_on": day.isoformat() if day else None,
        "days": one.waiting_days(tx.today),
        "first_conversation": to_text(one.met_at) if one.met_at else None,
        "tell_by": one.tell_by.isoformat() if one.tell_by else None,
        "told_on": one.told_on.isoformat() if one.told_on else None,
        "outcome_on": one.outcome_on.isoformat() if one.outcome_on else None,
        **{name: getattr(one, name) for name in plain},
        "tries": [
            {
                "at": to_text(each.at) if each.at else None,
                "how": each.how,
                "outcome": each.outcome,
                "words": each.words,
            }
            for each in introductions.attempts(tx, one.introduction_id)
        ],
    }


def _may_be_as_json(one: MayBe) -> dict[str, Any]:
    return {"person": one.person_id, "name": one.name, "same": one.same, "why": one.why}


def _must(one: Introduced) -> str:
    return f"to be told by {one.tell_by.isoformat()}" if one.tell_by else ""


def _short(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= LONGEST_SHOWN else words[: LONGEST_SHOWN - 1].rstrip() + "…"
