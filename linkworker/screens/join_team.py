"""Joining a team: the invite code, and where the hub is if the code does not say."""

from __future__ import annotations

import platform

from textual.app import ComposeResult
from textual.content import Content

from linkworker.refusal import Refused
from linkworker.widgets.commands import bindings
from linkworker.widgets.everywhere import BACK
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Dialog
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import FIELD_BEFORE, NEXT_FIELD, OPEN

NAME_CHARACTERS = 60
"""Of this laptop's name, which the team lead sees."""
ASKS_FOR_IT = "Paste the invite code, from LW1 to its end."


class JoinTeamScreen(Dialog):
    """Two fields; Enter joins, Esc leaves with nothing done. Dismissed with the team's name."""

    KEYS = (
        OPEN.doing("join", label="Join", help="Join the team", place="Join a team"),
        NEXT_FIELD.doing("next_field", place="Join a team"),
        FIELD_BEFORE.doing("field_before", place="Join a team"),
        BACK.doing("leave", help="Leave, with nothing done", place="Join a team"),
    )
    BINDINGS = bindings(KEYS)
    heading = "Join a team"

    def __init__(self, code: str = "") -> None:
        """`code` stands in its field to begin with."""
        super().__init__()
        self._code = code
        self._busy = False

    def body(self) -> ComposeResult:
        """Yield the fields."""
        yield Sentence(Content("Invite code"))
        yield Field(self._code, id="code", placeholder="LW1-…, as your team lead gave it")
        yield Sentence(Content("Address of the hub, where your lead gave you one"))
        yield Field(id="address", placeholder="https://…")
        yield Sentence(id="answer")

    def on_input_submitted(self) -> None:
        """Enter in a field."""
        self.action_join()

    def action_join(self) -> None:
        """Ask the hub, on a thread: it may take a while to answer."""
        code = self.query_one("#code", Field).value.strip()
        address = self.query_one("#address", Field).value.strip()
        if self._busy:
            return
        if not code:
            self._answer(ASKS_FOR_IT, "$soft")
            return
        self._busy = True
        self._answer("Asking the hub…", "$soft")
        self.run_worker(lambda: self._join(code, address), thread=True, group="join")

    def _join(self, code: str, address: str) -> None:
        """Join, on a thread."""
        from linkworker.sync.joining import join

        tell = self.house.call_from_thread
        try:
            team = join(self.house.store, code, address, platform.node()[:NAME_CHARACTERS])
        except Refused as refused:
            tell(self._refused, refused)
        except Exception:
            tell(self._not_busy)
            raise
        else:
            tell(self._joined, team.hub)

    def _not_busy(self) -> None:
        self._busy = False
        self._answer("", "$soft")

    def _refused(self, refused: Refused) -> None:
        self._busy = False
        self._answer(f"{refused.what} {refused.why} {refused.to_do}", "$care")

    def _joined(self, hub: str) -> None:
        self.house.courier.now()
        self.house.say(f"This laptop belongs to {hub or 'the team'} now.")
        self.dismiss(hub)

    def _answer(self, words: str, style: str) -> None:
        if self.is_mounted:
            self.query_one("#answer", Sentence).show(Content.styled(words, style))
