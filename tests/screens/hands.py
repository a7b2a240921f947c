"""What a person's hands do, for tests of screens."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.pilot import Pilot

from tests.screens.snapshots import text_of


async def paste(pilot: Pilot, words: str) -> None:
    """Put words in where the cursor is, all at once."""
    pilot.app.screen.post_message(events.Paste(words))
    await pilot.pause()


async def until(pilot: Pilot, what: Callable[[], object]) -> None:
    """Wait until something is so (threads are at work), for four seconds at most."""
    for _ in range(200):
        if what():
            return
        await pilot.pause(0.02)
    raise AssertionError(text_of(pilot.app))
