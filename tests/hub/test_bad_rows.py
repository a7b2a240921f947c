"""Rows that were in the hub before a check existed: they stop no laptop, and what follows comes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from starlette.responses import JSONResponse

from linkworker.oplog.operations import Operation
from linkworker.oplog.replica import Cursor
from linkworker.oplog.wire import Pulled, pulled_from_wire, pulled_to_wire
from tests.hub import places


class OverTheLine:
    """A hub in this process whose answers are spelled and read as over HTTP."""

    def __init__(self, hub: Any) -> None:
        self._hub = hub

    def pull(
        self, ask: int, cursors: Mapping[str, Cursor], known: Iterable[str], most_bytes: int
    ) -> Pulled:
        pulled = self._hub.pull(ask, cursors, known, most_bytes)
        return pulled_from_wire(json.loads(bytes(JSONResponse(pulled_to_wire(pulled)).body)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hub, name)


GOOD: dict[str, Any] = {
    "dev": "old",
    "n": 1,
    "act": "old:1",
    "stamp": 5,
    "scope": "team",
    "tbl": "worker",
    "pk": "w1",
    "kind": "put",
    "body": '{"name": {"name": "One"}}',
    "base": {},
    "hash": "0" * 32,
    "schema_v": 1,
    "actor": "somebody",
}

BAD: list[dict[str, Any]] = [
    {"body": "no json"},
    {"body": "[]"},
    {"body": '{"name": 5}'},
    {"body": '{"name": {"name": NaN}}'},
    {"body": '{"name": {"name": "\\ud800"}}'},
    {"body": "[" * 100_000},
    {"body": json.dumps({"name": {"name": "x" * 2_000_001}})},
    {"body": None},
    {"body": 5},
    {"body": {"name": {}}},
    {"extra": '{"later": NaN}'},
    {"extra": '{"later": ' + "[" * 900 + "]" * 900 + "}"},
    {"base": {"": ("old:1",)}},
    {"base": {"name": tuple(f"x:{n}" for n in range(1, 400))}},
    {"stamp": -1},
    {"stamp": 1.5},
    {"stamp": 1 << 70},
    {"stamp": None},
    {"pk": ""},
    {"pk": "a\x1b[2Jb"},
    {"tbl": "x" * 500},
    {"kind": "a kind of its own that is long"},
    {"schema_v": 0},
    {"actor": ""},
    {"act": None},
    {"hash": ""},
    {"hash": "x" * 100},
]


def test_rows_that_no_release_would_take_today_stop_nobody(tmp_path: Path) -> None:
    with places.near(tmp_path / "hub") as place:
        ann, ben = place.member("ann"), place.member("ben")
        ann.hub = OverTheLine(ann.hub)
        for n, bad in enumerate([*BAD, {}], 1):
            said = GOOD | {"n": n, "act": f"old:{n}", "pk": f"w{n}"} | bad
            place.hub.ledger.push("old", ben.worker, [Operation(**said)])
        ann.sync()
        assert ann.device.shown("worker", f"w{len(BAD) + 1}")["name"] == "One"
        ann.device.put("Worker", "another", name="Three")
        assert ann.sync().sent == 1
        assert not ann.sync().received.new, "the two agree"
