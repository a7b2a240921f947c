"""A small file that is made to fill the memory, or the screen, with what is wrong with it."""

from __future__ import annotations

import json

import pytest

from linkworker.exchange.caseload_json import FORMAT, MOST_PIECES, NotACaseload, import_caseload
from linkworker.exchange.caseload_rows import MOST_REFUSED
from linkworker.store import Store

JOAN = '{"id": "joan", "recorded_at": "2026-11-01T10:00:00.000Z", "given": "Joan"}'


def file_of(people: str) -> bytes:
    told = json.dumps({"format": FORMAT, "version": 1, "schema": 1})
    return f'{told[:-1]}, "people": [{people}]}}'.encode()


def is_empty(store: Store) -> bool:
    with store.read() as tx:
        return tx.value("SELECT count(*) FROM person") == 0


@pytest.mark.parametrize("what", ["0", "{}", "[]", '{"id": "x"}'])
def test_hundreds_of_thousands_of_people_who_are_none_are_one_refusal(
    store: Store, what: str
) -> None:
    with pytest.raises(NotACaseload) as refused:
        import_caseload(store, file_of(f"{JOAN}, " + ", ".join([what] * 200_000)))
    assert "More than 10,000 of its rows are damaged." in refused.value.why
    assert is_empty(store)


def test_as_many_rows_of_one_person_are_one_refusal_too(store: Store) -> None:
    notes = ", ".join(["0"] * (MOST_REFUSED + 1))
    with pytest.raises(NotACaseload):
        import_caseload(store, file_of(f'{JOAN[:-1]}, "note": [{notes}]}}'))
    assert is_empty(store)


def test_what_is_damaged_in_ten_thousand_places_still_comes_in_as_far_as_it_can(
    store: Store,
) -> None:
    report = import_caseload(store, file_of(f"{JOAN}, " + ", ".join(["0"] * MOST_REFUSED)))
    assert (report.added, len(report.refused)) == (1, MOST_REFUSED)


def test_a_file_of_nothing_but_brackets_is_refused_before_it_is_taken_apart(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_apart(*_: object, **__: object) -> None:
        raise AssertionError("it was taken apart")

    bomb = file_of("[]," * (MOST_PIECES // 2) + "0")
    monkeypatch.setattr(json, "loads", taken_apart)
    with pytest.raises(NotACaseload) as refused:
        import_caseload(store, bomb)
    assert "more pieces than any caseload" in refused.value.why
