"""A new passphrase: instead of the old one, or after the recovery key has opened the notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from linkworker.refusal import Refused
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Frame
from linkworker.widgets.newpassphrase import OTHER_WORDS, NewPassphrase
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import OPEN

PLACE = "Choosing a passphrase"


class NewPassphraseScreen(Frame):
    """Asks for the old passphrase again, since an open laptop may have been left alone.

    `after_recovery` asks for no old one. Dismissed with True once the new one holds.
    """

    CSS_PATH = "new_passphrase.tcss"
    KEYS: ClassVar[tuple[Command, ...]] = (
        OPEN.doing("go_on", label="Go on", help="Go on to the next field", place=PLACE),
        OTHER_WORDS,
    )
    BINDINGS = bindings(KEYS)
    AUTO_FOCUS = "Field"
    heading = "A new passphrase"

    def __init__(self, after_recovery: bool = False) -> None:
        super().__init__()
        self._after_recovery = after_recovery
        self._busy = False

    def body(self) -> ComposeResult:
        """Yield the fields."""
        with VerticalScroll(id="new"):
            if not self._after_recovery:
                yield Sentence(Content("Type the passphrase that you have now"), classes="label")
                yield Field(password=True, id="old")
            yield NewPassphrase()
        yield Sentence(id="answer")

    def on_mount(self) -> None:
        """Offer words at once. Enter goes on within the key, so that what is typed right behind it
        finds its field.
        """
        for field in self.query(Field):
            field.when_pressed["enter"] = self.action_go_on
        self.query_one(NewPassphrase).offer()

    def action_other_words(self) -> None:
        """Offer five other words."""
        self.query_one(NewPassphrase).offer()

    def _answer(self, words: str, style: str = "$care") -> None:
        self.query_one("#answer", Sentence).show(Content.styled(words, style))

    def action_go_on(self) -> None:
        """Go to the next empty field, or change it."""
        old = ""
        if not self._after_recovery:
            field = self.query_one("#old", Field)
            if not field.value:
                self.set_focus(field)
                return
            old = field.value
        new, wrong = self.query_one(NewPassphrase).chosen()
        self._answer(wrong)
        if not new or self._busy:
            return
        self._busy = True
        self._answer("Changing it…", "$soft")
        store = self.house.store
        change: Callable[[], None] = (
            (lambda: store.set_passphrase(new))
            if self._after_recovery
            else (lambda: store.change_passphrase(old, new))
        )
        self.run_worker(lambda: self._change(change), thread=True, group="change")

    def _change(self, change: Callable[[], None]) -> None:
        """Wrap the key anew, on a thread: it is slow on purpose."""
        try:
            change()
        except Refused as refused:
            self.app.call_from_thread(self._refused, refused)
        except Exception:
            self.app.call_from_thread(self._not_busy)
            raise
        else:
            self.app.call_from_thread(self._changed)

    def _not_busy(self) -> None:
        self._busy = False
        self._answer("")

    def _refused(self, refused: Refused) -> None:
        if not self.is_attached:  # it was locked meanwhile
            return
        self._busy = False
        self._answer(f"{refused.what} {refused.why} {refused.to_do}")

    def _changed(self) -> None:
        self.house.say("The new passphrase holds from now on.")
        if not self.is_attached:  # it was locked meanwhile
            return
        for field in self.query(Field):
            field.forget()
        self.dismiss(True)


class AfterRecoveryScreen(NewPassphraseScreen):
    """The same, once the recovery key has opened the notebook: asks for no old one.

    Whoever goes back locks it: the records stand open, and nobody is to leave them so unaware.
    """

    KEYS = (
        *NewPassphraseScreen.KEYS,
        Command(
            "passphrase.leave",
            "Lock",
            "Lock the notebook again; the recovery key opens it as before",
            ("escape",),
            "back",
            rank=40,
            place=PLACE,
            another_way="Ctrl+L",
        ),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__(after_recovery=True)

    async def action_back(self) -> None:
        """Lock."""
        await self.house.lock_up()
