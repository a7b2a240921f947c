"""Numbered migrations: from an empty file, or from an older one, to the schema of this release.

A migration is SQL text, run with capture off and in one transaction, with a copy of the file beside
it first. Released ones are never changed: a team's laptops must all arrive at the same schema. The
fingerprint of the whole schema is checked at every start, because a trigger that is missing or a
column that was added captures nothing and says nothing.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Any

from linkworker import cipher, schema
from linkworker.oplog.capture import Capturing
from linkworker.refusal import Refused

BEFORE_MIGRATION = "records-before-{version}.db"
"""What a copy made before a migration is called."""


class NewerRecords(Refused):
    """The file was made by a later release."""

    def __init__(self) -> None:
        super().__init__(
            "The records were not opened.",
            "A newer linkworker made them, and this one does not know all that they hold.",
            "Install the newer linkworker, or use the computer that has it. Nothing was changed.",
        )


class CaptureBroken(Refused):
    """The schema is not the one that this release made: writing would lose work silently."""

    def __init__(self) -> None:
        super().__init__(
            "The records were opened for reading only.",
            "Something outside linkworker changed how they are kept, so that new work might never "
            "reach the team.",
            "Read and copy out what you need, then restore the latest backup into another, empty "
            "folder, or ask whoever looks after linkworker to run 'linkworker check'.",
        )


def version_of(connection: Any) -> int:
    """Return the number of the last migration that ran on this file; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def copy_before(connection: Any, folder: Path, data_key: bytes) -> None:
    """Lay a copy beside records that an older release wrote, before they are migrated.

    Raises `CannotRead` for a file without a schema: no release has left one.
    """
    version = version_of(connection)
    if version == 0:
        raise cipher.CannotRead
    if version < schema.VERSION:
        copy = folder / BEFORE_MIGRATION.format(version=schema.VERSION)
        fresh = copy.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        cipher.backup(connection, fresh, data_key)
        fresh.replace(copy)


def migrate(connection: Any, capturing: Capturing) -> None:
    """Bring the file to `schema.VERSION`, in one transaction, capturing nothing.

    The caller has made a backup. Whatever fails leaves the file as it was.
    """
    if version_of(connection) == schema.VERSION:
        return
    capturing.capturing = False
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = version_of(connection)  # again: another process may have been quicker
        if found > schema.VERSION:
            raise NewerRecords
        for number in range(found + 1, schema.VERSION + 1):
            for statement in statements_of(migration_sql(number)):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        capturing.capturing = True


def migration_sql(number: int) -> str:
    """Return the SQL of the migration with this number."""
    folder = files("linkworker.storage.migrations")
    found = [one for one in folder.iterdir() if one.name.startswith(f"{number:04d}_")]
    if len(found) != 1:
        raise LookupError(f"migration {number} is missing from this installation")
    return found[0].read_text(encoding="utf-8")


def statements_of(script: str) -> list[str]:
    """Split a migration at its separator lines, `--;`; triggers hold semicolons of their own."""
    return [part.strip() for part in script.split("\n--;\n") if part.strip()]


def fingerprint_of(connection: Any) -> str:
    """Return a hash over the whole schema: each table, index and trigger by its own SQL."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema "
        "WHERE name NOT GLOB 'sqlite_stat*' AND name NOT GLOB 'search_fts_*' ORDER BY type, name"
    ).fetchall()
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()


def expected_fingerprint() -> str:
    """Return the fingerprint that `freeze` wrote for this release's schema."""
    text = files("linkworker.storage.migrations").joinpath("fingerprint.txt")
    return text.read_text(encoding="ascii").strip()
