"""The plan: strengths and hopes with their steps; beside them what is in the way and was given."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from linkworker.caseload import about
from linkworker.caseload.plan import Goal, Plan, Step, Strength, plan
from linkworker.clock import local_day
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.parts import Look, Rows, Sides, line, part, quoted, spaced
from linkworker.widgets import phrases
from linkworker.widgets.rows import Row

if TYPE_CHECKING:
    from linkworker.store import ReadTx

KINDS = ("strength", "goal", "step", "in the way", "looked for", "contribution", "vision")


def sides(tx: ReadTx, person_id: str, look: Look) -> Sides:
    """Return the plan as rows."""
    found = plan(tx, person_id)
    visions = about.visions(tx, person_id)
    left = spaced(_strengths(found, look), hopes(found.goals, found.steps, look))
    right = spaced(
        part(
            "A good life",
            [
                quoted(
                    one.words,
                    Thing("vision", one.vision_id, one),
                    phrases.short_day(one.said_on, look.today) if at else "",
                )
                for at, one in enumerate(visions)
            ],
            "What is a good life to them? Ins or Enter writes it down, in their words.",
            Thing("vision"),
        ),
        _in_the_way(found, look),
        _looked_for(found, look),
        _given(found, look),
    )
    return left, right


def hopes(goals: list[Goal], loose: list[Step], look: Look) -> Rows:
    """Return hopes with their steps under them, and the steps that hang on none."""
    rows: Rows = []
    for goal in goals:
        style = "" if goal.state == "open" else "$soft"
        said = phrases.goal_became(goal, look.today)
        if goal.steps_done:
            said += f"; {goal.steps_done} of {len(goal.steps)} steps done"
        rows.append(line(goal.words, said, Thing("goal", goal.goal_id, goal), style=style))
        rows += [step_row(step, look) for step in goal.steps]
    found = part(
        "Hopes",
        rows,
        "What do they hope for? Ins or Enter adds a hope; * in a note does too.",
        Thing("goal"),
    )
    if loose:
        found = spaced(
            found, part("Steps", [step_row(one, look) for one in loose], "", Thing("step"))
        )
    return found


def step_row(step: Step, look: Look) -> Row:
    """Return one step under its hope: what, who and when, or what became of it."""
    thing = Thing("step", step.step_id, step)
    if step.is_open:
        right = phrases.step_when_and_who(step, look.today)
        if step.cannot_slip:
            right += ", cannot slip"
        return line(step.words, right, thing, indent=2)
    mark = {"done": "✓ ", "let go": "– "}.get(step.state, "· ")
    who = f"{step.who}, " if step.who else ""
    return line(
        mark + step.words, who + phrases.became(step, look.today), thing, style="$soft", indent=2
    )


def strength_said(one: Strength, look: Look) -> str:
    """Return what is said beside a strength: agreed or noted, whether one may ask, since when, and
    whether colleagues read of it."""

    def dated(words: str, day: date | None) -> str:
        return f"{words} {phrases.short_day(day, look.today)}" if day else words

    asked = {"yes": "happy to be asked", "no": "not to be asked"}.get(one.may_ask, "")
    offered = ""
    if one.is_offered:
        day = local_day(one.offered_at) if one.offered_at else None
        offered = dated("offered to colleagues", day)
    elif one.offered:
        offered = dated("offer taken back", one.withdrawn_on)
    agreed = phrases.agreed(one.agreed_on, one.agreed_with, look.today)
    return "; ".join(filter(None, (agreed, asked and dated(asked, one.may_ask_on), offered)))


def _strengths(found: Plan, look: Look) -> Rows:
    return part(
        "Strengths",
        [
            line(one.words, strength_said(one, look), Thing("strength", one.strength_id, one))
            for one in found.strengths
        ],
        "What is already there? Ins or Enter adds a strength; + in a note does too.",
        Thing("strength"),
    )


def _in_the_way(found: Plan, look: Look) -> Rows:
    rows = []
    for one in found.in_the_way:
        said = ""
        if one.cleared_on:
            said = ", ".join(
                part for part in (f"cleared {phrases.short_day(one.cleared_on, look.today)}",
                                  one.cleared_words) if part
            )  # fmt: skip
        thing = Thing("in the way", one.in_the_way_id, one)
        rows.append(line(one.words, said, thing, style="$soft" if said else ""))
    return part(
        "What's in the way",
        rows,
        "What is in the way just now? Enter writes it down; ~ in a note does too.",
        Thing("in the way"),
    )


def _looked_for(found: Plan, look: Look) -> Rows:
    rows = []
    for one in found.looked_for:
        said = one.kind
        if one.answered_on:
            said = f"found {phrases.short_day(one.answered_on, look.today)}: {one.answer}"
        rows.append(line(one.words, said, Thing("looked for", one.looked_for_id, one)))
    return part(
        "Looked for",
        rows,
        "What was looked for and is not here? Enter writes it down; ? in a note does too.",
        Thing("looked for"),
    )


def _given(found: Plan, look: Look) -> Rows:
    return part(
        "Gave, shared, started",
        [
            line(
                one.words,
                phrases.short_day(one.on, look.today),
                Thing("contribution", one.contribution_id, one),
            )
            for one in found.contributions
        ],
        "What did they give? Enter writes it down; = in a note does too.",
        Thing("contribution"),
    )
