"""Writing steps: who does what, by when, and what became of it.

A step without a name is nobody's until somebody is asked; it is never given to the coordinator by
default.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload import connections
from linkworker.caseload.connections import TIE
from linkworker.caseload.hopes import GOAL
from linkworker.caseload.writing import (
    Subject,
    a_clock_time,
    a_day,
    a_number,
    add,
    an_id,
    correct,
    free,
    need_of_person,
    need_row,
    needed,
    one_of,
    remove,
    yes_or_no,
)
from linkworker.rules.names import words_of
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

ASKED = ("", "asked", "said yes")
"""How far somebody who was not there knows of their step."""

STEP = Subject(
    "step",
    "Step",
    "a step",
    {
        "goal_id": an_id,
        "words": needed,
        "who": free,
        "who_does": one_of("", *values.WHO_DOES),
        "who_worker_id": free,
        "who_tie_id": free,
        "asked": one_of(*ASKED),
        "by_day": a_day,
        "by_time": a_clock_time,
        "cannot_slip": yes_or_no,
        "confidence": a_number(1, 10),  # PRSB SP v1.1: confidence in doing it, 1-10
        "state": one_of(*values.STEP_STATES),
        "state_on": a_day,
        "state_words": free,
        "agreed_on": a_day,
        "agreed_with": free,
        "from_note": free,
    },
)


def add_step(tx: WriteTx, person_id: str, words: str, **said: Any) -> str:
    """Add a step and return its id; any field of `plan.Step` may be said by its name.

    `goal_id` and `who_tie_id` must be of the same person's record.
    """
    _own(tx, person_id, said)
    return add(tx, STEP, person_id, {"words": words, **said})


def correct_step(tx: WriteTx, step_id: str, **said: Any) -> None:
    """Correct a step."""
    _own(tx, need_row(tx, STEP, step_id), said)
    correct(tx, STEP, step_id, said)


def settle_step(
    tx: WriteTx, step_id: str, state: str, *, on: date | None = None, words: str = ""
) -> None:
    """Say what became of a step: open again, done, not done, or let go; `words` say why."""
    on = None if state == "open" else on or tx.today
    correct(tx, STEP, step_id, {"state": state, "state_on": on, "state_words": words})


def agree_step(tx: WriteTx, step_id: str, agreed_with: str, on: date | None = None) -> None:
    """Say with whom a step was agreed, and when (today if left out)."""
    needed(agreed_with, "name of who it was agreed with")
    correct(tx, STEP, step_id, {"agreed_with": agreed_with, "agreed_on": on or tx.today})


def remove_step(tx: WriteTx, step_id: str) -> None:
    """Take a step away that was written by mistake; one that came to nothing is let go."""
    remove(tx, STEP, step_id)


def _own(tx: WriteTx, person_id: str, said: dict[str, Any]) -> None:
    need_of_person(tx, GOAL, said.get("goal_id"), person_id)
    need_of_person(tx, TIE, said.get("who_tie_id"), person_id)


def whose(tx: ReadTx, person_id: str, who: str) -> dict[str, str]:
    """Return `who_does`, `who_worker_id` and `who_tie_id` for a step's name, as far as it tells.

    The person first, then the coordinator, then who is around the person. A name that is nobody's
    stays a name; it is nobody's step until somebody says whose.
    """
    from linkworker.caseload.people import person_in_list

    asked = words_of(who)
    found = {"who_does": "", "who_worker_id": "", "who_tie_id": ""}
    if not asked:
        return found
    person = person_in_list(tx, person_id)
    known = (person.name, person.given, f"{person.given} {person.family}") if person else ()
    if any(_same(asked, words_of(name)) for name in known):
        return found | {"who_does": "person"}
    for worker_id, name in tx.rows("SELECT id, name FROM worker WHERE hidden_at IS NULL"):
        if _same(asked, words_of(name)) or (
            worker_id == tx.worker_id and asked in (("me",), ("i",))
        ):
            return found | {"who_does": "worker", "who_worker_id": str(worker_id)}
    ties = [tie for tie in connections.ties(tx, person_id) if _same(asked, words_of(tie.name))]
    if len(ties) == 1:
        does = "service" if ties[0].paid else "family or friend"
        return found | {"who_does": does, "who_tie_id": ties[0].tie_id}
    return found


def _same(asked: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Say whether what was typed is the beginning of a name, word by word."""
    return bool(asked) and asked == known[: len(asked)]
