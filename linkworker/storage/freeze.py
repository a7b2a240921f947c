"""Freeze what the SQLModel tables say: `python -m linkworker.storage.freeze`.

Writes the shapes by which rows are written (`schema/frozen.json`): the only moment at which the
tables are imported. Writes `0001_first.sql` from the tables' metadata, and the fingerprint of what
the migrations make. Only a migration that no release has carried may be written again: from version
2 on they are written by hand, only the fingerprint is written here, and
`tests/store/test_migrations.py` holds their result against the metadata.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlcipher3 import dbapi2

from linkworker.oplog.capture import capture_sql, log_sql
from linkworker.schema import VERSION
from linkworker.schema.describing import FROZEN, ColumnShape, TableShape
from linkworker.schema.tables import all_tables, shapes_of
from linkworker.storage.migrating import fingerprint_of, migration_sql, statements_of
from linkworker.storage.searching import search_sql


def whole_schema() -> list[str]:
    """Return every statement that makes an empty store of this release, in order."""
    metadata = all_tables()
    dialect = sqlite.dialect()
    statements: list[str] = []
    for table in metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            statements.append(str(CreateIndex(index).compile(dialect=dialect)))
    statements += _split(log_sql())
    statements += _split(
        files("linkworker.storage").joinpath("local.sql").read_text(encoding="utf-8")
    )
    statements += capture_sql(metadata, VERSION)
    statements += search_sql(shapes_of(metadata))
    return ["\n".join(line.rstrip() for line in one.strip().splitlines()) for one in statements]


def frozen(shapes: Iterable[TableShape]) -> str:
    """Return the text of the frozen file: JSON, a column a line, without what is as usual."""
    tables = []
    for shape in shapes:
        head = {one.name: getattr(shape, one.name) for one in fields(shape)}
        columns = ",\n".join(f"  {_json(_said(column))}" for column in head.pop("columns"))
        tables.append(f'{_json(head)[:-1]}, "columns": [\n{columns}\n]}}')
    return "[\n{}\n]\n".format(",\n".join(tables))


def _said(column: ColumnShape) -> dict[str, Any]:
    values = {one.name: getattr(column, one.name) for one in fields(column)}
    usual = ColumnShape(column.name, column.kind)
    return {
        name: value
        for name, value in values.items()
        if name in ("name", "kind") or value != getattr(usual, name)
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _split(script: str) -> list[str]:
    """Split a script of ours at the semicolons that end a statement, keeping triggers whole."""
    statements: list[str] = []
    current: list[str] = []
    in_trigger = False
    for line in script.splitlines():
        current.append(line)
        in_trigger = in_trigger or line.startswith("CREATE TRIGGER")
        ends = line.rstrip() == "END;" if in_trigger else line.rstrip().endswith(";")
        if ends:
            statements.append("\n".join(current).rstrip().removesuffix(";"))
            current, in_trigger = [], False
    return statements


def main() -> None:
    """Write the shapes, the first migration while it is the only one, and the fingerprint."""
    folder = Path(__file__).parent / "migrations"
    shapes = Path(str(files("linkworker.schema"))) / FROZEN
    shapes.write_text(frozen(shapes_of(all_tables())), encoding="utf-8")
    if VERSION == 1:
        script = "\n--;\n".join(whole_schema()) + "\n"
        (folder / "0001_first.sql").write_text(script, encoding="utf-8")
    connection = dbapi2.connect(":memory:")
    for number in range(1, VERSION + 1):
        for statement in statements_of(migration_sql(number)):
            connection.execute(statement)
    (folder / "fingerprint.txt").write_text(fingerprint_of(connection) + "\n", encoding="ascii")
    connection.close()


if __name__ == "__main__":
    main()
