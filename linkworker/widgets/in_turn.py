"""Keys in the order in which they were pressed, however fast: each has its turn before the next.

The library hands a key to what has the focus and reads the next one meanwhile. Where a key leads to
another screen, or a key of the screen is faster than a letter, those behind would overtake it:
Enter after a name would open whatever stood there before the name was found.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from textual import events
from textual.worker import Worker

from linkworker.widgets.calm import CalmApp
from linkworker.widgets.frame import Frame

ON_THE_WAY = 2.0
"""Seconds for which a key waits for the place that the key before it leads to."""


class InTurnApp(CalmApp):
    """An app in which a key waits until the one before has led where it leads."""

    _leading: Worker[None] | None = None

    def lead(self, going: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Go to a place, not to the one before. `going` makes the coroutine: one that was made
        already and is given up before its turn would never begin."""
        self._leading = self.run_worker(going, group="go", exclusive=True)

    async def on_event(self, event: events.Event) -> None:
        """Let the screen in sight take a key or a paste at once, or do with it as any app does."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            await self._arrived()
            screen = self.screen
            if isinstance(screen, Frame) and await screen.takes(event):
                self.app_focus = True
                return
        await super().on_event(event)

    async def _arrived(self) -> None:
        """Wait until one stands where the last key leads to: this one is meant for there."""
        leading, self._leading = self._leading, None
        if leading is not None and not leading.is_finished:
            with suppress(Exception):  # who is on the way tells it
                await asyncio.wait_for(asyncio.shield(leading.wait()), ON_THE_WAY)
