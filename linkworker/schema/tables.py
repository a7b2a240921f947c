"""The SQLModel tables themselves, all imported, and their shapes as they stand: for freezing.

Nothing else imports them while the program runs (`tests/test_house.py`): what it needs to know of
a table is frozen, see `describing`.
"""

from __future__ import annotations

import importlib
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, MetaData, Text
from sqlmodel import AutoString, SQLModel

from linkworker.schema import TABLES
from linkworker.schema.binding import Kind
from linkworker.schema.columns import Instant, Line, Row, TimeOfDay, WallTime, WordList, Words
from linkworker.schema.describing import ColumnShape, TableShape


def all_tables() -> MetaData:
    """Import every table and return their metadata."""
    for model in TABLES:
        class_of(model)
    for table in SQLModel.metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            # Rows of one act may be written, and a colleague's may arrive, in any order.
            constraint.deferrable, constraint.initially = True, "DEFERRED"
    return SQLModel.metadata


def class_of(model: str) -> type[Row]:
    """Return the SQLModel class of a table by its name."""
    found: type[Row] = getattr(importlib.import_module(f"linkworker.schema.{TABLES[model]}"), model)
    return found


def shapes_of(metadata: MetaData) -> tuple[TableShape, ...]:
    """Return the shape of every table as it stands, by name."""
    models = {class_of(model).__tablename__: model for model in TABLES}
    return tuple(
        TableShape(
            table.name,
            models.get(table.name, ""),
            table.info["scope"],
            bool(table.info["insert_only"]),
            table.info.get("happened") or "recorded_at",
            dict(table.info.get("latest") or {}),
            tuple(_column(column) for column in table.columns),
        )
        for table in sorted(metadata.tables.values(), key=lambda table: table.name)
    )


def _column(column: Column[Any]) -> ColumnShape:
    return ColumnShape(
        column.name,
        _kind(column),
        bool(column.nullable),
        _default(column),
        next((key.column.table.name for key in column.foreign_keys), ""),
        "" if column.name == "id" else column.info.get("group") or column.name,
        bool(column.info.get("searched")),
    )


def _default(column: Column[Any]) -> str | int | None:
    value = getattr(column.default, "arg", None)
    if value is None or callable(value):  # SQLModel hands on no default of None, nor of a list
        return None if column.nullable else ""
    assert isinstance(value, str | int), column
    return value


def _kind(column: Column[Any]) -> Kind:
    match column.type:
        case WordList():
            return "list"
        case Instant():
            return "instant"
        case Line():
            return "line"
        case WallTime():
            return "wall time"
        case TimeOfDay():
            return "time of day"
        case Words():
            return "words"
        case Date():
            return "day"
        case Boolean():
            return "yes or no"
        case Integer():
            return "number"
        case AutoString() | Text():
            return "id"
        case _:
            raise TypeError(f"{column}: nothing says how this kind of column is written")
