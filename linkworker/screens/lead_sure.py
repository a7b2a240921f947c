"""Before a lead's decision is done: what will happen, and yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, fixed, flowing
from linkworker.widgets.usual import OPEN
from linkworker.widgets.words import one_line

if TYPE_CHECKING:
    from linkworker.screens.lead import LeadScreen
    from linkworker.sync.leading import LeadHub

PLACE = "Before it is done"
YES, NO = "yes", "no"
LEAVE_IT = "No, leave everything as it is"
COPIED = "Sent to the clipboard. If nothing arrives where you paste it, copy it from the screen."


class SureScreen(Frame):
    """Says what will happen. Dismissed with whether it is to be done; the cursor begins on no."""

    asks = True
    CSS_PATH = "lead.tcss"
    KEYS = (OPEN.doing("take", label="Choose", help="Take what is under the cursor", place=PLACE),)
    BINDINGS = bindings(KEYS)

    def __init__(self, title: str, sentences: Sequence[str], yes: str) -> None:
        """Make it; `title` and `sentences` may hold names of colleagues."""
        super().__init__()
        self._title = title
        self._sentences = tuple(sentences)
        self._yes = yes

    def body(self) -> ComposeResult:
        """Yield the sentences and both answers."""
        rows: list[Row] = []
        for sentence in self._sentences:
            rows += [Row(flowing(one_line(sentence))), SPACE]
        rows += [
            Row(fixed(one_line(LEAVE_IT)), NO, height=1),
            Row(fixed(one_line(self._yes)), YES, height=1),
        ]
        yield Page(rows, choose_first=True, id="sure")

    def on_mount(self) -> None:
        """Say what it is about."""
        self.set_heading(self._title)

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen takes it."""
        self.action_take()

    def action_take(self) -> None:
        """Take the answer under the cursor."""
        row = self.query_one(Page).chosen
        if row is not None:
            self.dismiss(row.key == YES)


class InviteScreen(Frame):
    """Shows an invite code, once: who leaves here makes another."""

    CSS_PATH = "lead.tcss"
    KEYS = (
        Command("note.copy", "Copy", "Send the code to the clipboard", ("ctrl+o",), "copy",
                place="An invite code", rank=80),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = "An invite code"

    def __init__(self, name: str, code: str) -> None:
        super().__init__()
        self._name = name
        self._code = code

    def body(self) -> ComposeResult:
        """Yield what to do with it, and the code."""
        sentences = (
            (
                f"For {self._name}: good for one laptop and for 14 days. It is shown here and "
                "nowhere else."
            ),
            (
                "Give it to them alone, and not over a channel that others read: whoever has it "
                "first joins in their name. On their laptop F5 takes it."
            ),
        )
        rows: list[Row] = []
        for sentence in sentences:
            rows += [Row(flowing(one_line(sentence))), SPACE]
        yield Page([*rows, Row(flowing(one_line(self._code, "bold")), flush=True)], id="invite")

    def action_copy(self) -> None:
        """Send the code to the clipboard."""
        self.app.copy_to_clipboard(self._code)
        self.house.say(COPIED)


def sure(
    screen: LeadScreen,
    title: str,
    sentences: Sequence[str],
    yes: str,
    do: Callable[[LeadHub], Any],
    say: Callable[[Any], str],
) -> None:
    """Say what will happen, and where it is wanted have the hub do it."""

    def done(answer: Any) -> None:
        if words := say(answer):
            screen.house.say(words)
        screen.house.courier.now()
        screen.action_again()

    def take(wanted: bool | None) -> None:
        if wanted:
            screen.ask(do, done)

    screen.app.push_screen(SureScreen(title, sentences, yes), take)
