"""What a field holds, in the words in which a form shows it: a level, a day, yes or no, a name.

What comes from a colleague's laptop comes as it is stored. Nobody chooses between "1" and "0", or
between two ids.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, time
from typing import TYPE_CHECKING, Any

from linkworker import codes
from linkworker.caseload.reading import NAME, Named, first
from linkworker.clock import from_text, home_zone, local_day
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_minutes, say_time
from linkworker.schema import describing, values

if TYPE_CHECKING:
    from linkworker.store import ReadTx

KNOWN_BY = ("words", "name", "called", "value", "line1", "about", "reason", "remark")
"""The columns by which somebody knows a row again, the best first."""

OUT_OF_SIGHT = frozenset({"kept_apart"})
"""Tables of which no word is shown but on purpose."""

ONE_WITHOUT_NAME = "one that is not on this laptop"

TOGETHER = {"born_precision": "born", "zone": "at"}
"""Fields that are said with another."""

_WHO_DOES = {"person": "the person", "service": "a service", "worker": "the coordinator"}


def row_words(tx: ReadTx, table: str, row_id: str, *, on_purpose: bool = False) -> str:
    """Return the words by which somebody knows a row again; "" where it has none, or is a person.

    Of what is kept apart nothing is said, but `on_purpose`.
    """
    if table == "person" or (table in OUT_OF_SIGHT and not on_purpose):
        return ""
    shape = _shape(table)
    if shape is None:
        return ""
    columns = {one.name for one in shape.columns}
    known = [name for name in KNOWN_BY if name in columns]
    if known:
        first_of = ", ".join(f"nullif({name}, '')" for name in known)
        found = tx.value(f'SELECT coalesce({first_of}, "") FROM "{table}" WHERE id = ?', (row_id,))
        return str(found or "").split("\n", 1)[0]
    return ""


def shown_fields(differing: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields that are named where versions differ: one that is said with another is
    not named beside it."""
    return tuple(dict.fromkeys(TOGETHER.get(name, name) for name in differing))


def shown_value(tx: ReadTx, table: str, name: str, held: Mapping[str, Any], today: date) -> str:
    """Return one field of a version in words, "" for nothing.

    `held` are the values of the version by field, as they are stored: what belongs to the field
    (how exactly a birthday is known) is said with it.
    """
    value = held.get(name)
    if value is None or value == "":
        return ""
    if name in _SAID:
        return _SAID[name](value, held, today)
    if name in _NAMES:
        return _named(tx, _NAMES[name], str(value))
    shape = _shape(table)
    kind = next((one.kind for one in shape.columns if one.name == name), "") if shape else ""
    match kind:
        case "yes or no":
            return "yes" if value else "no"
        case "day":
            return _day(value, held, today)
        case "instant":
            return _instant(value, today)
        case "list":
            return _list(value)
    return str(value)


def _day(value: Any, held: Mapping[str, Any], today: date) -> str:
    with suppress(ValueError, TypeError):
        return say_day(date.fromisoformat(value), today)
    return str(value)


def _instant(value: Any, today: date) -> str:
    with suppress(ValueError, TypeError):
        at = from_text(value)
        return f"{say_day(local_day(at), today)} {say_time(at.astimezone(home_zone()).time())}"
    return str(value)


def _list(value: Any) -> str:
    with suppress(ValueError, TypeError):
        return ", ".join(str(one) for one in json.loads(value))
    return str(value)


def _born(value: Any, held: Mapping[str, Any], today: date) -> str:
    with suppress(ValueError, TypeError):
        day = date.fromisoformat(value)
        match held.get("born_precision"):
            case "month":
                return f"{day:%B %Y}"
            case "year":
                return str(day.year)
            case "about":
                return f"about {day.year}"
        return f"{day.day} {day:%B %Y}"
    return str(value)


def _clock(value: Any, held: Mapping[str, Any], today: date) -> str:
    with suppress(ValueError, TypeError):
        return say_time(time.fromisoformat(value))
    return str(value)


def _at(value: Any, held: Mapping[str, Any], today: date) -> str:
    day, _, clock = str(value).partition("T")
    said = _day(day, held, today)
    return f"{said} {_clock(clock, held, today)}" if clock else said


def _level(value: Any, held: Mapping[str, Any], today: date) -> str:
    return values.LEVELS.get(value, f"level {value}") if isinstance(value, int) else str(value)


def _minutes(value: Any, held: Mapping[str, Any], today: date) -> str:
    return say_minutes(value) if isinstance(value, int) else str(value)


def _who_does(value: Any, held: Mapping[str, Any], today: date) -> str:
    return _WHO_DOES.get(str(value), str(value))


def _category(value: Any, held: Mapping[str, Any], today: date) -> str:
    return codes.label("ethnic_category", str(value))


_SAID: dict[str, Callable[[Any, Mapping[str, Any], date], str]] = {
    "born": _born,
    "by_time": _clock,
    "at": _at,
    "level": _level,
    "minutes": _minutes,
    "who_does": _who_does,
    "ethnic_category": _category,
}
"""By the name of a field, how its value is said."""

_NAMES = {
    "worker_id": "worker",
    "who_worker_id": "worker",
    "recorded_by": "worker",
    "who_tie_id": "tie",
    "tie_id": "tie",
    "connection_id": "connection",
    "goal_id": "goal",
    "other_person_id": "person",
    "person_id": "person",
    "contact_id": "contact",
    "period_id": "support_period",
    "note_id": "note",
    "from_note": "note",
    "corrects": "note",
}
"""Fields that name a row, and of which table."""


def _named(tx: ReadTx, table: str, row_id: str) -> str:
    if table == "person":
        sql = f"SELECT {NAME} FROM person p WHERE p.id = ?"
        found = first(tx, Named, sql, (row_id,))
        return found.name if found else ONE_WITHOUT_NAME
    return row_words(tx, table, row_id) or ONE_WITHOUT_NAME


def _shape(table: str) -> describing.TableShape | None:
    return next((one for one in describing.shapes() if one.name == table), None)
