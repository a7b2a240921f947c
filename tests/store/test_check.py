"""`check` looks for itself: each thing that it calls whole is one that it saw to be."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linkworker import cipher, schema
from linkworker.caseload import audit
from linkworker.storage import privacy
from linkworker.storage.auditing import write_event
from linkworker.storage.connections import RECORDS
from linkworker.store import Store
from tests.conftest import PASSPHRASE


@pytest.fixture
def told(store: Store, terry: str) -> Store:
    """Ann's store with two notes about Terry, and an audit of three."""
    for words in ("Mended the gate.", "Walked to the lane."):
        with store.write("a note", person=terry) as tx:
            tx.add(schema.Note(person_id=terry, words=words, happened_at=tx.now))
            audit.record(tx, "opened", terry)
    with store.write("opened", quiet=True) as tx:
        audit.record(tx, "exported", terry)
    return store


def by_a_careful_hand(store: Store, *statements: str) -> None:
    """Change the file as somebody would who has the key, and put every trigger back."""
    key = bytes(store._connections()._key)
    store.lock()
    other = cipher.connect(store.folder / RECORDS, key)
    triggers = other.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        other.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        other.execute(statement)
    for _, sql in triggers:
        other.execute(sql)
    other.close()
    store.unlock(PASSPHRASE)


def test_whole_records_are_called_whole(told: Store) -> None:
    found = told.check()
    assert (found.ok, found.search, found.audit, found.faults) == (True, True, True, ())


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM search_doc WHERE pk IN (SELECT id FROM note WHERE words LIKE 'Mended%')",
        "INSERT INTO search_doc (tbl, pk, person_id) VALUES ('note', 'x', 'y')",
        "INSERT INTO search_fts (rowid, words) VALUES (1, 'a ghost')",
        "UPDATE note SET words = 'something else' WHERE words LIKE 'Mended%'",
        """INSERT INTO search_fts (search_fts, rowid, words)
        SELECT 'delete', id, words FROM search_said WHERE words LIKE 'Mended%'""",
    ],
)
def test_a_note_that_the_index_has_otherwise_or_not_at_all_shows(told: Store, harm: str) -> None:
    by_a_careful_hand(told, harm)
    found = told.check()
    assert (found.ok, found.search, found.capture) == (False, False, True)


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM audit_event WHERE rowid = 2",
        "DELETE FROM audit_event WHERE rowid = 3",
        "UPDATE audit_event SET reason = 'a favour' WHERE rowid = 1",
    ],
)
def test_an_audit_event_taken_out_or_changed_in_the_file_shows(told: Store, harm: str) -> None:
    by_a_careful_hand(told, harm)
    found = told.check()
    assert (found.ok, found.audit, found.capture) == (False, False, True)


def test_an_event_more_than_was_kept_shows(told: Store) -> None:
    key = bytes(told._connections()._key)
    told.lock()
    other = cipher.connect(told.folder / RECORDS, key)
    triggers = other.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        other.execute(f"DROP TRIGGER {name}")
    write_event(other, lambda: "put-in", told.worker_id, told.clock(), "x", "", "", told.clock())
    for _, sql in triggers:
        other.execute(sql)
    other.close()
    told.unlock(PASSPHRASE)
    found = told.check()
    assert (found.ok, found.audit, found.capture) == (False, False, True)


@pytest.mark.parametrize("to", ["(SELECT n + 1 FROM sync_device)", "0", "-1"])
def test_one_operation_missing_and_one_too_many_do_not_cancel_out(told: Store, to: str) -> None:
    by_a_careful_hand(told, f"UPDATE sync_op SET n = {to} WHERE n = 2")
    found = told.check()
    assert (found.ok, found.operations, found.capture) == (False, False, True)


def test_checking_changes_nothing(told: Store) -> None:
    def all_of_it() -> list[Any]:
        with told.read() as tx:
            return [tx.rows(f"SELECT * FROM {name}") for name in ("sync_op", "search_doc", "note")]

    before = all_of_it()
    assert told.check() == told.check()
    assert all_of_it() == before


posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")


@posix_only
def test_what_others_can_read_is_closed_at_unlocking_and_said(told: Store) -> None:
    told.lock()
    told.folder.chmod(0o755)
    (told.folder / RECORDS).chmod(0o644)
    (told.folder / "keys.json").chmod(0o640)
    told.unlock(PASSPHRASE)
    assert told.made_private == (privacy.FOLDER, "keys.json", RECORDS)
    assert told.notice is not None
    assert "closed now" in told.notice
    assert oct(told.folder.stat().st_mode & 0o777) == "0o700"
    assert all(one.stat().st_mode & 0o077 == 0 for one in told.folder.iterdir())
    found = told.check()
    assert (found.ok, found.private, found.made_private) == (True, True, told.made_private)


@posix_only
def test_what_was_private_all_along_is_no_news(told: Store) -> None:
    told.lock()
    told.unlock(PASSPHRASE)
    assert told.made_private == ()
    assert told.notice is None


@posix_only
def test_what_cannot_be_closed_is_told_by_check(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_mine(path: Path, mode: int) -> None:
        raise PermissionError(1, "not the owner")

    (told.folder / "keys.json").chmod(0o644)
    told.lock()
    monkeypatch.setattr(Path, "chmod", not_mine)
    told.unlock(PASSPHRASE)
    found = told.check()
    assert (found.ok, found.private) == (False, False)


@posix_only
def test_files_of_others_in_the_folder_are_left_alone(told: Store, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    elsewhere.write_bytes(b"not ours")
    elsewhere.chmod(0o644)
    (told.folder / "linked.db").symlink_to(elsewhere)
    (told.folder / "letter.odt").write_bytes(b"not ours either")
    (told.folder / "letter.odt").chmod(0o644)
    told.lock()
    told.unlock(PASSPHRASE)
    assert elsewhere.stat().st_mode & 0o777 == 0o644
    assert (told.folder / "letter.odt").stat().st_mode & 0o777 == 0o644


def test_where_the_system_does_not_say_nothing_is_claimed(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "name", "nt")
    found: Callable[[Path], Any] = privacy.open_to_others
    assert found(told.folder) is None
    assert privacy.make_private(told.folder) == ()
