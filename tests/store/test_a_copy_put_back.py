"""A copy of the records put back beside the log of another time: never a mix of the two.

SQLite lays a log over whatever file has its name. Here every state of a notebook's file meets every
state of its log, as a copying program, a person or a power cut could leave them.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from linkworker import cipher, save_marks, schema, sealed_pages
from linkworker.salvage import salvage
from linkworker.sealed_pages import PAGE
from linkworker.store import Store
from linkworker.write_ahead import frames
from tests.conftest import PASSPHRASE

RECORDS, LOG = "records.db", "records.db-wal"
LOGS, SAVES = 3, 2
"""How often the log begins anew, and the saves that each holds."""


class State(NamedTuple):
    """What lay on the disk at one moment, and what the notebook held then."""

    begun: int
    """How often the log had begun anew."""
    records: bytes
    log: bytes
    held: tuple[int, tuple[str, ...]]


def held_in(store: Store) -> tuple[int, tuple[str, ...]]:
    with store.read() as tx:
        notes = int(tx.value("SELECT count(*) FROM person"))
    return notes, tuple(sorted(draft.words for draft in store.drafts()))


def state_of(store: Store, begun: int) -> State:
    log = store.folder / LOG
    return State(
        begun,
        (store.folder / RECORDS).read_bytes(),
        log.read_bytes() if log.exists() else b"",
        held_in(store),
    )


def write_a_name(store: Store, number: int) -> None:
    with store.write("a person") as tx:
        tx.add(schema.Person(called=f"Terry {number}"))


def write_a_draft(store: Store, number: int) -> None:
    store.save_draft("draft", "note", (), f"half a sentence {number} " * 40, {})


def laid_out(folder: Path, keys_of: Path, records: bytes, log: bytes) -> Store:
    folder.mkdir()
    for name in ("keys.json", "keys-copy.json"):
        shutil.copy(keys_of / name, folder / name)
    (folder / RECORDS).write_bytes(records)
    if log:
        (folder / LOG).write_bytes(log)
    return Store.at(folder)


def test_each_copy_under_each_log_opens_as_one_time_and_never_as_a_mix(
    tmp_path: Path, make_store: Callable[..., Store]
) -> None:
    store = make_store("ann")
    key = store._connections().key
    states: list[State] = []
    for begun in range(LOGS):
        write = (write_a_name, write_a_draft)[begun % 2]
        for number in range(SAVES):
            write(store, 10 * begun + number)
            states.append(state_of(store, begun))
        cipher.checkpoint(store._connections().writer)
    store.lock()
    kept_apart = 0
    for i, one in enumerate(states):
        for j, other in enumerate(states):
            mixed = laid_out(tmp_path / f"{i}-{j}", store.folder, one.records, other.log)
            mixed.unlock_with_key(key)
            brought_home = one.begun == other.begun + 1 and j % SAVES == SAVES - 1
            if one.begun == other.begun or brought_home:
                assert mixed.log_notice is None, (i, j)
                assert held_in(mixed) == other.held, (i, j)
            else:
                assert "another copy of these records" in (mixed.log_notice or ""), (i, j)
                assert (mixed.folder / "records-set-aside-1.db-wal").read_bytes() == other.log
                alone = laid_out(tmp_path / f"{i}-{j}-alone", store.folder, one.records, b"")
                alone.unlock_with_key(key)
                assert held_in(mixed) == held_in(alone), (i, j)
                alone.lock()
                assert mixed.check().log is False
                kept_apart += 1
            assert mixed.check().whole, (i, j)
            mixed.lock()
    assert kept_apart == LOGS * (LOGS - 1) * SAVES * SAVES - (LOGS - 1) * SAVES


def test_a_copy_that_went_its_own_way_for_as_many_saves_is_told_apart(
    tmp_path: Path, make_store: Callable[..., Store]
) -> None:
    store = make_store("ann")
    write_a_name(store, 0)
    cipher.checkpoint(store._connections().writer)
    start = state_of(store, 0)
    write_a_name(store, 1)
    cipher.checkpoint(store._connections().writer)
    write_a_name(store, 2)
    here = state_of(store, 1)
    store.lock()
    there = laid_out(tmp_path / "there", store.folder, start.records, b"")
    there.unlock(PASSPHRASE)
    write_a_name(there, 1)
    there.lock()
    went = (there.folder / RECORDS).read_bytes()
    met = laid_out(tmp_path / "met", store.folder, went, here.log)
    met.unlock(PASSPHRASE)
    assert met.log_notice is not None
    assert held_in(met) == (2, ())
    met.lock()


def test_a_program_that_begins_its_log_anew_at_every_look_is_no_other_time(
    tmp_path: Path, make_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store("ann")
    key = store._connections().key
    states: list[State] = []
    for number in range(2):
        cipher.checkpoint(store._connections().writer)
        write_a_name(store, number)
        states.append(state_of(store, number))
    store.lock()
    now, later = states
    folder = laid_out(tmp_path / "busy", store.folder, now.records, later.log).folder
    assert save_marks.is_of_another_time(folder / RECORDS, key), "as it would lie there for good"
    looks: list[str] = []

    def lies_now(log: bytes, what: str) -> None:
        (tmp_path / "log").write_bytes(log)
        os.replace(tmp_path / "log", folder / LOG)
        looks.append(what)

    def opened(key: bytes, page: bytes) -> bytes:
        if looks[-1:] != ["meanwhile"]:
            lies_now(now.log, "meanwhile")
        return sealed_pages.opened(key, page)

    monkeypatch.setattr(save_marks, "opened", opened)
    monkeypatch.setattr(time, "sleep", lambda _: lies_now(later.log, "before"))
    assert not save_marks.is_of_another_time(folder / RECORDS, key)
    assert "meanwhile" in looks


def test_a_power_cut_anywhere_while_the_log_was_brought_home_is_no_other_time(
    tmp_path: Path, make_store: Callable[..., Store]
) -> None:
    store = make_store("ann")
    cipher.checkpoint(store._connections().writer)
    for number in range(5):
        write_a_name(store, number)
    state = state_of(store, 0)
    store.lock()
    (tmp_path / "log").write_bytes(state.log)
    last = {frame.page: frame.data for frame in frames(tmp_path / "log")}
    for done, number in enumerate(sorted(last)):
        for torn in (0, PAGE // 2):
            records = bytearray(state.records.ljust(max(last) * PAGE, b"\0"))
            for home in sorted(last)[:done]:
                records[(home - 1) * PAGE : home * PAGE] = last[home]
            at = (number - 1) * PAGE
            records[at : at + torn] = last[number][:torn]
            left = laid_out(tmp_path / f"{done}-{torn}", store.folder, bytes(records), state.log)
            left.unlock(PASSPHRASE)
            assert left.log_notice is None, (number, torn)
            assert held_in(left) == state.held
            left.lock()


def test_a_log_that_never_came_to_an_end_of_its_own_goes_with_its_file(
    tmp_path: Path, make_store: Callable[..., Store]
) -> None:
    store = make_store("ann")
    before = (store.folder / RECORDS).read_bytes()
    for number in range(150):  # more than SQLite keeps in a log before it brings it home
        write_a_name(store, number)
        if number % 6:
            continue
        state = state_of(store, 0)
        left = laid_out(tmp_path / f"{number}", store.folder, state.records, state.log)
        left.unlock(PASSPHRASE)
        assert left.log_notice is None, number
        assert held_in(left) == state.held
        left.lock()
    assert (store.folder / RECORDS).read_bytes() != before, "the log was brought home meanwhile"


def test_a_rescue_of_an_older_copy_leaves_the_newer_log_out(
    tmp_path: Path, make_store: Callable[..., Store]
) -> None:
    store = make_store("ann")
    key = store._connections().key
    states = []
    for number in range(3):
        write_a_name(store, number)
        cipher.checkpoint(store._connections().writer)
        write_a_name(store, 10 + number)
        states.append(state_of(store, number))
    store.lock()
    mixed = laid_out(tmp_path / "mixed", store.folder, states[0].records, states[2].log)
    salvage(mixed.folder / RECORDS, key, tmp_path / "saved.db")
    saved = cipher.open_encrypted(tmp_path / "saved.db", key)
    assert saved.execute("SELECT count(*) FROM person").fetchone()[0] == 1
    saved.close()
    assert (mixed.folder / LOG).read_bytes() == states[2].log


def test_another_program_that_writes_all_the_while_never_has_its_log_taken_away(
    make_store: Callable[..., Store],
) -> None:
    store = make_store("ann")
    for number in range(30):
        write_a_name(store, number)
        if number % 7 == 0:
            cipher.checkpoint(store._connections().writer)
        beside = Store.at(store.folder)
        beside.unlock_with_key(store._connections().key)
        assert beside.log_notice is None
        write_a_name(beside, 1000 + number)
        beside.lock()
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM person") == 60
    assert store.check().ok
