"""Now: what matters today, and the last of the story beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linkworker.caseload import about, appointments, timeline
from linkworker.caseload.appointments import Appointment
from linkworker.caseload.plan import open_goals, open_steps, strengths
from linkworker.rules.shown_days import say_day
from linkworker.screens.person.handover import handed_over
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.parts import Look, Rows, Sides, line, part, quoted, spaced, thing_row
from linkworker.screens.person.plan import hopes
from linkworker.screens.person.story import story_rows
from linkworker.screens.person.tosettle import to_settle_rows
from linkworker.widgets import phrases
from linkworker.widgets.rows import Row, flowing, heading
from linkworker.widgets.words import one_line

if TYPE_CHECKING:
    from linkworker.store import ReadTx

KINDS = ("step", "strength", "goal", "vision", "appointment")
STORY_SHOWN = 6


def sides(tx: ReadTx, person_id: str, look: Look) -> Sides:
    """Return what matters now, and the last of the story."""
    visions = about.visions_now(tx, person_id)
    known = strengths(tx, person_id)
    goals = open_goals(tx, person_id)
    under = {step.step_id for goal in goals for step in goal.steps}
    loose = [step for step in open_steps(tx, person_id) if step.step_id not in under]
    good_life = part(
        "A good life",
        [quoted(one.words, Thing("vision", one.vision_id, one)) for one in visions],
        "What is a good life to them? Enter writes it down, in their words.",
        Thing("vision"),
    )
    strong = part(
        "Strengths",
        [
            thing_row(
                flowing(one_line(phrases.DOT.join(one.words for one in known))),
                Thing("strengths", "all"),
            )
        ]
        if known
        else [],
        "What is already there? Enter adds a strength; + in a note does too.",
        Thing("strength"),
    )
    left = spaced(handed_over(tx, person_id, look), good_life, strong, hopes(goals, loose, look))
    entries = timeline.timeline(tx, person_id, limit=STORY_SHOWN)
    story = [heading("Story"), *story_rows(entries, look, brief=True)]
    coming = appointments.to_come(tx, person_id)
    return left, spaced(to_settle_rows(tx, person_id), story, next_rows(coming, look))


def next_rows(coming: list[Appointment], look: Look) -> Rows:
    """Return what is to come."""
    return part(
        "Next",
        [appointment_row(one, look) for one in coming],
        "Nothing is arranged. Enter puts a visit or a call in the diary.",
        Thing("appointment"),
    )


def appointment_row(one: Appointment, look: Look) -> Row:
    """Return one appointment: when, what and where."""
    day = "today" if one.day == look.today else say_day(one.day, look.today)
    when = f"{day} {phrases.time_said(one.time)}".strip()
    what = ", ".join(part for part in (one.kind, one.about, one.place) if part)
    if one.state != "to come":
        what += f"; {one.state}" + (f": {one.state_words}" if one.state_words else "")
    start = {"day": one.day, "time": one.time}
    thing = Thing("appointment", one.appointment_id, one, start)
    return line(when, what, thing)
