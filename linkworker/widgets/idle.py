"""When to lock by itself: after idle minutes, and when the lid was closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from linkworker.clock import Clock

IDLE_SECONDS = 5 * 60.0
JUMP_SECONDS = 30.0
"""How much further the wall clock may have gone than the running time before it means sleep."""


class IdleWatch:
    """Knows how long nobody touched anything.

    Idle time is counted by a clock that never goes backwards, so that a wall clock set back does
    not put off the lock. While a laptop sleeps that clock stands still on Linux and macOS and the
    wall clock does not: the difference tells of the sleep.
    """

    def __init__(
        self, clock: Clock, running: Callable[[], float], idle_seconds: float = IDLE_SECONDS
    ) -> None:
        self._clock = clock
        self._running = running
        self.idle_seconds = idle_seconds
        self._touched = running()
        self._wall: datetime = clock()
        self._ran = running()

    def touch(self, anew: bool = False) -> None:
        """Somebody is there: a key, the mouse, a paste.

        `anew` while it is locked: that the lid was closed before then is no reason to lock again.
        """
        self._touched = self._running()
        if anew:
            self._wall, self._ran = self._clock(), self._touched

    def should_lock(self) -> bool:
        """Return whether it is time; asked every few seconds."""
        wall, ran = self._clock(), self._running()
        slept = (wall - self._wall).total_seconds() - (ran - self._ran)
        self._wall, self._ran = wall, ran
        return slept > JUMP_SECONDS or ran - self._touched >= self.idle_seconds
