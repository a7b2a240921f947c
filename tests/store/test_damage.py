"""Damaged, missing, foreign files: a plain sentence, nothing lost, nothing made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker import cipher, folders, schema, vault
from linkworker.refusal import Refused
from linkworker.storage.rescuing import rescue
from linkworker.store import Store
from tests.conftest import PASSPHRASE

NOTES = 400


@pytest.fixture
def closed(store: Store, terry: str) -> Store:
    """Ann's store with 400 notes about Terry, locked."""
    with store.write("many notes", person=terry) as tx:
        for number in range(NOTES):
            tx.add(schema.Note(person_id=terry, words=f"note {number} " + "lane and back " * 20))
    store.lock()
    return store


def spoil(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    for place in range((page - 1) * 4096 + 100, (page - 1) * 4096 + 140):
        data[place] ^= 0xFF
    path.write_bytes(data)


def in_the_folder(store: Store) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in store.folder.iterdir() if one.is_file()}


def says_what_to_do(refusal: Refused) -> bool:
    return all(part.endswith(".") for part in (refusal.what, refusal.why, refusal.to_do))


def test_a_wrong_passphrase_opens_nothing_and_changes_no_record(closed: Store) -> None:
    before = in_the_folder(closed)
    with pytest.raises(vault.WrongPassphrase) as caught:
        closed.unlock("somebody else's passphrase")
    assert says_what_to_do(caught.value)
    after = in_the_folder(closed)
    del after["tries.json"], after["missed.json"]
    assert after == before
    closed.unlock(PASSPHRASE)


def test_a_damaged_first_page_is_told_from_a_wrong_passphrase(closed: Store) -> None:
    spoil(closed.folder / "records.db", 1)
    before = in_the_folder(closed)
    with pytest.raises(cipher.CannotRead) as caught:
        closed.unlock(PASSPHRASE)
    assert says_what_to_do(caught.value)
    assert "backup" in caught.value.to_do
    assert in_the_folder(closed) == before
    assert closed.state == "locked"
    assert Store.at(closed.folder).state == "locked"


@pytest.mark.parametrize("content", [b"", b"rubbish" * 2000, None])
def test_records_cut_to_nothing_overwritten_or_gone_are_never_made_anew(
    closed: Store, content: bytes | None
) -> None:
    path = closed.folder / "records.db"
    path.unlink() if content is None else path.write_bytes(content)
    before = in_the_folder(closed)
    with pytest.raises((cipher.NoDatabase, cipher.CannotRead)) as caught:
        closed.unlock(PASSPHRASE)
    assert says_what_to_do(caught.value)
    assert in_the_folder(closed) == before


def test_a_plaintext_database_in_the_place_of_the_records_is_refused(closed: Store) -> None:
    path = closed.folder / "records.db"
    path.unlink()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE note(words)")
    plain.commit()
    plain.close()
    before = in_the_folder(closed)
    with pytest.raises(cipher.NotEncrypted):
        closed.unlock(PASSPHRASE)
    assert in_the_folder(closed) == before


def test_the_records_of_another_store_do_not_open_with_this_key(
    closed: Store, make_store: Callable[..., Store]
) -> None:
    other = make_store("other")
    other.lock()
    (closed.folder / "records.db").write_bytes((other.folder / "records.db").read_bytes())
    with pytest.raises(cipher.CannotRead, match="does not belong"):
        closed.unlock(PASSPHRASE)


def test_records_without_their_key_file_are_said_and_kept(closed: Store) -> None:
    for name in ("keys.json", "keys-copy.json"):
        (closed.folder / name).unlink()
    before = in_the_folder(closed)
    assert Store.at(closed.folder).state == "locked"
    with pytest.raises(vault.NoKeyFile):
        closed.unlock(PASSPHRASE)
    with pytest.raises(Refused):
        Store.create(closed.folder, PASSPHRASE, worker_name="Ann")
    assert in_the_folder(closed) == before


def damaged_note_page(store: Store) -> int:
    """A page whose damage is met by reading all notes, and not by opening the store."""
    path = store.folder / "records.db"
    whole = path.read_bytes()
    for page in range(len(whole) // 4096 // 2, len(whole) // 4096):
        spoil(path, page)
        try:
            store.unlock(PASSPHRASE)
        except Refused:
            path.write_bytes(whole)
            continue
        try:
            with store.read() as tx:
                tx.rows("SELECT words FROM note")
        except cipher.Damaged:
            return page
        finally:
            store.lock()
        path.write_bytes(whole)
    raise AssertionError("no page holds a note")


def test_a_damaged_page_in_the_middle_is_said_and_the_rest_still_reads(closed: Store) -> None:
    damaged_note_page(closed)
    closed.unlock(PASSPHRASE)
    for _ in range(4):  # a connection that met the page reads no more: it must not be lent again
        with pytest.raises(cipher.Damaged) as caught, closed.read() as tx:
            tx.rows("SELECT words FROM note")
        assert says_what_to_do(caught.value)
        with closed.read() as tx:
            assert tx.value("SELECT called FROM person") == "Terry Beasley"


def test_after_a_damaged_page_was_met_a_new_note_is_still_saved(closed: Store) -> None:
    damaged_note_page(closed)
    closed.unlock(PASSPHRASE)
    with pytest.raises(cipher.Damaged), closed.write("looking") as tx:
        tx.rows("SELECT words FROM note")
    with closed.write("added") as tx:
        added = tx.add(schema.Person(called="Joan")).id
    closed.save_draft("d", "note", [added], "half a sentence", {})
    closed.lock()
    closed.unlock(PASSPHRASE)
    with closed.read() as tx:
        assert tx.value("SELECT called FROM person WHERE id = ?", (added,)) == "Joan"
    assert [draft.words for draft in closed.drafts()] == ["half a sentence"]


def test_check_finds_the_damaged_page_and_says_nothing_that_was_written(closed: Store) -> None:
    damaged_note_page(closed)
    closed.unlock(PASSPHRASE)
    found = closed.check()
    assert not found.ok
    assert not found.whole
    assert found.faults
    assert "lane" not in repr(found)


def test_what_can_be_saved_from_damaged_records_opens_as_a_store(
    closed: Store, tmp_path: Path
) -> None:
    damaged_note_page(closed)
    data_key = vault.unlock(closed.folder, PASSPHRASE).data_key
    before = in_the_folder(closed)
    found = rescue(closed.folder, data_key, tmp_path / "saved", closed.ids)
    assert in_the_folder(closed) == before
    saved = Store.at(tmp_path / "saved")
    saved.unlock(PASSPHRASE)
    assert saved.reading_only is None, "tables, triggers and indexes are those of this release"
    with saved.read() as tx:
        notes = tx.value("SELECT count(*) FROM note")
    lost = next(table.lost for table in found.tables if table.name == "note")
    assert lost is not None
    assert 0 < lost < 40
    assert notes == NOTES - lost
    with saved.write("added") as tx:
        tx.add(schema.Person(called="Joan"))
    assert saved.search("joan")
    assert saved.check().ok, "it counts as another device, whose operations have no gap"
    assert saved.worker_id == closed.worker_id
    saved.undo()
    saved.lock()
    with pytest.raises(folders.AlreadyThere):
        rescue(closed.folder, data_key, tmp_path / "saved", closed.ids)


def test_what_was_rescued_numbers_its_operations_as_another_device(
    closed: Store, tmp_path: Path
) -> None:
    data_key = vault.unlock(closed.folder, PASSPHRASE).data_key
    rescue(closed.folder, data_key, tmp_path / "saved", closed.ids)
    saved = Store.at(tmp_path / "saved")
    numbers = []
    for store in (closed, saved):
        store.unlock(PASSPHRASE)
        with store.read() as seen:
            before = set(seen.rows("SELECT dev, n FROM sync_op"))
        with store.write("added") as tx:
            tx.add(schema.Person(called="Joan"))
        with store.read() as seen:
            numbers.append(set(seen.rows("SELECT dev, n FROM sync_op")) - before)
        store.lock()
    old, new = numbers
    assert old
    assert new
    assert not old & new, "the old folder may be written on, and both be sent one day"
    assert {dev for dev, _ in old} != {dev for dev, _ in new}


def test_a_rescue_that_cannot_be_leaves_nothing_behind(closed: Store, tmp_path: Path) -> None:
    data_key = vault.unlock(closed.folder, PASSPHRASE).data_key
    spoil(closed.folder / "records.db", 1)
    with pytest.raises(cipher.CannotRead):
        rescue(closed.folder, data_key, tmp_path / "saved", closed.ids)
    assert Store.at(tmp_path / "saved").state == "none"
    (closed.folder / "records.db").unlink()
    with pytest.raises(cipher.NoDatabase):
        rescue(closed.folder, data_key, tmp_path / "saved", closed.ids)


def test_a_damaged_key_file_is_mended_from_its_copy_and_said(closed: Store) -> None:
    (closed.folder / "keys.json").write_bytes(b"\x00" * 900)
    closed.unlock(PASSPHRASE)
    assert closed.notice is not None
    assert "key file" in closed.notice
    assert (closed.folder / "keys.json").read_bytes().startswith(b"{")


def test_a_damaged_log_loses_only_what_was_in_it(closed: Store) -> None:
    closed.unlock(PASSPHRASE)
    with closed.write("added") as tx:
        tx.add(schema.Person(called="Joan"))
    log = closed.folder / "records.db-wal"
    kept = {name: data for name, data in in_the_folder(closed).items() if name != "records.db-shm"}
    closed.lock()
    for name, data in kept.items():
        (closed.folder / name).write_bytes(data)
    log.write_bytes(kept["records.db-wal"][:3000] + b"\x00" * 40 + kept["records.db-wal"][3040:])
    closed.unlock(PASSPHRASE)
    with closed.read() as tx:
        assert tx.value("SELECT count(*) FROM note") == NOTES
    assert closed.check().whole
