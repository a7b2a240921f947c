"""Migrations make the schema that the tables describe, and a changed schema is not written to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from linkworker import cipher, schema
from linkworker.oplog.capture import Capturing, register
from linkworker.storage import migrating
from linkworker.storage.freeze import whole_schema
from linkworker.store import Store
from tests.conftest import PASSPHRASE


def columns_of(connection: Any) -> dict[str, list[tuple[Any, ...]]]:
    tables = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'search_fts_*'"
        )
    ]
    return {name: connection.execute(f'PRAGMA table_xinfo("{name}")').fetchall() for name in tables}


def triggers_of(connection: Any) -> dict[str, str]:
    return dict(
        connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    )


def test_the_migrations_make_what_the_tables_describe() -> None:
    migrated, described = dbapi2.connect(":memory:"), dbapi2.connect(":memory:")
    state = Capturing(lambda: 0)
    migrated.isolation_level = None
    register(migrated, state)
    migrating.migrate(migrated, state)
    for statement in whole_schema():
        described.execute(statement)
    assert columns_of(migrated) == columns_of(described)
    assert triggers_of(migrated) == triggers_of(described)
    assert migrating.fingerprint_of(migrated) == migrating.expected_fingerprint()
    assert migrating.version_of(migrated) == schema.VERSION


@pytest.mark.parametrize(
    "harm",
    [
        "DROP TRIGGER op_put_strength",
        "DROP TRIGGER op_put",
        "DROP TRIGGER op_hold",
        "DROP TRIGGER op_keep_note",
        "DROP VIEW op_changed",
        "ALTER TABLE strength ADD COLUMN secret TEXT",
        "DROP TRIGGER search_put_note",
    ],
)
def test_a_store_whose_capture_was_harmed_opens_for_reading_only(
    store: Store, terry: str, harm: str
) -> None:
    key = bytes(store._connections()._key)
    store.lock()
    other = cipher.connect(store.folder / "records.db", key)
    other.execute(harm)
    other.close()
    store.unlock(PASSPHRASE)
    with store.read() as tx:
        assert tx.value("SELECT called FROM person") == "Terry Beasley"
    with pytest.raises(migrating.CaptureBroken), store.write("lost for ever", person=terry) as tx:
        tx.add(schema.Strength(person_id=terry, words="x"))
    assert not store.check().ok


def test_records_of_a_newer_release_are_refused_and_left_alone(store: Store) -> None:
    key = bytes(store._connections()._key)
    store.lock()
    other = cipher.connect(store.folder / "records.db", key)
    other.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    other.close()
    with pytest.raises(migrating.NewerRecords):
        store.unlock(PASSPHRASE)
    assert store.state == "locked"


def test_a_migration_that_breaks_off_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = dbapi2.connect(":memory:")
    connection.isolation_level = None
    state = Capturing(lambda: 0)
    register(connection, state)
    whole = migrating.migration_sql(1)
    monkeypatch.setattr(migrating, "migration_sql", lambda _: whole + "\n--;\nSELECT no_such()")
    with pytest.raises(dbapi2.OperationalError):
        migrating.migrate(connection, state)
    assert migrating.version_of(connection) == 0
    assert columns_of(connection) == {}
    assert state.capturing


def test_an_older_store_is_copied_before_it_is_migrated(
    store: Store, terry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = bytes(store._connections()._key)
    store.lock()
    monkeypatch.setattr(schema, "VERSION", 2)
    first = migrating.migration_sql
    monkeypatch.setattr(
        migrating,
        "migration_sql",
        lambda n: first(n) if n == 1 else "CREATE TABLE later (id TEXT PRIMARY KEY)",
    )
    store.unlock(PASSPHRASE)
    copy = store.folder / "records-before-2.db"
    kept = cipher.open_encrypted(copy, key)
    assert kept.execute("SELECT called FROM person").fetchone()[0] == "Terry Beasley"
    assert migrating.version_of(kept) == 1
    kept.close()
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM later") == 0
        assert tx.value("SELECT count(*) FROM sync_op WHERE tbl = 'later'") == 0
