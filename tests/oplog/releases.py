"""Two releases after this one, made up: what a laptop that is older or newer than others knows.

Each adds what releases add: a column in a group that there is, a group, a table. How they are made
is what a real migration does, with the triggers written anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, MetaData, Table, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from linkworker import schema
from linkworker.oplog.capture import capture_sql
from linkworker.oplog.shapes import Shape, shapes_of
from linkworker.schema.tables import all_tables
from linkworker.schema.tables import shapes_of as described


@dataclass(frozen=True)
class Release:
    """One release: its schema, and the statements that bring the release before it here."""

    version: int
    shapes: dict[str, Shape]
    added: tuple[str, ...]
    capture: tuple[str, ...]


@cache
def releases() -> tuple[Release, ...]:
    """This release, one that knows middle names and colours, and one that knows pets too."""
    first = all_tables()
    return (
        Release(schema.VERSION, shapes_of(described(first)), (), ()),
        _next(first, schema.VERSION + 1, pets=False),
        _next(first, schema.VERSION + 2, pets=True),
    )


def _next(first: MetaData, version: int, *, pets: bool) -> Release:
    metadata = MetaData()
    for table in first.sorted_tables:
        table.to_metadata(metadata)
    _text(metadata.tables["person"], "middle", "name")
    _text(metadata.tables["goal"], "colour", "colour")
    added = [
        "ALTER TABLE person ADD COLUMN middle TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE goal ADD COLUMN colour TEXT NOT NULL DEFAULT ''",
    ]
    if pets:
        pet = Table("pet", metadata, Column("id", Text, primary_key=True, nullable=False))
        pet.info.update(scope="person", insert_only=False)
        pet.append_column(Column("hidden_at", Text, info={"group": "hidden"}))
        for name in ("person_id", "words"):
            _text(pet, name, name)
        added = [str(CreateTable(pet).compile(dialect=sqlite.dialect()))]
    return Release(
        version, shapes_of(described(metadata)), tuple(added), tuple(capture_sql(metadata, version))
    )


def _text(table: Table, name: str, group: str) -> None:
    table.append_column(
        Column(name, Text, nullable=False, default="", info={"group": group, "searched": False})
    )


def bring_to(connection: Any, release: Release) -> None:
    """Run a release's migration on a connection that stands one before it, in a transaction."""
    for statement in release.added:
        connection.execute(statement)
    stands = {
        sql: (kind, name)
        for sql, kind, name in connection.execute(
            "SELECT sql, type, name FROM sqlite_schema "
            "WHERE name GLOB 'op_*' AND type IN ('view', 'trigger')"
        )
    }
    for sql in stands.keys() - set(release.capture):
        connection.execute("DROP {} {}".format(*stands[sql]))
    for sql in release.capture:
        if sql not in stands:
            connection.execute(sql)
