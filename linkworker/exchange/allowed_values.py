"""What a column of a caseload may hold beyond its kind: the same words and numbers as on a screen.

A column that is not named here takes any value of its kind.
"""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from linkworker.schema import values

MINUTES_OF_A_DAY = 24 * 60
_MARKED = range(100_001)


@cache
def allowed() -> dict[tuple[str, str], Container[object]]:
    """Return what the columns take that have a value list or a range, by table and column."""
    from linkworker.caseload.hopes import MAY_ASK
    from linkworker.caseload.steps import ASKED

    return {
        ("about_me", "heading"): values.ABOUT_ME,
        ("address", "kind"): values.ADDRESS_KINDS,
        ("appointment", "kind"): values.APPOINTMENT_KINDS,
        ("appointment", "minutes"): range(1, MINUTES_OF_A_DAY + 1),
        ("appointment", "state"): values.APPOINTMENT_STATES,
        ("closeness", "how"): values.CLOSENESS,
        ("connection", "kind"): values.CONNECTION_KINDS,
        ("connection_event", "stage"): values.STAGES,
        ("contact", "how"): values.CONTACT_WAYS,
        ("contact", "minutes"): range(MINUTES_OF_A_DAY + 1),
        ("contact", "outcome"): values.OUTCOMES,
        ("goal", "importance"): range(1, 11),
        ("goal", "state"): values.GOAL_STATES,
        ("kept_apart", "ordinal"): _MARKED,
        ("looked_for", "kind"): values.LOOKED_FOR,
        ("note_mark", "kind"): values.MARK_KINDS,
        ("note_mark", "ordinal"): _MARKED,
        ("person", "born_precision"): values.PRECISIONS,
        ("reach", "kind"): values.REACH_KINDS,
        ("reach", "safe_to_leave"): values.SAFE_TO_LEAVE,
        ("safety_statement", "kind"): values.SAFETY_KINDS,
        ("step", "asked"): ASKED,
        ("step", "confidence"): range(1, 11),
        ("step", "state"): values.STEP_STATES,
        ("step", "who_does"): ("", *values.WHO_DOES),
        ("strength", "may_ask"): MAY_ASK,
        ("support_event", "kind"): values.SUPPORT_EVENTS,
        ("support_event", "level"): values.LEVELS,
        ("tie", "roles"): values.TIE_ROLES,
        ("whereabouts", "kind"): values.WHEREABOUTS,
    }


MOST_CHOICES = 20
"""Values that are offered as a list; a longer range is typed."""


def choices(table: str, column: str) -> tuple[str, ...]:
    """Return what a column may hold as a list to choose from, () where it has none."""
    taken = allowed().get((table, column))
    if isinstance(taken, (tuple, list, dict, range)) and len(taken) <= MOST_CHOICES:
        return tuple(str(one) for one in taken)
    return ()


def said_wrongly(table: str, column: str, value: object) -> str:
    """Return why a column does not take a value of its kind, "" where it does.

    What was left out of the file is not asked about, and the reason never repeats the value.
    """
    from linkworker.caseload.appointments import a_wall_time
    from linkworker.caseload.writing import a_clock_time
    from linkworker.refusal import Refused

    if value is None or value == "":
        return ""
    form = {("appointment", "at"): a_wall_time, ("step", "by_time"): a_clock_time}.get(
        (table, column)
    )
    if form is not None:
        try:
            form(value, column)
        except Refused as refused:
            return refused.why
    taken = allowed().get((table, column))
    if taken is None:
        return ""
    held = value if isinstance(value, list) else [value]
    if all(one in taken for one in held):
        return ""
    if isinstance(taken, range):
        return f"It is not a number from {taken[0]} to {taken[-1]}."
    return "It is not on its list."
