"""What a person's hands do, for tests of screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    await until(pilot, lambda: words not in text_of(pilot.app))
