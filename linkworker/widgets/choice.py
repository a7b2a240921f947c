"""One of a few words, or some of them, in a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from linkworker.widgets.words import joined, one_line

NOT_CHOSEN = -1
"""Where a choice stands that nobody has made yet."""
BETWEEN = 3
"""Cells between two words."""
MARK_CELLS = 2
"""Cells that the sign before a word takes, with the space behind it."""


class Choice(Widget, can_focus=True):
    """One of a few words, or some of them: the arrows move, Space takes."""

    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; padding: 0 1; background: $panel; }
    """
    at: reactive[int] = reactive(0, layout=True)

    class Changed(Message):
        """Another one is chosen."""

    def __init__(
        self, every: Sequence[tuple[str, str]], *, several: bool = False, begins_open: bool = False
    ) -> None:
        """`every` is each value with how it is shown; `begins_open`: none is chosen to begin."""
        super().__init__()
        self.every = tuple(every)
        self.several = several
        self.taken: set[str] = set()
        self.when_pressed: dict[str, Callable[[], None]] = {}
        """By key, what is done within the key itself, as with a `Field`."""
        if begins_open:
            self.set_reactive(Choice.at, NOT_CHOSEN)

    @property
    def value(self) -> str:
        """The chosen one's value, "" where nothing is chosen yet."""
        return self.every[self.at][0] if self.every and self.at != NOT_CHOSEN else ""

    def take(self, value: str) -> None:
        """Choose the one with this value, where there is one."""
        for at, (one, _) in enumerate(self.every):
            if one == value:
                self.at = at

    def render(self) -> Content:
        """Return the words in rows, the chosen ones marked."""
        return Content("\n").join(self._lines(self.content_size.width, keys=self._asks))

    def _lines(self, width: int, *, keys: bool) -> list[Content]:
        """Return the words set in lines of a width: a sign is never parted from its word."""
        lines: list[Content] = []
        used = 0
        for part in self._parts(keys=keys):
            if lines and used + BETWEEN + part.cell_length <= width:
                lines[-1] = joined(lines[-1], " " * BETWEEN, part)
                used += BETWEEN + part.cell_length
            else:
                lines += _hanging(part, width)
                used = lines[-1].cell_length
        return lines

    def _parts(self, *, keys: bool) -> list[Content]:
        """Return each word behind its sign, and with `keys` the keys that choose."""
        parts: list[Content] = []
        for at, (value, label) in enumerate(self.every):
            chosen = value in self.taken if self.several else at == self.at
            mark = ("✓" if self.several else "●") if chosen else "·"
            style = "bold $accent" if chosen else "$ink"
            if self.has_focus and at == self.at:
                style += " underline"
            parts.append(joined((f"{mark} ", style), one_line(label, style)))
        return [*parts, Content.styled(self._keys, "$soft")] if keys else parts

    @property
    def _asks(self) -> bool:
        """Whether the keys that choose stand there: in focus, and where there is a choice."""
        return self.has_focus and (self.several or len(self.every) > 1)

    @property
    def _keys(self) -> str:
        """The keys that choose, for whoever comes here the first time."""
        return "(← → move, Space ticks)" if self.several else "(← → choose)"

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        """Return how many lines the words take, with the keys that stand there in focus."""
        return max(1, len(self._lines(width, keys=self._asks or not self.has_focus)))

    def on_key(self, event: events.Key) -> None:
        """Move with the arrows; Space takes, or goes on to the next."""
        if event.key in self.when_pressed:
            event.stop()
            event.prevent_default()
            self.when_pressed[event.key]()
            return
        if event.key in ("left", "right"):
            self._move(1 if event.key == "right" else -1)
        elif event.key == "space":
            if not self.several:
                self._move(1)
            else:
                self.taken ^= {self.every[self.at][0]}
                self.refresh()
        elif event.character and event.is_printable and event.character.isalpha():
            first = [
                at
                for at, (_, label) in enumerate(self.every)
                if label.casefold().startswith(event.character.casefold())
            ]
            if first:
                self.at = next((at for at in first if at > self.at), first[0])
        else:
            return
        event.stop()
        event.prevent_default()
        self.post_message(self.Changed())

    def _move(self, by: int) -> None:
        """Go to the one after or before; where nothing is chosen yet, to the first or the last."""
        start = self.at if self.at != NOT_CHOSEN or by > 0 else 0
        self.at = (start + by) % len(self.every)


def _hanging(part: Content, width: int) -> list[Content]:
    """Return one word with its sign, wrapped behind the sign where it is longer than a line."""
    if part.cell_length <= width:
        return [part]
    sign, words = part[:MARK_CELLS], part[MARK_CELLS:]
    lines = words.wrap(max(4, width - MARK_CELLS))
    return [joined(sign if not at else " " * MARK_CELLS, line) for at, line in enumerate(lines)]
