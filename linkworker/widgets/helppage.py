"""The words of help, set in two columns: the key, and what it does."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from linkworker.widgets.commands import Command, Commanded
from linkworker.widgets.words import joined

KEY_CELLS = 14
WIDEST = 92
"""A line longer than this is hard to read."""

INTRODUCTION = (
    "Arrows, Enter, Esc, Tab and typing are enough for everything. "
    "Whatever you write is saved as you type it. "
    "Ctrl+P and the name of anything below does it too."
)
FINDER = "Ctrl+P, then type"
"""Said once for all, and not with every key: only where there is no other."""


EXPLAINED = {
    "A person": (
        "“Not sent yet” stands behind what the team's hub does not hold yet. It is kept on this "
        "laptop, and goes by itself. Where nothing is said, the hub holds it."
    ),
}
"""By the heading of its commands, what is to be known of a screen besides."""


class HelpPage(Widget):
    """Every command in reach, under its heading. It scrolls inside whatever holds it."""

    DEFAULT_CSS = "HelpPage { height: auto; }"

    def __init__(self, here: Sequence[tuple[Command, Commanded]]) -> None:
        super().__init__()
        self.here = tuple(here)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the page has at this width."""
        return len(page(self.here, width))

    def render(self) -> Content:
        """Return the page."""
        return Content("\n").join(page(self.here, self.content_size.width))


def page(here: Sequence[tuple[Command, Commanded]], width: int) -> list[Content]:
    """Return the lines of help for these commands, at most `width` cells each."""
    width = max(KEY_CELLS + 10, min(width, WIDEST))
    lines = [Content(line) for line in wrap(INTRODUCTION, width)]
    for heading in dict.fromkeys(command.place for command, _ in here):
        lines += [Content(""), Content.styled(heading, "bold $accent")]
        for command, node in here:
            if command.place == heading:
                lines += entry(command, command.key_refusal(node), width)
        lines += [Content(line) for line in wrap(EXPLAINED.get(heading, ""), width)]
    return lines


def entry(command: Command, reason: str, width: int) -> list[Content]:
    """Return one command: its key, what it does, its other way, and why it cannot run now."""
    words = [(line, "$ink") for line in wrap(f"{command.help}.", width - KEY_CELLS)]
    by_finder = command.another_way.startswith(FINDER) and bool(command.keys)
    told = command.another_way and not by_finder
    beside = f"{'Or: ' * bool(command.keys)}{command.another_way}." if told else ""
    for sentence in (beside, f"Not now. {reason}" if reason else ""):
        words += [(line, "$soft") for line in wrap(sentence, width - KEY_CELLS)]
    key = command.shown_key.ljust(KEY_CELLS)
    first, *rest = words
    return [joined((key, "bold $accent"), first), *(joined(" " * KEY_CELLS, one) for one in rest)]
