"""Rows one under the other, drawn: where each stands, and its lines as they reach the terminal.

Only what is in sight is drawn, a line is drawn once and kept, and moving the cursor draws two rows
anew; so sixty rows and ten years of entries feel the same. Walking them is `page`'s.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.geometry import Region, Size, Spacing
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from linkworker.widgets.rows import MARK, Row


class DrawnRows(ScrollView):
    """Rows, of which one may be the chosen one (`_at`) and is drawn with a mark."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"page--chosen"}

    def __init__(
        self, rows: Sequence[Row], *, dims: bool, id: str | None = None, classes: str | None = None
    ) -> None:
        """`dims`: the mark is shown only while the focus is here."""
        super().__init__(id=id, classes=classes)
        self._rows: list[Row] = list(rows)
        self._starts: list[int] = []
        self._width = -1
        self._at: int | None = None
        self._strips: dict[int, list[Strip]] = {}
        self._kept_for: tuple[int, int, Spacing, Style, tuple[LineFilter, ...]] = (
            -1,
            -1,
            Spacing(),
            Style(),
            (),
        )
        """Widths, margins, style and filters that the kept lines were drawn for."""
        self._inks: dict[tuple[Style, str | Style], RichStyle] = {}
        self._blank = Strip([])
        self._background = Color(0, 0, 0)
        self.dims = dims

    @property
    def rows(self) -> Sequence[Row]:
        """The rows, in order."""
        return self._rows

    def draw_again(self, row: Row) -> None:
        """Draw one row anew: what it stands for has changed, or how much of it shows."""
        row.drawn.clear()
        self._strips.pop(id(row), None)
        self._lay_out_anew()
        self.refresh()

    # -- where the lines are

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0 or width == self._width:
            return
        starts, total = [], 0
        for row in self._rows:
            starts.append(total)
            total += row.rows_at(width)
        self._starts = starts
        self._width = width
        if self.virtual_size != (size := Size(width, total)):
            self.virtual_size = size
            after = self.scrollable_content_region.width
            if after != width:
                self._width = -1
                self._lay_out()

    def _lay_out_anew(self) -> None:
        self._width = -1
        self._lay_out()

    def watch_show_vertical_scrollbar(self) -> None:
        """Lay the lines out anew: with the scroll bar there is less room, and without it more."""
        self._lay_out_anew()

    def _refresh_row(self, at: int | None) -> None:
        if at is None or at >= len(self._starts):
            return
        end = self._starts[at + 1] if at + 1 < len(self._starts) else self.virtual_size.height
        top = self._starts[at] - self.scroll_offset.y
        self.refresh(Region(0, top, self.size.width, end - self._starts[at]))

    def notify_style_update(self) -> None:
        """Another theme: draw everything anew."""
        self._strips.clear()
        self._inks.clear()
        self._kept_for = (-1, *self._kept_for[1:])
        super().notify_style_update()

    # -- drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines in `crop`, from what is kept where that is possible.

        What is kept has been through the app's filters already, the guard of the terminal among
        them, and has its margins: Textual's own way does both for every line at every paint.
        """
        width = self.outer_size.width
        padding = self.styles.padding
        kept_for = (
            width,
            self.scrollable_content_region.width,
            padding,
            self.visual_style,
            tuple(self.get_line_filters()),
        )
        if self._kept_for != kept_for:
            self._strips.clear()
            self._inks.clear()
            self._kept_for = kept_for
            self._background = self.background_colors[1]
            inner = Segment(" " * kept_for[1], self.visual_style.rich_style)
            self._blank = self._finished([inner])
        top, last = padding.top, self.outer_size.height - padding.bottom
        scrolled = self.scroll_offset.y - top
        strips = [
            self._line(y + scrolled) if top <= y < last else self._blank for y in crop.line_range
        ]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _line(self, y: int) -> Strip:
        """Return one line of the whole page."""
        at = bisect_right(self._starts, y) - 1
        if at < 0 or at >= len(self._rows):
            return self._blank
        row = self._rows[at]
        if at == self._at and (self.has_focus or not self.dims):
            strips = self._drawn(row, self.get_visual_style("page--chosen"), MARK)
        else:
            strips = self._strips.get(id(row)) or []
            if not strips:
                strips = self._strips[id(row)] = self._drawn(row, self.visual_style, "")
        line = y - self._starts[at]
        return strips[line] if line < len(strips) else self._blank

    def _drawn(self, row: Row, style: Style, mark: str) -> list[Strip]:
        """Draw one row: `mark` stands before its first line."""
        _, width, _, _, _ = self._kept_for
        rich = style.rich_style
        margin = "" if row.flush else " " * len(MARK)
        drawn = []
        for line in row.lines(row.room(width)):
            if line.cell_length > row.room(width):
                line = line.truncate(row.room(width))
            segments = [Segment(margin, rich)]
            if mark:
                segments = [Segment(mark, (style + self._get_style("$accent")).rich_style)]
                mark = ""
            segments += self._inked(line, style)
            rest = width - len(margin) - line.cell_length
            segments.append(Segment(" " * rest, rich))
            drawn.append(self._finished(segments))
        return drawn

    def _inked(self, line: Content, style: Style) -> list[Segment]:
        """Return a line in its colours; where none lies over another, without sorting them.

        The library sorts them all first, which takes longer than the rest of drawing a row.
        """
        inked, text, at = [], line.plain, 0
        for span in line.spans:
            start, end = span.start, min(span.end, len(text))
            if start < at:
                return [
                    Segment(words, said.rich_style)
                    for words, said in line.render(style, end="", parse_style=self._get_style)
                ]
            if start >= end:
                continue
            if start > at:
                inked.append(Segment(text[at:start], style.rich_style))
            inked.append(Segment(text[start:end], self._ink(style, span.style)))
            at = end
        if at < len(text):
            inked.append(Segment(text[at:], style.rich_style))
        return inked

    def _ink(self, style: Style, over: str | Style) -> RichStyle:
        """Return a style over that of the row, mixed once."""
        found = self._inks.get((style, over))
        if found is None:
            said = self._get_style(over) if isinstance(over, str) else over
            found = self._inks[style, over] = Style.combine([style, said]).rich_style
        return found

    def _finished(self, segments: list[Segment]) -> Strip:
        """Return a line between its margins, through the app's filters; like runs made one."""
        width, inner, padding, base, filters = self._kept_for
        rich = base.rich_style
        before = Segment(" " * padding.left, rich)
        after = Segment(" " * (width - padding.left - inner), rich)
        line = list(Segment.simplify([before, *segments, after]))
        for one in filters:
            line = one.apply(line, self._background)
        return Strip(line, width)
