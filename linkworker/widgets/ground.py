"""The ground that everything stands on: one line, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.filter import LineFilter
    from textual.style import Style

    _Base = Widget
else:
    _Base = object


class Ground(_Base):
    """What has no border and no words of its own, and draws the same line throughout.

    The library would draw each of its lines anew, though most of them are under something, whenever
    it comes in sight. A plain class, because Textual finds the style of a node through its first
    base that is a node.
    """

    _ground: Strip = Strip([])
    _ground_for: tuple[int, Style, tuple[LineFilter, ...]] | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the ground, through the app's filters."""
        filters = tuple(self.get_line_filters())
        kept_for = (crop.width, self.visual_style, filters)
        if self._ground_for != kept_for:
            self._ground_for = kept_for
            self._ground = Strip.blank(crop.width, self.visual_style.rich_style)
            for one in filters:
                self._ground = self._ground.apply_filter(one, self.background_colors[1])
        return [self._ground] * crop.height


class SideBySide(Ground, Horizontal):
    """Two pages side by side, which cover all of it."""
