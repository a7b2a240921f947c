"""The app's own thread reads by the connection that writes, and nobody can tell.

What another connection has written empties a page cache, so that what is read next is fetched and
opened again; the app writes down who was opened, and so emptied its own.
"""

from __future__ import annotations

import threading
from typing import Any

import pytest

from linkworker import schema
from linkworker.store import Store, StoreIsLocked
from tests.conftest import PASSPHRASE

COUNT = "SELECT count(*) FROM strength"


def notice(store: Store, terry: str, words: str = "mends bicycles") -> None:
    with store.write("noticed", person=terry) as tx:
        tx.add(schema.Strength(person_id=terry, words=words))


def connection_of(store: Store) -> Any:
    with store.read() as tx:
        return tx._raw


def test_the_thread_of_the_keys_reads_by_the_writer_and_any_other_by_its_own(
    store: Store, terry: str
) -> None:
    writer = store._connections().writer
    notice(store, terry)
    assert connection_of(store) is writer
    told: list[Any] = []
    other = threading.Thread(target=lambda: told.append(connection_of(store)))
    other.start()
    other.join()
    assert told[0] is not writer


def test_while_somebody_writes_one_reads_on_what_stood_before(store: Store, terry: str) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        with store.write("noticed", person=terry) as tx:
            tx.add(schema.Strength(person_id=terry, words="sings bass"))
            begun.set()
            assert go_on.wait(20)

    writing = threading.Thread(target=slowly)
    writing.start()
    assert begun.wait(20)
    with store.read() as tx:
        assert tx.value(COUNT) == 0
    go_on.set()
    writing.join()
    with store.read() as tx:
        assert tx.value(COUNT) == 1


def test_what_is_written_within_a_read_is_kept_and_the_read_stays_as_it_was(
    store: Store, terry: str
) -> None:
    with store.read() as tx:
        assert tx.value(COUNT) == 0
        notice(store, terry)
        notice(store, terry, "sings bass")
        assert tx.value(COUNT) == 0
        with store.read() as later:
            assert later.value(COUNT) == 2
    with store.read() as tx:
        assert tx.value(COUNT) == 2
    store.undo()
    with store.read() as tx:
        assert tx.value(COUNT + " WHERE hidden_at IS NULL") == 1
    assert store.check().ok


def test_what_fails_within_a_read_is_taken_back_and_the_next_act_is_kept(
    store: Store, terry: str
) -> None:
    with pytest.raises(ZeroDivisionError), store.read(), store.write("noticed", person=terry) as tx:
        tx.add(schema.Strength(person_id=terry, words="sings bass"))
        raise ZeroDivisionError
    notice(store, terry)
    with store.read() as tx:
        assert tx.rows("SELECT words FROM strength") == [("mends bicycles",)]


@pytest.mark.parametrize("fault", [ZeroDivisionError, KeyboardInterrupt])
def test_a_read_that_breaks_off_leaves_the_writer_free(
    store: Store, terry: str, fault: type[BaseException]
) -> None:
    with pytest.raises(fault), store.read() as tx:
        tx.value(COUNT)
        raise fault
    assert not store._connections().writer.in_transaction
    notice(store, terry)
    with store.read() as tx:
        assert tx.value(COUNT) == 1


def test_a_lock_within_a_read_closes_what_writes_and_the_read_ends_well(
    store: Store, terry: str
) -> None:
    notice(store, terry)
    with store.read() as tx:
        assert tx.value(COUNT) == 1
        store.lock()
        assert tx.value(COUNT) == 1
    with pytest.raises(StoreIsLocked), store.read():
        pass
    store.unlock(PASSPHRASE)
    with store.read() as tx:
        assert tx.value(COUNT) == 1
