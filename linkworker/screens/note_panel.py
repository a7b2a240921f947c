"""The panel beside a note: what the note will add, and the questions that are still open.

The text keeps the focus while it is written; Tab goes into the panel. There the arrows go from
question to question and from choice to choice, Enter or a number chooses, Esc goes back to the
text. A mouse click chooses too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.widget import Widget

from linkworker.rules.marks import EXPLAINED
from linkworker.screens.note_words import Ask, Row
from linkworker.widgets.words import joined, one_line

HEADING = "What this note will add"
KIND_CELLS = 14
"""Cells of the first column: sign and kind."""
ASK_CELLS = 3
"""Cells before a question, which needs more room than what a line becomes."""
LEAST_FOR_COLUMNS = 34
"""Under so many cells the words stand below their kind."""

BETWEEN = " · "

OWN = {"day": "another day", "name": "somebody else"}
"""What the last choice is called where something of one's own may be typed."""

PANEL_EMPTY = "Without marks a note is just a note."
LEGEND = "A line that begins with one of these fills the plan:"


@dataclass(frozen=True)
class Spot:
    """Where one choice stands on the page."""

    row: int
    start: int
    end: int
    ask: int
    choice: int


@dataclass
class Page:
    """The lines of the panel at one width, and where its choices stand."""

    lines: list[Content] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)


def choices_of(ask: Ask) -> list[tuple[str, str]]:
    """Return the choices of a question, with the one to type something of one's own."""
    own = [("", OWN[ask.own])] if ask.own else []
    return [*ask.choices, *own]


def page(rows: Sequence[Row], width: int, at: tuple[int, int] | None, in_words: bool) -> Page:
    """Return the panel set in `width` cells. `at` is the question and choice under the cursor.

    `in_words` sets it in one column without signs, for a screen reader.
    """
    made = Page()
    number = 0
    for row in rows:
        _set_row(made, row, width, in_words)
        for ask in row.asks:
            _set_ask(made, ask, number, width, at)
            number += 1
    return made


def _columns(width: int, in_words: bool) -> bool:
    return width >= LEAST_FOR_COLUMNS and not in_words


def _set_row(made: Page, row: Row, width: int, in_words: bool) -> None:
    if not (row.kind or row.words):
        return
    words = one_line(row.words or BETWEEN.join(row.becomes))
    if row.whose:
        words = joined(one_line(f"{row.whose}:", "bold"), " ", words)
    becomes = row.becomes if row.words else ()
    risk = row.kind in ("staying safe", "kept apart")
    if not _columns(width, in_words):
        head = row.kind if in_words else f"{row.sign} {row.kind}"
        made.lines += _wrapped(joined((f"{head}: ", "bold"), words), width, 2)
        made.lines += _indented(becomes, width, 2)
        return
    sign = joined((f"{row.sign:<2} ", "$risk bold" if risk else "$accent bold"), (row.kind, "bold"))
    gap = Content(" " * max(1, KIND_CELLS - sign.cell_length))
    taken = sign.cell_length + gap.cell_length
    for number, line in enumerate(_wrapped(words, width - KIND_CELLS, 0, taken - KIND_CELLS)):
        made.lines.append(joined(sign, gap, line) if not number else _after(KIND_CELLS, line))
    made.lines += _indented(becomes, width, KIND_CELLS)


def _set_ask(made: Page, ask: Ask, number: int, width: int, at: tuple[int, int] | None) -> None:
    indent = ASK_CELLS
    style = "$care bold" if ask.is_open else "$ink"
    sentence = joined(("▸ ", style), one_line(ask.sentence, style))
    made.lines += [_after(indent, line) for line in sentence.wrap(max(4, width - indent))]
    pieces: list[Content] = []
    used = indent + 2
    here = at is not None and at[0] == number
    for which, (key, label) in enumerate(choices_of(ask)):
        holds = bool(key) and key == ask.holds
        mark = f"{which + 1} " if here else ""
        text = f"{'●' if holds else '○'} {mark}{' '.join(label.split())}"
        most = max(4, width - indent - 2)
        shown = one_line(text, "bold" if holds else "")
        if shown.cell_length > most:
            shown = shown.truncate(most, ellipsis=True)
        if at == (number, which):
            shown = shown.stylize("$chosen-ink on $chosen")
        if pieces and used + shown.cell_length > width:
            made.lines.append(_after(indent + 2, Content("   ").join(pieces)))
            pieces, used = [], indent + 2
        made.spots.append(Spot(len(made.lines), used, used + shown.cell_length, number, which))
        pieces.append(shown)
        used += shown.cell_length + 3
    made.lines.append(_after(indent + 2, Content("   ").join(pieces)))


def _after(cells: int, line: Content) -> Content:
    return joined(Content(" " * cells), line)


def _indented(pieces: Sequence[str], width: int, cells: int) -> list[Content]:
    """Return pieces set in by `cells`, as many on a line as fit, each whole where it can be."""
    room = max(4, width - cells)
    lines: list[Content] = []
    for piece in pieces:
        shown = one_line(piece, "$soft")
        longer = joined(lines[-1], (BETWEEN, "$soft"), shown) if lines else shown
        if lines and longer.cell_length <= room:
            lines[-1] = longer
        else:
            lines += shown.wrap(room)
    return [_after(cells, line) for line in lines]


def _wrapped(content: Content, width: int, cells: int, taken: int = 0) -> list[Content]:
    """Return lines of at most `width` cells, those after the first set in by `cells`.

    `taken` cells of the first line are gone already.
    """
    first = content.wrap(max(4, width - taken))
    if len(first) == 1:
        return first
    rest = content[len(first[0].plain) :]
    begun = len(rest.plain) - len(rest.plain.lstrip())
    later = rest[begun:].wrap(max(4, width - cells))
    return [first[0], *(_after(cells, line) for line in later)]


def legend(width: int) -> list[Content]:
    """Return what stands in the panel while the note has no mark: the marks, explained."""
    lines = [*_wrapped(Content.styled(LEGEND, "$soft"), width, 0)]
    for sign, words in EXPLAINED.items():
        lines.append(joined((f"{sign:<2} ", "$accent bold"), (words, "$soft")))
    return [*lines, *_wrapped(Content.styled(PANEL_EMPTY, "$soft"), width, 0)]


class _Sheet(Widget):
    """The lines themselves, as high as they are."""

    DEFAULT_CSS = "_Sheet { width: 1fr; height: auto; }"

    @property
    def panel(self) -> NotePanel:
        """The panel that it lies in."""
        return cast(NotePanel, self.parent)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row for each line."""
        return len(self.panel.page_at(width).lines)

    def render(self) -> Content:
        """Return the lines."""
        return Content("\n").join(self.panel.page_at(self.content_size.width).lines)


class NotePanel(VerticalScroll, can_focus=True):
    """Shows the rows that it is given and says which choice was made."""

    BINDINGS = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("enter,space", "choose", show=False),
        *(Binding(str(number), f"choose({number})", show=False) for number in range(1, 10)),
        Binding("escape,tab,shift+tab", "leave", show=False),
    ]

    class Answered(Message):
        """A choice was made; `key` is "" where something of one's own is to be typed."""

        def __init__(self, ask: Ask, key: str) -> None:
            super().__init__()
            self.ask = ask
            self.key = key

    class Left(Message):
        """The text wants the focus back."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()
        self.in_words = False
        """One column, no signs: for a screen reader."""
        self._at: tuple[int, int] | None = None
        self._pages: dict[tuple[int, tuple[int, int] | None], Page] = {}

    def compose(self) -> ComposeResult:
        """Yield the sheet."""
        yield _Sheet()

    @property
    def asks(self) -> list[Ask]:
        """The questions, in the order in which they stand."""
        return [ask for row in self.rows for ask in row.asks]

    def show(self, rows: tuple[Row, ...]) -> bool:
        """Show these rows; returns whether they differ from what was shown."""
        if rows == self.rows and self._pages:
            return False
        before = self._ask_here()
        self.rows = rows
        if before is not None:
            again = [n for n, ask in enumerate(self.asks) if ask.id == before.id]
            self._at = (again[0], self._at[1] if self._at else 0) if again else None
        if self.has_focus and self._at is None:
            self._at = self._first()
        self._draw()
        return True

    def page_at(self, width: int) -> Page:
        """Return the page at one width; set once for each state."""
        key = (width, self._at)
        if key not in self._pages:
            if self.rows:
                made = page(self.rows, width, self._at, self.in_words)
                heading = joined((HEADING, "bold $accent"))
                made.lines[:0] = [*_wrapped(heading, width, 0), Content("")]
                ahead = len(_wrapped(heading, width, 0)) + 1
                made.spots = [
                    Spot(spot.row + ahead, spot.start, spot.end, spot.ask, spot.choice)
                    for spot in made.spots
                ]
            else:
                made = Page(legend(width))
            self._pages = {key: made, **dict(list(self._pages.items())[:3])}
        return self._pages[key]

    def _draw(self) -> None:
        self._pages.clear()
        self.query_one(_Sheet).refresh(layout=True)
        if self._at is not None:
            self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        spot = self._spot()
        if spot is None:
            return
        region = Region(0, max(0, spot.row - 1), self.size.width, 2)
        self.scroll_to_region(region, animate=False)
        if self.has_focus:
            place = self.content_region.offset + Offset(spot.start, spot.row) - self.scroll_offset
            self.app.cursor_position = place

    def _spot(self) -> Spot | None:
        spots = self.page_at(self.query_one(_Sheet).content_size.width).spots
        return next((one for one in spots if (one.ask, one.choice) == self._at), None)

    # -- answering -------------------------------------------------------------------------------

    def _ask_here(self) -> Ask | None:
        asks = self.asks
        return asks[self._at[0]] if self._at is not None and self._at[0] < len(asks) else None

    def _first(self) -> tuple[int, int] | None:
        """Return the first question that waits, else the first one."""
        asks = self.asks
        waiting = [number for number, ask in enumerate(asks) if ask.is_open]
        return self._on(waiting[0] if waiting else 0) if asks else None

    def _on(self, number: int) -> tuple[int, int]:
        ask = self.asks[number]
        keys = [key for key, _ in ask.choices]
        return number, keys.index(ask.holds) if ask.holds in keys else 0

    def on_focus(self) -> None:
        """Begin with the first question that waits."""
        self._at = self._first()
        self._draw()

    def on_blur(self) -> None:
        """No question is under the cursor any more."""
        self._at = None
        self._draw()

    def action_step(self, by: int) -> None:
        """Go to the next or previous question; without questions, scroll."""
        asks = self.asks
        if self._at is None or not asks:
            self.scroll_relative(y=by, animate=False)
            return
        self._at = self._on(max(0, min(len(asks) - 1, self._at[0] + by)))
        self._draw()

    def action_turn(self, by: int) -> None:
        """Go to the next or previous choice of this question."""
        ask = self._ask_here()
        if ask is not None and self._at is not None:
            most = len(choices_of(ask)) - 1
            self._at = (self._at[0], max(0, min(most, self._at[1] + by)))
            self._draw()

    def action_choose(self, number: int = 0) -> None:
        """Choose what is under the cursor, or the choice with this number."""
        ask = self._ask_here()
        if ask is None or self._at is None:
            return
        which = number - 1 if number else self._at[1]
        if which < len(choices_of(ask)):
            self._answer(ask, self._at[0], which)

    def _answer(self, ask: Ask, number: int, which: int) -> None:
        key = choices_of(ask)[which][0]
        self._at = (number, which) if self.has_focus else None
        self.post_message(self.Answered(ask, key))

    def go_on(self) -> None:
        """Go to the next question that waits, after one has been answered."""
        if self._at is None:
            return
        later = [n for n, ask in enumerate(self.asks) if ask.is_open]
        if later:
            self._at = self._on(next((n for n in later if n >= self._at[0]), later[0]))
            self._draw()

    def go_to(self, ask_id: str) -> None:
        """Go to one question."""
        numbers = [number for number, ask in enumerate(self.asks) if ask.id == ask_id]
        if numbers:
            self._at = self._on(numbers[0])
            self._draw()

    def action_leave(self) -> None:
        """Go back to the text."""
        self.post_message(self.Left())

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        sheet = self.query_one(_Sheet)
        place = event.get_content_offset(sheet)
        if place is None:
            return
        for spot in self.page_at(sheet.content_size.width).spots:
            if spot.row == place.y and spot.start <= place.x < spot.end:
                event.stop()
                self._answer(self.asks[spot.ask], spot.ask, spot.choice)
                return


__all__ = ["HEADING", "NotePanel", "page"]
