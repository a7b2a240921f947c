"""Every frame that the app paints, as a terminal shows it: for what must not be seen even once."""

from __future__ import annotations

from typing import Any

import pyte
from textual._compositor import CompositorUpdate
from textual.app import App


class Painted:
    """Records what is painted on an app from now on.

    An app under test writes to no terminal, so what it would write is drawn on one of our own.
    """

    def __init__(self, app: App[Any]) -> None:
        self.frames: list[str] = []
        """The screen after each paint, top row first."""
        self._terminal = pyte.Screen(*app.size)
        self._stream = pyte.Stream(self._terminal)
        display = app._display

        def also_here(screen: Any, renderable: Any) -> None:
            display(screen, renderable)
            if isinstance(renderable, CompositorUpdate) and not app._batch_count:
                self._stream.feed(renderable.render_segments(app.console))
                self.frames.append("\n".join(self._terminal.display))

        app._display = also_here  # type: ignore[method-assign]  # only for this app of a test
