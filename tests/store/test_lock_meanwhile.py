"""Locking while something else is going on: a search, a reader, another program."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from linkworker import cipher, schema
from linkworker.storage import connections
from linkworker.store import Store, StoreIsLocked
from tests.conftest import PASSPHRASE


@pytest.fixture
def much(store: Store, terry: str) -> Store:
    with store.write("much", person=terry) as tx:
        for number in range(1_500):
            words = f"hello world number {number} " + "bicycle " * 40
            tx.add(schema.Note(person_id=terry, words=words, happened_at=tx.now))
    return store


def test_a_lock_stops_the_search_that_is_going_on(much: Store) -> None:
    for wait in range(12):
        told: list[object] = []

        def look(told: list[object] = told) -> None:
            try:
                told.append(much.search("hello wo", ranked=True))
            except StoreIsLocked as locked:
                told.append(locked)

        looking = threading.Thread(target=look)
        looking.start()
        time.sleep(0.002 * wait)
        much.lock()
        looking.join()
        assert len(told) == 1
        much.unlock(PASSPHRASE)
    assert much.check().ok


def test_a_lock_does_not_wait_for_ever_for_an_act_that_is_kept_whole_all_the_same(
    store: Store, terry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "CLOSE_SECONDS", 0.2)
    writing, locked = threading.Event(), threading.Event()

    def bring_in_many() -> None:
        with store.write("a long import", person=terry) as tx:
            tx.add(schema.Strength(person_id=terry, words="mends bicycles"))
            writing.set()
            assert locked.wait(20)
            tx.add(schema.Strength(person_id=terry, words="bakes"))

    importer = threading.Thread(target=bring_in_many)
    importer.start()
    assert writing.wait(20)
    lent = store._connections()
    store.lock()
    assert importer.is_alive()
    assert (store.state, lent.key) == ("locked", bytes(32))
    locked.set()
    importer.join(20)
    with pytest.raises(lent.writer.ProgrammingError, match="closed"):
        lent.writer.execute("SELECT 1")
    store.unlock(PASSPHRASE)
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM strength") == 2
    assert store.check().ok


def test_a_search_that_does_not_end_keeps_no_lock_waiting(
    much: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "CLOSE_SECONDS", 0.2)
    searching, locked = threading.Event(), threading.Event()
    lent = much._connections()

    def look() -> None:
        with lent.search_turn() as connection:
            searching.set()
            assert locked.wait(20)
            assert connection.execute("SELECT count(*) FROM note").fetchone()[0] == 1_500

    looking = threading.Thread(target=look)
    looking.start()
    assert searching.wait(20)
    much.lock()
    assert looking.is_alive()
    locked.set()
    looking.join(20)
    assert lent._searcher is None
    with pytest.raises(StoreIsLocked), lent.search_turn():
        pass


def test_a_lock_waits_for_no_reader_and_the_reader_ends_well(much: Store) -> None:
    reading, locked = threading.Event(), threading.Event()
    counted: list[int] = []

    def read() -> None:
        with much.read() as tx:
            reading.set()
            assert locked.wait(20)
            counted.append(tx.value("SELECT count(*) FROM note"))

    reader = threading.Thread(target=read)
    reader.start()
    reading.wait(20)
    much.lock()
    assert reader.is_alive()
    locked.set()
    reader.join()
    assert counted == [1_500]
    with pytest.raises(StoreIsLocked), much.read():
        pass


@pytest.mark.parametrize("caught", ["before the key is taken", "with the key in its hand"])
def test_a_reader_that_is_opening_while_the_records_lock_is_told_so_or_reads_to_its_end(
    store: Store, terry: str, monkeypatch: pytest.MonkeyPatch, caught: str
) -> None:
    opening, locked = threading.Event(), threading.Event()
    of_store = store._connections()
    place: Any = of_store if caught == "before the key is taken" else cipher
    name = "_open" if place is of_store else "connect"
    really = getattr(place, name)

    def late(*given: Any) -> Any:
        opening.set()
        assert locked.wait(20)
        return really(*given)

    told: list[object] = []

    def look() -> None:
        try:
            with store.read() as tx:
                told.append(tx.value("SELECT called FROM person"))
        except Exception as error:
            told.append(type(error))

    monkeypatch.setattr(place, name, late)
    reader = threading.Thread(target=look)
    reader.start()
    assert opening.wait(20)
    store.lock()
    locked.set()
    reader.join(20)
    assert told == [StoreIsLocked if place is of_store else "Terry Beasley"]
