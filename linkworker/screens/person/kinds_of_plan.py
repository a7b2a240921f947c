"""The kinds of things in the plan: a good life, strengths, hopes, steps, what is in the way …"""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from linkworker.caseload import about, hopes, steps
from linkworker.caseload.entered_twice import records_of
from linkworker.caseload.writing import need_row
from linkworker.schema import values
from linkworker.screens.person.kinds import (
    AGREED,
    NO_YES,
    WORDS,
    Kind,
    Thing,
    Values,
    agreed_today,
    state_dated,
)
from linkworker.widgets.forms import Ask, options

if TYPE_CHECKING:
    from linkworker.store import WriteTx


def _step(tx: WriteTx, person_id: str, said: Values) -> Values:
    """Return a step's fields with whose it is, worked out from the name where it was not said."""
    said = agreed_today(tx, said) | {"cannot_slip": said.get("cannot_slip") == "yes"}
    found = steps.whose(tx, person_id, said.get("who", ""))
    chosen = said.get("who_does", "")
    if chosen not in ("", found["who_does"]):
        mine = tx.worker_id if chosen == "worker" else ""
        found = {"who_does": chosen, "who_worker_id": mine, "who_tie_id": ""}
    return said | found


def _add_step(tx: WriteTx, person_id: str, said: Values) -> str:
    whose = need_row(tx, hopes.GOAL, said["goal_id"]) if said.get("goal_id") else person_id
    if whose in records_of(tx, person_id):
        person_id = whose  # a step stands on the record of its hope
    return steps.add_step(tx, person_id, **_step(tx, person_id, said))


def _correct_step(tx: WriteTx, step_id: str, said: Values) -> None:
    person_id = need_row(tx, steps.STEP, step_id)
    steps.correct_step(tx, step_id, **_step(tx, person_id, state_dated(tx, said)))


def _tick_step(tx: WriteTx, thing: Thing) -> str:
    state = "done" if thing.row.state == "open" else "open"
    steps.settle_step(tx, thing.row_id, state)
    words = shorten(thing.row.words, SAID_CELLS, placeholder=" …").rstrip(".")
    return f"Done: {words}." if state == "done" else f"Open again: {words}."


def _tick_goal(tx: WriteTx, thing: Thing) -> str:
    state = "reached" if thing.row.state == "open" else "open"
    hopes.settle_goal(tx, thing.row_id, state)
    return "Reached." if state == "reached" else "Open again."


def _tick_in_the_way(tx: WriteTx, thing: Thing) -> str:
    if thing.row.cleared_on is None:
        hopes.clear_in_the_way(tx, thing.row_id)
        return "No longer in the way."
    hopes.correct_in_the_way(tx, thing.row_id, cleared_on=None, cleared_words="")
    return "In the way again."


def _looked_for(tx: WriteTx, said: Values) -> Values:
    if said.get("answer") and not said.get("answered_on"):
        return said | {"answered_on": tx.today}
    return said


SAID_CELLS = 40
"""How much of a step's words is said of it at the foot, in letters."""

GOAL_BECAME = (
    Ask("state", "What became of it", "one of", options(*values.GOAL_STATES)),
    Ask("state_on", "When", "past day", hint="today"),
    Ask("state_words", "In whose words"),
)
STEP_BECAME = (
    Ask("state", "What became of it", "one of", options(*values.STEP_STATES)),
    Ask("state_on", "When", "past day", hint="today"),
    Ask("state_words", "In whose words"),
)
WHO_DOES = (
    ("", "as the name tells"),
    ("person", "the person"),
    ("family or friend", "family or friend"),
    ("community", "community"),
    ("service", "a service"),
    ("worker", "me"),
)
"""Who helps is asked in this order."""

PLAN_KINDS = {
    "vision": Kind(
        "a good life",
        (
            Ask("words", "A good life, in their words", "long", hint="What's a good life for you?"),
            Ask("said_on", "Said on", "past day", hint="today"),
        ),
        add=lambda tx, who, said: about.add_vision(
            tx, who, said["words"], said_on=said["said_on"] or tx.today
        ),
        correct=lambda tx, row, said: about.correct_vision(tx, row, **said),
        remove=about.remove_vision,
        hint="what it is to them, in their words",
    ),
    "strength": Kind(
        "a strength",
        (WORDS, *AGREED),
        add=lambda tx, who, said: hopes.add_strength(tx, who, **agreed_today(tx, said)),
        correct=lambda tx, row, said: hopes.correct_strength(tx, row, **agreed_today(tx, said)),
        remove=hopes.remove_strength,
        hint="something good that is already there",
        more=(
            Ask("may_ask", "Happy to be asked?", "one of", options(*hopes.MAY_ASK)),
            Ask("may_ask_on", "Said on", "past day", hint="today"),
        ),
    ),
    "goal": Kind(
        "a hope",
        (WORDS, *AGREED),
        add=lambda tx, who, said: hopes.add_goal(tx, who, **agreed_today(tx, said)),
        correct=lambda tx, row, said: hopes.correct_goal(
            tx, row, **agreed_today(tx, state_dated(tx, said))
        ),
        remove=hopes.remove_goal,
        tick=_tick_goal,
        hint="a hope or goal, whole without a number",
        more=GOAL_BECAME,
    ),
    "step": Kind(
        "a step",
        (
            Ask("words", "What", example="ring the bike club"),
            Ask("who", "Who", hint="the person first; nobody is asked by default"),
            Ask("by_day", "By when", "day", example="Fri, 4 Dec, in 2 weeks"),
            Ask("by_time", "At", "time", example="9:30"),
            Ask("who_does", "Who that is", "one of", WHO_DOES),
            Ask(
                "asked", "Do they know", "one of", options(*steps.ASKED[1:], empty="they are here")
            ),
            Ask("cannot_slip", "Cannot slip", "one of", NO_YES),
        ),
        add=_add_step,
        correct=_correct_step,
        remove=steps.remove_step,
        tick=_tick_step,
        hint="who does what, by when",
        more=(*STEP_BECAME, *AGREED),
    ),
    "in the way": Kind(
        "what's in the way",
        (Ask("words", "What is in the way", example="the bus stops at six"),),
        add=lambda tx, who, said: hopes.add_in_the_way(tx, who, **said),
        correct=lambda tx, row, said: hopes.correct_in_the_way(tx, row, **said),
        remove=hopes.remove_in_the_way,
        tick=_tick_in_the_way,
        hint="just now",
        more=(Ask("cleared_on", "Cleared on", "past day"), Ask("cleared_words", "How")),
    ),
    "looked for": Kind(
        "something looked for",
        (
            Ask("words", "What was looked for", example="a bus from Enderby after six"),
            Ask("kind", "It is", "one of", options(*values.LOOKED_FOR)),
        ),
        add=lambda tx, who, said: hopes.add_looked_for(tx, who, **said),
        correct=lambda tx, row, said: hopes.correct_looked_for(tx, row, **_looked_for(tx, said)),
        remove=hopes.remove_looked_for,
        hint="a gap, or a question to find out about",
        more=(Ask("answer", "What was found"), Ask("answered_on", "When", "past day")),
    ),
    "contribution": Kind(
        "something they gave",
        (
            Ask("words", "What they gave, shared or started"),
            Ask("on", "When", "past day", hint="today"),
        ),
        add=lambda tx, who, said: hopes.add_contribution(
            tx, who, said["words"], on=said["on"] or tx.today
        ),
        correct=lambda tx, row, said: hopes.correct_contribution(tx, row, **said),
        remove=hopes.remove_contribution,
        hint="gave, shared or started",
    ),
}
"""By the name that a `Thing` has."""
