"""Hundreds of statements about staying safe in one record: writing the next reads none of them."""

from __future__ import annotations

from typing import Any

import pytest

from linkworker.caseload import safety
from linkworker.store import ReadTx, Store


def test_a_further_risk_reads_only_what_it_ends(
    store: Store, terry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.write("a long list") as tx:
        for number in range(300):
            safety.add_statement(tx, terry, "risk", f"risk number {number}")
    read: list[int] = []
    rows = ReadTx.rows

    def counted(self: ReadTx, *given: Any) -> list[Any]:
        found = rows(self, *given)
        read.append(len(found))
        return found

    monkeypatch.setattr(ReadTx, "rows", counted)
    with store.write("one more") as tx:
        safety.add_statement(tx, terry, "risk", "the next")
    assert sum(read) < 10
    with store.write("none known") as tx:
        safety.add_statement(tx, terry, "no known risks")
        standing = [one.kind for one in safety.statements(tx, terry) if one.stands]
    assert standing == ["no known risks"]
