"""The statements that write a row, each built once from the frozen shape of its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from linkworker.schema.binding import BINDINGS
from linkworker.schema.describing import ColumnShape, shape_of

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
    shape = shape_of(table.__name__)
    names = ", ".join(f'"{column.name}"' for column in shape.columns)
    marks = ", ".join("?" for _ in shape.columns)
    sql = f'INSERT INTO "{shape.name}" ({names}) VALUES ({marks})'
    return Statement(sql, _bound(shape.columns))


@cache
def is_of_organisation(table: type[Row]) -> bool:
    """Say whether the rows of a table belong to what one organisation keeps of a person."""
    return shape_of(table.__name__).scope == "organisation"


@cache
def update_of(table: type[Row], names: tuple[str, ...]) -> Statement:
    """Return the update of these columns of one row; its id is the last parameter.

    Raises AttributeError for a column that the table does not have.
    """
    shape = shape_of(table.__name__)
    columns = {column.name: column for column in shape.columns}
    for name in names:
        if name not in columns:
            raise AttributeError(f"{shape.name} has no column {name}")
    sets = ", ".join(f'"{name}" = ?' for name in names)
    sql = f'UPDATE "{shape.name}" SET {sets} WHERE "id" = ?'
    return Statement(sql, _bound(columns[name] for name in (*names, "id")))


def _bound(columns: Iterable[ColumnShape]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    return tuple((column.name, BINDINGS[column.kind]) for column in columns)
