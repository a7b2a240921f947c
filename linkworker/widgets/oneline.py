"""A widget of one line that is as wide as there is room: drawn without being wrapped and set.

The library wraps, pads and cuts whatever a widget shows. For a line that fits already this takes
longer than all the rest of drawing it, and two such lines stand on every page.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget


class OneLine(Widget):
    """Shows what `render` gives: one line, at most as wide as the widget."""

    def render(self) -> Content:
        """Return the line."""
        return Content("")

    def render_line(self, y: int) -> Strip:
        """Draw the line; where some of it is selected with the mouse, in the library's own way."""
        if y or self.text_selection is not None:
            return super().render_line(y)
        width, style = self.size.width, self.visual_style
        line = self.render()
        if line.cell_length > width:
            line = line.truncate(width)
        segments = [
            Segment(text, said.rich_style)
            for text, said in line.render(style, end="", parse_style=self._get_style)
        ]
        return Strip(segments, line.cell_length).adjust_cell_length(width, style.rich_style)
