"""The names of the sections with their numbers; the one in sight stands out; a click goes there."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from linkworker.widgets.words import joined

GAP = "   "


class SectionBar(Widget):
    """One line: 1 Now   2 Plan   3 Story …"""

    at: reactive[int] = reactive(0)
    """Which section is in sight, from 0."""

    class Chosen(Message):
        """A section was clicked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    position: reactive[str] = reactive("")
    """Where in the list one is: "1 of 60"."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self._labels = tuple(labels)

    def _words(self) -> list[str]:
        """Return what is written for each; where there is no room, only numbers for the others."""
        whole = [f"{at} {label}" for at, label in enumerate(self._labels, 1)]
        room = self.content_size.width - len(self.position) - len(GAP)
        if len(GAP.join(whole)) <= room:
            return whole
        return [words if at == self.at else words[:1] for at, words in enumerate(whole)]

    def render(self) -> Content:
        """Return the line."""
        parts = [
            Content.styled(words, "bold underline $accent" if at == self.at else "$soft")
            for at, words in enumerate(self._words())
        ]
        line = Content(GAP).join(parts)
        gap = self.content_size.width - line.cell_length - len(self.position)
        return joined(line, " " * max(1, gap), (self.position, "$soft"))

    def on_click(self, event: events.Click) -> None:
        """Go to the section that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        start = 0
        for at, words in enumerate(self._words()):
            if start <= offset.x < start + len(words):
                self.post_message(self.Chosen(at))
            start += len(words) + len(GAP)
