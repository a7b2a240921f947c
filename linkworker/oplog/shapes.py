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
from datetime import date, datetime
from typing import Any

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
    kinds: Mapping[str, Kind]
    """What each column holds."""
    unwritten: Mapping[str, Any]
    """For each column what it holds where nobody wrote it: an older release did not know it."""
    words: frozenset[str]
    """Columns of what somebody told, in as many lines as they wished."""

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
        """Return the scope of a row with these columns (docs/data.md, "Scopes")."""
        if self.scope == "team":
            return "team"
        owner = pk if self.owner == "id" else values.get(self.owner)
        if self.scope == "restricted":
            return f"person:{owner}:restricted"
        return f"{self.scope}:{owner}"

    def belongs(self, scope: str) -> str | None:
        """Return whose rows of this table `scope` names, "" for all of them, None for none."""
        kind, _, rest = scope.partition(":")
        if kind == "team" and self.scope == "team":
            return ""
        restricted = rest.endswith(":restricted")
        if kind == "person" and self.scope == ("restricted" if restricted else "person"):
            return rest.removesuffix(":restricted")
        return rest if kind == self.scope and kind in ("worker", "audit") else None


def shapes_of(tables: Iterable[TableShape]) -> dict[str, Shape]:
    """Return what applying needs to know of these tables, by name."""
    return {
        table.name: Shape(
            table.name,
            table.groups,
            table.scope,
            table.insert_only,
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


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and -(1 << 62) < value < 1 << 62 else None


_TAKEN: Mapping[Kind, Callable[[Any], Any]] = {
    "id": _text,
    "words": _text,
    "line": _line,
    "list": _list,
    "instant": _instant,
    "day": _day,
    "number": _number,
    "yes or no": lambda value: int(value) if value in (0, 1) else None,
}
"""For each kind what becomes of a value from elsewhere; None where it is no such value."""
