"""The door: the first thing anybody sees, painted before the store is even imported.

What is typed while the store is still being fetched is kept, and tried as soon as it is there.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from linkworker.refusal import Refused
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Frame
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import OPEN
from linkworker.widgets.words import joined

FORGOTTEN = Command(
    "unlock.forgotten",
    "I have forgotten it",
    "Open with the recovery key that you wrote down, and choose a new passphrase",
    ("ctrl+r",),
    "forgotten",
    rank=70,
    place="The door",
    always=True,
    another_way="Click it at the foot",
    why_not=lambda screen: screen.why_not_forgotten(),
)

LOCKED = "Your notebook is locked."
ASK = "Type your passphrase, then press Enter."
NOT_ON_PAPER = (
    "Your recovery key was never typed back. Once in, make a new one: Ctrl+P, then type settings."
)
ASK_KEY = (
    "Type the recovery key that you wrote down when you began, then press Enter. "
    "Capitals and spaces do not matter."
)
OPENING = "Opening…"
NO_LOCK = "Made-up people: Enter opens."
"""They are locked out of sight like any notebook, but nothing is asked."""
MADE_UP = "Opening the made-up people…"


class UnlockScreen(Frame):
    """Asks for the passphrase, says in plain words what was wrong, and opens."""

    CSS_PATH = "unlock.tcss"
    KEYS = (OPEN.doing("open", help="Open the notebook", place="The door"), FORGOTTEN)
    BINDINGS = bindings(KEYS)
    AUTO_FOCUS = "Field"
    heading = "linkworker"
    day_at_once = False

    def __init__(self, made_up: bool = False, again: bool = False) -> None:
        """Make the door; `again` when it was locked from inside: then nothing opens by itself."""
        super().__init__()
        self.made_up = made_up
        self.again = again
        self.with_key = False
        self._busy = False
        self._seen = False

    def body(self) -> ComposeResult:
        """Yield the words and the field."""
        if self.made_up:
            yield Sentence(Content.styled(NO_LOCK, "bold"), id="question")
        else:
            yield Sentence(greeting(ASK), id="question")
            if self.house.look.key_not_on_paper:
                yield Sentence(Content.styled(NOT_ON_PAPER, "$soft"), id="paper")
            yield Field(password=True, id="secret")
        yield Sentence(id="answer")

    def on_mount(self) -> None:
        """Open at once where no question is needed."""
        given = self.house.take_passphrase()
        if given is not None or (self.made_up and not self.again):
            self._try(given or "")

    def on_screen_resume(  # type: ignore[override] # the library gives what is asked for
        self, event: events.ScreenResume
    ) -> None:
        """Come in sight: the first time all of it was styled as it was laid, a moment before."""
        if not self._seen:
            self._seen = True
            event.refresh_styles = False

    def why_not_forgotten(self) -> str:
        """Return why the recovery key cannot be used now."""
        return "The made-up people have no passphrase." if self.made_up else ""

    def on_input_submitted(self) -> None:
        """Enter in the field."""
        self.action_open()

    def action_open(self) -> None:
        """Try what was typed; made-up people ask for nothing."""
        if self._busy:
            return
        if self.made_up:
            self._try("")
        elif typed := self.query_one("#secret", Field).value:
            self._try(typed)

    def action_forgotten(self) -> None:
        """Ask for the recovery key instead, or for the passphrase again."""
        self.with_key = not self.with_key
        secret = self.query_one("#secret", Field)
        secret.forget()
        secret.password = not self.with_key
        self.query_one("#question", Sentence).show(greeting(ASK_KEY if self.with_key else ASK))
        self._answer("")
        secret.focus()

    def _answer(self, words: str, style: str = "$care") -> None:
        self.query_one("#answer", Sentence).show(Content.styled(words, style))

    def _try(self, secret: str) -> None:
        self._busy = True
        self._answer(MADE_UP if self.made_up else OPENING, "$soft")
        self.run_worker(
            lambda: self._unlock(secret), thread=True, group="unlock", exit_on_error=False
        )

    def _unlock(self, secret: str) -> None:
        """Unlock, on a thread: the key is made slowly on purpose, about half a second."""
        try:
            store = self.house.wait_for_store()
            if self.made_up:
                store.unlock_made_up()
            elif self.with_key:
                store.unlock_with_recovery(secret)
            else:
                store.unlock(secret)
        except Refused as refused:
            self.app.call_from_thread(self._refused, refused)
        except Exception:
            self.app.call_from_thread(self._not_busy)
            raise
        else:
            self.app.call_from_thread(self._opened)

    def _not_busy(self) -> None:
        self._busy = False
        self._answer("")

    def _refused(self, refused: Refused) -> None:
        if not self.is_attached:
            return
        self._busy = False
        self._answer(f"{refused.what} {refused.why} {refused.to_do}")
        if self.made_up:
            return
        secret = self.query_one("#secret", Field)
        secret.selection = type(secret.selection)(0, len(secret.value))
        secret.focus()

    def _opened(self) -> None:
        """Go in; after the recovery key, choose a new passphrase first."""
        if not self.is_attached:  # it was locked again at once
            return
        self._busy = False
        self._answer("")
        for secret in self.query(Field):
            secret.forget()
        if not self.with_key:
            self.house.opened()
            return
        from linkworker.screens.new_passphrase import AfterRecoveryScreen

        self.action_forgotten()
        self.app.push_screen(AfterRecoveryScreen(), lambda _: self.house.opened())


def greeting(question: str) -> Content:
    """Return how it stands, and what is asked."""
    return joined((LOCKED, "bold"), f"\n\n{question}")
