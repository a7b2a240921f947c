"""What a person's hands do, for tests of screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import events
from textual.pilot import Pilot

from linkworker.clock import monotonic
from tests.screens.snapshots import text_of

PATIENCE = 20
"""Seconds after which what has not come will not come."""


async def paste(pilot: Pilot, words: str) -> None:
    """Put words in where the cursor is, all at once."""
    pilot.app.screen.post_message(events.Paste(words))
    await pilot.pause()


async def until(pilot: Pilot, what: Callable[[], object]) -> None:
    """Wait until something is so (threads are at work); a busy machine may take its time."""
    late = monotonic() + PATIENCE
    while not what():
        if monotonic() > late:
            raise AssertionError(text_of(pilot.app))
        await pilot.pause(0.02)


async def arrive(pilot: Pilot, kind: type) -> Any:
    """Wait until a screen of this kind is in sight and drawn; return it."""
    await until(
        pilot,
        lambda: isinstance(pilot.app.screen, kind) and bool(pilot.app.screen._compositor.full_map),
    )
    await pilot.pause()
    return pilot.app.screen


async def sees(pilot: Pilot, words: str) -> None:
    """Wait until these words are on the screen."""
    await until(pilot, lambda: words in text_of(pilot.app))


async def sees_no_more(pilot: Pilot, words: str) -> None:
    """Wait until these words are gone from the screen."""
    await until(pilot, lambda: (shown := text_of(pilot.app)) and words not in shown)
