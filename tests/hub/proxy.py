"""A bad network between a laptop and a hub: it cuts, swallows, slows down, and loses answers."""

from __future__ import annotations

import queue
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

NOT_PASSED = (
    b"HTTP/1.1 415 Unsupported Media Type\r\nServer: something\r\nContent-Type: text/html\r\n"
    b"Content-Length: 13\r\n\r\n<p>Not passed"
)


class Proxy:
    """Carries bytes to a port of this machine, as badly as its attributes say."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.cut_after: int | None = None
        """Bytes of answers after which each connection is cut."""
        self.swallows = False
        """Nothing is carried at all, and nobody is told."""
        self.loses_answers = 0
        """How many answers of a hub without encryption are lost: what was asked is done."""
        self.passes_answers = 0
        """How many answers pass before one is lost."""
        self.bytes_a_second: int | None = None
        self.way_seconds = 0.0
        """How long what is said is on its way, there and as long back; also to connect."""
        self.refuses = b""
        """What a request to a hub without encryption may not have in it: it is answered with
        `refusal`, and the hub never hears of it."""
        self.refusal = NOT_PASSED
        self.alters = (b"", b"")
        """What is not left as it was in the heads of a hub's answers, and what stands there."""
        self.refused = self.altered = 0
        """How often it did either."""
        self.connections = 0
        self.asked_bytes = self.answered_bytes = 0
        """Bytes that were carried to the hub, and back from it."""
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                came, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._carry, args=(came,), daemon=True).start()

    def _carry(self, came: socket.socket) -> None:
        if self.swallows:
            time.sleep(5)
            came.close()
            return
        time.sleep(2 * self.way_seconds)
        with came, socket.create_connection(("127.0.0.1", self._to)) as hub:
            for one in (came, hub):  # a network holds nothing back until more comes
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            there = threading.Thread(target=self._there, args=(came, hub), daemon=True)
            there.start()
            self._back(came, hub)
            for one in (came, hub):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            there.join(5)

    def _there(self, came: socket.socket, hub: socket.socket) -> None:
        with suppress(OSError), self._on_its_way(hub) as send:
            while said := came.recv(16_384):
                if self.refuses:
                    said = _whole(came, said)
                    if self.refuses in said:
                        self.refused += 1
                        came.sendall(self.refusal)
                        continue
                self.asked_bytes += len(said)
                send(said)

    @contextmanager
    def _on_its_way(self, to: socket.socket) -> Iterator[Callable[[bytes], None]]:
        """Lend what sends: what is said later is on its way while the earlier still is."""
        if not self.way_seconds:
            yield to.sendall
            return
        said: queue.Queue[tuple[float, bytes]] = queue.Queue()

        def deliver() -> None:
            with suppress(OSError):
                while (one := said.get())[1]:
                    time.sleep(max(0.0, one[0] - time.monotonic()))
                    to.sendall(one[1])

        thread = threading.Thread(target=deliver, daemon=True)
        thread.start()
        try:
            yield lambda one: said.put((time.monotonic() + self.way_seconds, one))
        finally:
            said.put((0.0, b""))
            thread.join()

    def _back(self, came: socket.socket, hub: socket.socket) -> None:
        left = self.cut_after
        with suppress(OSError), self._on_its_way(came) as send:
            while said := hub.recv(4_096):
                if self.loses_answers and said.startswith(b"HTTP/"):
                    if not self.passes_answers:
                        self.loses_answers -= 1
                        return
                    self.passes_answers -= 1
                if self.alters[0] and said.startswith(b"HTTP/") and self.alters[0] in said:
                    self.altered += 1
                    said = said.replace(*self.alters, 1)
                if left is not None:
                    said = said[:left]
                    left -= len(said)
                send(said)
                self.answered_bytes += len(said)
                if left == 0:
                    return
                if self.bytes_a_second:
                    time.sleep(len(said) / self.bytes_a_second)


def _whole(came: socket.socket, said: bytes) -> bytes:
    """Return a request whose head came, with all of its body."""
    head, _, body = said.partition(b"\r\n\r\n")
    found = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    left = int(found[1]) - len(body) if found else 0
    while left > 0 and (more := came.recv(left)):
        said += more
        left -= len(more)
    return said


@contextmanager
def proxy(port: int, way_seconds: float = 0.0) -> Iterator[Proxy]:
    """Lend a bad network before a port."""
    made = Proxy(port)
    made.way_seconds = way_seconds
    try:
        yield made
    finally:
        made.close()
