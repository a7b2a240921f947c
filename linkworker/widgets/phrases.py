"""How the facts of a record are said on a screen: a day, a step's who and when, how somebody is.

Returns our wording around their words as `str` for `words.py` to make harmless; nothing here is
handed to a widget by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from linkworker.clock import home_zone, local_day
from linkworker.rules.ago import say_ago
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_minutes, say_time
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.caseload.person import Banner, Tried
    from linkworker.caseload.plan import Goal, Step

DOT = " · "

OUTCOMES = {
    "no answer": "no answer",
    "left a voicemail": "voicemail",
    "sent a text": "text",
    "card through the door": "card through the door",
    "didn't meet: theirs": "they did not come",
    "didn't meet: ours": "we did not come",
    "didn't meet: interpreter": "no interpreter came",
    "in, but not today": "in, but not today",
}
"""A try that came to no meeting, as one says it in a line."""

SUPPORT = {
    "began": "With {who} since {day}",
    "level": "With {who} since {day}",
    "returned": "With {who} since {day}",
    "reopened": "With {who} again since {day}",
    "paused": "Paused {day}",
    "stepped back": "Stepped back {day}",
    "ended": "Ended {day}",
}
"""How a support period stands, after what last happened to it."""


def short_day(day: date | None, today: date) -> str:
    """Return a day that is past as a timeline says it: "27 Nov", with its year when it is not now.

    A day to come has its weekday too, as `say_day` gives it.
    """
    if day is None:
        return ""
    if day == today:
        return "today"
    said = say_day(day, today)
    return said.split(" ", 1)[1] if day < today else said


def month_said(day: date | None, today: date) -> str:
    """Return a day as its month, when it is long ago: "March", "March 2024"; else the day."""
    if day is None:
        return ""
    if (today - day).days < 60:
        return short_day(day, today)
    months = (today.year - day.year) * 12 + today.month - day.month
    return f"{day:%B}" if months < 12 else f"{day:%B %Y}"


def born_said(born: date | None, precision: str) -> str:
    """Return a birthday as far as it is known: "3 May 1948", "May 1948", "about 1948"."""
    if born is None:
        return ""
    if precision == "day":
        return f"{born.day} {born:%B %Y}"
    if precision == "month":
        return f"{born:%B %Y}"
    return f"about {born.year}" if precision == "about" else str(born.year)


def time_said(text: str) -> str:
    """Return a wall time "09:30" as it is shown, "9:30"; "" for none."""
    try:
        return say_time(time.fromisoformat(text))
    except ValueError:
        return text


def clock_said(at: datetime | None) -> str:
    """Return the time of an instant at home, "10:05"."""
    return f"{at.astimezone(home_zone()):%H:%M}".lstrip("0") if at else ""


def step_when_and_who(step: Step, today: date) -> str:
    """Return who does a step and by when: "Terry, Fri 4 Dec", "Pat (asked)", "nobody asked yet"."""
    who = step.who or ("you" if step.who_does == "worker" else "") or step.who_does
    if not who:
        who = "who?"
    if step.asked:
        who += f" ({step.asked})"
    when = ""
    if step.by_day is not None:
        when = say_day(step.by_day, today)
        if step.by_time:
            when += f" {time_said(step.by_time)}"
    return ", ".join(part for part in (who, when) if part)


def became(step: Step, today: date) -> str:
    """Return what became of a step: "done 3 Dec", "not done: no credit"."""
    said = step.state
    if step.state_on:
        said += f" {short_day(step.state_on, today)}"
    words = beyond(step.state_words, step.state)
    return f"{said}: {words}" if words else said


def beyond(words: str, state: str) -> str:
    """Return what words say beyond a state that stands before them: "done, that was quick".

    What only says the state again is left out, and so is the state where the words begin with it.
    """
    said = words.strip()
    if said.casefold().strip(" .") == state.casefold():
        return ""
    rest = said[len(state) :]
    if said.casefold().startswith(state.casefold()) and rest[:1] in (",", ":", ";", "."):
        return rest.lstrip(" ,:;.")
    return said


def agreed(agreed_on: date | None, agreed_with: str, today: date) -> str:
    """Return whether a line of the plan is agreed: "agreed 27 Nov", "noted"."""
    if agreed_on is None:
        return "noted"
    return f"agreed {short_day(agreed_on, today)}" + (f" with {agreed_with}" if agreed_with else "")


def goal_became(goal: Goal, today: date) -> str:
    """Return how a hope stands: noted or agreed, and what became of it."""
    if goal.state == "open":
        return agreed(goal.agreed_on, goal.agreed_with, today)
    said = goal.state + (f" {short_day(goal.state_on, today)}" if goal.state_on else "")
    words = beyond(goal.state_words, goal.state)
    return f"{said}: {words}" if words else said


def once(words: str, stage: str) -> str:
    """Return what was said of a stage, "" where it only says the stage again."""
    return "" if words.strip(" .").casefold() == stage.casefold() else words


def tried(one: Tried, today: date) -> str:
    """Return a connection as one line: "Barwell bowls club, stopped 6 Nov, not for him"."""
    when = short_day(one.on, today)
    parts = (one.name, f"{one.stage} {when}".strip(), once(one.words, one.stage))
    return ", ".join(part for part in parts if part)


def who_they_are(banner: Banner, today: date) -> str:
    """Return what stands beside the name: "he/him · 78 · Barwell"; or that they died."""
    if banner.died:
        return f"died {short_day(banner.died, today)}"
    from linkworker.caseload.person import age

    years = age(banner.born, banner.born_precision, today)
    return DOT.join(part for part in (banner.pronouns, years, banner.place) if part)


def support_said(banner: Banner, today: date, me: str = "you") -> str:
    """Return how the support stands: "With you since March, walking alongside"."""
    if not banner.support:
        return "" if banner.died else "Support has not begun: b begins"
    going = banner.support in ("began", "level", "returned", "reopened")
    day = banner.began if going and banner.support != "reopened" else banner.support_on
    pattern = SUPPORT.get(banner.support, "{who}, {day}")
    said = pattern.format(who=banner.worker or me, day=month_said(day, today))
    if going and banner.level in values.LEVELS:
        said += ", " + values.LEVELS[banner.level].split("–")[-1].strip()
    if banner.support == "paused" and banner.check_in_on:
        said += f", until {say_day(banner.check_in_on, today)}"
    return said


def reach_said(banner: Banner) -> str:
    """Return how to reach them: "home 01455 496 0123, message is safe"."""
    if not banner.reach_value:
        return ""
    kind = banner.reach_kind.replace(" phone", "")
    whose = f" ({banner.reach_whose})" if banner.reach_whose else ""
    safe = {
        "yes": ", message is safe",
        "no": ", leave no message",
        "not asked": ", message: not asked",
    }.get(banner.safe_to_leave, "")
    return f"{kind} {banner.reach_value}{whose}{safe if kind != 'letter' else ''}"


def interpreter_said(banner: Banner) -> str:
    """Return the language, and that an interpreter comes where one is wanted."""
    wants = bool(banner.interpreter) and banner.interpreter != "no"
    parts = [banner.language] if wants or banner.language != "English" else []
    if wants:
        wanted = "interpreter" if banner.interpreter == "yes" else banner.interpreter
        parts.append(
            wanted + (f": {banner.interpreter_wishes}" if banner.interpreter_wishes else "")
        )
    return ", ".join(part for part in parts if part)


def last_seen(last_met: datetime | None, today: date) -> str:
    """Return when they were last met: "Last seen 3 weeks ago, 6 Nov"."""
    if last_met is None:
        return "Not met yet"
    day = local_day(last_met)
    said = say_ago(day, today)
    if (today - day).days < 2:
        return f"Last seen {said}"
    return f"Last seen {said}, {short_day(day, today)}"


def contact_said(how: str, outcome: str, minutes: int | None, place: str) -> str:
    """Return how a contact was: "Home visit, 50 min", "Phone, no answer"."""
    parts = [how[:1].upper() + how[1:]]
    if outcome and outcome != "met":
        parts.append(OUTCOMES.get(outcome, outcome))
    if place:
        parts.append(place)
    if minutes:
        parts.append(say_minutes(minutes))
    return ", ".join(parts)


def also_entered(names: Iterable[str]) -> str:
    """Return under which names somebody's other records are: "Also entered as Terry Okafor"."""
    return f"Also entered as {', '.join(dict.fromkeys(names))}"
