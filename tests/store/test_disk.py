"""A full disk, a folder that cannot be written, a network drive: said plainly, nothing lost."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linkworker import cipher, folders, schema
from linkworker.refusal import Refused
from linkworker.store import Store
from tests.conftest import CHEAP, PASSPHRASE

LONG = "lane and back " * 2000


def note(store: Store, person: str, words: str) -> None:
    with store.write("a note", person=person) as tx:
        tx.add(schema.Note(person_id=person, words=words))


def notes_in(store: Store) -> int:
    with store.read() as tx:
        return int(tx.value("SELECT count(*) FROM note"))


def test_trap_11_a_full_disk_takes_back_the_whole_act_and_the_next_one_is_kept(
    store: Store, terry: str
) -> None:
    note(store, terry, "before")
    raw = store._connections().writer
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count={pages + 4}")
    with pytest.raises(folders.DiskFull) as caught, store.write("a note", person=terry) as tx:
        tx.add(schema.Strength(person_id=terry, words="mends bicycles"))
        for _ in range(20):
            tx.add(schema.Note(person_id=terry, words=LONG))
    assert "lane" not in str(caught.value)
    assert notes_in(store) == 1
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM strength") == 0
    raw.execute("PRAGMA max_page_count=1000000")
    note(store, terry, "after")
    assert notes_in(store) == 2
    assert store.check().ok


def fill(place: Path, *, leave: int = 0) -> None:
    """Take all the room that is left, but for `leave` bytes."""
    handle = os.open(place / "other things", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    with contextlib.suppress(OSError):  # until there is no room
        while True:
            os.write(handle, b"\0" * 4096)
    os.close(handle)
    if leave:
        size = (place / "other things").stat().st_size
        os.truncate(place / "other things", size - leave)


def test_on_a_disk_that_fills_up_every_saved_note_and_the_draft_stay(
    tiny_disk: Callable[[int], Path], clock: Any
) -> None:
    place = tiny_disk(4096)
    store, _ = Store.create(place / "store", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP)
    with store.write("added") as tx:
        terry = tx.add(schema.Person(called="Terry")).id
    store.save_draft("d", "note", [terry], "half a sentence", {})
    saved = 0
    with pytest.raises(folders.DiskFull):
        for _ in range(500):
            note(store, terry, LONG)
            saved += 1
    assert saved > 5
    with pytest.raises(Refused):
        note(store, terry, LONG)
    assert notes_in(store) == saved
    assert [draft.words for draft in store.drafts()] == ["half a sentence"]
    fill(place)
    store.lock()
    tiny_disk(8192)
    store.unlock(PASSPHRASE)
    assert notes_in(store) == saved
    note(store, terry, LONG)
    assert store.check().ok
    store.lock()


def test_on_a_full_disk_a_change_of_passphrase_is_refused_and_the_old_one_opens(
    tiny_disk: Callable[[int], Path], clock: Any
) -> None:
    place = tiny_disk(4096)
    store, recovery_key = Store.create(
        place / "store", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP
    )
    with store.write("added") as tx:
        terry = tx.add(schema.Person(called="Terry")).id
    store.lock()
    fill(place)
    with pytest.raises(folders.DiskFull, match=r"could not be opened.*Make some room"):
        store.unlock(PASSPHRASE)
    with pytest.raises(folders.DiskFull):
        store.change_passphrase(PASSPHRASE, "a new one of fourteen", cost=CHEAP)
    with pytest.raises(folders.DiskFull):  # a try that cannot be counted is not made
        store.unlock("a new one of fourteen")
    os.truncate(place / "other things", 0)
    store.unlock(PASSPHRASE)
    with store.read() as tx:
        assert tx.value("SELECT called FROM person WHERE id = ?", (terry,)) == "Terry"
    store.lock()
    store.unlock_with_recovery(recovery_key)
    store.lock()


def test_a_disk_too_small_for_a_new_store_leaves_nothing_half_made(
    tiny_disk: Callable[[int], Path], clock: Any
) -> None:
    for kib in (16, 64, 160, 320):
        place = tiny_disk(4096) / str(kib)
        place.mkdir()
        fill(place.parent, leave=kib * 1024)
        with pytest.raises(Refused) as caught:
            Store.create(place / "store", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP)
        assert isinstance(caught.value, folders.DiskFull), kib
        os.truncate(place.parent / "other things", 0)
        assert Store.at(place / "store").state == "none"
        store, _ = Store.create(
            place / "store", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP
        )
        assert store.check().ok
        store.lock()


def test_a_backup_that_finds_no_room_is_no_backup(
    tiny_disk: Callable[[int], Path], store: Store, terry: str
) -> None:
    for _ in range(20):
        note(store, terry, LONG)
    place = tiny_disk(256)
    with pytest.raises(folders.DiskFull):
        cipher.backup(store._connections().writer, place / "backup.db", bytes(range(32)))
    assert list(place.iterdir()) == []
    note(store, terry, "after")
    assert store.check().ok


def test_a_read_only_disk_is_refused_and_left_as_it_is(
    tiny_disk: Callable[[int], Path], clock: Any
) -> None:
    place = tiny_disk(4096)
    store, _ = Store.create(place / "store", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP)
    store.lock()
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    try:
        with pytest.raises(folders.ReadOnlyFolder) as caught:
            Store.at(store.folder).unlock(PASSPHRASE)
        assert "write" in str(caught.value)
        with pytest.raises(folders.ReadOnlyFolder):
            Store.create(place / "new", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP)
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)
    store.unlock(PASSPHRASE)
    store.lock()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(store: Store) -> None:
    store.lock()
    store.folder.chmod(0o500)
    try:
        with pytest.raises(folders.ReadOnlyFolder):
            store.unlock(PASSPHRASE)
    finally:
        store.folder.chmod(0o700)
    store.unlock(PASSPHRASE)


def test_a_disk_that_becomes_read_only_while_writing_is_said(
    tiny_disk: Callable[[int], Path], clock: Any
) -> None:
    place = tiny_disk(8192)
    store, _ = Store.create(place / "store", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP)
    with store.write("added") as tx:
        terry = tx.add(schema.Person(called="Terry")).id
    note(store, terry, "before")
    raw = store._connections().writer
    raw.execute("PRAGMA query_only=ON")  # what SQLite answers when a write is not allowed
    with pytest.raises(folders.ReadOnlyFolder):
        note(store, terry, "during")
    raw.execute("PRAGMA query_only=OFF")
    note(store, terry, "after")
    assert notes_in(store) == 2
    store.lock()


def test_a_network_drive_is_refused_with_the_reason_and_nothing_is_made(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.lock()
    monkeypatch.setattr(folders, "is_network_path", lambda path: True)
    monkeypatch.setattr(cipher, "is_network_path", lambda path: True)
    with pytest.raises(folders.NetworkPath, match="network drive"):
        Store.create(tmp_path / "new", PASSPHRASE, worker_name="Ann", cost=CHEAP)
    assert not (tmp_path / "new").exists()
    with pytest.raises(folders.NetworkPath, match="this computer's own disk"):
        store.unlock(PASSPHRASE)
