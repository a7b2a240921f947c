"""The tables described in plain values: for what reads or writes them whole, whatever they hold.

Importing this imports every table, and SQLModel with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import Boolean, Column, Date, Integer, Table

from linkworker import schema
from linkworker.schema.columns import Instant, WordList

Kind = Literal["words", "list", "instant", "day", "number", "yes or no"]
"""What a column holds."""


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """One column: what it holds, whether it may be NULL, and the table whose rows it names."""

    name: str
    kind: Kind
    may_be_null: bool
    names_row_of: str = ""


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table: its name, its class in `schema`, its scope, and its columns in order."""

    name: str
    model: str
    scope: str
    columns: tuple[ColumnShape, ...]


@cache
def shape_of(model: str) -> TableShape:
    """Return the shape of a table by its class's name."""
    table: Table = getattr(schema, model).__table__
    return TableShape(
        table.name, model, table.info["scope"], tuple(_column(column) for column in table.columns)
    )


def shapes_of_a_record() -> tuple[TableShape, ...]:
    """Return the tables that belong to one person's record, what is kept apart last.

    The person's own table is not among them.
    """
    shapes = [shape_of(model) for model in schema.TABLES if model != "Person"]
    return tuple(shape for shape in shapes if shape.scope == "person") + tuple(
        shape for shape in shapes if shape.scope == "restricted"
    )


def _column(column: Column[Any]) -> ColumnShape:
    named = next((key.column.table.name for key in column.foreign_keys), "")
    return ColumnShape(column.name, _kind(column), bool(column.nullable), named)


def _kind(column: Column[Any]) -> Kind:
    match column.type:
        case WordList():
            return "list"
        case Instant():
            return "instant"
        case Date():
            return "day"
        case Boolean():
            return "yes or no"
        case Integer():
            return "number"
        case _:
            return "words"
