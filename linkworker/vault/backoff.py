"""Waiting after wrong passphrases: 1, 2, 4… seconds from the third miss on, never a wipe.

This stops somebody who guesses at the unlock screen. Whoever copies the key file guesses without
it, and is stopped by the length of the passphrase and the cost of Argon2id.

The misses are kept beside the store, so that starting again does not forget them. Elapsed time is
taken from the wall clock and from the machine's own counter, whichever says less: a clock set
forward opens nothing early, and one set back locks nobody out longer than the wait itself. Where
the machine was started anew only the wall clock could tell, and that can be set: the wait begins
anew then, and is five minutes at most.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

from linkworker.clock import Clock
from linkworker.folders import (
    DiskFull,
    HeldElsewhere,
    ReadOnlyFolder,
    held,
    read_file,
    write_whole,
)
from linkworker.refusal import Refused

FILE = "tries.json"
LOCK = "tries.lock"
"""On Windows, held while one program looks whether it may try and counts that it does."""

FREE_MISSES = 2
"""Misses that cost nothing: everybody has Caps Lock on once."""

LONGEST_SECONDS = 300

LARGEST_BYTES = 10_000

PATIENCE = 3.0
"""Seconds for which a try waits while other programs count."""


class TooSoon(Refused):
    """The next try has to wait."""

    def __init__(self, seconds: int) -> None:
        wait = "1 second" if seconds == 1 else f"{seconds} seconds"
        super().__init__(
            "The passphrase was not tried.",
            "It was wrong several times, so each further try has to wait a little.",
            f"Wait {wait} and try again. Nothing is ever wiped. If the passphrase is forgotten, "
            "the recovery key opens the records.",
        )
        self.seconds = seconds


class CannotCount(Refused):
    """How often the passphrase was tried cannot be kept, so it is not tried."""

    def __init__(self, *, held: bool = False) -> None:
        why = "How often it was tried cannot be written in the folder of the records"
        to_do = f"Look whether something else of the name {FILE} stands there, and move it away."
        if held:
            why += ": another program keeps hold of it"
            to_do = "Close other programs that use that folder, and try again."
        super().__init__(
            "The passphrase was not tried.",
            f"{why}.",
            f"{to_do} The recovery key opens the records meanwhile.",
        )


@dataclass(frozen=True)
class Tries:
    """How often in a row the passphrase was wrong, and when the last time was."""

    misses: int = 0
    wall: float = 0.0
    """Seconds since 1970, by the clock on the wall."""
    counter: float = 0.0
    """Seconds of the machine's own counter, which starts anew when the machine does."""

    @property
    def wait(self) -> int:
        """Return how many seconds must pass after the last miss."""
        over = self.misses - FREE_MISSES
        return 0 if over <= 0 else min(2 ** min(over - 1, 30), LONGEST_SECONDS)


def read(folder: Path) -> Tries:
    """Return the tries kept in a store's folder; none where the file is missing or unreadable."""
    try:
        kept = json.loads(read_file(folder / FILE, LARGEST_BYTES))
        tries = Tries(int(kept["misses"]), float(kept["wall"]), float(kept["counter"]))
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return Tries()
    sound = tries.misses >= 0 and math.isfinite(tries.wall) and math.isfinite(tries.counter)
    return tries if sound else Tries()


def refuse_too_soon(folder: Path, clock: Clock, counter: Callable[[], float]) -> None:
    """Raise `TooSoon` while the wait after the last miss is not over."""
    tries = read(folder)
    if not tries.wait:
        return
    wall = clock().timestamp() - tries.wall
    ticks = counter() - tries.counter
    if ticks < 0:  # the machine was started anew
        _keep(folder, tries.misses, clock, counter)
        passed = 0.0
    else:
        passed = ticks if wall < 0 else min(wall, ticks)
    left = tries.wait - passed
    if left > 0:
        raise TooSoon(math.ceil(left))


def begin_try(folder: Path, clock: Clock, counter: Callable[[], float]) -> None:
    """Raise `TooSoon`, or count a try as missed: before the key is derived, so a kill saves nobody.

    Both under one lock: of many programs that try at once, each sees the misses of those before it.
    Raises `DiskFull`, `ReadOnlyFolder` or `CannotCount` where the count cannot be kept: an
    uncounted try would be a free one.
    """
    try:
        with one_at_a_time(folder):
            refuse_too_soon(folder, clock, counter)
            _keep(folder, read(folder).misses + 1, clock, counter)
    except (TooSoon, ReadOnlyFolder):
        raise
    except DiskFull:
        raise DiskFull("The records could not be opened.") from None
    except HeldElsewhere:
        raise CannotCount(held=True) from None
    except (OSError, Refused):
        raise CannotCount from None


def one_at_a_time(folder: Path) -> AbstractContextManager[None]:
    """Let one program at a time count. Raises `HeldElsewhere` where another takes too long."""
    return held(folder, LOCK, PATIENCE)


def forget(folder: Path) -> None:
    """Forget all misses: the passphrase was right."""
    with suppress(OSError):
        (folder / FILE).unlink(missing_ok=True)


def _keep(folder: Path, misses: int, clock: Clock, counter: Callable[[], float]) -> None:
    kept = {"misses": misses, "wall": clock().timestamp(), "counter": counter()}
    write_whole(folder / FILE, json.dumps(kept).encode("ascii"))
