"""A log that a killed program left: brought home where it belongs, and never where it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker import cipher, schema
from linkworker.store import Store
from tests.conftest import PASSPHRASE

RECORDS, LOG = "records.db", "records.db-wal"
KEYS = ("keys.json", "keys-copy.json")


def files_of(folder: Path) -> dict[str, bytes]:
    """What lies in a folder; the shared memory of a log is made anew whenever it is needed."""
    found = {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}
    found.pop("records.db-shm", None)
    return found


def laid_out(folder: Path, files: dict[str, bytes]) -> Store:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return Store.at(folder)


def killed(store: Store, notes: int = 10) -> dict[str, bytes]:
    """The files as a program that is killed after writing some notes leaves them."""
    for number in range(notes):
        with store.write("a note") as tx:
            tx.add(schema.Person(called=f"Terry {number}"))
    return files_of(store.folder)


@pytest.fixture
def anns(make_store: Callable[..., Store]) -> dict[str, bytes]:
    return killed(make_store("ann"))


@pytest.fixture
def joans(make_store: Callable[..., Store]) -> dict[str, bytes]:
    store = make_store("joan", worker="Joan")
    with store.write("added") as tx:
        tx.add(schema.Person(called="Agnes"))
    store.lock()
    return files_of(store.folder)


def people(store: Store) -> int:
    with store.read() as tx:
        return int(tx.value("SELECT count(*) FROM person"))


def test_what_a_killed_program_left_in_its_log_is_there_after_opening(
    tmp_path: Path, anns: dict[str, bytes]
) -> None:
    store = laid_out(tmp_path / "left", anns)
    store.unlock(PASSPHRASE)
    assert people(store) == 10
    assert store.log_notice is None
    assert store.check().ok
    store.lock()


def test_records_put_back_under_the_log_of_others_open_whole_and_the_log_is_kept(
    tmp_path: Path, anns: dict[str, bytes], joans: dict[str, bytes]
) -> None:
    put_back = {name: joans[name] for name in (RECORDS, *KEYS)}
    store = laid_out(tmp_path / "mixed", {**anns, **put_back})
    store.unlock(PASSPHRASE)
    assert people(store) == 1
    found = store.check()
    assert (found.whole, found.operations, found.audit, found.log) == (True, True, True, False)
    assert store.notice is not None
    aside = store.folder / "records-set-aside-1.db-wal"
    assert aside.name in store.notice
    assert aside.read_bytes() == anns[LOG]
    store.lock()


@pytest.mark.parametrize("log", ["its own", "that of the key"])
def test_a_refused_opening_changes_no_file_also_where_a_log_was_left(
    tmp_path: Path, anns: dict[str, bytes], make_store: Callable[..., Store], log: str
) -> None:
    other = killed(make_store("other"))
    files = {**anns, **{name: other[name] for name in KEYS}}
    if log == "that of the key":
        files[LOG] = other[LOG]
    store = laid_out(tmp_path / "mixed", files)
    with pytest.raises(cipher.CannotRead, match="does not belong"):
        store.unlock(PASSPHRASE)
    assert files_of(store.folder) == files


def test_a_log_of_others_is_refused_where_nobody_sets_it_aside_and_the_file_stands(
    tmp_path: Path,
) -> None:
    for name, key in (("one", b"1" * 32), ("two", b"2" * 32)):
        c = cipher.connect(tmp_path / name, key, create=True)
        c.execute("CREATE TABLE note (words)")
        cipher.checkpoint(c)
        c.execute("INSERT INTO note VALUES ('late')")
        (tmp_path / f"{name}.kept").write_bytes((tmp_path / f"{name}-wal").read_bytes())
        c.close()
    (tmp_path / "one-wal").write_bytes((tmp_path / "two.kept").read_bytes())
    before = (tmp_path / "one").read_bytes()
    with pytest.raises(cipher.CannotRead):
        cipher.connect(tmp_path / "one", b"1" * 32)
    assert (tmp_path / "one").read_bytes() == before


def test_a_first_page_torn_while_the_log_was_brought_home_is_mended_from_the_log(
    tmp_path: Path,
) -> None:
    path, key = tmp_path / "one", b"1" * 32
    c = cipher.connect(path, key, create=True)
    c.execute("CREATE TABLE note (words)")
    cipher.checkpoint(c)
    c.execute("CREATE TABLE later (words)")
    torn, log = bytearray(path.read_bytes()), path.with_name("one-wal").read_bytes()
    c.close()
    torn[512:1024] = bytes(512)
    path.write_bytes(torn)
    path.with_name("one-wal").write_bytes(log)
    c = cipher.connect(path, key)
    assert c.execute("SELECT count(*) FROM later").fetchone()[0] == 0
    c.close()


@pytest.mark.parametrize("place", [0, 17, 200, 32 + 4, 32 + 9, 32 + 20, -5000])
def test_a_log_with_one_changed_byte_is_said_and_a_copy_is_kept(
    tmp_path: Path, anns: dict[str, bytes], place: int
) -> None:
    log = bytearray(anns[LOG])
    log[place] ^= 0xFF
    store = laid_out(tmp_path / "left", {**anns, LOG: bytes(log)})
    store.unlock(PASSPHRASE)
    assert people(store) < 10
    assert store.notice is not None
    assert "damaged" in store.notice
    found = store.check()
    assert (found.ok, found.log, found.kept_logs) == (False, False, ("records-set-aside-1.db-wal",))
    assert (store.folder / found.kept_logs[0]).read_bytes() == bytes(log)
    store.lock()
    store.unlock(PASSPHRASE)
    assert store.log_notice is None
    assert store.check().kept_logs == found.kept_logs


def test_work_that_was_never_finished_is_no_damage(
    tmp_path: Path, make_store: Callable[..., Store]
) -> None:
    store = make_store("ann")
    killed(store)
    with store.write("many") as tx:
        raw = store._connections().writer
        raw.execute("PRAGMA cache_spill=1")
        raw.execute("PRAGMA cache_size=10")
        for number in range(300):
            tx.add(schema.Person(called=f"Joan {number} " * 9))
        raw.execute("PRAGMA cache_size=5")
        half = files_of(store.folder)
    assert len(half[LOG]) > len(killed(make_store("short"))[LOG]), "unfinished pages are in the log"
    left = laid_out(tmp_path / "left", half)
    left.unlock(PASSPHRASE)
    assert people(left) == 10
    assert left.log_notice is None
    assert left.check().ok
    left.lock()
