"""What columns are made of: cleaned words, instants, and the marks that capture and search read.

Every text that a person typed goes through `Words`, whichever way it comes in: a screen, the shell,
an import or a sync. A column's `info` says its field group (the unit of conflict, docs/data.md) and
whether search reads it; a table's `info` says its scope and whether its rows may change.

Only freezing and tests import this (docs/decisions, 0013): the rows that the program writes are
made by `rows` and bound by `binding`, which the column types here call too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from linkworker.clock import from_text
from linkworker.schema import binding
from linkworker.scopes import OUR_TEAM


class Words(TypeDecorator[str]):
    """Text that somebody typed: cleaned on its way in, however it comes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean `value` before it is written or compared."""
        return binding.words(value)


class Line(Words):
    """Text that is one line by nature, such as a name or a number."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean `value` and bring it onto one line before it is written or compared."""
        return binding.line(value)


class WallTime(Words):
    """A day as it stands in a diary, with a time or without."""

    cache_ok = True


class TimeOfDay(Words):
    """A time as it stands in a diary."""

    cache_ok = True


class WordList(TypeDecorator[list[str]]):
    """A short list of texts, held as JSON, each of them cleaned."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> str | None:
        """Return the list as JSON text."""
        return binding.word_list(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> list[str] | None:
        """Return the JSON text as a list."""
        return None if value is None else list(json.loads(value))


class Instant(TypeDecorator[datetime]):
    """An aware instant, held as UTC text with milliseconds, so that it sorts as it reads."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the instant as text; an instant without a zone is a programming error."""
        return binding.instant(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the text as an aware instant."""
        return None if value is None else from_text(value)


def typed(group: str = "", *, searched: bool = False, kind: type[Words] = Words) -> Any:
    """Return a field of typed text, empty by default, in the field group `group`."""
    return Field(
        default="",
        sa_type=kind,
        sa_column_kwargs={"info": {"group": group, "searched": searched}},
    )


def line(group: str = "", *, searched: bool = False) -> Any:
    """Return a field like `typed` that holds one line: a name, a number, an address's line."""
    return typed(group, searched=searched, kind=Line)


def typed_list(group: str = "", *, searched: bool = False) -> Any:
    """Return a field holding a short list of texts, empty by default."""
    return Field(
        default_factory=list,
        sa_type=WordList,
        sa_column_kwargs={"info": {"group": group, "searched": searched}},
    )


def plain(default: Any = None, group: str = "", **more: Any) -> Any:
    """Return a field of a plain value (a day, a number, yes or no, a word of a value list)."""
    if isinstance(default, str):
        more["sa_type"] = Words  # a word of a list also comes from imports and from sync
    return Field(default=default, sa_column_kwargs={"info": {"group": group}}, **more)


def wall_time(group: str = "") -> Any:
    """Return a field holding a day of a diary, with a time or without, "" for none."""
    return typed(group, kind=WallTime)


def time_of_day(group: str = "") -> Any:
    """Return a field holding a time of a diary, "" for none."""
    return typed(group, kind=TimeOfDay)


def instant(group: str = "", default: Any = None) -> Any:
    """Return a field holding an instant."""
    return Field(default=default, sa_type=Instant, sa_column_kwargs={"info": {"group": group}})


def part_of(target: str, group: str = "", *, needed: bool = False) -> Any:
    """Return a field that names a row of the same scope; checked when the transaction commits."""
    more: dict[str, Any] = {} if needed else {"default": None}
    return Field(
        **more,
        foreign_key=target,
        index=True,
        sa_column_kwargs={"info": {"group": group}},
    )


class Row(SQLModel):
    """What every synced row has. `hidden_at` set means taken back or removed; rows never go."""

    id: str = Field(default="", primary_key=True)
    recorded_at: datetime | None = instant("recorded")
    recorded_by: str = plain("", "recorded")
    hidden_at: datetime | None = instant("hidden")


class OfPerson(Row):
    """A row that belongs to one person's record."""

    person_id: str = part_of("person.id", "person", needed=True)


class OfOrganisation(OfPerson):
    """A row that belongs to what one organisation keeps of a person: its notes."""

    organisation: str = plain(OUR_TEAM, "organisation")
    """The id of the organisation whose worker wrote it; the store fills it in."""


def read_by(name: str, *columns: str, where: str = "") -> Index:
    """Return an index for a list that is read often; rows that were taken back are not in it.

    It stands in `__table_args__` before `scoped(...)`. `where` narrows it further. `hidden_at` is
    in it too: SQLite reads a whole row to see that one column is empty, although none else is here.
    """
    shown = "hidden_at IS NULL" + (f" AND {where}" if where else "")
    return Index(name, *columns, "hidden_at", sqlite_where=text(shown))


def scoped(
    scope: str,
    *,
    insert_only: bool = False,
    happened: str = "",
    latest: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return `__table_args__` of a synced table.

    `scope`: person, organisation, restricted, team, worker or audit (docs/data.md). `insert_only`:
    no column but `hidden_at` ever changes. `happened`: the column by which search orders,
    `recorded_at` if none; rows of the team have no time there. `latest`: groups of which the latest
    version is right and nobody is asked, each where the named column is filled in every version
    ("": always): what a feed says is no person's words.
    """
    return {
        "info": {
            "scope": scope,
            "insert_only": insert_only,
            "happened": happened,
            "latest": dict(latest or {}),
        }
    }
