"""A new recovery key, for whoever never wrote the first one down, or lost the paper."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from linkworker.refusal import Refused
from linkworker.widgets.commands import bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Frame
from linkworker.widgets.recoverykey import NOT_THAT, RecoveryKeyPage
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import OPEN

PLACE = "A new recovery key"


class NewRecoveryKeyScreen(Frame):
    """Asks for the passphrase again, since an open laptop may have been left alone.

    The key before opens nothing from then on. Until the end of the new one is typed back, the
    line at the top goes on saying that no key is known to be on paper.
    """

    CSS_PATH = "new_recovery_key.tcss"
    KEYS = (OPEN.doing("go_on", label="Go on", help="Go on to the next step", place=PLACE),)
    BINDINGS = bindings(KEYS)
    AUTO_FOCUS = "#secret"
    heading = PLACE

    def __init__(self) -> None:
        super().__init__()
        self._busy = False
        self._shown = False

    def body(self) -> ComposeResult:
        """Yield the two steps, of which one is in sight."""
        with VerticalScroll(id="steps"):
            with Vertical(id="asked"):
                yield Sentence(
                    Content(
                        "The recovery key that you may have on paper opens nothing any more "
                        "once there is a new one. Have paper and a pen at hand."
                    )
                )
                yield Sentence(Content("Type your passphrase"), classes="label")
                yield Field(password=True, id="secret")
            yield RecoveryKeyPage(id="recovery")
        yield Sentence(id="answer")

    def on_mount(self) -> None:
        """Begin with the passphrase."""
        self.query_one("#recovery").display = False

    def on_input_submitted(self) -> None:
        """Enter in a field."""
        self.action_go_on()

    def _answer(self, words: str, style: str = "$care") -> None:
        self.query_one("#answer", Sentence).show(Content.styled(words, style))

    def action_go_on(self) -> None:
        """Make the key, or compare what was typed back."""
        if self._shown:
            self._confirm()
            return
        secret = self.query_one("#secret", Field).value
        if not secret or self._busy:
            return
        self._busy = True
        self._answer("Making it…", "$soft")
        self.run_worker(lambda: self._make(secret), thread=True, group="make", exclusive=True)

    def _make(self, secret: str) -> None:
        """Check the passphrase and make the key, on a thread: it is slow on purpose."""
        from linkworker import vault

        store = self.house.store
        try:
            vault.unlock(store.folder, secret, clock=self.house.clock)
            key = store.new_recovery_key()
        except Refused as refused:
            self.app.call_from_thread(self._refused, refused)
        except Exception:
            self.app.call_from_thread(self._not_busy)
            raise
        else:
            self.app.call_from_thread(self._have, key)

    def _not_busy(self) -> None:
        self._busy = False
        self._answer("")

    def _refused(self, refused: Refused) -> None:
        self._busy = False
        self._answer(f"{refused.what} {refused.why} {refused.to_do}")

    def _have(self, key: str) -> None:
        self._not_busy()
        self._shown = True
        self.house.take_look(self.house.look._replace(key_not_on_paper=True))
        self.query_one("#secret", Field).forget()
        self.query_one("#asked").display = False
        page = self.query_one(RecoveryKeyPage)
        page.display = True
        page.show(key)
        self.tell_status()

    def _confirm(self) -> None:
        if not self.query_one(RecoveryKeyPage).typed_back():
            self._answer(NOT_THAT)
            return
        self.house.take_look(self.house.look._replace(key_not_on_paper=False))
        self.house.say("The new recovery key holds from now on.")
        self.dismiss(True)
