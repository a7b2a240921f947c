"""A page of lines that can be walked: what Today, People and a person's sections are made of.

Only what is in sight is drawn, a line is drawn once and kept, and moving the cursor draws two rows
anew; so sixty rows and ten years of entries feel the same. Rows are told apart by their key, and
the cursor stays on its key when the page is made anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Offset, Region, Size, Spacing
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from linkworker.widgets.rows import MARK, Row


class Page(ScrollView, can_focus=True):
    """Rows one under the other, with a cursor on one of them or on none."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"page--chosen"}
    DEFAULT_CSS = """
    Page {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        background: $paper;
        color: $ink;
        & > .page--chosen { background: $panel; color: $ink; }
    }
    Page:focus > .page--chosen { text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("home", "go_first", show=False),
        Binding("end", "go_last", show=False),
    ]

    class Chosen(Message):
        """The cursor came to stand on a row, or (None) on none."""

        def __init__(self, page: Page, row: Row | None) -> None:
            super().__init__()
            self.page = page
            self.row = row

    class Opened(Message):
        """A row was clicked that the cursor stood on already."""

        def __init__(self, page: Page, row: Row) -> None:
            super().__init__()
            self.page = page
            self.row = row

    class NearEnd(Message):
        """The last rows are in sight: there may be more to add."""

        def __init__(self, page: Page) -> None:
            super().__init__()
            self.page = page

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        when_chosen: Callable[[Row | None], None] | None = None,
        choose_first: bool = False,
        dims: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a page. `when_chosen` is told at once, within the key that moved the cursor.

        `choose_first`: the cursor stands on the first row from the start, else on none. `dims`:
        it is shown only while the page has the focus, for one of two that stand side by side.
        """
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
        self._blank = Strip([])
        self._background = Color(0, 0, 0)
        self._when_chosen = when_chosen
        self._choose_first = choose_first
        self.dims = dims
        self._asked_for_more = False

    # -- what stands on it

    @property
    def rows(self) -> Sequence[Row]:
        """The rows, in order."""
        return self._rows

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return None if self._at is None else self._rows[self._at]

    def reading_place(self) -> Offset | None:
        """Where on the screen the cursor stands, for a screen reader to follow."""
        if self._at is None or self._at >= len(self._starts):
            return None
        return self.content_region.offset + Offset(0, self._starts[self._at] - self.scroll_offset.y)

    def show(self, rows: Sequence[Row], *, key: str | None = None) -> None:
        """Put other rows on the page. The cursor stays on its key, or goes to `key`.

        Where its key is gone it goes to the row that now stands in the same place. With another
        `key`, also "", the page is begun anew: without that row the cursor is where it first was.
        """
        before = self._at
        wanted = key if key is not None else (self.chosen.key if self.chosen else "")
        old = self.chosen
        self._rows = list(rows)
        self._asked_for_more = False
        self._at = self._find(wanted) if wanted else None
        if self._at is None and before is not None and key is None:
            self._at = self._nearest(min(before, len(self._rows) - 1))
        if self._at is None and self._choose_first:
            self._at = self._next(-1, 1)
        self._strips = {id(row): self._strips[id(row)] for row in rows if id(row) in self._strips}
        self._width = -1
        self._lay_out()
        self.refresh()
        if key is not None:
            self.scroll_to(y=0, animate=False, immediate=True)
            self._keep_in_sight()
        if self.chosen is not old:
            self._tell()

    def extend(self, rows: Sequence[Row]) -> None:
        """Add rows at the end; nothing else moves."""
        self._rows.extend(rows)
        self._asked_for_more = False
        self._width = -1
        self._lay_out()
        self.refresh()

    def choose(self, key: str) -> bool:
        """Put the cursor on the row with this key; say whether it is there."""
        at = self._find(key)
        if at is not None:
            self._go(at)
        return at is not None

    def to_top(self, at: int) -> None:
        """Scroll so that a row, by its place, stands at the top, if there is enough below it."""
        if 0 <= at < len(self._starts):
            self.scroll_to(y=self._starts[at], animate=False, immediate=True)

    def draw_again(self, row: Row) -> None:
        """Draw one row anew: what it stands for has changed, or how much of it shows."""
        row.drawn.clear()
        self._strips.pop(id(row), None)
        self._width = -1
        self._lay_out()
        self.refresh()

    def _find(self, key: str) -> int | None:
        return next((at for at, row in enumerate(self._rows) if row.key == key and key), None)

    def _next(self, at: int, by: int) -> int | None:
        at += by
        while 0 <= at < len(self._rows):
            if self._rows[at].key:
                return at
            at += by
        return None

    def _nearest(self, at: int) -> int | None:
        if 0 <= at < len(self._rows) and self._rows[at].key:
            return at
        down = self._next(at, 1)
        return down if down is not None else self._next(at, -1)

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

    def on_resize(self) -> None:
        """Lay the lines out for the new width."""
        self._width = -1
        self._lay_out()
        self._keep_in_sight()
        self._place_cursor()

    def watch_show_vertical_scrollbar(self) -> None:
        """Lay the lines out anew: with the scroll bar there is less room, and without it more."""
        self._width = -1
        self._lay_out()

    def on_mount(self) -> None:
        """Choose the first row, where that is wanted."""
        if self._choose_first and self._at is None and self._rows:
            self._at = self._next(-1, 1)
            self._tell()

    def notify_style_update(self) -> None:
        """Another theme: draw everything anew."""
        self._strips.clear()
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
            segments += [
                Segment(text, said.rich_style)
                for text, said in line.render(style, end="", parse_style=self._get_style)
            ]
            rest = width - len(margin) - line.cell_length
            segments.append(Segment(" " * rest, rich))
            drawn.append(self._finished(segments))
        return drawn

    def _finished(self, segments: list[Segment]) -> Strip:
        """Return a line between its margins, through the app's filters; like runs made one."""
        width, inner, padding, base, filters = self._kept_for
        rich = base.rich_style
        before = Segment(" " * padding.left, rich)
        after = Segment(" " * (width - padding.left - inner), rich)
        line = Strip(Segment.simplify([before, *segments, after]), width)
        for one in filters:
            line = line.apply_filter(one, self._background)
        return line

    # -- moving

    def action_move(self, by: int) -> None:
        """Go to the next row up or down; where there is none, scroll."""
        if self._at is None:
            at = self._next(-1, 1)
        else:
            at = self._next(self._at, by)
        if at is None:
            self.scroll_relative(y=by, animate=False)
        else:
            self._go(at)

    def action_turn(self, by: int) -> None:
        """Go a pageful up or down."""
        start = self._starts[self._at] if self._at is not None and self._starts else 0
        aim = start + by * max(1, self.size.height - 2)
        at = max(0, bisect_right(self._starts, max(0, aim)) - 1)
        near = self._nearest(at)
        if near is None:
            self.scroll_relative(y=by * (self.size.height - 1), animate=False)
        else:
            self._go(near)

    def action_go_first(self) -> None:
        """Go to the first row."""
        at = self._next(-1, 1)
        if at is not None:
            self._go(at)
        self.scroll_to(y=0, animate=False)

    def action_go_last(self) -> None:
        """Go to the last row."""
        at = self._next(len(self._rows), -1)
        if at is not None:
            self._go(at)
        else:
            self.scroll_end(animate=False)

    def _go(self, at: int) -> None:
        before, self._at = self._at, at
        if before == at:
            self._keep_in_sight()
            return
        self._refresh_row(before)
        self._refresh_row(at)
        self._keep_in_sight()
        self._place_cursor()
        self._tell()

    def _tell(self) -> None:
        if self._when_chosen is not None:
            self._when_chosen(self.chosen)
        self.post_message(self.Chosen(self, self.chosen))

    def _refresh_row(self, at: int | None) -> None:
        if at is None or at >= len(self._starts):
            return
        end = self._starts[at + 1] if at + 1 < len(self._starts) else self.virtual_size.height
        top = self._starts[at] - self.scroll_offset.y
        self.refresh(Region(0, top, self.size.width, end - self._starts[at]))

    def _keep_in_sight(self) -> None:
        if self._at is None or self._at >= len(self._starts):
            return
        start = self._starts[self._at]
        if self._next(self._at, -1) is None:
            start = 0
        end = self._starts[self._at] + self._rows[self._at].rows_at(self._width)
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if start < top or end - start >= height:
            self.scroll_to(y=start, animate=False, immediate=True)
        elif end > top + height:
            self.scroll_to(y=end - height, animate=False, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for more when the end comes near."""
        super().watch_scroll_y(old_value, new_value)
        left = self.virtual_size.height - new_value - self.size.height
        if left < self.size.height and not self._asked_for_more:
            self._asked_for_more = True
            self.post_message(self.NearEnd(self))

    # -- the terminal's own cursor, which screen readers follow

    def on_focus(self) -> None:
        """Show where the cursor is; with a first row it stands there."""
        self._place_cursor()

    def _place_cursor(self) -> None:
        if not self.has_focus or self._at is None or self._at >= len(self._starts):
            return
        region = self.content_region
        y = self._starts[self._at] - self.scroll_offset.y
        if 0 <= y < region.height:
            self.app.cursor_position = Offset(region.x, region.y + y)

    # -- the mouse

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; clicked again, it opens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = bisect_right(self._starts, offset.y + self.scroll_offset.y) - 1
        if not 0 <= at < len(self._rows) or not self._rows[at].key:
            return
        if at == self._at:
            self.post_message(self.Opened(self, self._rows[at]))
        else:
            self._go(at)
