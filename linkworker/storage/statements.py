"""SQL from the SQLModel tables: the statements that write a row, each built once.

SQLAlchemy gives the SQL and the column types that turn a value into what is stored (and clean it);
the driver runs it. This module is imported at the first write, and SQLAlchemy with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Column, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from linkworker.schema.columns import Row


@dataclass(frozen=True)
class Statement:
    """A statement and, for each of its parameters in order, the column and how it is bound."""

    sql: str
    columns: tuple[tuple[str, Callable[[Any], Any] | None], ...]

    def params(self, values: dict[str, Any]) -> list[Any]:
        """Return the parameters for `values`, cleaned and in the store's own forms."""
        return [values[name] if bind is None else bind(values[name]) for name, bind in self.columns]


@cache
def insert_of(table: type[Row]) -> Statement:
    """Return the insert of a whole row."""
    columns = list(_table(table).columns)
    names = ", ".join(f'"{column.name}"' for column in columns)
    marks = ", ".join("?" for _ in columns)
    sql = f'INSERT INTO "{table.__tablename__}" ({names}) VALUES ({marks})'
    return Statement(sql, tuple(_bound(column) for column in columns))


@cache
def update_of(table: type[Row], names: tuple[str, ...]) -> Statement:
    """Return the update of these columns of one row; its id is the last parameter.

    Raises AttributeError for a column that the table does not have.
    """
    made = _table(table)
    for name in names:
        if name not in made.columns:
            raise AttributeError(f"{made.name} has no column {name}")
    sets = ", ".join(f'"{name}" = ?' for name in names)
    sql = f'UPDATE "{made.name}" SET {sets} WHERE "id" = ?'
    return Statement(sql, tuple(_bound(made.columns[name]) for name in (*names, "id")))


def _table(table: type[Row]) -> Table:
    return cast(Table, vars(table)["__table__"])


def _bound(column: Column[Any]) -> tuple[str, Callable[[Any], Any] | None]:
    dialect = sqlite.dialect()
    return column.name, column.type.dialect_impl(dialect).bind_processor(dialect)
