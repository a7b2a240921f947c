"""The shape of each synced table, as applying needs it: groups, columns, scope.

Taken from the tables' metadata once; what follows asks this and never the models.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linkworker.oplog.capture import groups_of, synced_tables

if TYPE_CHECKING:
    from sqlalchemy import MetaData


@dataclass(frozen=True)
class Shape:
    """One synced table: its field groups with their columns, and which scope its rows have."""

    name: str
    groups: Mapping[str, tuple[str, ...]]
    scope: str
    insert_only: bool

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
    return {
        table.name: Shape(
            table.name,
            {group: tuple(columns) for group, columns in groups_of(table).items()},
            table.info["scope"],
            bool(table.info["insert_only"]),
        )
        for table in synced_tables(metadata)
    }
