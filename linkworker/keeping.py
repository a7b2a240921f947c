"""Keeping what is being written on the screens, before a lock and before the app ends."""

from __future__ import annotations

from collections.abc import Callable

from linkworker.clock import monotonic
from linkworker.refusal import Refused

Keep = Callable[[], object]
"""How to keep something that is being written; it may raise `Refused`."""


def kept_or_not(drafts: list[Keep], patience: float = 0.0) -> list[tuple[Keep, Refused]]:
    """Keep every one; return those that could not be kept, and why.

    While another program writes, try for so many seconds more.
    """
    from linkworker.cipher import Busy

    until = monotonic() + patience
    refused: list[tuple[Keep, Refused]] = []
    for keep in drafts:
        while True:
            try:
                keep()
            except Refused as why:
                if isinstance(why, Busy) and monotonic() < until:
                    continue  # the store itself waited a while before it said so
                refused.append((keep, why))
            break
    return refused
