"""Freeze the schema into the newest migration: `python -m linkworker.storage.freeze`.

Writes `0001_first.sql` from the tables' metadata, and the fingerprint of what the migrations make.
Only a migration that no release has carried may be written again: from version 2 on they are
written by hand, only the fingerprint is written here, and `tests/store/test_migrations.py` holds
their result against the metadata.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlcipher3 import dbapi2

from linkworker.oplog.capture import capture_sql, log_sql
from linkworker.schema import VERSION, all_tables
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
    statements += search_sql(metadata)
    return ["\n".join(line.rstrip() for line in one.strip().splitlines()) for one in statements]


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
    """Write the first migration while it is the only one, and the fingerprint of all of them."""
    folder = Path(__file__).parent / "migrations"
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
