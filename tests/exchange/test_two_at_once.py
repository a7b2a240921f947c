"""Two programs bring people into the same records at once: nobody comes in twice, nothing mixes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest

from linkworker import schema
from linkworker.caseload import audit, people
from linkworker.clock import to_text
from linkworker.exchange.caseload_json import FORMAT, NotEmpty, import_caseload
from linkworker.exchange.people_csv import plan_import, run_import
from linkworker.store import Store, WriteTx
from tests.conftest import PASSPHRASE

LIST = b"First name,Surname,DOB\nJoan,Pratt,02/03/1947\nDerek,Pratt,09/01/1945\n"


@pytest.fixture
def other_program(store: Store) -> Iterator[Store]:
    """The same records, opened by a program of its own."""
    other = Store.at(store.folder, clock=store.clock, ids=store.ids)
    other.unlock(PASSPHRASE)
    yield other
    other.lock()


def just_before_it_writes(
    store: Store, do: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Have something happen when `store` has read who is here and is about to write."""
    write = store.write

    def later(*words: Any, **more: Any) -> AbstractContextManager[WriteTx]:
        monkeypatch.setattr(store, "write", write)
        do()
        return write(*words, **more)

    monkeypatch.setattr(store, "write", later)


def caseload_of(*names: str) -> bytes:
    at = to_text(datetime(2026, 11, 1, 10, tzinfo=UTC))
    everybody = [{"id": f"id-{name}", "recorded_at": at, "given": name} for name in names]
    return json.dumps({"format": FORMAT, "version": 1, "schema": 1, "people": everybody}).encode()


def names(store: Store) -> list[str]:
    with store.read() as tx:
        return sorted(one.given for one in people.caseload(tx))


def imports_kept(store: Store) -> int:
    with store.read() as tx:
        return sum(event.what == "imported" for event in audit.events(tx))


def test_the_same_list_imported_by_two_programs_at_once_adds_everybody_once(
    store: Store, other_program: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    just_before_it_writes(store, lambda: run_import(other_program, plan_import(LIST)), monkeypatch)
    second = run_import(store, plan_import(LIST))
    assert (second.rows, second.added, second.same) == (2, 0, 2)
    assert names(store) == ["Derek", "Joan"]
    assert imports_kept(store) == 1


def test_somebody_written_down_meanwhile_is_asked_about_and_the_others_come_in(
    store: Store, other_program: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def joan_is_written_down() -> None:
        with other_program.write("added somebody") as tx:
            tx.add(schema.Person(given="Joan", family="Pratt"))

    just_before_it_writes(store, joan_is_written_down, monkeypatch)
    told = run_import(store, plan_import(LIST))
    assert (told.added, [one.row for one in told.unclear]) == (1, [2])
    assert names(store) == ["Derek", "Joan"]


def test_of_two_caseloads_imported_at_once_one_comes_in_and_they_do_not_mix(
    store: Store, other_program: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    just_before_it_writes(
        store,
        lambda: import_caseload(other_program, caseload_of("Agnes", "Bert")),
        monkeypatch,
    )
    with pytest.raises(NotEmpty):
        import_caseload(store, caseload_of("Carol", "Dev"))
    assert names(store) == ["Agnes", "Bert"]
    assert imports_kept(store) == 1


def test_a_first_person_added_while_a_caseload_is_read_keeps_it_out(
    store: Store, other_program: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def the_app_adds_somebody() -> None:
        with other_program.write("added somebody") as tx:
            tx.add(schema.Person(given="Terry", family="Beasley"))

    just_before_it_writes(store, the_app_adds_somebody, monkeypatch)
    with pytest.raises(NotEmpty):
        import_caseload(store, caseload_of("Carol"))
    assert names(store) == ["Terry"]
