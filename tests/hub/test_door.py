"""Who only stands in the hub's door: connections that ask nothing, or never come to an end."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn

from linkworker.hub import house
from linkworker.hub.http.door import BODY_SECONDS, HEAD_SECONDS, SLOWEST, Door, speaking_at
from tests.hub import places

HEAD = b"POST /v1/push HTTP/1.1\r\nHost: hub\r\nContent-Length: 5000\r\n\r\n"


@pytest.mark.skipif("sys.platform == 'win32'", reason="file handles are not limited there")
def test_a_laptop_syncs_while_three_hundred_connections_stand_in_the_door(tmp_path: Path) -> None:
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with places.far(tmp_path / "hub", handles=160) as place, ExitStack() as standing:
        ann = place.member("ann")
        port = urlsplit(place.url).port
        for number in range(300):
            came = standing.enter_context(socket.create_connection(("127.0.0.1", port), 10))
            if number % 10 == 0:
                came.sendall(b"\x16\x03")
            if number % 75 == 1:
                came.settimeout(10)
                spoken = standing.enter_context(trusting.wrap_socket(came))
                spoken.sendall(b"POST /v1/greet HTTP/1.1\r\nHost: ")
        ann.device.put("Person", "terry", called="Terry")
        assert ann.sync().sent


def test_whoever_sends_what_is_no_request_writes_nothing_into_the_hubs_log(tmp_path: Path) -> None:
    house.make(tmp_path / "hub", name="A team")
    with places.served(tmp_path / "hub", "--plain") as serving:
        for said in (
            b"\x16\x03\x01 this is no HTTP\r\n\r\n",
            b"GET /\xff HTTP/1.1\r\nHost: hub\r\n\r\n",
            (
                b"GET /v1/hub HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\n"
                b"Upgrade: websocket\r\n"
                b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            ),
        ):
            with socket.create_connection(("127.0.0.1", serving.port), 10) as came:
                came.sendall(said)
                assert came.recv(100).startswith(b"HTTP/1.1 ")
        serving.process.terminate()
        assert serving.process.stderr is not None
        assert serving.process.stderr.read() == ""


class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


class Doorway:
    """A served door, of two places, whose clock the test moves."""

    def __init__(self) -> None:
        self.now = Clock()
        self.door = Door(socket.AF_INET, 2, self.now)
        self.door.bind(("127.0.0.1", 0))
        self.door.listen()
        self.server = uvicorn.Server(
            uvicorn.Config(
                answers, log_config=None, lifespan="off", http=speaking_at(self.door), ws="none"
            )
        )
        self._thread = threading.Thread(target=self.server.run, args=([self.door],), daemon=True)
        self._thread.start()

    def come(self, say: bytes = b"") -> socket.socket:
        """Connect and say something, and wait until it was heard."""
        here = {*self.door.guests}
        came = socket.create_connection(self.door.getsockname(), 10)
        came.sendall(say)
        place = came.getsockname()
        until(lambda: any(is_at(one, place) for one in self.door.guests.values()))
        assert {*self.door.guests} - here
        return came

    def end(self) -> None:
        self.server.should_exit = True
        self._thread.join(10)


def is_at(guest: socket.socket, place: Any) -> bool:
    try:
        return bool(guest.getpeername() == place)
    except OSError:
        return False


def until(holds: Any) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)


async def answers(scope: Any, receive: Any, send: Any) -> None:
    """Answer once the request is there as a whole."""
    while (await receive()).get("more_body"):
        pass
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
    )
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def doorway() -> Iterator[Doorway]:
    doorway = Doorway()
    yield doorway
    doorway.end()


def is_hung_up_on(came: socket.socket) -> bool:
    """Say whether there is an end, and nothing was answered before it."""
    came.settimeout(10)
    try:
        return came.recv(1) == b""
    except ConnectionResetError:
        return True


def is_answered(came: socket.socket) -> bool:
    came.settimeout(10)
    said = b""
    while not said.endswith(b"ok"):
        part = came.recv(4096)
        assert part, said
        said += part
    return said.startswith(b"HTTP/1.1 200")


def test_who_never_ends_the_head_or_the_rest_of_a_request_is_hung_up_on(doorway: Doorway) -> None:
    slow = doorway.come(HEAD + b"x" * 2000)
    heard = len(HEAD) + 2000
    until(lambda: any(one.heard == heard for one in doorway.door.guests.values()))
    mute = doorway.come(HEAD[:30])
    doorway.now.at = HEAD_SECONDS + 1
    doorway.door.sweep()
    assert is_hung_up_on(mute)
    doorway.now.at = BODY_SECONDS + heard / SLOWEST - 0.1
    doorway.door.sweep()
    assert not next(iter(doorway.door.guests.values())).leaves
    doorway.now.at += 0.2
    doorway.door.sweep()
    assert is_hung_up_on(slow)


def test_who_was_answered_stays_and_may_ask_again_and_makes_room_when_none_is_left(
    doorway: Doorway,
) -> None:
    whole = HEAD + b"x" * 5000
    first = doorway.come(whole)
    assert is_answered(first)
    doorway.now.at = 10 * HEAD_SECONDS
    doorway.door.sweep()
    first.sendall(whole)
    assert is_answered(first)
    mute = doorway.come()
    doorway.now.at += 1
    first.sendall(whole)
    assert is_answered(first)
    third = doorway.come(whole)
    assert is_hung_up_on(mute)
    assert is_answered(third)
