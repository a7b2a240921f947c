"""What is no operation is refused by its field; what is there already never stops what follows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from linkworker.oplog.applying import NOT_UNDERSTOOD, replay_parked
from linkworker.oplog.chain import checksum
from linkworker.oplog.operations import NotAnOperation, Operation, from_wire, given
from linkworker.oplog.replica import Part
from linkworker.oplog.wire import Pulled, pulled_from_wire, pulled_to_wire
from linkworker.scopes import is_scope
from tests.oplog.devices import Device


def _nested(depth: int) -> Any:
    return [_nested(depth - 1)] if depth else []


@pytest.fixture
def wire() -> dict[str, Any]:
    ann = Device("ann")
    ann.put("Worker", "w1", name="Ann")
    return ann.unsent()[0].to_wire()


@pytest.mark.parametrize(
    "changes",
    [
        {"mood": float("nan")},
        {"mood": {"how": [float("-inf")]}},
        {"mood": _nested(40)},
        {"mood": "\ud800"},
        {"body": '{"name":{"name":NaN}}'},
        {"body": '{"name":{"name":1e999}}'},
        {"body": '{"\\ud800":{"name":"x"}}'},
        {"body": '{"name":{"\\ud800":"x"}}'},
        {"body": '{"name":{"name":"half \\ud800"}}'},
        {"body": '{"*":{}}'},
        {"body": '{"":{}}'},
        {"base": {"name": ["x:9999999999999999999"]}},
        {"base": {"": []}},
        {"base": {"x" * 70_000: []}},
        {"scope": "person:"},
        {"scope": "person:terry:restricted:more"},
        {"scope": "person:a\u00a0b"},
        {"scope": "person:terry:"},
        {"scope": "worker:"},
        {"scope": "foo"},
        {"scope": "Team"},
        {"scope": "team:all"},
    ],
    ids=lambda changes: repr(changes)[:40],
)
def test_what_no_release_writes_is_refused(wire: dict[str, Any], changes: dict[str, Any]) -> None:
    with pytest.raises(NotAnOperation):
        from_wire(wire | changes)


@pytest.mark.parametrize(
    "scope",
    [
        *("team", "worker:0190-a", "audit:0190-a", "person:terry", "person:terry:restricted"),
        "person:terry:0190-an-organisation",
    ],
)
def test_every_scope_of_a_release_is_one(wire: dict[str, Any], scope: str) -> None:
    assert is_scope(scope)
    assert from_wire(wire | {"scope": scope}).scope == scope


def test_a_number_left_empty_is_in_no_scope(wire: dict[str, Any]) -> None:
    void: dict[str, Any] = {
        "kind": "void",
        "body": None,
        "scope": "void",
        "hash": "void",
        "base": {},
    }
    assert from_wire(wire | void).kind == "void"


def _page(operations: list[dict[str, Any]]) -> Pulled:
    """An answer of the hub with these operations of the team's scope, as it comes over the wire."""
    there = [given(one) for one in operations]
    part = Part("team", 0, tuple(there), checksum("", there))
    said = pulled_to_wire(Pulled(1, (part,), frozenset(), frozenset(), False))
    return pulled_from_wire(json.loads(json.dumps(said, allow_nan=False)))


@pytest.mark.parametrize(
    "changes",
    [
        {"mood": float("nan")},
        {"base": {"name": ["x:9999999999999999999"]}},
        {"body": '{"\\ud800":{"name":"x"}}'},
        {"scope": "team of old"},
        {"act": 7},
    ],
    ids=lambda changes: repr(changes)[:40],
)
def test_a_bad_line_in_the_ledger_keeps_nothing_back_that_stands_behind_it(
    wire: dict[str, Any], changes: dict[str, Any]
) -> None:
    behind = wire | {"n": 2, "pk": "w2", "hub_seq": 2, "hub_time": 5}
    (part,) = _page([wire | changes | {"hub_seq": 1, "hub_time": 5}, behind]).parts
    ben = Device("ben")

    applied = ben.take(part.operations)

    assert (applied.new, applied.parked) == (2, 1)
    assert ben.row("worker", "w1") is None
    assert ben.shown("worker", "w2")["name"] == "Ann"
    (reason,) = ben.connection.execute("SELECT reason FROM sync_parked").fetchone()
    assert reason == NOT_UNDERSTOOD
    assert checksum("", part.operations) == part.checksum


def test_a_line_that_an_older_release_could_not_read_is_shown_after_an_upgrade(
    wire: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Any) -> Operation:
        raise NotAnOperation("the whole")

    ben = Device("ben")
    with monkeypatch.context() as older:
        older.setattr("linkworker.oplog.operations.from_wire", refuse)
        unread = given(wire | {"hub_seq": 1, "hub_time": 5})
    ben.take([unread])
    assert ben.row("worker", "w1") is None

    with ben.applying() as connection:
        replay_parked(connection, ben.shapes)

    assert ben.shown("worker", "w1")["name"] == "Ann"
    assert ben.connection.execute("SELECT count(*) FROM sync_parked").fetchone() == (0,)
    assert ben.connection.execute("SELECT hub_seq, kind FROM sync_op").fetchall() == [(1, "put")]
