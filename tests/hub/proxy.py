"""A bad network between a laptop and a hub: it cuts, swallows, slows down, and loses answers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


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
        with came, socket.create_connection(("127.0.0.1", self._to)) as hub:
            there = threading.Thread(target=self._there, args=(came, hub), daemon=True)
            there.start()
            self._back(came, hub)
            for one in (came, hub):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            there.join(5)

    def _there(self, came: socket.socket, hub: socket.socket) -> None:
        with suppress(OSError):
            while said := came.recv(16_384):
                self.asked_bytes += len(said)
                hub.sendall(said)

    def _back(self, came: socket.socket, hub: socket.socket) -> None:
        left = self.cut_after
        with suppress(OSError):
            while said := hub.recv(4_096):
                if self.loses_answers and said.startswith(b"HTTP/"):
                    if not self.passes_answers:
                        self.loses_answers -= 1
                        return
                    self.passes_answers -= 1
                if left is not None:
                    said = said[:left]
                    left -= len(said)
                came.sendall(said)
                self.answered_bytes += len(said)
                if left == 0:
                    return
                if self.bytes_a_second:
                    time.sleep(len(said) / self.bytes_a_second)


@contextmanager
def proxy(port: int) -> Iterator[Proxy]:
    """Lend a bad network before a port."""
    made = Proxy(port)
    try:
        yield made
    finally:
        made.close()
