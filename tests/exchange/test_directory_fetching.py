"""A server that means no good, or is broken: it is left, and why is said."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from linkworker.exchange.directory import fetching
from linkworker.exchange.directory.fetching import (
    MACHINE,
    NETWORK,
    WORLD,
    NotFetched,
    Web,
    how_far_in,
)
from tests.exchange.councils import Council, send, serving


@pytest.fixture
def council() -> Iterator[Council]:
    with serving() as made:
        yield made


def get(url: str, **more: Any) -> Any:
    return Web(time.monotonic() + 60).get(url, **more)


def sends_to(where: str) -> Callable[..., None]:
    def answer(handler: Any, *_: Any) -> None:
        handler.send_response(302)
        handler.send_header("Location", where)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


@pytest.mark.parametrize(
    ("host", "far_in"),
    [
        ("8.8.8.8", WORLD), ("2606:4700::1111", WORLD), ("council.example", WORLD),
        ("10.1.2.3", NETWORK), ("192.168.0.1", NETWORK), ("172.16.0.1", NETWORK),
        ("100.64.0.1", NETWORK), ("fd00::1", NETWORK), ("::ffff:10.0.0.1", NETWORK),
        ("64:ff9b::a00:1", NETWORK), ("64:ff9b::808:808", WORLD), ("::ffff:8.8.8.8", WORLD),
        ("127.0.0.1", MACHINE), ("127.8.8.8", MACHINE), ("::1", MACHINE), ("0.0.0.0", MACHINE),
        ("::ffff:127.0.0.1", MACHINE), ("169.254.169.254", MACHINE), ("fe80::1", MACHINE),
        ("localhost", MACHINE), ("LOCALHOST.", MACHINE), ("a.localhost", MACHINE),
    ],
)  # fmt: skip
def test_how_far_in_an_address_lies(host: str, far_in: int) -> None:
    assert how_far_in(host) == far_in


@pytest.mark.parametrize("outside", [WORLD, NETWORK])
def test_from_outside_nobody_is_sent_into_this_machine(
    council: Council, monkeypatch: pytest.MonkeyPatch, outside: int
) -> None:
    """Of two servers here the first stands for one outside; who asks meets the second by name."""
    with serving() as inside:
        inside.answer = lambda handler, *_: send(handler, {"secret": 1})
        there = inside.server.server_port
        council.answer = sends_to(f"http://localhost:{there}/keys")
        far_in = [outside, MACHINE]
        monkeypatch.setattr(fetching, "how_far_in", lambda _: far_in.pop(0))
        with pytest.raises(NotFetched, match="into this network or this machine") as refused:
            get(council.url)
        assert refused.value.for_good
        assert inside.asked == []


def test_within_this_machine_one_may_be_sent_on(council: Council) -> None:
    with serving() as other:
        other.answer = lambda handler, *_: send(handler, [])
        council.answer = sends_to(other.url)
        assert get(council.url).content == b"[]"


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:application/json,[]", "gopher://x/"]
)
def test_nobody_is_sent_away_from_the_web(council: Council, where: str) -> None:
    council.answer = sends_to(where)
    with pytest.raises(NotFetched, match="not on the web"):
        get(council.url)


def test_being_sent_round_in_circles_ends(council: Council) -> None:
    council.answer = sends_to(council.url)
    with pytest.raises(NotFetched, match="round in circles"):
        get(council.url)
    assert len(council.asked) < 15


def packed(content: bytes) -> Callable[..., None]:
    def answer(handler: Any, *_: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def test_a_packed_answer_is_unpacked(council: Council) -> None:
    said = json.dumps([{"id": str(one)} for one in range(5000)]).encode()
    council.answer = packed(gzip.compress(said[:9000]) + gzip.compress(said[9000:]))
    assert get(council.url).content == said


def test_what_unpacks_to_far_more_than_it_is_takes_no_more_memory_than_a_page(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST_PAGE", 4 * 1024 * 1024)
    bomb = gzip.compress(b" " * (256 * 1024 * 1024), 9)
    assert len(bomb) < 300_000
    council.answer = packed(bomb)
    tracemalloc.start()
    try:
        with pytest.raises(NotFetched, match="unpacked it has more than 4 MB") as refused:
            get(council.url)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refused.value.for_good
    assert peak < 16 * 1024 * 1024


@pytest.mark.parametrize(
    ("content", "why"),
    [(gzip.compress(b"[]" * 999)[:-9], "broke off"), (b"no gzip", "could not be unpacked")],
    ids=["cut", "none"],
)
def test_what_is_packed_badly_is_said_to_be(council: Council, content: bytes, why: str) -> None:
    council.answer = packed(content)
    with pytest.raises(NotFetched, match=why):
        get(council.url)


def test_what_is_packed_as_nobody_asked_for_is_refused(council: Council) -> None:
    council.answer = lambda handler, *_: send(handler, [], headers={"Content-Encoding": "br"})
    with pytest.raises(NotFetched, match="packed in a way"):
        get(council.url)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n"


@pytest.mark.parametrize(
    ("at_once", "why"),
    [(b"", "did not answer in time"), (HEAD, "did not answer in time"),
     (HEAD + b"\r\n[", "too slowly"),
     (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n", "too slowly")],
    ids=["from the first letter", "in its headers", "in what it says", "in its pieces"],
)  # fmt: skip
def test_one_who_dribbles_is_hung_up_on(
    monkeypatch: pytest.MonkeyPatch, at_once: bytes, why: str
) -> None:
    """Each letter comes in good time, and the whole would take days."""
    monkeypatch.setattr(fetching, "PATIENCE_SECONDS", 1.0)
    over = threading.Event()
    listens = socket.create_server(("127.0.0.1", 0))

    def dribble() -> None:
        sock, _ = listens.accept()
        with sock:
            sock.recv(65536)
            try:
                sock.sendall(at_once)
                while not over.wait(0.1):
                    sock.sendall(b"1")
            except OSError:
                return

    threading.Thread(target=dribble, daemon=True).start()
    begun = time.monotonic()
    try:
        with pytest.raises(NotFetched, match=why):
            get(f"http://127.0.0.1:{listens.getsockname()[1]}/")
        assert time.monotonic() - begun < 5
    finally:
        over.set()
        listens.close()


def test_a_long_answer_on_a_slow_line_is_waited_for(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PATIENCE_SECONDS", 0.5)

    def answer(handler: Any, *_: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "40000")
        handler.end_headers()
        for _ in range(10):
            handler.wfile.write(b" " * 4000)
            time.sleep(0.15)

    council.answer = answer
    assert len(get(council.url).content) == 40_000


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "not reached, or hung up"), (b"hello\r\n\r\n", "not reached, or hung up"),
     (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "not reached, or hung up"),
     (b"HTTP/1.1 200 " + b"x" * 100_000, "not reached, or hung up"),
     (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "hung up"),
     (b"HTTP/1.1 304 Not Modified\r\n\r\n", "round in circles")],
    ids=["nothing", "no http", "headers", "a long line", "no chunk", "not changed from what"],
)  # fmt: skip
def test_one_who_speaks_no_http_is_left(content: bytes, why: str) -> None:
    listens = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        sock, _ = listens.accept()
        with sock:
            sock.recv(65536)
            sock.sendall(content)

    threading.Thread(target=answer, daemon=True).start()
    try:
        with pytest.raises(NotFetched, match=why):
            get(f"http://127.0.0.1:{listens.getsockname()[1]}/")
    finally:
        listens.close()


def test_by_what_an_answer_is_known_is_kept_if_it_can_be_sent_back(council: Council) -> None:
    council.answer = lambda handler, *_: send(
        handler, [], headers={"ETag": '"1"', "Last-Modified": "x" * 2000}
    )
    answer = get(council.url)
    assert (answer.etag, answer.modified) == ('"1"', "")
