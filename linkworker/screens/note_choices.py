"""A few words of which one holds, each with its key: how a contact was, and what came of it."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from linkworker.widgets.words import joined


class Choices(Widget, can_focus=True):
    """A few words of which one holds, each with its key. The arrows change it too."""

    DEFAULT_CSS = "Choices { width: 1fr; height: auto; }"
    BINDINGS = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    class Chosen(Message):
        """Another one holds now."""

        def __init__(self, choices: Choices, words: str) -> None:
            super().__init__()
            self.choices = choices
            self.words = words

    def __init__(self, keys: dict[str, str], holds: str, *, id: str) -> None:
        super().__init__(id=id)
        self.keys = keys
        self.holds = holds

    def hold(self, words: str) -> None:
        """Let another one hold."""
        self.holds = words
        self.refresh(layout=True)

    def action_turn(self, by: int) -> None:
        """Go to the next or previous one."""
        every = list(self.keys.values())
        at = every.index(self.holds) if self.holds in every else 0
        self.post_message(self.Chosen(self, every[(at + by) % len(every)]))

    def _lines(self, width: int) -> list[list[tuple[str, str]]]:
        lines: list[list[tuple[str, str]]] = [[]]
        used = 0
        for key, words in self.keys.items():
            cells = len(_option(key, words, False).plain)
            if lines[-1] and used + 3 + cells > width:
                lines.append([])
                used = 0
            lines[-1].append((key, words))
            used += cells + (3 if used else 0)
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words need."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the words with their keys."""
        return Content("\n").join(
            Content("   ").join(
                _option(key, words, words == self.holds, self.has_focus) for key, words in line
            )
            for line in self._lines(self.content_size.width)
        )

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        place = event.get_content_offset(self)
        lines = self._lines(self.content_size.width)
        if place is None or place.y >= len(lines):
            return
        at = 0
        for key, words in lines[place.y]:
            cells = len(_option(key, words, False).plain)
            if at <= place.x < at + cells:
                self.post_message(self.Chosen(self, words))
            at += cells + 3


def _option(key: str, words: str, holds: bool, focused: bool = False) -> Content:
    style = ("$chosen-ink on $chosen" if focused else "bold") if holds else ""
    return joined((key, "bold $accent"), " ● " if holds else " ○ ", (words, style))
