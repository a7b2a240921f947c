"""The first line of every screen: where one is, the day, and where it is kept."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive

from linkworker.widgets.oneline import OneLine
from linkworker.widgets.words import joined, shortened

GAP = 2
"""Cells left free between two parts of the line."""


class TitleLine(OneLine):
    """Title left, day in the middle, status right; what does not fit leaves from the middle."""

    title: reactive[str] = reactive("")
    """Where one is. May hold a name: it is cleaned and shortened here."""
    day: reactive[str] = reactive("")
    status: reactive[str] = reactive("")

    def render(self) -> Content:
        """Return the line, exactly as wide as there is room."""
        return title_line(self.title, self.day, self.status, self.content_size.width)


def title_line(title: str, day: str, status: str, width: int) -> Content:
    """Return the parts set in a line of `width` cells. The status stays, whatever else must go."""
    status_cells = cell_len(status)
    room = width - status_cells - (GAP if status else 0)
    left = shortened(title, max(0, room), "bold $accent")
    used = cell_len(left.plain)
    start = (width - cell_len(day)) // 2
    if start < used + GAP:
        start = used + GAP
    if not day or start + cell_len(day) + GAP > width - status_cells:
        day, start = "", used
    end = start + cell_len(day)
    return joined(
        left,
        " " * (start - used),
        (day, "$soft"),
        " " * max(0, width - status_cells - end),
        (status, "$soft"),
    )
