"""A fault that nobody foresaw is answered by its name, and says nothing of what was written."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from linkworker.hub import house
from linkworker.hub.http.app import make_app
from linkworker.hub.http.carrying import PACKED, Carrying
from linkworker.hub.ledger import Ledger
from linkworker.hub.limits import Limits


def test_a_fault_is_named_and_its_message_goes_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def breaks(*asked: object) -> None:
        raise KeyError("Terry has no front door key")

    house.make(tmp_path / "hub", name="A team")
    reported: list[Exception] = []
    sent: list[Mapping[str, Any]] = []
    with house.opened(tmp_path / "hub") as hub:
        monkeypatch.setattr(hub.members, "join", breaks)
        app = make_app(hub, reported.append, Limits(hub.database, hub.now_ms))
        said = {"secret": "0" * 32, "token": "0" * 64, "dev": "d", "worker_id": "w"}
        body = json.dumps(said).encode()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        async def send(message: Mapping[str, Any]) -> None:
            sent.append(message)

        headers = [(b"content-type", b"application/json")]
        scope = {"type": "http", "method": "POST", "path": "/v1/join", "headers": headers}
        asyncio.run(app({**scope, "query_string": b""}, receive, send))  # type: ignore[arg-type]  # as ASGI has them
    start, answer = sent
    assert start["status"] == 500
    assert json.loads(answer["body"])["error"] == "fault"
    assert [type(one) for one in reported] == [KeyError]
    assert "front door" not in "".join(capfd.readouterr())
    assert isinstance(hub.ledger, Ledger)


def test_a_fault_before_a_request_was_read_is_named_too() -> None:
    async def app(*_: Any) -> None:
        raise AssertionError("nothing is asked of the hub")

    def know(shown: bytes, come_from: str) -> str:
        raise MemoryError("Terry has no front door key")

    reported: list[Exception] = []
    sent: list[Mapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"x"}

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    headers = [(b"content-encoding", PACKED), (b"authorization", b"Bearer x")]
    scope = {"type": "http", "method": "POST", "path": "/v1/push", "headers": headers}
    asyncio.run(Carrying(app, reported.append, know)(scope, receive, send))
    assert sent[0]["status"] == 500
    assert b"front door" not in sent[1]["body"]
    assert [type(one) for one in reported] == [MemoryError]
