"""The plan as it stands: strengths, hopes with their steps, what is in the way, what was given.

What a note adds is *noted* until it is *agreed with* somebody on a day; only agreed lines print.
Writing is in `hopes` (strengths, hopes, what is in the way, looked for, given) and `steps`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from linkworker.caseload.reading import rows

if TYPE_CHECKING:
    from linkworker.store import ReadTx


@dataclass(frozen=True)
class Strength:
    """Something good that is already there."""

    strength_id: str
    words: str
    agreed_on: date | None
    agreed_with: str
    may_ask: str
    may_ask_on: date | None
    from_note: str
    offered: str
    """What colleagues read of it, in words that name nobody; "" where it was never offered."""
    offered_in: str
    """The area of the offer."""
    offered_at: datetime | None
    withdrawn_on: date | None
    """When the offer was taken back; None while it stands."""

    @property
    def is_offered(self) -> bool:
        """Whether colleagues read of it now."""
        return bool(self.offered) and self.withdrawn_on is None


@dataclass(frozen=True)
class Step:
    """Who does what, by when, and what became of it."""

    step_id: str
    goal_id: str
    words: str
    who: str
    who_does: str
    """One of `values.WHO_DOES`; "" while nobody has been asked who."""
    who_worker_id: str
    who_tie_id: str
    asked: str
    by_day: date | None
    by_time: str
    cannot_slip: bool
    confidence: int | None
    state: str
    state_on: date | None
    state_words: str
    agreed_on: date | None
    agreed_with: str
    from_note: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to do."""
        return self.state == "open"


@dataclass(frozen=True)
class Goal:
    """A hope or goal and the steps towards it."""

    goal_id: str
    words: str
    importance: int | None
    agreed_on: date | None
    agreed_with: str
    state: str
    state_on: date | None
    state_words: str
    from_note: str
    steps: tuple[Step, ...] = ()

    @property
    def steps_done(self) -> int:
        """How many of its steps are done."""
        return sum(step.state == "done" for step in self.steps)


@dataclass(frozen=True)
class InTheWay:
    """What is in the way, or was until it was cleared."""

    in_the_way_id: str
    words: str
    cleared_on: date | None
    cleared_words: str
    from_note: str


@dataclass(frozen=True)
class LookedFor:
    """Something looked for and not here, or a question to find out about."""

    looked_for_id: str
    words: str
    kind: str
    answered_on: date | None
    answer: str
    from_note: str


@dataclass(frozen=True)
class Contribution:
    """What the person gave, shared or started."""

    contribution_id: str
    words: str
    on: date | None
    from_note: str


@dataclass(frozen=True)
class Plan:
    """The whole plan of a person."""

    strengths: list[Strength]
    goals: list[Goal]
    """Open ones first, in the order in which they were said."""
    steps: list[Step]
    """Steps that hang on no hope."""
    in_the_way: list[InTheWay]
    looked_for: list[LookedFor]
    contributions: list[Contribution]


def plan(tx: ReadTx, person_id: str) -> Plan:
    """Return a person's plan."""
    hopes, loose = _hopes_and_steps(tx, person_id)
    return Plan(
        strengths(tx, person_id),
        hopes,
        loose,
        in_the_way(tx, person_id),
        looked_for(tx, person_id),
        contributions(tx, person_id),
    )


def strengths(tx: ReadTx, person_id: str) -> list[Strength]:
    """Return a person's strengths, as they were noticed."""
    sql = """SELECT s.id, s.words, s.agreed_on, s.agreed_with, s.may_ask, s.may_ask_on, s.from_note,
            o.words, o.area, o.recorded_at, o.withdrawn_on
        FROM strength s LEFT JOIN offer o ON o.id = s.offer_id AND o.hidden_at IS NULL
        WHERE s.person_id = ? AND s.hidden_at IS NULL ORDER BY s.recorded_at, s.id"""
    return rows(tx, Strength, sql, (person_id,))


def goals(tx: ReadTx, person_id: str) -> list[Goal]:
    """Return a person's hopes and goals with their steps, the open ones first."""
    return _hopes_and_steps(tx, person_id)[0]


_STEPS = """SELECT id, goal_id, words, who, who_does, who_worker_id, who_tie_id, asked, by_day,
    by_time, cannot_slip, confidence, state, state_on, state_words, agreed_on, agreed_with,
    from_note FROM step WHERE person_id = ? AND hidden_at IS NULL"""


def steps(tx: ReadTx, person_id: str) -> list[Step]:
    """Return every step: the open ones first by their day, then the others, the latest first."""
    order = """ ORDER BY state <> 'open', CASE WHEN state = 'open' THEN '' ELSE state_on END DESC,
        by_day IS NULL, by_day, by_time, recorded_at, id"""
    return rows(tx, Step, _STEPS + order, (person_id,))


def open_steps(tx: ReadTx, person_id: str) -> list[Step]:
    """Return the steps that are still to do, by their day."""
    order = " AND state = 'open' ORDER BY by_day IS NULL, by_day, by_time, recorded_at, id"
    return rows(tx, Step, _STEPS + order, (person_id,))


def open_goals(tx: ReadTx, person_id: str) -> list[Goal]:
    """Return the open hopes, each with the steps that are still to do."""
    todo = open_steps(tx, person_id)
    sql = f"{_GOALS} AND state = 'open' ORDER BY recorded_at, id"
    return [_with_steps(goal, todo) for goal in rows(tx, Goal, sql, (person_id,))]


def in_the_way(tx: ReadTx, person_id: str) -> list[InTheWay]:
    """Return what is in the way, then what has been cleared."""
    sql = """SELECT id, words, cleared_on, cleared_words, from_note FROM in_the_way
        WHERE person_id = ? AND hidden_at IS NULL
        ORDER BY cleared_on IS NOT NULL, cleared_on DESC, recorded_at, id"""
    return rows(tx, InTheWay, sql, (person_id,))


def looked_for(tx: ReadTx, person_id: str) -> list[LookedFor]:
    """Return what was looked for: what is still missing, then what has been answered."""
    sql = """SELECT id, words, kind, answered_on, answer, from_note FROM looked_for
        WHERE person_id = ? AND hidden_at IS NULL
        ORDER BY answered_on IS NOT NULL, answered_on DESC, recorded_at, id"""
    return rows(tx, LookedFor, sql, (person_id,))


def contributions(tx: ReadTx, person_id: str) -> list[Contribution]:
    """Return what a person gave, shared or started, the latest first."""
    sql = """SELECT id, words, "on", from_note FROM contribution
        WHERE person_id = ? AND hidden_at IS NULL
        ORDER BY coalesce("on", '') DESC, recorded_at DESC, id DESC"""
    return rows(tx, Contribution, sql, (person_id,))


def _hopes_and_steps(tx: ReadTx, person_id: str) -> tuple[list[Goal], list[Step]]:
    """Return the hopes with their steps, and the steps that hang on none that stands."""
    sql = f"{_GOALS} ORDER BY state <> 'open', state_on DESC, recorded_at, id"
    every = steps(tx, person_id)
    found = [_with_steps(goal, every) for goal in rows(tx, Goal, sql, (person_id,))]
    known = {goal.goal_id for goal in found}
    return found, [step for step in every if step.goal_id not in known]


_GOALS = """SELECT id, words, importance, agreed_on, agreed_with, state, state_on, state_words,
    from_note FROM goal WHERE person_id = ? AND hidden_at IS NULL"""


def _with_steps(goal: Goal, among: list[Step]) -> Goal:
    return replace(goal, steps=tuple(step for step in among if step.goal_id == goal.goal_id))
