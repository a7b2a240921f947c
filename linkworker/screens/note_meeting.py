"""When, where, who: the facts of a contact as they are prefilled, shown, typed and kept.

Pure: values in, values and words out. `note_facts` is the dialog that changes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from linkworker.caseload.appointments import Appointment
from linkworker.caseload.contacts import Logged
from linkworker.caseload.notes import Facts
from linkworker.caseload.timeline import Entry
from linkworker.clock import home_zone, is_left_out
from linkworker.rules.days import read_day
from linkworker.rules.note.way_told import way_told
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import read_minutes, read_time, say_minutes, say_time
from linkworker.schema import values

EVERY_MINUTES = 5
"""The present time is taken to so many minutes: nobody begins a visit at 10:03."""

ALREADY_LOGGED = "already logged"
"""Said of a contact that stood in the records before its note."""

WAY_OF = {"visit": "home visit", "call": "phone", "session": "at a session"}
"""How one is in contact, by what stands in the diary (`values.APPOINTMENT_KINDS`)."""

WAY_OF_OUTCOME = {
    "no answer": "phone",
    "left a voicemail": "phone",
    "sent a text": "text or message",
    "card through the door": "home visit",
    "in, but not today": "home visit",
}
"""How one tried, where what came of it tells, unless somebody said how it was."""

GUESSES = ("how", "place")
"""What is prefilled from the last time, or from nothing at all, or read from the note's words."""
A_GUESS, GUESSED = "a guess", "both guesses"


@dataclass(frozen=True)
class Meeting:
    """The facts of one contact. `at` is None where only the day is known."""

    day: date
    at: time | None = None
    minutes: int | None = None
    how: str = values.CONTACT_WAYS[0]
    place: str = ""
    who_there: tuple[str, ...] = ()
    interpreter: str = ""
    outcome: str = values.OUTCOMES[0]
    appointment_id: str = ""
    """The appointment that it was, "" if there was none."""
    contact_id: str = ""
    """The contact that is logged already and that the note is about, "" for a new one."""
    how_chosen: bool = False
    """Whether somebody chose how it was; what came of it then leaves that alone."""
    how_before: str = ""
    """How it was before what came of it told otherwise, "" where it did not."""
    guessed: tuple[str, ...] = ()
    """Which of `GUESSES` nobody has said: they stand until somebody confirms or changes them."""
    guess_before: tuple[str, ...] = ()
    """How and where were guessed before the words of the note told how, () where they do not."""

    @property
    def facts(self) -> Facts:
        """The facts as they are recorded."""
        return Facts(
            self.happened_at,
            self.minutes,
            self.how,
            self.place,
            self.who_there,
            self.outcome,
            self.interpreter,
            self.appointment_id,
            self.contact_id,
        )

    @property
    def happened_at(self) -> datetime:
        """The instant at which it began; noon where only the day is known."""
        return datetime.combine(self.day, self.at or time(12), home_zone())


def prefilled(
    now: datetime,
    begun: Iterable[Appointment],
    past: Iterable[Entry],
    logged: Logged | None = None,
) -> Meeting:
    """Return the facts as they most likely are.

    `now` is aware. `begun` are the appointments with the person that have begun and of which
    nothing is said yet, the last first; `past` the latest entries of their timeline; `logged` a
    contact of today without a note. The latest of them gives when, how and where: what happened
    before the last contact is not meant. Without any it is now, and the way of the last time.
    """
    here = now.astimezone(home_zone())
    meeting = Meeting(here.date(), _rounded(here.time()), guessed=("how",))
    last = next((one for one in past if one.kind == "contact"), None)
    before = last.day if last is not None else None
    meant = next(iter(begun), None)
    if meant is not None and meant.day < here.date() and before and before >= meant.day:
        meant = None
    if logged is not None and logged.outcome == values.OUTCOMES[0]:
        of_logged = of_contact(logged)
        if meant is None or meant.at <= f"{of_logged.happened_at:%Y-%m-%dT%H:%M}":
            return of_logged
    if meant is not None:
        return _by_appointment(replace(meeting, day=meant.day), meant)
    if last is not None and last.head in values.CONTACT_WAYS:
        guessed = GUESSES if last.place else ("how",)
        meeting = replace(meeting, how=last.head, place=last.place, guessed=guessed)
    return meeting


def of_contact(one: Logged) -> Meeting:
    """Return the facts of a contact that is logged already."""
    here = one.happened_at.astimezone(home_zone())
    return Meeting(
        here.date(),
        here.time(),
        one.minutes,
        one.how,
        one.place,
        one.who_there,
        one.interpreter,
        one.outcome,
        contact_id=one.contact_id,
    )


def of_a_new_contact(meeting: Meeting, now: datetime) -> Meeting:
    """Return the facts of another contact than the one that is logged: now, in the same way."""
    here = now.astimezone(home_zone())
    return Meeting(
        here.date(),
        _rounded(here.time()),
        how=meeting.how,
        place=meeting.place,
        how_chosen=meeting.how_chosen,
        guessed=() if meeting.how_chosen else GUESSES if meeting.place else ("how",),
    )


def of_appointment(one: Appointment) -> Meeting:
    """Return the facts of an appointment that is today or past: its own day, and how it was."""
    return _by_appointment(Meeting(one.day), one)


def _by_appointment(meeting: Meeting, one: Appointment) -> Meeting:
    return replace(
        meeting,
        at=_time_of(one, meeting),
        minutes=one.minutes,
        how=WAY_OF.get(one.kind, meeting.how),
        guessed=() if one.kind in WAY_OF else meeting.guessed,
        place=one.place,
        interpreter=one.interpreter,
        appointment_id=one.appointment_id,
    )


def _time_of(one: Appointment, meeting: Meeting) -> time | None:
    """Return when it began; where no time was said, as it is known of a meeting that day."""
    return time.fromisoformat(one.time) if one.time else meeting.at


def _rounded(at: time) -> time:
    return at.replace(minute=at.minute - at.minute % EVERY_MINUTES, second=0, microsecond=0)


# -- shown -------------------------------------------------------------------------------------


def when_in_words(meeting: Meeting, today: date) -> str:
    """Return when it was: "Fri 27 Nov 10:05"."""
    at = f" {say_time(meeting.at)}" if meeting.at is not None else ""
    return say_day(meeting.day, today) + at


def in_words(meeting: Meeting, today: date, *, guesses: bool = False) -> str:
    """Return the facts on one line: "Fri 27 Nov 10:05 · 50 min · home visit".

    With `guesses` it says which of them nobody has said: "home visit, a guess".
    """
    parts = [when_in_words(meeting, today)]
    if meeting.minutes:
        parts.append(say_minutes(meeting.minutes))
    met = meeting.outcome == "met"
    how = meeting.how if met else meeting.outcome
    place = meeting.place if (meeting.how, meeting.place) != ("home visit", "home") else ""
    if guesses and met and "how" in meeting.guessed:
        both = place and "place" in meeting.guessed
        how, place = (f"{how}, {place}: {GUESSED}", "") if both else (f"{how}, {A_GUESS}", place)
    elif guesses and place and "place" in meeting.guessed:
        place = f"{place}, {A_GUESS}"
    parts.append(how)
    if meeting.contact_id:
        parts.append(ALREADY_LOGGED)
    parts += [one for one in (place, _interpreted(meeting.interpreter)) if one]
    return " · ".join(parts)


def _interpreted(interpreter: str) -> str:
    return f"interpreter {interpreter}" if interpreter else ""


# -- typed -------------------------------------------------------------------------------------


class Unclear(ValueError):
    """What was typed is not one day or time; the sentence says what it may be."""


def with_when(meeting: Meeting, typed: str, now: datetime) -> Meeting:
    """Return the facts with another time, as people say it: "Fri", "yesterday 2pm", "10:30".

    A day without a time keeps the time that there was if it is the same day, else none is known.
    Raises `Unclear` with a sentence for the person who typed.
    """
    here = now.astimezone(home_zone())
    words = typed.strip()
    alone = read_time(words)
    if alone is not None:
        return _not_to_come(replace(meeting, at=alone), here)
    reading = read_day(words, here.date(), "back")
    if reading is None:
        raise Unclear("That is no day or time. Say it as Fri, yesterday 2pm, 24 Nov or 10:30.")
    if reading.day is None:
        days = " or ".join(say_day(day, here.date()) for day in reading.options)
        if not days:
            raise Unclear("There is no such day in the calendar.")
        raise Unclear(f"{days}? Say it with its date.")
    at = reading.time or (meeting.at if reading.day == meeting.day else None)
    changed = replace(meeting, day=reading.day, at=at)
    if reading.day != meeting.day:
        changed = replace(changed, appointment_id="", contact_id="")
    return _not_to_come(changed, here)


def _not_to_come(meeting: Meeting, here: datetime) -> Meeting:
    if meeting.day > here.date():
        raise Unclear(f"{say_day(meeting.day, here.date())} is still to come.")
    if meeting.at and is_left_out(datetime.combine(meeting.day, meeting.at)):
        raise Unclear("The clocks went forward that night: that time was left out.")
    if meeting.happened_at > here + timedelta(hours=12):
        raise Unclear("That time is still to come.")
    return meeting


def with_minutes(meeting: Meeting, typed: str) -> Meeting:
    """Return the facts with how long it was: "50", "1 h 20"; nothing typed, nothing known."""
    if not typed.strip():
        return replace(meeting, minutes=None)
    minutes = read_minutes(typed)
    if minutes is None or not 0 < minutes <= 24 * 60:
        raise Unclear("Say how long it was as 50, 1 h 20 or half an hour.")
    return replace(meeting, minutes=minutes)


def with_way(meeting: Meeting, how: str) -> Meeting:
    """Return the facts with how it was, as somebody chose it."""
    made = replace(meeting, how=how, how_chosen=True, how_before="")
    return no_guess(made, "how")


def with_place(meeting: Meeting, typed: str) -> Meeting:
    """Return the facts with where it was, as somebody typed it."""
    return no_guess(replace(meeting, place=typed.strip()), "place")


def by_the_words(meeting: Meeting, text: str) -> Meeting:
    """Return the facts with how it was as the first sentence of a note tells it ("Rang him.").

    It takes the place of a guess only, and stays one; a place that was guessed with the other way
    goes. Where the words tell nothing, or no longer, the guess before stands again.
    """
    if "how" not in meeting.guessed or meeting.outcome != values.OUTCOMES[0]:
        return meeting
    how, place = meeting.guess_before or (meeting.how, meeting.place)
    if "place" not in meeting.guessed:
        place = meeting.place
    told = way_told(text)
    if told in ("", how):
        return replace(meeting, how=how, place=place, guess_before=())
    here = meeting.place if "place" not in meeting.guessed else ""
    return replace(meeting, how=told, place=here, guess_before=(how, place))


def no_guess(meeting: Meeting, *confirmed: str) -> Meeting:
    """Return the facts where somebody has confirmed these of `GUESSES`."""
    left = tuple(one for one in meeting.guessed if one not in confirmed)
    return replace(meeting, guessed=left)


def with_outcome(meeting: Meeting, outcome: str) -> Meeting:
    """Return the facts with what came of it, which may tell how one tried.

    A voicemail is left by phone and a card at a door. How it was stays where somebody chose it or
    it is logged already, and so does a visit in the diary at which nobody answered. An outcome
    that was a slip of the finger leaves nothing behind when another is chosen.
    """
    before = meeting.how_before or meeting.how
    how = before if _how_is_said(meeting, outcome) else WAY_OF_OUTCOME.get(outcome, before)
    return replace(meeting, outcome=outcome, how=how, how_before="" if how == before else before)


def _how_is_said(meeting: Meeting, outcome: str) -> bool:
    in_the_diary = outcome == "no answer" and bool(meeting.appointment_id)
    return meeting.how_chosen or bool(meeting.contact_id) or in_the_diary


def names_in(typed: str) -> tuple[str, ...]:
    """Return the names that were typed, parted by commas."""
    return tuple(name for part in typed.split(",") if (name := " ".join(part.split())))


def typed(meeting: Meeting) -> tuple[object, ...]:
    """Return what of the facts is typed, and not chosen."""
    guessed = bool(meeting.guess_before) and "place" in meeting.guessed
    place = meeting.guess_before[1] if guessed else meeting.place
    return (meeting.day, meeting.at, meeting.minutes, place, meeting.who_there,
            meeting.interpreter)  # fmt: skip


# -- kept ----------------------------------------------------------------------------------------


def to_draft(meeting: Meeting) -> dict[str, Any]:
    """Return the facts as a draft keeps them."""
    at = f"{meeting.at:%H:%M}" if meeting.at else ""
    fold = meeting.at.fold if meeting.at else 0  # which of the two, where the clocks went back
    return {**asdict(meeting), "day": meeting.day.isoformat(), "at": at, "fold": fold}


def from_draft(kept: Mapping[str, Any]) -> Meeting:
    """Return the facts that `to_draft` gave."""
    facts = dict(kept)
    fold = facts.pop("fold", 0)
    return Meeting(
        **{
            **facts,
            "day": date.fromisoformat(kept["day"]),
            "at": time.fromisoformat(kept["at"]).replace(fold=fold) if kept["at"] else None,
            "who_there": tuple(kept["who_there"]),
            "guessed": tuple(kept.get("guessed", ())),
            "guess_before": tuple(kept.get("guess_before", ())),
        }
    )
