"""The shape of each synced table, as applying needs it: groups, columns, scope.

Taken from the tables' metadata once; what follows asks this and never the models.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linkworker.oplog.capture import groups_of, synced_tables
from linkworker.text import clean, one_line

if TYPE_CHECKING:
    from sqlalchemy import Column, MetaData


@dataclass(frozen=True)
class Shape:
    """One synced table: its field groups with their columns, and which scope its rows have."""

    name: str
    groups: Mapping[str, tuple[str, ...]]
    scope: str
    insert_only: bool
    unwritten: Mapping[str, Any]
    """For each column what it holds where nobody wrote it: an older release did not know it."""
    lines: frozenset[str]
    """Columns whose text is one line by nature."""
    words: frozenset[str]
    """Columns whose text has as many lines as somebody wrote."""

    def cleaned(self, name: str, value: Any) -> Any:
        """Return a value that came from elsewhere as this column may hold it."""
        if value is None:
            return self.unwritten[name]
        if isinstance(value, str):
            return one_line(value) if name in self.lines else clean(value)
        return value

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


def shapes_of(metadata: MetaData) -> dict[str, Shape]:
    """Return the shape of every synced table, by name."""
    from linkworker.schema.columns import Line

    return {
        table.name: Shape(
            table.name,
            {group: tuple(columns) for group, columns in groups_of(table).items()},
            table.info["scope"],
            bool(table.info["insert_only"]),
            {column.name: _unwritten(column) for column in table.columns if column.name != "id"},
            frozenset(column.name for column in table.columns if isinstance(column.type, Line)),
            frozenset(
                column.name
                for column in table.columns
                if "searched" in column.info and not isinstance(column.type, Line)
            ),
        )
        for table in synced_tables(metadata)
    }


def _unwritten(column: Column[Any]) -> Any:
    """Return what a column holds that nobody wrote, as SQLite holds it."""
    from linkworker.schema.columns import WordList

    if column.nullable:
        return None
    if isinstance(column.type, WordList):
        return "[]"
    value = getattr(column.default, "arg", None)
    if isinstance(value, bool | int):
        return int(value)
    return value if isinstance(value, str) else ""
