"""A page of lines that can be walked: what Today, People and a person's sections are made of.

Rows are told apart by their key, and the cursor stays on its key when the page is made anew. How
they are drawn is in `drawn_rows`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message

from linkworker.widgets.drawn_rows import DrawnRows
from linkworker.widgets.rows import Row

MOVES = {
    "up": "move(-1)",
    "down": "move(1)",
    "pageup": "turn(-1)",
    "pagedown": "turn(1)",
    "home": "go_first",
    "end": "go_last",
}
"""The keys that move the cursor, and what each does."""


class Page(DrawnRows, can_focus=True):
    """Rows one under the other, with a cursor on one of them or on none."""

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
        # At once, as Enter is on some screens: pressed right behind, it opens where one has got to.
        Binding(key, action, show=False, priority=True)
        for key, action in MOVES.items()
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
        super().__init__(rows, dims=dims, id=id, classes=classes)
        self._when_chosen = when_chosen
        self._choose_first = choose_first
        self._asked_for_more = False

    # -- what stands on it

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

        A row that one saw stays in sight, wherever it now stands. Where its key is gone the cursor
        goes to the row that now stands in the same place. With another `key`, also "", the page is
        begun anew: without that row the cursor is where it first was.
        """
        before = self._at
        was_in_sight = key is None and self._cursor_in_sight
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
        self._lay_out_anew()
        self.refresh()
        if key is not None:
            self.scroll_to(y=0, animate=False, immediate=True)
        if key is not None or was_in_sight:
            self._keep_in_sight()
        if self.chosen is not old:
            self._tell()

    def extend(self, rows: Sequence[Row]) -> None:
        """Add rows at the end; nothing else moves."""
        self._rows.extend(rows)
        self._asked_for_more = False
        self._lay_out_anew()
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

    def on_resize(self) -> None:
        """Lay the lines out for the new width."""
        self._lay_out_anew()
        self._keep_in_sight()
        self._place_cursor()

    def on_mount(self) -> None:
        """Choose the first row, where that is wanted."""
        if self._choose_first and self._at is None and self._rows:
            self._at = self._next(-1, 1)
            self._tell()

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

    @property
    def _cursor_in_sight(self) -> bool:
        if self._at is None or self._at >= len(self._starts):
            return False
        y = self._starts[self._at] - self.scroll_offset.y
        return 0 <= y < self.scrollable_content_region.height

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
