"""Your own name, put right."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from linkworker.caseload import worker
from linkworker.refusal import Refused
from linkworker.widgets.commands import bindings
from linkworker.widgets.everywhere import BACK
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Dialog
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import OPEN


class YourNameScreen(Dialog):
    """One field; Enter keeps it, Esc leaves it as it was."""

    KEYS = (
        OPEN.doing("keep", label="Keep", help="Keep the name", place="Your name"),
        BACK.doing("leave", help="Leave, with nothing done", place="Your name"),
    )
    BINDINGS = bindings(KEYS)
    heading = "Your name"

    def body(self) -> ComposeResult:
        """Yield the field with the name as it stands."""
        with self.house.store.read() as tx:
            name = worker.own_name(tx)
        yield Sentence(Content("As colleagues read it beside what you write"))
        yield Field(value=name, id="name")
        yield Sentence(id="answer")

    def on_input_submitted(self) -> None:
        """Enter in the field."""
        self.action_keep()

    def action_keep(self) -> None:
        """Keep the name that stands there."""
        try:
            with self.house.store.write("put your name right") as tx:
                worker.call_me(tx, self.query_one("#name", Field).value)
        except Refused as refused:
            words = f"{refused.what} {refused.why} {refused.to_do}"
            self.query_one("#answer", Sentence).show(Content.styled(words, "$care"))
        else:
            self.dismiss(True)
