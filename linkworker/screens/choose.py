"""One of a few: what to add, what became of a visit. Enter takes what is under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from linkworker.widgets.commands import bindings
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, flowing, hint
from linkworker.widgets.usual import OPEN
from linkworker.widgets.words import joined, one_line


class ChooseScreen(Frame):
    """A short list. Dismissed with the chosen one's value, None where one left it."""

    asks = True
    CSS_PATH = "choose.tcss"
    KEYS = (
        OPEN.doing("take", label="Choose", help="Take what is under the cursor", place="A list"),
    )
    BINDINGS = bindings(KEYS)

    def __init__(
        self,
        heading: str,
        every: Sequence[tuple[str, str, str]],
        chosen: str = "",
        intro: str = "",
    ) -> None:
        """Make a list of (value, label, hint), with the cursor on `chosen`; `intro` stands over
        it."""
        super().__init__()
        self._title = heading
        self._every = tuple(every)
        self._chosen = chosen
        self._intro = [hint(intro), SPACE] if intro else []

    def body(self) -> ComposeResult:
        """Yield the list."""
        yield Page(
            [*self._intro, *(_row(*one) for one in self._every)],
            choose_first=True,
            id="choices",
        )

    def on_mount(self) -> None:
        """Say what is asked."""
        self.set_heading(self._title)
        if self._chosen:
            self.query_one(Page).choose(self._chosen)

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen takes it."""
        self.action_take()

    def action_take(self) -> None:
        """Take what is under the cursor."""
        row = self.query_one(Page).chosen
        if row is not None:
            self.dismiss(row.key)


def _row(value: str, label: str, more: str) -> Row:
    return Row(flowing(joined(one_line(label), ("   " + more, "$soft"))), value)
