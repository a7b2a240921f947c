"""Writing the plan: strengths, hopes and goals, what is in the way, looked for, and given.

Every `add_…` returns the new row's id and takes `from_note`, the note that it was noticed in.
Every `correct_…` takes the fields to change by name. Whatever is removed, undo brings back.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload.offers import withdraw
from linkworker.caseload.writing import (
    Subject,
    a_day,
    a_number,
    add,
    correct,
    free,
    need_row,
    needed,
    one_of,
    remove,
)
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import WriteTx

MAY_ASK = ("not asked", "yes", "no")
"""Is the person happy to be asked to help with it? Dated, and can be taken back."""

STRENGTH = Subject(
    "strength",
    "Strength",
    "a strength",
    {
        "words": needed,
        "agreed_on": a_day,
        "agreed_with": free,
        "may_ask": one_of(*MAY_ASK),
        "may_ask_on": a_day,
        "from_note": free,
    },
)
GOAL = Subject(
    "goal",
    "Goal",
    "a hope",
    {
        "words": needed,
        "importance": a_number(1, 10),  # PRSB SP v1.1: Goal importance score, 1-10
        "agreed_on": a_day,
        "agreed_with": free,
        "state": one_of(*values.GOAL_STATES),
        "state_on": a_day,
        "state_words": free,
        "from_note": free,
    },
)
IN_THE_WAY = Subject(
    "in_the_way",
    "InTheWay",
    "what is in the way",
    {"words": needed, "cleared_on": a_day, "cleared_words": free, "from_note": free},
)
LOOKED_FOR = Subject(
    "looked_for",
    "LookedFor",
    "what was looked for",
    {
        "words": needed,
        "kind": one_of(*values.LOOKED_FOR),
        "answered_on": a_day,
        "answer": free,
        "from_note": free,
    },
)
CONTRIBUTION = Subject(
    "contribution",
    "Contribution",
    "what was given",
    {"words": needed, "on": a_day, "from_note": free},
)


def add_strength(tx: WriteTx, person_id: str, words: str, **said: Any) -> str:
    """Add a strength, noted until it is agreed."""
    return add(tx, STRENGTH, person_id, {"words": words, **said})


def correct_strength(tx: WriteTx, strength_id: str, **said: Any) -> None:
    """Correct a strength. Who may not be asked any more is not offered to colleagues either.

    Another answer to whether they may be asked has a day of its own: today, if none is given.
    """
    need_row(tx, STRENGTH, strength_id)
    sql = "SELECT may_ask, may_ask_on FROM strength WHERE id = ?"
    before, on = tx.rows(sql, (strength_id,))[0]
    day = said.get("may_ask_on")
    if said.get("may_ask", before) != before and (day is None or day.isoformat() == on):
        said["may_ask_on"] = None if said["may_ask"] == "not asked" else tx.today
    correct(tx, STRENGTH, strength_id, said)
    if said.get("may_ask", "yes") != "yes":
        withdraw(tx, strength_id)


def agree_strength(tx: WriteTx, strength_id: str, agreed_with: str, on: date | None = None) -> None:
    """Say with whom a strength was agreed, and when (today if left out)."""
    _agree(tx, STRENGTH, strength_id, agreed_with, on)


def say_may_ask(tx: WriteTx, strength_id: str, may_ask: str, on: date | None = None) -> None:
    """Record whether they are happy to be asked about this strength, and when they said so."""
    correct_strength(tx, strength_id, may_ask=may_ask, may_ask_on=on or tx.today)


def remove_strength(tx: WriteTx, strength_id: str) -> None:
    """Take a strength away, and what was offered of it."""
    withdraw(tx, strength_id)
    remove(tx, STRENGTH, strength_id)


def add_goal(tx: WriteTx, person_id: str, words: str, **said: Any) -> str:
    """Add a hope or goal, noted until it is agreed. Without a number it is whole."""
    return add(tx, GOAL, person_id, {"words": words, **said})


def correct_goal(tx: WriteTx, goal_id: str, **said: Any) -> None:
    """Correct a hope or goal."""
    correct(tx, GOAL, goal_id, said)


def agree_goal(tx: WriteTx, goal_id: str, agreed_with: str, on: date | None = None) -> None:
    """Say with whom a hope was agreed, and when (today if left out)."""
    _agree(tx, GOAL, goal_id, agreed_with, on)


def settle_goal(
    tx: WriteTx, goal_id: str, state: str, *, on: date | None = None, words: str = ""
) -> None:
    """Say what became of a hope: open, reached, changed or let go, and in whose words."""
    on = None if state == "open" else on or tx.today
    correct(tx, GOAL, goal_id, {"state": state, "state_on": on, "state_words": words})


def remove_goal(tx: WriteTx, goal_id: str) -> None:
    """Take a hope away. Its steps stay, and hang on no hope."""
    remove(tx, GOAL, goal_id)


def add_in_the_way(tx: WriteTx, person_id: str, words: str, **said: Any) -> str:
    """Add what is in the way just now."""
    return add(tx, IN_THE_WAY, person_id, {"words": words, **said})


def correct_in_the_way(tx: WriteTx, in_the_way_id: str, **said: Any) -> None:
    """Correct what is in the way."""
    correct(tx, IN_THE_WAY, in_the_way_id, said)


def clear_in_the_way(
    tx: WriteTx, in_the_way_id: str, *, on: date | None = None, words: str = ""
) -> None:
    """Say that it is no longer in the way."""
    said = {"cleared_on": on or tx.today, "cleared_words": words}
    correct(tx, IN_THE_WAY, in_the_way_id, said)


def remove_in_the_way(tx: WriteTx, in_the_way_id: str) -> None:
    """Take it away."""
    remove(tx, IN_THE_WAY, in_the_way_id)


def add_looked_for(tx: WriteTx, person_id: str, words: str, **said: Any) -> str:
    """Add something that was looked for: a gap, a question, or not decided yet (`kind`)."""
    return add(tx, LOOKED_FOR, person_id, {"words": words, **said})


def correct_looked_for(tx: WriteTx, looked_for_id: str, **said: Any) -> None:
    """Correct what was looked for, or decide whether it is a gap or a question."""
    correct(tx, LOOKED_FOR, looked_for_id, said)


def answer_looked_for(tx: WriteTx, looked_for_id: str, answer: str, on: date | None = None) -> None:
    """Say what was found out, and when."""
    correct(tx, LOOKED_FOR, looked_for_id, {"answer": answer, "answered_on": on or tx.today})


def remove_looked_for(tx: WriteTx, looked_for_id: str) -> None:
    """Take it away."""
    remove(tx, LOOKED_FOR, looked_for_id)


def add_contribution(tx: WriteTx, person_id: str, words: str, **said: Any) -> str:
    """Add what somebody gave, shared or started."""
    return add(tx, CONTRIBUTION, person_id, {"words": words, **said})


def correct_contribution(tx: WriteTx, contribution_id: str, **said: Any) -> None:
    """Correct what was given."""
    correct(tx, CONTRIBUTION, contribution_id, said)


def remove_contribution(tx: WriteTx, contribution_id: str) -> None:
    """Take it away."""
    remove(tx, CONTRIBUTION, contribution_id)


def _agree(tx: WriteTx, subject: Subject, row_id: str, agreed_with: str, on: date | None) -> None:
    needed(agreed_with, "name of who it was agreed with")
    correct(tx, subject, row_id, {"agreed_with": agreed_with, "agreed_on": on or tx.today})
