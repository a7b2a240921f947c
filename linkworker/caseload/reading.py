"""What every reading function shares: rows as frozen dataclasses, and pieces of SQL used twice.

Days come back as `date`, instants as aware `datetime` and short lists as tuples, by the annotation
of the field that they land in.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from linkworker.clock import from_text
from linkworker.rules import shown_names

if TYPE_CHECKING:
    from linkworker.store import ReadTx

T = TypeVar("T")


@dataclass(frozen=True)
class Named:
    """A row about one person, beginning with the columns of `NAME`."""

    person_id: str
    called: str
    given: str
    family: str
    description: str

    @property
    def name(self) -> str:
        """The name as the person likes it."""
        return shown_names.shown_name(self.called, self.given, self.family, self.description)

    @property
    def short(self) -> str:
        """The name as a list shows it: Terry B."""
        return shown_names.short_name(self.called, self.given, self.family, self.description)

    @property
    def initials(self) -> str:
        """The initials, for a screen that others look at."""
        return shown_names.initials(self.called, self.given, self.family, self.description)


NAME = "p.id, p.called, p.given, p.family, p.description"
"""The first columns of every select into a `Named` row; the person is `p`."""

LIVING = """p.hidden_at IS NULL AND p.died IS NULL AND NOT EXISTS (
    SELECT 1 FROM whereabouts gone WHERE gone.person_id = p.id
    AND gone.kind = 'died' AND gone.hidden_at IS NULL)"""
"""Said of person `p`: a death stops every reminder, everywhere."""

ONLY_INTRODUCED = """(EXISTS (SELECT 1 FROM introduction i1 WHERE i1.person_id = p.id
        AND i1.hidden_at IS NULL AND i1.outcome NOT IN ('accepted', 'already known'))
    AND NOT EXISTS (SELECT 1 FROM introduction i2 WHERE i2.person_id = p.id
        AND i2.hidden_at IS NULL AND i2.outcome IN ('accepted', 'already known'))
    AND NOT EXISTS (SELECT 1 FROM support_period i3 WHERE i3.person_id = p.id
        AND i3.hidden_at IS NULL))"""
"""Said of person `p`: they stand in the inbox, or came to nothing there, and not among the
people."""

STANDING = """
LEFT JOIN support_period sp ON sp.id = (
    SELECT id FROM support_period WHERE person_id = p.id AND hidden_at IS NULL
    ORDER BY began DESC, id DESC LIMIT 1)
LEFT JOIN support_event se ON se.id = (
    SELECT id FROM support_event WHERE period_id = sp.id AND hidden_at IS NULL AND kind <> 'level'
    ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1)
LEFT JOIN whereabouts w ON w.id = (
    SELECT id FROM whereabouts WHERE person_id = p.id AND hidden_at IS NULL
    ORDER BY since DESC, recorded_at DESC, id DESC LIMIT 1)
"""
"""Joins to person `p` the latest support period `sp`, what last happened to it `se`, and where
the person is `w`; each may be missing."""

LAST_MET = """(SELECT happened_at FROM contact WHERE person_id = p.id AND hidden_at IS NULL
    AND outcome = 'met' ORDER BY happened_at DESC LIMIT 1)"""
"""When somebody last met person `p`."""

LEVEL = """(SELECT level FROM support_event WHERE period_id = sp.id AND hidden_at IS NULL
    AND level IS NOT NULL ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1)"""
"""The level that the period `sp` stands at."""

AWAY = """(CASE WHEN w.kind IS NULL OR w.kind = 'back' OR w.until < ?1 THEN ''
    ELSE w.kind END)"""
"""Where the person is when not at home, "" when they are; needs `STANDING`, and today as `?1`."""


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _words(value: str | None) -> tuple[str, ...]:
    return tuple(json.loads(value)) if value else ()


_AS: dict[str, Callable[[Any], Any]] = {
    "date | None": _day,
    "datetime | None": lambda value: from_text(value) if value else None,
    "bool": bool,
    "tuple[str, ...]": _words,
}


@cache
def _maker(into: type[Any]) -> Callable[[Sequence[Any]], Any]:
    """Return what makes one row of `into` from one row of the database, column by column."""
    columns = [field for field in dataclasses.fields(into) if field.init]
    changes = [(at, _AS[str(field.type)]) for at, field in enumerate(columns) if field.type in _AS]
    texts = [at for at, field in enumerate(columns) if field.type == "str"]

    def make(row: Sequence[Any]) -> Any:
        values = list(row)
        most = len(values)
        for at, change in changes:
            if at < most:
                values[at] = change(values[at])
        for at in texts:
            if at < most and values[at] is None:
                values[at] = ""
        return into(*values)

    return make


def rows(tx: ReadTx, into: type[T], sql: str, params: Iterable[Any] = ()) -> list[T]:
    """Return every row of a select as `into`, whose fields stand in the order of the columns."""
    make: Callable[[Sequence[Any]], T] = _maker(cast(Hashable, into))
    return [make(row) for row in tx.rows(sql, params)]


def first(tx: ReadTx, into: type[T], sql: str, params: Iterable[Any] = ()) -> T | None:
    """Return the first row of a select as `into`, None where there is none."""
    found = rows(tx, into, sql, params)
    return found[0] if found else None
