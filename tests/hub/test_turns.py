"""Large requests take turns, however many of them a laptop's token can send: the hub's memory is
bounded, and others are answered meanwhile."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import zstandard

from linkworker.hub.http.carrying import MOST_BYTES, OF_ANYBODY, Carrying
from linkworker.hub.http.turns import OF_ONE_LAPTOP, SIDE_BY_SIDE
from tests.hub import places
from tests.hub.places import FarPlace
from tests.hub.test_refusals import asked, refused

SMALL = b"{}"
LARGE = b" " * OF_ANYBODY + b"{}"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[FarPlace]:
    with places.far(tmp_path / "hub", "--plain") as made:
        yield made


def begun(place: FarPlace, token: bytes) -> socket.socket:
    """Send a part of a large request, and go on standing there."""
    came = socket.create_connection(("127.0.0.1", int(place.url.rpartition(":")[2])), 10)
    came.sendall(
        b"POST /v1/push HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
        b"Authorization: Bearer %b\r\nContent-Length: %d\r\n\r\n%b"
        % (token.hex().encode(), MOST_BYTES, b" " * 100_000)
    )
    return came


def until(holds: Callable[[], bool]) -> None:
    """Wait until the hub has noticed what happened on a connection."""
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_laptop_has_few_large_requests_on_their_way_and_keeps_nobody_else_waiting(
    place: FarPlace,
) -> None:
    eve, ann = place.member("eve"), place.member("ann")
    with ExitStack() as standing:
        for _ in range(OF_ONE_LAPTOP):
            standing.enter_context(begun(place, eve.token))

        def is_full() -> bool:
            if asked(place, "POST", "/v1/push", LARGE, eve.token)[0] == 429:
                return True
            # It may have come before the last of them, which was then told to wait in its place.
            standing.enter_context(begun(place, eve.token))
            return False

        until(is_full)
        packed = zstandard.ZstdCompressor().compress(LARGE)
        refused(
            asked(place, "POST", "/v1/push", packed, eve.token, Content_Encoding="zstd"),
            "too-often",
        )
        assert asked(place, "POST", "/v1/told", SMALL, eve.token)[0] == 200, "what is small goes by"
        refused(asked(place, "POST", "/v1/push", LARGE, ann.token), "not-understood")
        ann.device.put("Person", "terry", called="Terry")
        assert ann.sync().sent
    until(lambda: asked(place, "POST", "/v1/push", LARGE, eve.token)[0] == 400)


class Crowd:
    """Requests that come at once, and what the hub works on side by side."""

    def __init__(self) -> None:
        self.inside = self.most_inside = 0
        self.go_on = asyncio.Event()
        self.carrying = Carrying(self.app, [].append, lambda shown, _: shown.decode())

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        if scope["path"] == "/large":
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)
            await self.go_on.wait()
            self.inside -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    async def ask(self, path: str, body: bytes, laptop: str, *, reads: bool = True) -> int:
        """Ask, and return the status; who does not read the answer takes it for ever."""
        statuses: list[int] = []
        parts: AsyncIterator[bytes] = one(body)

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": await anext(parts)}

        async def send(message: Mapping[str, Any]) -> None:
            if not reads:
                await asyncio.Event().wait()
            statuses.extend([message["status"]] if "status" in message else [])

        length = (b"content-length", str(len(body)).encode())
        shown = (b"authorization", laptop.encode())
        scope = {"type": "http", "method": "POST", "path": path, "headers": [length, shown]}
        await self.carrying(scope, receive, send)
        return statuses[0]


async def one(body: bytes) -> AsyncIterator[bytes]:
    yield body


def test_few_are_looked_at_side_by_side_and_the_rest_in_turn() -> None:
    async def crowded() -> None:
        crowd = Crowd()
        laptops = ["ann", "ann", "ben", "ben", "cat", "cat"]
        large = [asyncio.create_task(crowd.ask("/large", LARGE, who)) for who in laptops]
        while crowd.inside < SIDE_BY_SIDE:
            await asyncio.sleep(0.01)
        assert await crowd.ask("/small", SMALL, "dot") == 200
        crowd.go_on.set()
        assert await asyncio.gather(*large) == [200] * len(laptops)
        assert crowd.most_inside == SIDE_BY_SIDE

    asyncio.run(asyncio.wait_for(crowded(), 20))


def test_whoever_does_not_read_the_answer_holds_nobody_up() -> None:
    async def crowded() -> None:
        crowd = Crowd()
        crowd.go_on.set()
        eves = [
            asyncio.create_task(crowd.ask("/large", LARGE, "eve", reads=False))
            for _ in range(SIDE_BY_SIDE)
        ]
        await asyncio.sleep(0.1)
        assert await crowd.ask("/large", LARGE, "ann") == 200
        for each in eves:
            each.cancel()

    asyncio.run(asyncio.wait_for(crowded(), 20))
