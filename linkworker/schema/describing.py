"""The tables in plain values: for what writes rows, and for what reads or writes tables whole.

The shapes are frozen in `frozen.json`, which `python -m linkworker.storage.freeze` makes from the
SQLModel tables: a write, an import, an export, a check costs no import of SQLModel (docs/decisions,
0013). `tests/schema/test_frozen.py` fails where a table was changed and not frozen again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from linkworker.schema.binding import Kind

FROZEN = "frozen.json"
"""The file beside this one that holds the shapes."""


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """One column: what it holds, and all that a write, a sync or a search must know of it."""

    name: str
    kind: Kind
    may_be_null: bool = False
    default: str | int | None = ""
    """What it holds where nothing was said; of a list, a new empty one."""
    names_row_of: str = ""
    """The table whose rows it names."""
    group: str = ""
    """The field group, the unit of conflict (docs/data.md); the id is in none."""
    searched: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it holds one text."""
        return self.kind in ("words", "line", "id", "wall time", "time of day")


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table: its name, its class in `schema`, its scope, and its columns in order."""

    name: str
    model: str
    scope: str
    insert_only: bool
    """No column but `hidden_at` ever changes."""
    happened: str
    """The column by which search orders."""
    latest: Mapping[str, str]
    """Groups of which the latest version is right (`columns.scoped`)."""
    columns: tuple[ColumnShape, ...]

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The field groups in order, each with the names of its columns; the id is in none."""
        found: dict[str, tuple[str, ...]] = {}
        for column in self.columns:
            if column.group:
                found[column.group] = (*found.get(column.group, ()), column.name)
        return found

    @property
    def searched(self) -> tuple[str, ...]:
        """The names of the columns that search reads."""
        return tuple(column.name for column in self.columns if column.searched)


@cache
def shapes() -> tuple[TableShape, ...]:
    """Return the shape of every table, by name."""
    text = files("linkworker.schema").joinpath(FROZEN).read_text(encoding="utf-8")
    return shapes_from(text)


def shapes_from(text: str) -> tuple[TableShape, ...]:
    """Return the shapes that a frozen file holds."""
    return tuple(
        TableShape(**{**table, "columns": tuple(ColumnShape(**one) for one in table["columns"])})
        for table in json.loads(text)
    )


@cache
def shape_of(model: str) -> TableShape:
    """Return the shape of a table by its class's name. Raises `LookupError` for no table."""
    for shape in shapes():
        if shape.model == model:
            return shape
    raise LookupError(f"no table is called {model}")


def shapes_of_a_record() -> tuple[TableShape, ...]:
    """Return the tables that belong to one person's record, what is kept apart last.

    The person's own table is not among them.
    """
    from linkworker.schema import TABLES

    found = [shape_of(model) for model in TABLES if model != "Person"]
    return tuple(shape for shape in found if shape.scope in ("person", "organisation")) + tuple(
        shape for shape in found if shape.scope == "restricted"
    )
