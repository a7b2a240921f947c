"""The first time: three sentences, two ways to begin, a passphrase, and the recovery key on paper.

Nothing is made before the passphrase is typed twice. The recovery key is shown once and asked back
in part, because a key that was not written down is found missing on the worst day.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from linkworker.refusal import Refused
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Frame
from linkworker.widgets.newpassphrase import OTHER_WORDS, NewPassphrase
from linkworker.widgets.recoverykey import NOT_THAT, RecoveryKeyPage
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import OPEN

if TYPE_CHECKING:
    from linkworker.store import Store

WELCOME = (
    (
        "This is a notebook for the people you walk alongside. You write what happened in your "
        "own words; it keeps the plan, the dates and the promises in sight."
    ),
    "It works without a network, and everything is saved as you type.",
    "It is kept on this laptop, locked with a passphrase that only you know.",
)
GO_ON = OPEN.doing("go_on", label="Go on", help="Go on to the next step", place="First time")


class NoMadeUpPeople(Refused):
    """There is nothing here that makes up people."""

    def __init__(self) -> None:
        super().__init__(
            "The made-up people were not opened.",
            "They come with the command 'linkworker demo'.",
            "Leave with Ctrl+Q and type: linkworker demo",
        )


class Ways(OptionList):
    """The two ways to begin. Its keys do their work within the key itself, so that a name that is
    typed right behind Enter finds the field that it is for.
    """

    def __init__(self, *options: Option, take: Callable[[str], None], id: str) -> None:
        """Make the list. `take` gets the id of the way that is chosen."""
        super().__init__(*options, id=id, markup=False)
        self._take = take

    def take_highlighted(self) -> None:
        """Take the way under the cursor."""
        option = self.highlighted_option
        if option is not None and option.id is not None:
            self._take(option.id)

    def on_key(self, event: events.Key) -> None:
        """Choose at once; a key that waited here while the focus went on is for whoever has it."""
        at_once = {
            "up": self.action_cursor_up,
            "down": self.action_cursor_down,
            "home": self.action_first,
            "end": self.action_last,
            "enter": self.take_highlighted,
        }
        focused = self.screen.focused
        if focused is self and event.key not in at_once:
            return
        event.stop()
        event.prevent_default()
        if focused is self:
            at_once[event.key]()
        elif focused is not None:
            focused.post_message(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        """What was pasted while the focus went on is for whoever has it now."""
        focused = self.screen.focused
        if focused is not None and focused is not self:
            event.stop()
            focused.post_message(events.Paste(event.text))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on one of them."""
        event.stop()
        self.take_highlighted()


class FirstRunScreen(Frame):
    """Three steps, one after the other: welcome, passphrase, recovery key. Esc goes one back."""

    CSS_PATH = "first_run.tcss"
    KEYS = (
        GO_ON,
        OTHER_WORDS._replace(why_not=lambda screen: screen.why_not_words()),
        Command(
            "back",
            "Back",
            "One step back",
            ("escape",),
            "back",
            rank=40,
            place="First time",
            why_not=lambda screen: screen.why_not_back(),
        ),
    )
    BINDINGS = bindings(KEYS)
    AUTO_FOCUS = "#ways"
    heading = "linkworker"
    day_at_once = False
    first_steps = True
    """Nothing is locked yet, and a key of the places says so."""

    def __init__(self) -> None:
        super().__init__()
        self._step = "welcome"
        self._recovery_key = ""
        self._busy = False

    def body(self) -> ComposeResult:
        """Yield the three steps, of which one is in sight."""
        with VerticalScroll(id="steps"):
            with Vertical(id="welcome"):
                for words in WELCOME:
                    yield Sentence(Content(words))
                yield Ways(
                    Option(Content("Start with my people"), "mine"),
                    Option(Content("Try with made-up people"), "made-up"),
                    take=self._begin,
                    id="ways",
                )
            with Vertical(id="passphrase"):
                yield Sentence(Content("What is your name?"), classes="label")
                yield Field(id="name")
                yield NewPassphrase()
            yield RecoveryKeyPage(id="recovery")
        yield Sentence(id="answer")

    def on_mount(self) -> None:
        """Begin with the welcome."""
        for field in self.query("#passphrase Field").results(Field):
            field.when_pressed["enter"] = self.action_go_on
        self._show("welcome")

    def why_not_words(self) -> str:
        """Return why no other words can be offered now."""
        return "" if self._step == "passphrase" else "Words are offered when you choose them."

    def why_not_back(self) -> str:
        """Return why there is no step back."""
        if self._step == "passphrase":
            return ""
        made = self._step == "recovery"
        return "The notebook is made." if made else "This is the beginning. Ctrl+Q leaves."

    # -- from step to step -------------------------------------------------------------------

    def _show(self, step: str) -> None:
        self._step = step
        first: Widget
        for one in ("welcome", "passphrase", "recovery"):
            self.query_one(f"#{one}").display = one == step
        if step == "welcome":
            first = self.query_one(Ways)
        elif step == "passphrase":
            self.query_one(NewPassphrase).offer()
            first = self.query_one("#name", Field)
        else:
            self.query_one(RecoveryKeyPage).show(self._recovery_key)
            self._recovery_key = ""
            first = self.query_one("#back-typed", Field)
        self.set_focus(first, scroll_visible=False)
        steps = self.query_one("#steps", VerticalScroll)
        if step == "passphrase":  # it begins at its top, in a low window too
            self.call_after_refresh(steps.scroll_home, animate=False)
        else:
            self.call_after_refresh(first.scroll_visible, animate=False)
        self._answer("")
        self.refresh_bindings()

    def _answer(self, words: str, style: str = "$care") -> None:
        self.query_one("#answer", Sentence).show(Content.styled(words, style))

    def _begin(self, way: str) -> None:
        """Go one of the two ways."""
        if way == "made-up":
            self._answer("Making up a caseload. This takes a few seconds the first time.", "$soft")
            self.house.try_made_up()
        else:
            self._show("passphrase")
            self.run_worker(self._look_at_the_folder, thread=True, group="folder", exclusive=True)

    def _look_at_the_folder(self) -> None:
        """Say at once, on a thread, that nothing can be made here: not after a passphrase."""
        from linkworker.store import Store

        try:
            self.house.wait_for_store()
            Store.refuse_unfit(self.house.folder)
        except Refused as refused:
            self.app.call_from_thread(self._not_here, refused)

    def _not_here(self, refused: Refused) -> None:
        if self._step == "passphrase" and not self._busy:
            self._show("welcome")
            self._answer(f"{refused.what} {refused.why} {refused.to_do}")

    def on_input_submitted(self) -> None:
        """Enter in a field."""
        self.action_go_on()

    def action_go_on(self) -> None:
        """Go on from the step in sight: to its next empty field, or to the next step."""
        if self._step == "welcome":
            self.query_one(Ways).take_highlighted()
        elif self._step == "passphrase":
            self._choose()
        else:
            self._confirm()

    def action_back(self) -> None:
        """Go one step back; after the notebook is made there is none."""
        if self._step == "passphrase":
            self._show("welcome")

    def action_other_words(self) -> None:
        """Offer five other words."""
        self.query_one(NewPassphrase).offer()

    # -- the passphrase ----------------------------------------------------------------------

    def _choose(self) -> None:
        """Check what was typed, then make the notebook in a thread."""
        name = self.query_one("#name", Field)
        if not name.value.strip():
            self.set_focus(name)
            return
        passphrase, wrong = self.query_one(NewPassphrase).chosen()
        self._answer(wrong)
        if not passphrase or self._busy:
            return
        self._busy = True
        self.set_focus(None)  # what is typed while it is made is for no field
        self._answer("Making your notebook…", "$soft")
        worker_name = name.value.strip()
        self.run_worker(
            lambda: self._make(worker_name, passphrase), thread=True, group="make", exclusive=True
        )

    def _make(self, worker_name: str, passphrase: str) -> None:
        from linkworker.store import Store

        try:
            self.house.wait_for_store()
            made, key = Store.create(
                self.house.folder,
                passphrase,
                worker_name=worker_name,
                clock=self.house.clock,
                alone=True,
            )
        except Refused as refused:
            self.app.call_from_thread(self._refused, refused)
        except Exception:
            self.app.call_from_thread(self._not_busy)
            raise
        else:
            self.app.call_from_thread(self._have, made, key)

    def _not_busy(self) -> None:
        self._busy = False
        self._answer("")
        self.query_one(NewPassphrase).begin()

    def _refused(self, refused: Refused) -> None:
        self._busy = False
        self._answer(f"{refused.what} {refused.why} {refused.to_do}")
        self.query_one(NewPassphrase).begin()

    def _have(self, made: Store, key: str) -> None:
        self._busy = False
        self._recovery_key = key
        self.house.take_store(made)
        self.house.take_look(self.house.look._replace(key_not_on_paper=True))
        self.query_one(NewPassphrase).forget()
        self._show("recovery")

    # -- the recovery key --------------------------------------------------------------------

    def _confirm(self) -> None:
        """Compare what was typed back with the key; look-alikes and spaces do not matter."""
        if not self.query_one(RecoveryKeyPage).typed_back():
            self._answer(NOT_THAT)
            return
        self.house.take_look(self.house.look._replace(key_not_on_paper=False))
        self.house.opened()
