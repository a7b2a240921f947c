"""The hub's door: who may stand in it, and for how long, before anything was asked.

A connection costs whoever opens it nothing and the hub a file handle and some 250 KB. So
whoever does not say in time what they want is hung up on, and where no place is left, whoever has
said nothing for longest makes room: laptops are served however many only stand there.
"""

from __future__ import annotations

import errno
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 1000 if sys.platform != "win32" else 400  # there 512 are all that may be asked
"""Connections at once: each laptop of a large team has one while it syncs."""

SPARE_HANDLES = 64
"""File handles that connections leave to the database, its files and the certificate."""

AT_ONCE = 32
"""Connections that are taken in a row, and that may wait to be tidied up."""

HEAD_SECONDS = 30
"""How long encryption and the head of a request may take together."""

BODY_SECONDS, SLOWEST = 60, 1000
"""How long the rest of a request may take, and for each so many bytes of it a second more. A laptop
itself gives up after 45 seconds, with a smaller page the next time."""


class Guest(socket.socket):
    """A connection that was let in."""

    door: Door
    at: float
    """When it came, began to ask, or was answered last (s)."""
    heard: int
    """Bytes of the request that is coming in, after its head."""
    head_is_there: bool
    is_served: bool
    """Whether it is being answered: it waits for the hub and not the hub for it."""
    is_idle: bool
    """Whether it was answered, and has asked nothing since."""
    leaves: bool
    """Whether it was hung up on, and is still to be tidied up."""

    def lasts_until(self) -> float:
        """Return until when what is awaited must be there."""
        if self.is_served or self.is_idle:  # uvicorn hangs up on who is idle
            return float("inf")
        if self.head_is_there:
            return self.at + BODY_SECONDS + self.heard / SLOWEST
        return self.at + HEAD_SECONDS

    def hang_up(self) -> None:
        """End it, however far it has come; the event loop sees that and tidies up."""
        self.leaves = True
        with suppress(OSError):  # gone by itself
            self.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Leave the door."""
        self.door.guests.pop(self.fileno(), None)
        super().close()


class Door(socket.socket):
    """A listening socket that lets in so many at once and no more."""

    def __init__(self, family: int, most: int, now: Callable[[], float] = time.monotonic) -> None:
        """`most` connections at once; `now` counts seconds."""
        # Named as TCP, or asyncio leaves small packets waiting for each other: 44 ms an answer.
        super().__init__(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self.guests: dict[int, Guest] = {}
        """Who is in, by file handle, in the order in which they came."""
        self._most = most
        self._now = now
        self._in_a_row = 0

    def accept(self) -> tuple[socket.socket, Any]:
        """Let one in; where no place is left, whoever said nothing for longest makes room.

        asyncio takes as many in a row as there are. After some it is told that there are no more,
        so that it tidies up before it asks again.
        """
        if self._in_a_row >= AT_ONCE:
            self._in_a_row = 0
            raise BlockingIOError
        self._in_a_row += 1
        try:
            came, address = super().accept()
        except OSError as error:
            out = error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
            if out:
                self._make_room()
            self._in_a_row = AT_ONCE if out else 0  # asyncio waits a second then: told once
            raise
        guest = Guest(came.family, came.type, came.proto, fileno=came.detach())
        guest.door, guest.at, guest.heard = self, self._now(), 0
        guest.head_is_there = guest.is_served = guest.is_idle = guest.leaves = False
        if not self._has_room():
            guest.close()
            raise ConnectionAbortedError
        self.guests[guest.fileno()] = guest
        return guest, address

    def _has_room(self) -> bool:
        if len(self.guests) < self._most:
            return True
        staying = sum(not one.leaves for one in self.guests.values())
        if staying >= self._most and not self._make_room():
            return False
        return len(self.guests) < self._most + AT_ONCE

    def _make_room(self) -> bool:
        """Hang up on whoever said nothing for longest; False where all are being answered."""
        waiting = [one for one in self.guests.values() if not (one.is_served or one.leaves)]
        if waiting:
            min(waiting, key=lambda one: one.at).hang_up()
        return bool(waiting)

    def sweep(self) -> None:
        """Hang up on everybody who did not say in time what they want."""
        now = self._now()
        for one in [*self.guests.values()]:
            if one.lasts_until() < now:
                one.hang_up()

    def shut(self) -> None:
        """Hang up on everybody who is not being answered: the hub is being stopped."""
        for one in [*self.guests.values()]:
            if not one.is_served:
                one.hang_up()

    def heard(self, guest: Guest, size: int, *, new: bool, head: bool, whole: bool) -> None:
        """Note that so many bytes came, whether a request's head came with them, and whether the
        head, and all of it, is there."""
        if guest.is_idle or new:
            guest.at, guest.heard, guest.is_idle = self._now(), 0, False
        guest.heard += size
        guest.head_is_there, guest.is_served = head, whole

    def answered(self, guest: Guest) -> None:
        """Note that somebody was answered, all of whose request had come."""
        guest.at, guest.is_served, guest.is_idle = self._now(), False, True


def speaking_at(door: Door) -> type[H11Protocol]:
    """Return how uvicorn speaks HTTP with whoever came in by a door."""

    class Speaking(H11Protocol):
        _guest: Guest | None = None

        def connection_made(self, transport: Any) -> None:
            """Hear that a connection stands, encrypted where it should be."""
            self._guest = door.guests.get(transport.get_extra_info("socket").fileno())
            super().connection_made(transport)

        def data_received(self, data: bytes) -> None:
            """Take in some bytes, and tell the door how far the request has come."""
            before = self.cycle
            super().data_received(data)
            if self._guest is not None:
                now = self.cycle
                waits = now is not None and not now.response_complete
                head = waits or (now is not None and now.more_body)
                whole = waits and not now.more_body
                new = now is not before
                door.heard(self._guest, len(data), new=new, head=head, whole=whole)

        def on_response_complete(self) -> None:
            """Go on to the next request."""
            if self._guest is not None and not self.cycle.more_body:
                door.answered(self._guest)
            super().on_response_complete()

    return Speaking


def most_connections() -> int:
    """Return how many connections there may be, having taken all file handles that there are."""
    if sys.platform == "win32":
        return MOST_CONNECTIONS
    import resource

    had, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    except (ValueError, OSError):  # as many as there were, then
        most = had
    if most == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(1, min(MOST_CONNECTIONS, most - SPARE_HANDLES))
