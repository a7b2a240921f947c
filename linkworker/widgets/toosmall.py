"""What is said where the terminal is too small to show anything well."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

COLUMNS, ROWS = 50, 12
"""The least that a screen is drawn for; 60×15 is the smallest that is looked after."""


class TooSmall(Widget):
    """Covers the screen, and leaves by itself when there is room again. The focus stays put."""

    DEFAULT_CSS = """
    TooSmall {
        layer: cover;
        width: 100%;
        height: 100%;
        background: $paper;
        padding: 0 1;
    }
    """

    def render(self) -> Content:
        """Return the sentence."""
        return Content(
            "This window is too small. Make it larger, or its letters smaller. "
            "Nothing you wrote is lost."
        )
