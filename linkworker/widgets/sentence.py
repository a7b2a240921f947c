"""A piece of text on the screen that takes `Content` only, so that no data can be markup."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


class Sentence(Widget):
    """Shows `Content`, wrapped to the width there is. `words.py` makes it from data."""

    DEFAULT_CSS = "Sentence { width: 1fr; height: auto; }"

    def __init__(
        self, content: Content | None = None, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._content = content or Content("")

    @property
    def content(self) -> Content:
        """What it shows."""
        return self._content

    def show(self, content: Content) -> None:
        """Show something else."""
        if content != self._content:
            self._content = content
            self.refresh(layout=True)

    def render(self) -> Content:
        """Return what it shows."""
        return self._content
