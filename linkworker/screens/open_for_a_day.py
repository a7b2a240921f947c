"""Opening one person for a day: whom, and why. Whoever holds them and the leads are told."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from linkworker.refusal import Refused
from linkworker.widgets.commands import bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Dialog
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import OPEN

PLACE = "Open for a day"
ASKING = "Asking the hub…"
WHOM = "Say whom: the id of their record, as whoever holds them or a lead gives it to you."
WHY = "Say why: whoever holds them reads it."
OPENED = "Open for a day. The record comes now; whoever holds them is told."


class OpenForADayScreen(Dialog):
    """Two fields; Enter opens, Esc leaves with nothing done. Dismissed with whether it was done."""

    KEYS = (OPEN.doing("open", label="Open", help="Open them for a day", place=PLACE),)
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def __init__(self) -> None:
        super().__init__()
        self._busy = False

    def body(self) -> ComposeResult:
        """Yield the fields."""
        yield Sentence(Content("The id of their record"))
        yield Field(id="whom")
        yield Sentence(Content("Why you open it"))
        yield Field(id="why", placeholder="rang in distress")
        yield Sentence(id="answer")

    def on_input_submitted(self) -> None:
        """Enter in a field."""
        self.action_open()

    def action_open(self) -> None:
        """Ask the hub, on a thread: it may take a while to answer."""
        whom = self.query_one("#whom", Field).value.strip()
        why = self.query_one("#why", Field).value.strip()
        if self._busy:
            return
        if not whom or not why:
            self._answer(WHY if whom else WHOM, "$soft")
            return
        self._busy = True
        self._answer(ASKING, "$soft")
        self.run_worker(lambda: self._open(whom, why), thread=True, group="open for a day")

    def _open(self, whom: str, why: str) -> None:
        """Open, on a thread."""
        from linkworker.sync.syncing import hub_of

        tell = self.house.call_from_thread
        try:
            with hub_of(self.house.store) as hub:
                hub.open_for_a_day(whom, why)
        except Refused as refused:
            tell(self._refused, refused)
        except Exception:
            tell(self._not_busy)
            raise
        else:
            tell(self._opened)

    def _not_busy(self) -> None:
        self._busy = False
        self._answer("", "$soft")

    def _refused(self, refused: Refused) -> None:
        self._busy = False
        self._answer(f"{refused.what} {refused.why} {refused.to_do}", "$care")

    def _opened(self) -> None:
        self.house.courier.now()
        self.house.say(OPENED)
        if self.is_mounted:
            self.dismiss(True)

    def _answer(self, words: str, style: str) -> None:
        if self.is_mounted:
            self.query_one("#answer", Sentence).show(Content.styled(words, style))
