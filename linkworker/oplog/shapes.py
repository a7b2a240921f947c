"""The shape of each synced table, as applying needs it: groups, columns, scope.

Taken from the frozen shapes of the tables (`schema.describing`); what follows asks this and never
the models. A value that came from elsewhere passes `Shape.cleaned` before it stands in a row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from linkworker import scopes
from linkworker.schema.binding import Kind
from linkworker.schema.describing import ColumnShape, TableShape
from linkworker.text import clean, one_line


@dataclass(frozen=True)
class Shape:
    """One synced table: its field groups with their columns, and which scope its rows have."""

    name: str
    groups: Mapping[str, tuple[str, ...]]
    scope: str
    insert_only: bool
    latest: Mapping[str, str]
    """Groups of which the latest version is right, each where the column named is filled in every
    version ("": always)."""
    kinds: Mapping[str, Kind]
    """What each column holds."""
    unwritten: Mapping[str, Any]
    """For each column what it holds where nobody wrote it: an older release did not know it."""
    words: frozenset[str]
    """Columns of what somebody told, in as many lines as they wished."""

    @cached_property
    def columns_of(self) -> Mapping[str, frozenset[str]]:
        """The columns of each group, to look names up in."""
        return {group: frozenset(names) for group, names in self.groups.items()}

    def cleaned(self, name: str, value: Any) -> Any:
        """Return a value that came from elsewhere as this column may hold it.

        What is no such value (a word where a number belongs) is as if nobody had written it: only
        a program that is not ours sends it.
        """
        if value is None:
            return self.unwritten[name]
        found = _TAKEN[self.kinds[name]](value)
        return self.unwritten[name] if found is None else found

    def holds(self, name: str, value: Any) -> bool:
        """Say whether a column can hold a value as it is: not what it says."""
        if value is None:
            return self.unwritten[name] is None
        return _TAKEN[self.kinds[name]](value) is not None

    @property
    def owner(self) -> str:
        """The column that says whose a row is, "" for a row of the team."""
        if self.scope == "team":
            return ""
        if self.scope in ("worker", "audit"):
            return "worker_id"
        return "id" if self.name == "person" else "person_id"

    def scope_of(self, pk: str, values: Mapping[str, Any]) -> str:
        """Return the scope of a row with these columns (docs/data.md, "Scopes"); "" for none."""
        if self.scope == "team":
            return "team"
        owner = str(pk if self.owner == "id" else values.get(self.owner))
        if self.scope in ("worker", "audit"):
            return f"{self.scope}:{owner}"
        name = self._part(values)
        return scopes.part(owner, name) if name is not None and ":" not in owner else ""

    def _part(self, values: Mapping[str, Any]) -> str | None:
        """Return which part of a person a row is in; None for one that no row can be in."""
        if self.scope != "organisation":
            return scopes.KEPT_APART if self.scope == "restricted" else scopes.RECORD
        organisation = str(values.get("organisation") or "")
        return organisation if scopes.is_organisation(organisation) else None

    def belongs(self, scope: str) -> dict[str, str] | None:
        """Return which rows of this table `scope` holds, None for none: columns and their values.

        Of the team's rows it holds all, and no column says so.
        """
        if self.scope == "team":
            return {} if scope == "team" else None
        if self.scope in ("worker", "audit"):
            kind, _, whose = scope.partition(":")
            return {self.owner: whose} if kind == self.scope else None
        person, part = scopes.parts(scope)
        if not person:
            return None
        if self.scope == "organisation":
            is_ours = scopes.is_organisation(part)
            return {self.owner: person, "organisation": part} if is_ours else None
        own = scopes.KEPT_APART if self.scope == "restricted" else scopes.RECORD
        return {self.owner: person} if part == own else None


def shapes_of(tables: Iterable[TableShape]) -> dict[str, Shape]:
    """Return what applying needs to know of these tables, by name."""
    return {
        table.name: Shape(
            table.name,
            table.groups,
            table.scope,
            table.insert_only,
            table.latest,
            {column.name: column.kind for column in table.columns},
            {column.name: _unwritten(column) for column in table.columns if column.name != "id"},
            frozenset(
                column.name
                for column in table.columns
                if column.kind == "words" and column.searched
            ),
        )
        for table in tables
    }


def _unwritten(column: ColumnShape) -> Any:
    """Return what a column holds that nobody wrote, as SQLite holds it."""
    if column.may_be_null:
        return None
    if column.kind == "list":
        return "[]"
    return int(column.default) if isinstance(column.default, bool) else column.default


_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_FIRST_DAY, _LAST_DAY = date.min, date.max


def _text(value: Any) -> str | None:
    return clean(value) if isinstance(value, str) else None


def _line(value: Any) -> str | None:
    return one_line(value) if isinstance(value, str) else None


def _list(value: Any) -> str | None:
    with suppress(ValueError, TypeError, RecursionError):
        found = json.loads(value)
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return json.dumps([clean(one) for one in found], ensure_ascii=False)
    return None


def _instant(value: Any) -> str | None:
    """Return an instant that there is, and that falls on a day in every zone: neither the first day
    of the year 1 nor the last of 9999 does."""
    with suppress(ValueError, TypeError):
        if _INSTANT.fullmatch(value) and _FIRST_DAY < _day_of(value) < _LAST_DAY:
            return str(value)
    return None


def _day_of(instant: str) -> date:
    return datetime.fromisoformat(instant).date()


def _day(value: Any) -> str | None:
    with suppress(ValueError, TypeError):
        return date.fromisoformat(value).isoformat()
    return None


def _wall_time(value: Any) -> str | None:
    if not isinstance(value, str) or not value:
        return _text(value)
    day, begins, clock = value.partition("T")
    timed = not begins or bool(_time_of_day(clock))
    return value if timed and _day(day) == day else None


def _time_of_day(value: Any) -> str | None:
    """Return a time as it is written here, "10:05": what else Python reads sorts wrongly."""
    if not isinstance(value, str) or not value:
        return _text(value)
    with suppress(ValueError):
        if time.fromisoformat(value).strftime("%H:%M") == value:
            return value
    return None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and -(1 << 62) < value < 1 << 62 else None


_TAKEN: Mapping[Kind, Callable[[Any], Any]] = {
    "id": _text,
    "words": _text,
    "line": _line,
    "list": _list,
    "instant": _instant,
    "day": _day,
    "wall time": _wall_time,
    "time of day": _time_of_day,
    "number": _number,
    "yes or no": lambda value: int(value) if value in (0, 1) else None,
}
"""For each kind what becomes of a value from elsewhere; None where it is no such value."""
