"""The names of the sections with their numbers; the one in sight stands out; a click goes there."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from linkworker.widgets.oneline import OneLine
from linkworker.widgets.words import joined

GAPS = ("   ", "  ")
"""Between two names; the narrower one where there is less room, also for where in the list one is.
"""


class SectionBar(OneLine):
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

    def _fitted(self) -> tuple[list[str], str, str]:
        """Return what is written for each, the gap between them, and the position, as they fit.

        Where there is no room for the names, the others are numbers.
        """
        whole = [f"{at} {label}" for at, label in enumerate(self._labels, 1)]
        for position in dict.fromkeys((self.position, "")):
            for gap in GAPS:
                end = len(position) + len(gap) if position else 0
                if len(gap.join(whole)) + end <= self.content_size.width:
                    return whole, gap, position
        short = [words if at == self.at else words[:1] for at, words in enumerate(whole)]
        return short, GAPS[0], self.position

    def render(self) -> Content:
        """Return the line."""
        words, gap, position = self._fitted()
        line = Content(gap).join(
            Content.styled(one, "bold underline $accent" if at == self.at else "$soft")
            for at, one in enumerate(words)
        )
        room = self.content_size.width - line.cell_length - len(position)
        return joined(line, " " * max(1, room), (position, "$soft"))

    def on_click(self, event: events.Click) -> None:
        """Go to the section that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        start = 0
        every, gap, _ = self._fitted()
        for at, words in enumerate(every):
            if start <= offset.x < start + len(words):
                self.post_message(self.Chosen(at))
            start += len(words) + len(gap)
