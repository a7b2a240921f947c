"""A second copy of the app, and commands beside it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker import cipher, folders, schema
from linkworker.storage import left_log
from linkworker.storage.connections import RECORDS
from linkworker.storage.holding import FILE, OpenElsewhere
from linkworker.store import Store
from tests.conftest import PASSPHRASE, OwnClock


@pytest.fixture
def app(store: Store, clock: OwnClock) -> Store:
    """The store as the app has it open."""
    store.lock()
    own = Store.at(store.folder, clock=clock, alone=True)
    own.unlock(PASSPHRASE)
    return own


def second_app(store: Store, clock: OwnClock) -> Store:
    return Store.at(store.folder, clock=clock, alone=True)


def test_a_second_copy_of_the_app_is_told_who_has_the_records_and_changes_nothing(
    app: Store, clock: OwnClock
) -> None:
    clock.on(minutes=30)
    with pytest.raises(OpenElsewhere) as caught:
        second_app(app, clock).unlock(PASSPHRASE)
    assert f"since 10:05 (process {os.getpid()})" in caught.value.why
    clock.on(days=1)
    with pytest.raises(OpenElsewhere, match="on Friday"):
        second_app(app, clock).unlock(PASSPHRASE)
    with app.write("added") as tx:
        tx.add(schema.Person(called="Joan"))
    app.lock()


def test_after_the_first_is_locked_or_closed_the_second_opens(app: Store, clock: OwnClock) -> None:
    second = second_app(app, clock)
    app.lock()
    second.unlock(PASSPHRASE)
    with pytest.raises(OpenElsewhere):
        app.unlock(PASSPHRASE)
    second.lock()
    app.unlock(PASSPHRASE)
    app.lock()


def test_a_command_beside_the_app_is_an_ordinary_transaction(app: Store, clock: OwnClock) -> None:
    shell = Store.at(app.folder, clock=clock)
    shell.unlock(PASSPHRASE)
    with shell.write("added") as tx:
        tx.add(schema.Person(called="Joan"))
    shell.lock()
    with app.read() as tx:
        assert tx.value("SELECT called FROM person") == "Joan"
    app.lock()


def test_a_refused_opening_leaves_the_hold_free(app: Store, clock: OwnClock) -> None:
    app.lock()
    records = app.folder / "records.db"
    whole = records.read_bytes()
    records.write_bytes(b"\x01" * len(whole))
    with pytest.raises(cipher.CannotRead):
        app.unlock(PASSPHRASE)
    records.write_bytes(whole)
    second = second_app(app, clock)
    second.unlock(PASSPHRASE)
    second.lock()


def test_a_disk_that_fails_while_the_log_is_looked_at_leaves_the_hold_free(
    app: Store, clock: OwnClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.lock()

    def fails(*_: object) -> str:
        raise folders.DiskTrouble("EIO")

    with monkeypatch.context() as patch, pytest.raises(folders.DiskTrouble):
        patch.setattr(left_log, "set_aside_if_foreign", fails)
        app.unlock(PASSPHRASE)
    second = second_app(app, clock)
    second.unlock(PASSPHRASE)
    second.lock()


def test_at_the_lock_the_log_is_cut_also_while_a_command_has_the_records_open(
    app: Store, clock: OwnClock
) -> None:
    shell = Store.at(app.folder, clock=clock)
    shell.unlock(PASSPHRASE)
    with app.write("added") as tx:
        tx.add(schema.Person(called="Joan"))
    log = app.folder / f"{RECORDS}-wal"
    assert log.stat().st_size > 0
    app.lock()
    assert log.stat().st_size == 0
    shell.lock()


@pytest.mark.parametrize("said", [b"", b"rubbish", b"{}", b'{"process": "x", "since": 5}', b"\xff"])
def test_who_has_it_may_be_unreadable(app: Store, clock: OwnClock, said: bytes) -> None:
    (app.folder / FILE).write_bytes(said)
    with pytest.raises(OpenElsewhere, match="has them open"):
        second_app(app, clock).unlock(PASSPHRASE)
    app.lock()


def test_an_app_that_was_killed_holds_nothing(store: Store, clock: OwnClock) -> None:
    store.lock()
    code = (
        "import sys; from pathlib import Path; from linkworker.clock import system_clock\n"
        "from linkworker.storage.holding import Hold\n"
        "hold = Hold(Path(sys.argv[1]), system_clock); print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, store.folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    with pytest.raises(OpenElsewhere, match=f"process {other.pid}"):
        second_app(store, clock).unlock(PASSPHRASE)
    other.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    other.wait()
    own = second_app(store, clock)
    own.unlock(PASSPHRASE)
    assert json.loads((own.folder / FILE).read_bytes())["process"] == os.getpid()
    own.lock()


def test_two_stores_on_one_laptop_are_open_side_by_side(
    app: Store, make_store: Callable[..., Store], clock: OwnClock, tmp_path: Path
) -> None:
    other = make_store("other")
    other.lock()
    own = second_app(other, clock)
    own.unlock(PASSPHRASE)
    assert (app.state, own.state) == ("open", "open")
    with own.write("added") as tx:
        tx.add(schema.Person(called="Joan"))
    with app.read() as ours, own.read() as theirs:
        people = [tx.value("SELECT count(*) FROM person") for tx in (ours, theirs)]
    assert people == [0, 1]
    own.lock()
    assert app.state == "open"
    app.lock()


def test_a_key_waits_for_no_other_program_that_writes(app: Store) -> None:
    other = cipher.connect(app.folder / RECORDS, bytes(app._connections()._key))
    other.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    with pytest.raises(cipher.Busy), app.write("added") as tx:
        tx.add(schema.Person(called="Joan"))
    assert time.monotonic() - begun < cipher.BUSY_SECONDS / 2
    other.execute("ROLLBACK")
    with app.write("added") as tx:
        tx.add(schema.Person(called="Joan"))
    other.close()
    app.lock()


def test_a_key_waits_for_no_thread_that_waits_for_another_program(app: Store) -> None:
    other = cipher.connect(app.folder / RECORDS, bytes(app._connections()._key))
    other.execute("BEGIN IMMEDIATE")
    told: list[type] = []

    def keep_a_draft() -> None:
        try:
            app.save_draft("d", "note", [], "half a sentence", {})
        except cipher.Busy as busy:
            told.append(type(busy))

    keeping = threading.Thread(target=keep_a_draft)
    begun = time.monotonic()
    keeping.start()
    time.sleep(0.05)
    with pytest.raises(cipher.Busy), app.write("added") as tx:
        tx.add(schema.Person(called="Joan"))
    assert time.monotonic() - begun < cipher.BUSY_SECONDS / 2
    keeping.join()
    assert told == [cipher.Busy]
    other.close()
    app.lock()
