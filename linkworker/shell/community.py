"""The community at the shell: what is missing, one more logged, and the diary counted."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from linkworker.clock import local_day
from linkworker.shell.opening import opened
from linkworker.shell.people import day_of, shortest_beginnings
from linkworker.shell.saying import json_from_input, say, say_json
from linkworker.shell.usage import Typed, WrongUsage
from linkworker.text import one_line

if TYPE_CHECKING:
    from linkworker.caseload.diary_figures import Figures
    from linkworker.caseload.gaps import Gap

COUNTED_DAYS = 92
"""How many days of the diary are counted where nobody says from when."""
WORDS = ("words", "kind", "area", "on")
"""Fields of a gap that are text, as a script gives it; `how_many` is a number."""


def list_gaps(typed: Typed) -> int:
    """List what is missing, what most people met first; with --all what was closed too."""
    from linkworker.caseload import gaps

    with opened(typed) as store, store.read() as tx:
        found = gaps.gaps(tx, closed_too=typed.has("--all"))
    if typed.has("--json"):
        say_json([_as_json(one) for one in found])
        return 0
    beginnings = shortest_beginnings([one.gap_id for one in found])
    for beginning, one in zip(beginnings, found, strict=True):
        many = f"{one.how_many} {'person' if one.how_many == 1 else 'people'}"
        closed = f"closed by {one.closed_by}" if one.closed_on else ""
        parts = (many, one.words, one.area, one.kind, closed)
        say(f"{beginning}  {' · '.join(one_line(part) for part in parts if part)}")
    if not found:
        say("Nothing is missing yet, or nobody wrote it down.")
    return 0


def log_gap(typed: Typed) -> int:
    """Log a gap: a JSON object on standard input, in words that name nobody. Says what is alike."""
    from linkworker.caseload import gaps

    said = _understood(json_from_input("the gap as a JSON object"))
    with opened(typed) as store, store.write("logged a gap") as tx:
        alike = gaps.like(tx, said["words"])
        made = gaps.log(tx, **said)
    if typed.has("--json"):
        say_json({"gap": made, "alike": [_as_json(one) for one in alike]})
        return 0
    say(f"Logged: {made}. 'linkworker undo' takes it back.")
    for one in alike:
        say(f"There is one like it: {one_line(one.words)} ({one.gap_id}).")
    return 0


def diary(typed: Typed) -> int:
    """Count the community diary of some days: work, sessions, volunteers' time, groups."""
    from linkworker.caseload.diary_figures import figures

    with opened(typed) as store:
        until = day_of(typed.value("--until"), "--until") or local_day(store.clock())
        since = day_of(typed.value("--since"), "--since") or until - timedelta(days=COUNTED_DAYS)
        if since > until:
            raise WrongUsage("--since needs a day before --until.")
        with store.read() as tx:
            found = figures(tx, since, until)
    if typed.has("--json"):
        say_json(_plain(asdict(found)))
    else:
        _say(found)
    return 0


def _understood(given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a gap as they are checked further on. Raises `NotSuch`."""
    from linkworker.caseload.writing import NotSuch

    texts = all(isinstance(given.get(name, ""), str) for name in WORDS)
    many = given.get("how_many", 1)
    if not texts or isinstance(many, bool) or not isinstance(many, int):
        raise NotSuch(
            "Nothing was logged.",
            "A field is not what it should be.",
            "words, kind, area and on are text, how_many is a whole number.",
        )
    if set(given) - {*WORDS, "how_many"}:
        raise NotSuch(
            "Nothing was logged.",
            "A field is not known.",
            "There are words, kind, area, how_many and on.",
        )
    said = dict(given)
    if "on" in said:
        try:
            said["on"] = date.fromisoformat(said["on"])
        except ValueError:
            raise NotSuch(
                "Nothing was logged.", "The day is none.", "Write it as 2026-11-27."
            ) from None
    return {"words": "", **said}


def _as_json(one: Gap) -> dict[str, Any]:
    told = _plain(asdict(one))
    return {"gap": told.pop("gap_id"), **told}


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    """Return values as JSON holds them: days as text."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in told.items()
    }


def _say(found: Figures) -> None:
    say(f"From {found.since.isoformat()} to {found.until.isoformat()}")
    for one in found.work:
        say(f"{one.kind}: {one.times}, {_hours(one.minutes)}")
    say(f"sessions: {found.sessions}, {found.heads} visits to them")
    say(f"volunteers: {found.volunteers}, {_hours(found.volunteer_minutes)}")
    without = f"{found.without_us} of them without us"
    say(f"groups: {found.supported} supported, {found.started} started, {without}")
    for each in found.goes_on:
        told = f"{each.yes} ran, {each.no} did not, {each.not_known} not known"
        say(f"{each.months} months after we stepped back: {told}")


def _hours(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    return f"{hours} h {left:02d}" if left else f"{hours} h"
