"""A note of a day after somebody's death: a question, never a refusal.

Mostly the family was met, and that belongs here. But it may be the wrong day, or the wrong person.
"""

from __future__ import annotations

from datetime import date

from linkworker.rules.shown_days import say_day
from linkworker.screens.note_opening import Opening

SO = "so"
CHANGE_DAY = "day"
OTHER = "other"
CHOICES = (
    (SO, "It was with the family or others", "the note is kept as it is"),
    (CHANGE_DAY, "It was another day", "opens when, where, who"),
    (OTHER, "It is about somebody else", "moves the note to their page"),
)


def asked_as(opening: Opening) -> str:
    """Return under what the answer is kept: it holds for this day of the note alone."""
    return f"after death:{opening.meeting.day.isoformat()}"


def question(opening: Opening, today: date) -> str:
    """Return what is asked before the note is kept, "" where nobody had died by its day."""
    day = opening.meeting.day
    for one in opening.known.people:
        died = opening.deaths.get(one.id)
        if died is not None and died < day:
            return f"{one.first} died {say_day(died, today)}; the note is of {say_day(day, today)}"
    return ""
