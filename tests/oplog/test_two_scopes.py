"""One row under two scopes, as only a forger sends it: it stays whose it was, and nobody's goes."""

from __future__ import annotations

from itertools import permutations

import pytest

from linkworker.oplog.operations import Operation
from linkworker.oplog.replica import Replica
from tests.oplog.devices import Device


def sent(by: Device, first_seq: int, time: int) -> list[Operation]:
    """Return what a laptop wrote, as the hub took it: one number after the other, at one time."""
    return [op.numbered(first_seq + n, time) for n, op in enumerate(by.unsent())]


def of_ann(table: str) -> list[Operation]:
    """What Ann wrote of Terry: a row, and for a step what became of it."""
    ann = Device("ann")
    ann.put("Person", "terry", called="Terry")
    ann.put(table, "r1", person_id="terry", words="Terry's words")
    if table == "Step":
        ann.set("step", "r1", words="Terry's own words")
    return sent(ann, 1, 100)


def of_ben(table: str) -> list[Operation]:
    """What Ben forged afterwards: the same row, of somebody whose name sorts before."""
    ben = Device("ben")
    ben.put("Person", "adam", called="Adam")
    ben.put(table, "r1", person_id="adam", words="forged")
    if table == "Step":
        ben.set("step", "r1", words="forged twice")
    return sent(ben, 1, 200)


def whose(who: Device, table: str) -> tuple[str, str]:
    row = who.shown(table.lower(), "r1")
    return row["person_id"], row["words"]


@pytest.mark.parametrize("table", ["Step", "Note"])
def test_a_row_is_that_of_whom_the_hub_had_it_first_in_whatever_order_it_comes(table: str) -> None:
    ours, theirs = of_ann(table), of_ben(table)
    words = "Terry's own words" if table == "Step" else "Terry's words"
    for order in permutations([ours, theirs]):
        carol = Device("carol")
        for some in order:
            carol.take(some)
            carol.take(some)
        assert whose(carol, table) == ("terry", words)
        assert carol.differing() == {}
        found = carol.connection.execute(
            "SELECT person_id FROM search_said WHERE pk = 'r1' AND words LIKE '%words%'"
        ).fetchall()
        assert found == [("terry",)]


@pytest.mark.parametrize("table", ["Step", "Note"])
@pytest.mark.parametrize("comes_first", ["ours", "theirs"])
def test_who_keeps_only_one_of_the_two_sees_that_ones_row(table: str, comes_first: str) -> None:
    parts = {"ours": of_ann(table), "theirs": of_ben(table)}
    for kept, row in (
        ("ours", ("terry", "Terry's own words" if table == "Step" else "Terry's words")),
        ("theirs", ("adam", "forged twice" if table == "Step" else "forged")),
    ):
        carol = Device("carol")
        for name in sorted(parts, reverse=comes_first == "theirs"):
            carol.take(parts[name])
        replica = Replica(carol.applying, carol.shapes, lambda *_: None)
        for scope in {op.scope for name, ops in parts.items() if name != kept for op in ops}:
            assert replica.let_go(scope)
        assert whose(carol, table) == row
        assert carol.connection.execute("SELECT count(*) FROM sync_parked").fetchone() == (0,)
        (found,) = carol.connection.execute(
            "SELECT count(*) FROM search_doc WHERE pk = 'r1' AND tbl = ?", (table.lower(),)
        ).fetchone()
        assert found == 1
