"""The panel beside a note: what the note will add, and the questions that are still open.

The text keeps the focus while it is written; Tab goes into the panel. There the arrows go from
question to question and from choice to choice, Enter or a number chooses, Tab goes to the next
open question and after the last to the text, Esc to the text at once. A mouse click chooses too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from linkworker.caseload.note_correcting import LineBefore
from linkworker.screens.note_page import (
    Blocks,
    Page,
    Shape,
    Spot,
    beneath,
    choices_of,
    correcting,
    legend,
    page,
    still_read,
)
from linkworker.screens.note_words import Ask, Row
from linkworker.widgets.commands import Command, Commanded, bindings
from linkworker.widgets.words import joined

PLACE = "What a note will add"


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

    def render_line(self, y: int) -> Strip:
        """Draw one line: of a long page only those in sight are drawn."""
        width = self.content_size.width
        lines = self.panel.page_at(width).lines
        line = lines[y] if y < len(lines) else Content("")
        # In a window that is hardly there a line may have no room for anything.
        strips = (
            Visual.to_strips(self, line, width, 1, self.visual_style, pad=True) if width else []
        )
        return strips[0] if strips else Strip.blank(width)


CHOOSE = Command(
    "panel.open", "Choose, or press its number", "Choose the answer under the cursor",
    ("enter", "space"), "choose", rank=112, place=PLACE,
)  # fmt: skip
BACK = Command(
    "panel.back", "Back to the text", "Go back to the text of the note",
    ("escape", "shift+tab"), "leave", rank=111, place=PLACE,
)  # fmt: skip
NEXT = Command(
    "panel.answer", "Next open question",
    "Go to the next open question; after the last, to the text", ("tab",), "next_open",
    rank=-1, place=PLACE,
)  # fmt: skip


class NotePanel(Commanded, VerticalScroll, can_focus=True):
    """Shows the rows that it is given and says which choice was made."""

    KEYS = (
        CHOOSE,
        BACK,
        NEXT,
        Command("panel.up", "Up", "The question above", ("up",), "step(-1)", rank=-1, place=PLACE),
        Command("panel.down", "Next question", "The question below", ("down",), "step(1)",
                rank=110, place=PLACE, why_not=lambda panel: panel.why_not_next()),
        Command("panel.left", "Left", "The choice before", ("left",), "turn(-1)", rank=-1,
                place=PLACE),
        Command("panel.right", "Next choice", "The choice after", ("right",), "turn(1)", rank=97,
                place=PLACE, another_way="Press its number"),
        *(
            Command(f"panel.{number}", f"Choice {number}", f"Choose number {number}",
                    (str(number),), f"choose({number})", rank=-1, place=PLACE)
            for number in range(1, 10)
        ),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)

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
        self.corrects = False
        """Whether a note is put right here."""
        self.gone: tuple[LineBefore, ...] = ()
        """Its marked lines that do not stand in the text any more, shown below everything."""
        self.blocks: Blocks = {}
        """What `note_page.set_rows` has set already of what is shown."""
        self._at: tuple[int, int] | None = None
        self._waits = False
        self._pressed = 0
        """The first number that was pressed while it waits, 0 for none."""
        self._just_came = False
        """Whether an answer brought it to the question where it stands."""
        self._pages: dict[tuple[int, tuple[int, int] | None], Page] = {}

    def compose(self) -> ComposeResult:
        """Yield the sheet."""
        yield _Sheet()

    @property
    def asks(self) -> list[Ask]:
        """The questions, in the order in which they stand."""
        return [ask for row in self.rows for ask in row.asks]

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """How its page is set now, and how it will be when its scroll bar comes or goes."""
        width = self.query_one(_Sheet).content_size.width
        bar = self.styles.scrollbar_size_vertical
        other = width + bar if self.show_vertical_scrollbar else max(0, width - bar)
        return self._shape(width), self._shape(other)

    def _shape(self, width: int) -> Shape:
        return Shape(width, self.in_words, self.screen.has_class("-narrow"))

    def show(
        self, rows: tuple[Row, ...], blocks: Blocks, gone: tuple[LineBefore, ...] = ()
    ) -> bool:
        """Show these rows, set as `blocks` has them; returns whether they differ from before."""
        self.blocks = blocks
        if (rows, gone) == (self.rows, self.gone) and self._pages:
            return False
        before = self._ask_here()
        self.rows, self.gone = rows, gone
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
                made = page(self.rows, self._shape(width), self._at, self.blocks)
            else:
                made = Page(correcting(width) if self.corrects else legend(width))
            if self.corrects and any(row.kind == "kept apart" for row in self.rows):
                made.lines += still_read(width)
            made.lines += beneath(self.gone, width)
            self._pages = {key: made, **dict(list(self._pages.items())[:3])}
        return self._pages[key]

    def _draw(self) -> None:
        sheet = self.query_one(_Sheet)
        width = sheet.content_size.width
        # To lay out the screen anew costs more than the panel: only where its height changes.
        before = [len(made.lines) for (wide, _), made in self._pages.items() if wide == width]
        self._pages.clear()
        sheet.refresh(layout=before[:1] != [len(self.page_at(width).lines)])
        if self._at is not None:
            self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        spot = self._spot()
        if spot is None:
            return
        made = self.page_at(self.query_one(_Sheet).content_size.width)
        line, question, below = made.asks[spot.ask]
        # What is asked says little without the line that it is about: that comes into sight too
        # where there is room for both, else the question from its first word.
        first = line if below - line <= self.size.height else question
        height = min(below - first, self.size.height)
        if spot.row >= first + height:
            first = spot.row + 1 - height
        region = Region(0, first, self.size.width, height)
        self.scroll_to_region(region, animate=False)
        if self.has_focus:
            place = self.content_region.offset + Offset(spot.start, spot.row) - self.scroll_offset
            self.app.cursor_position = place

    def follow(self, line: int) -> None:
        """Keep in sight what one line of the note becomes, while the text has the focus."""
        if self.has_focus or not self.max_scroll_y:
            return
        end = self.page_at(self.query_one(_Sheet).content_size.width).ends.get(line)
        if end is not None:
            self.scroll_to_region(Region(0, max(0, end - 3), 1, 3), animate=False)

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

    def wait(self) -> None:
        """Hold a number that is pressed until `begin`: what is asked is still being read."""
        self._waits, self._pressed = True, 0

    def begin(self) -> None:
        """What is asked has been read: stand at the first question, and take what was pressed."""
        if self._waits and self.has_focus:
            self._waits = False
            self._at = self._first()
            self._draw()
            if self._pressed:
                self.action_choose(self._pressed)

    def on_blur(self) -> None:
        """No question is under the cursor any more."""
        self._at = None
        self._waits = self._just_came = False
        self._draw()

    def why_not_next(self) -> str:
        """Return why there is no other question to go to, "" where there is one."""
        return "" if len(self.asks) > 1 else "There is no other question."

    def action_step(self, by: int) -> None:
        """Go to the next or previous question; without questions, scroll."""
        asks = self.asks
        if self._at is None or not asks:
            self.scroll_relative(y=by, animate=False)
            return
        self._just_came = False
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
        if self._waits:
            self._pressed = self._pressed or number
            return
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
            before = self._at[0]
            self._at = self._on(next((n for n in later if n >= before), later[0]))
            self._just_came = self._at[0] != before
            self._draw()

    def action_next_open(self) -> None:
        """Go to the next open question below this one; after the last, back to the text.

        An answer goes on by itself. Tab pressed straight after it, as in a form, stays at the
        question that has just come: nobody answers one that they have not seen, nor types the
        next number into the text.
        """
        if self._waits:
            return
        if self._just_came:
            self._just_came = False
            return
        here = self._at[0] if self._at is not None else -1
        later = [n for n, ask in enumerate(self.asks) if ask.is_open and n > here]
        if later:
            self._at = self._on(later[0])
            self._draw()
        else:
            self.action_leave()

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


def questions_left(asks: Sequence[Ask]) -> Content:
    """Return how many of the panel's questions are still open, nothing where none is."""
    left = sum(ask.is_open for ask in asks)
    if not left:
        return Content("")
    count = "1 question" if len(asks) == 1 else f"{left} of {len(asks)} questions"
    return joined((count, "bold $care"), (" still open: ", "$soft"), ("Tab", "bold $accent"))
