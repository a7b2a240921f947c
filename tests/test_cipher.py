"""The encrypted database: every trap of opening one, as somebody would fall into it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from linkworker import cipher, folders
from linkworker.refusal import Refused

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
CANARY = "Agnes keeps the canary in the kitchen"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A closed database with 2,000 notes, the canary in each."""
    path = tmp_path / "store.db"
    c = cipher.connect(path, KEY, create=True)
    c.execute("PRAGMA user_version=7")
    c.execute("CREATE TABLE note(id INTEGER PRIMARY KEY, words TEXT)")
    c.execute("BEGIN IMMEDIATE")
    c.executemany(
        "INSERT INTO note(words) VALUES (?)",
        [(f"{i} {CANARY} {'lane and back ' * 15}",) for i in range(2000)],
    )
    c.execute("COMMIT")
    cipher.checkpoint(c)
    c.close()
    return path


def spoil(path: Path, at: int, length: int = 64) -> None:
    data = bytearray(path.read_bytes())
    for i in range(at, at + length):
        data[i] ^= 0xFF
    path.write_bytes(data)


def test_what_is_written_is_there_after_opening_again(store: Path) -> None:
    c = cipher.connect(store, KEY)
    assert c.execute("SELECT count(*) FROM note").fetchone()[0] == 2000
    c.close()


def test_trap_1_a_new_file_is_encrypted_from_its_first_page(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    cipher.connect(path, KEY, create=True).close()
    header = path.read_bytes()[:16]
    assert header
    assert header != cipher.PLAIN_HEADER
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(path).execute("SELECT count(*) FROM sqlite_schema")


def test_trap_1_a_plaintext_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE note(words)")
    plain.commit()
    plain.close()
    before = path.read_bytes()
    with pytest.raises(cipher.NotEncrypted):
        cipher.connect(path, KEY)
    assert path.read_bytes() == before


def test_trap_1_an_empty_file_is_not_taken_for_a_new_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    with pytest.raises(cipher.NoDatabase):
        cipher.connect(path, KEY)
    assert path.read_bytes() == b""


def test_trap_1_a_missing_file_is_not_made_by_opening(tmp_path: Path) -> None:
    with pytest.raises(cipher.NoDatabase):
        cipher.connect(tmp_path / "store.db", KEY)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("length", [0, 16, 31, 33, 48, 64])
def test_trap_2_a_key_of_the_wrong_length_never_reaches_the_database(
    tmp_path: Path, length: int
) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        cipher.connect(tmp_path / "store.db", b"k" * length, create=True)
    assert not list(tmp_path.iterdir())


def test_trap_3_a_wrong_key_cannot_read_and_changes_nothing(store: Path) -> None:
    before = store.read_bytes()
    with pytest.raises(cipher.CannotRead):
        cipher.connect(store, OTHER)
    assert store.read_bytes() == before


def test_trap_3_a_damaged_first_page_cannot_be_read_and_nothing_new_is_made(store: Path) -> None:
    spoil(store, 200)
    before = store.read_bytes()
    with pytest.raises(cipher.CannotRead) as caught:
        cipher.connect(store, KEY)
    assert store.read_bytes() == before
    assert "backup" in caught.value.to_do


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
@pytest.mark.parametrize("instead", ["a folder", "a pipe"])
def test_what_is_no_file_is_refused_at_once_and_said_to_be_none(
    tmp_path: Path, instead: str
) -> None:
    path = tmp_path / "records.db"
    if instead == "a folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    with pytest.raises(folders.NotAFile):
        cipher.connect(path, bytes(32))


def test_setting_up_where_a_file_is_already_never_writes_over_it(store: Path) -> None:
    before = store.read_bytes()
    with pytest.raises(cipher.AlreadyThere):
        cipher.connect(store, KEY, create=True)
    assert store.read_bytes() == before


def test_every_setting_that_keeps_notes_safe_is_on(store: Path) -> None:
    c = cipher.connect(store, KEY)
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "temp_store": 2,  # MEMORY
        "secure_delete": 1,
        "recursive_triggers": 1,
        "cache_size": -16384,
        "busy_timeout": 5000,
        "cipher_memory_security": "0",  # 5 to 10 times slower, and cannot be switched off again
    }
    assert {k: c.execute(f"PRAGMA {k}").fetchone()[0] for k in expected} == expected
    assert c.isolation_level is None
    c.close()


def sorter_files(c: dbapi2.Connection) -> list[str]:
    """The temporary files that stand open in the middle of a sort larger than its memory."""
    c.execute("PRAGMA cache_size=10")
    cursor = c.execute(
        "SELECT words FROM note, (VALUES (1), (2), (3), (4), (5), (6)) ORDER BY words, random()"
    )
    cursor.fetchone()
    held = []
    for number in os.listdir("/proc/self/fd"):
        with contextlib.suppress(FileNotFoundError):
            held.append(os.readlink(f"/proc/self/fd/{number}"))
    return [name for name in held if "etilqs" in name]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs the open files of /proc")
def test_trap_5_a_large_sort_goes_to_memory_and_never_to_a_plaintext_file(store: Path) -> None:
    c = cipher.connect(store, KEY)
    in_memory = 2
    # Asked for by ourselves, whatever the library was built to do where nobody asks.
    assert c.execute("PRAGMA temp_store").fetchone() == (in_memory,)
    assert sorter_files(c) == []
    c.execute("PRAGMA temp_store=FILE")
    assert sorter_files(c), "the check itself must see what it looks for"
    c.close()


def test_a_wrong_key_writes_nothing_over_the_screen(store: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from linkworker import cipher\n"
        "try: cipher.connect(Path(sys.argv[1]), bytes(32))\n"
        "except cipher.CannotRead: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", code, store], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("refused\n", "")


def test_the_key_is_not_seen_by_a_trace_callback_nor_kept_in_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[bytearray] = []

    class Listening(dbapi2.Connection):  # type: ignore[misc]  # the C type has no stub
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            self.set_trace_callback(heard.append)

        def set_key(self, raw: bytearray) -> None:
            handed.append(raw)
            assert KEY.hex().encode() in bytes(raw)
            super().set_key(raw)

    heard: list[str] = []
    real = dbapi2.connect
    monkeypatch.setattr(
        dbapi2, "connect", lambda *a, **k: real(*a, **k, factory=Listening), raising=True
    )
    cipher.connect(tmp_path / "store.db", KEY, create=True).close()
    assert heard
    assert not [line for line in heard if KEY.hex() in line]
    assert [set(raw) for raw in handed] == [{0}]


def test_trap_7_two_writers_wait_for_each_other_and_the_late_one_is_told_it_is_busy(
    store: Path,
) -> None:
    first, second = cipher.connect(store, KEY), cipher.connect(store, KEY)
    first.execute("BEGIN IMMEDIATE")
    second.execute("PRAGMA busy_timeout=50")
    with pytest.raises(dbapi2.OperationalError) as caught:
        second.execute("BEGIN IMMEDIATE")
    assert isinstance(cipher.plain_error(caught.value), cipher.Busy)
    first.close()
    second.close()


def test_trap_8_a_damaged_page_in_the_middle_is_said_plainly(store: Path) -> None:
    spoil(store, 4096 * 60 + 100)
    c = cipher.connect(store, KEY)
    with pytest.raises(dbapi2.DatabaseError) as caught:
        c.execute("SELECT sum(length(words)) FROM note").fetchone()
    assert isinstance(cipher.plain_error(caught.value), cipher.Damaged)
    c.close()


def test_trap_9_a_backup_of_an_open_store_has_every_table_under_its_own_key(store: Path) -> None:
    c = cipher.connect(store, KEY)
    c.execute("CREATE TABLE late(word)")
    c.execute("INSERT INTO late VALUES ('still in the log')")
    target = store.with_name("backup.db")
    cipher.backup(c, target, OTHER)
    c.close()
    with pytest.raises(cipher.CannotRead):
        cipher.open_encrypted(target, KEY)
    copy = cipher.open_encrypted(target, OTHER)
    assert copy.execute("SELECT count(*) FROM note").fetchone()[0] == 2000
    assert copy.execute("SELECT word FROM late").fetchone()[0] == "still in the log"
    assert copy.execute("PRAGMA user_version").fetchone()[0] == 7
    assert copy.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    copy.close()
    assert CANARY.encode() not in target.read_bytes()
    assert sorted(f.name for f in store.parent.iterdir()) == ["backup.db", "store.db"]


def test_trap_9_a_damaged_store_gives_no_backup_that_looks_whole(store: Path) -> None:
    spoil(store, 4096 * 60 + 100)
    c = cipher.connect(store, KEY)
    target = store.with_name("backup.db")
    with pytest.raises(cipher.Damaged):
        cipher.backup(c, target, OTHER)
    c.close()
    assert sorted(f.name for f in store.parent.iterdir()) == ["store.db"]


@pytest.mark.skipif(os.name != "posix", reason="files are told apart as POSIX does")
def test_a_backup_is_on_the_disk_before_it_takes_its_name(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, int]] = []
    fsync, replace = os.fsync, os.replace

    def flushed(handle: int) -> None:
        done.append(("flushed", os.fstat(handle).st_ino))
        fsync(handle)

    def renamed(old: Path, new: Path) -> None:
        done.append(("renamed", old.stat().st_ino))
        replace(old, new)

    c = cipher.connect(store, KEY)
    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    target = store.with_name("backup.db")
    cipher.backup(c, target, OTHER)
    c.close()
    file, folder = target.stat().st_ino, target.parent.stat().st_ino
    assert done == [("flushed", file), ("renamed", file), ("flushed", folder)]


def test_a_backup_never_takes_the_place_of_an_older_one(store: Path) -> None:
    c = cipher.connect(store, KEY)
    target = store.with_name("backup.db")
    target.write_bytes(b"an older backup")
    with pytest.raises(cipher.AlreadyThere):
        cipher.backup(c, target, OTHER)
    c.close()
    assert target.read_bytes() == b"an older backup"


def test_trap_11_a_full_disk_has_taken_the_note_back_and_kept_the_rest(store: Path) -> None:
    c = cipher.connect(store, KEY)
    c.execute("PRAGMA max_page_count=1")  # as many as there are
    c.execute("BEGIN IMMEDIATE")
    c.execute("INSERT INTO note(words) VALUES ('one more')")
    with pytest.raises(dbapi2.OperationalError) as caught:
        c.execute("INSERT INTO note(words) VALUES (zeroblob(1000000))")
    assert isinstance(cipher.plain_error(caught.value), cipher.DiskFull)
    assert not c.in_transaction  # already rolled back: a second ROLLBACK would itself fail
    assert c.execute("SELECT count(*) FROM note").fetchone()[0] == 2000
    c.close()


def test_the_log_is_cut_to_nothing_on_lock(store: Path) -> None:
    c = cipher.connect(store, KEY)
    c.execute("INSERT INTO note(words) VALUES ('a late word')")
    log = store.with_name("store.db-wal")
    assert log.stat().st_size > 0
    assert cipher.checkpoint(c)
    assert log.stat().st_size == 0
    c.close()


def test_a_reader_in_the_way_of_the_lock_loses_nothing(store: Path) -> None:
    c, reader = cipher.connect(store, KEY), cipher.connect(store, KEY)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM note").fetchone()
    c.execute("INSERT INTO note(words) VALUES ('a late word')")
    c.execute("PRAGMA busy_timeout=50")
    assert not cipher.checkpoint(c)
    reader.close()
    c.close()
    again = cipher.connect(store, KEY)
    assert again.execute("SELECT count(*) FROM note").fetchone()[0] == 2001
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")
def test_only_the_owner_can_read_any_file_of_the_store(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        c = cipher.connect(tmp_path / "store.db", KEY, create=True)
        c.execute("CREATE TABLE t(a)")
        modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in tmp_path.iterdir()}
        c.close()
    finally:
        os.umask(old)
    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


@pytest.mark.parametrize("name", ["store.db-wal", "store.db-shm"])
def test_a_folder_in_the_place_of_a_file_beside_is_named_and_nothing_is_called_damaged(
    store: Path, name: str
) -> None:
    before = store.read_bytes()
    store.with_name(name).mkdir()
    with pytest.raises(cipher.FolderInTheWay, match=name):
        cipher.connect(store, KEY)
    assert store.read_bytes() == before
    store.with_name(name).rmdir()
    cipher.connect(store, KEY).close()


def test_a_network_folder_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "is_network_path", lambda path: True)
    with pytest.raises(cipher.NetworkPath, match="network drive"):
        cipher.connect(tmp_path / "store.db", KEY, create=True)
    assert not list(tmp_path.iterdir())


def test_no_refusal_repeats_what_was_being_written(store: Path) -> None:
    c = cipher.connect(store, KEY)
    c.execute("CREATE TABLE once(word TEXT UNIQUE CHECK(length(word) < 60))")
    c.execute("INSERT INTO once VALUES (?)", (CANARY,))
    for bad in (CANARY, CANARY * 3):
        with pytest.raises(dbapi2.Error) as caught:
            c.execute("INSERT INTO once VALUES (?)", (bad,))
        said = cipher.plain_error(caught.value)
        assert isinstance(said, cipher.NotKept)
        assert "canary" not in str(said)
    c.close()


def test_an_error_that_another_library_wrapped_is_said_the_same_way() -> None:
    class Wrapped(Exception):
        orig = OSError(28, "No space left", "/home/ann/secret name")

    said = cipher.plain_error(Wrapped("INSERT INTO note …"))
    assert isinstance(said, cipher.DiskFull)
    assert "secret" not in str(said)


def test_every_refusal_says_what_why_and_what_to_do() -> None:
    plain = [
        cipher.CannotRead(),
        cipher.Damaged(),
        cipher.NoDatabase(),
        cipher.NotEncrypted(),
        cipher.FolderInTheWay("store.db-shm"),
        cipher.Busy(),
        cipher.NotKept("X"),
        cipher.DiskFull(),
        cipher.DiskTrouble("EIO"),
        cipher.ReadOnlyFolder(),
        cipher.NetworkPath(),
        cipher.AlreadyThere(),
    ]
    for refusal in plain:
        assert isinstance(refusal, Refused)
        for sentence in (refusal.what, refusal.why, refusal.to_do):
            assert sentence.endswith("."), sentence
            assert "!" not in sentence


def test_opening_a_store_imports_no_orm() -> None:
    code = (
        "import sys, linkworker.cipher\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'pydantic', 'cryptography', 'argon2', 'platformdirs'}\n"
        "print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
