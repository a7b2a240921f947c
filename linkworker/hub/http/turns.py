"""Large requests take turns: read as JSON, one may take the hub twenty times its length in memory.

A few packed bytes can be such a request, and whoever has a laptop's token can send many. So few are
looked at side by side, and few of one laptop are on their way at once: it has one connection
itself, and one that was cut is not noticed at once. What is small goes by all this.
"""

from __future__ import annotations

import asyncio
from collections import Counter

from linkworker.hub.limits import TooOften

SIDE_BY_SIDE = 2
"""Large requests that are unpacked, read and answered at the same time."""

OF_ONE_LAPTOP = 4
"""Large requests of one laptop that are on their way at once; the next is told to wait."""

WAIT_MS = 2_000
"""How long it is told to wait."""


class Turns:
    """The large requests of one process."""

    def __init__(self) -> None:
        self.of = Counter[str]()
        """How many of each laptop are on their way."""
        self.free = asyncio.Semaphore(SIDE_BY_SIDE)


class Turn:
    """What one request takes up, from when it is known to be large until its answer is made."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._laptop = ""
        self._has_begun = False

    def come(self, laptop: str) -> None:
        """Begin to take in what a laptop sends. Raises `TooOften`."""
        if self._turns.of[laptop] >= OF_ONE_LAPTOP:
            raise TooOften(WAIT_MS)
        self._turns.of[laptop] += 1
        self._laptop = laptop

    async def begin(self) -> None:
        """Wait until it may be looked at."""
        await self._turns.free.acquire()
        self._has_begun = True

    def end(self) -> None:
        """Let the next go on; called again, nothing happens."""
        if self._has_begun:
            self._turns.free.release()
        if self._laptop:
            self._turns.of[self._laptop] -= 1
            if not self._turns.of[self._laptop]:
                del self._turns.of[self._laptop]
        self._has_begun, self._laptop = False, ""
