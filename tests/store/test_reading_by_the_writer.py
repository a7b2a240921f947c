"""The app's own thread reads by the connection that writes, and nobody can tell.

What another connection has written empties a page cache, so that what is read next is fetched and
opened again; the app writes down who was opened, and so emptied its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from linkworker import cipher, schema
from linkworker.storage import holding
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


def a_command_at_the_prompt_adds(store: Store, terry: str) -> None:
    beside = Store.at(store.folder)
    beside.unlock(PASSPHRASE)
    notice(beside, terry, "sings bass")
    beside.lock()


def left_open_by_a_view(store: Store, terry: str) -> Any:
    with store.read() as tx:
        cursor = tx._raw.execute("SELECT words FROM strength")
        cursor.fetchone()
    return cursor


def left_open_without_a_transaction(store: Store, terry: str) -> Any:
    with store._connections().reader() as connection:
        cursor = connection.execute("SELECT words FROM strength")
        cursor.fetchone()
    return cursor


def held_by_an_error(store: Store, terry: str) -> Any:
    try:
        with store.read() as tx:
            tx.rows("SELECT words FROM strength", (), into=int)
    except ValueError as error:
        return error  # whose frames hold the cursor


def held_by_the_error_of_an_act(store: Store, terry: str) -> Any:
    try:
        with store.write("noticed", person=terry) as tx:
            tx.rows("SELECT words FROM strength", (), into=int)
    except ValueError as error:
        return error


@pytest.mark.parametrize(
    "leave",
    [
        left_open_by_a_view,
        left_open_without_a_transaction,
        held_by_an_error,
        held_by_the_error_of_an_act,
    ],
)
def test_a_cursor_that_nobody_read_to_its_end_does_not_hold_the_writer_to_what_stood_before(
    store: Store, terry: str, leave: Callable[[Store, str], Any]
) -> None:
    for number in range(3):
        notice(store, terry, f"mends bicycle {number}")
    left = leave(store, terry)
    a_command_at_the_prompt_adds(store, terry)
    with store.read() as tx:
        assert tx.value(COUNT) == 4
    notice(store, terry, "bakes")
    with store.read() as tx:
        assert tx.value(COUNT) == 5
    assert left is not None


class Waited:
    """The lock of whoever writes, which tells when somebody has waited for it in vain."""

    def __init__(self, lock: Any) -> None:
        self._lock = lock
        self.in_vain = threading.Event()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        took: bool = self._lock.acquire(blocking, timeout)
        if not took:
            self.in_vain.set()
        return took

    def release(self) -> None:
        self._lock.release()


class Queued(Waited):
    """The same, which keeps whoever waits for it waiting until it is let."""

    def __init__(self, lock: Any) -> None:
        super().__init__(lock)
        self.asked, self.let = threading.Event(), threading.Event()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if blocking:
            self.asked.set()
            self.let.wait(20)
        return super().acquire(blocking, timeout)


@pytest.fixture
def app(store: Store, terry: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store as the app opens it; its other threads hardly wait for one another."""
    monkeypatch.setattr(holding, "BESIDE_SECONDS", 0.02)
    store.lock()
    app = Store.at(store.folder, alone=True)
    app.unlock(PASSPHRASE)
    yield app
    app.lock()


def in_a_thread(act: Callable[..., object], *given: object) -> tuple[threading.Thread, list[Any]]:
    told: list[Any] = []

    def run() -> None:
        try:
            told.append(act(*given))
        except BaseException as error:
            told.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, told


def types_in_a_draft(app: Store, terry: str) -> None:
    app.save_draft(app.ids(), "note", (terry,), "words", {})


@pytest.mark.parametrize("act", [notice, types_in_a_draft])
def test_another_thread_waits_for_what_the_app_reads_and_blames_no_other_program(
    app: Store, terry: str, act: Callable[[Store, str], None]
) -> None:
    connections: Any = app._connections()
    waited = connections.writing = Waited(connections.writing)
    with app.read() as tx:
        tx.value(COUNT)
        thread, told = in_a_thread(act, app, terry)
        assert waited.in_vain.wait(20)
    thread.join(20)
    assert told == [None]
    with app.read() as tx:
        assert tx.value(COUNT) + tx.value("SELECT count(*) FROM draft") == 1


@pytest.mark.parametrize("act", [notice, types_in_a_draft])
def test_another_thread_has_its_turn_while_the_app_reads_on_and_on(
    app: Store, terry: str, act: Callable[[Store, str], None]
) -> None:
    connections: Any = app._connections()
    queued = connections.writing = Queued(connections.writing)
    with app.read() as tx:
        assert connections._read_by is not None
        thread, told = in_a_thread(act, app, terry)
        assert queued.asked.wait(20)
    with app.read() as tx:  # the next one, at once
        assert tx.value(COUNT) == 0
        assert connections._read_by is None
        queued.let.set()
        thread.join(20)
    assert told == [None]


def test_who_waited_for_this_program_in_vain_is_told_of_no_other(app: Store, terry: str) -> None:
    with app.write("noticed", person=terry):
        thread, told = in_a_thread(notice, app, terry)
        thread.join(20)
    assert "linkworker itself" in told[0].why
    assert "other" not in told[0].to_do


def test_a_read_that_never_ends_refuses_another_thread_in_the_end(
    app: Store, terry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "BUSY_SECONDS", 0.2)
    with app.read():
        thread, told = in_a_thread(notice, app, terry)
        thread.join(20)
        assert [type(one) for one in told] == [cipher.BusyHere]
    notice(app, terry)


def test_another_thread_does_not_wait_long_for_an_act_of_the_app(app: Store, terry: str) -> None:
    with app.write("noticed", person=terry):
        thread, told = in_a_thread(notice, app, terry)
        thread.join(20)
        assert [type(one) for one in told] == [cipher.BusyHere]
