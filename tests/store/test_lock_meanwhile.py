"""Locking while something else is going on: a search, a reader, another program."""

from __future__ import annotations

import threading
import time

import pytest

from linkworker import schema
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
