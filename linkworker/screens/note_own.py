"""An answer of one's own, where none of the choices fits: another day, another name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from linkworker.rules.days import read_day
from linkworker.rules.shown_days import say_day
from linkworker.screens.note_words import Ask
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Dialog
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.words import one_line

PLACE = "Answer"
HINTS = {"day": "Fri 4 Dec · next Tues · in 6 weeks", "name": "the name, as it is said"}


class OwnAnswerScreen(Dialog):
    """One field. It is dismissed with the key of the answer, None where none was given.

    What is half typed belongs to the note's draft: `changed` hears of each key, and what stands in
    the field when a key leads elsewhere stands there when the same is answered again.
    """

    CSS_PATH = "note_own.tcss"
    KEYS = (
        Command("back", "Back", "Go back to the note", ("escape",), "leave", rank=40, place=PLACE),
    )
    BINDINGS = bindings(KEYS)

    def __init__(
        self,
        ask: Ask,
        today: date,
        half_typed: str = "",
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Make it for one question, with what was typed before and not answered yet."""
        super().__init__()
        self.ask = ask
        self.today = today
        self.words = half_typed
        """What stands in the field."""
        self._changed = changed

    def compose(self) -> ComposeResult:
        """Yield the question and the field."""
        with Vertical(id="own"):
            yield Sentence(one_line(self.ask.sentence, "bold"))
            yield Field(self.words, placeholder=HINTS[self.ask.own], id="own-words")
            yield Sentence(id="own-answer")

    def on_input_changed(self, event: Field.Changed) -> None:
        """A key changed the field."""
        event.stop()
        if event.value != self.words:
            self.words = event.value
            self._changed()

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Enter: take it, or say what is unclear."""
        event.stop()
        words = " ".join(event.value.split())
        if not words:
            self.dismiss(None)
        elif self.ask.own == "day":
            self._take_day(words)
        else:
            self.dismiss(f"name:{words}")

    def _take_day(self, words: str) -> None:
        reading = read_day(words, self.today)
        if reading is not None and reading.day is not None:
            self.dismiss(reading.day.isoformat())
            return
        options = reading.options if reading is not None else ()
        days = " or ".join(say_day(day, self.today) for day in options)
        sentence = f"{days}? Say it with its date." if days else "That is no day. Try Fri 4 Dec."
        self.query_one("#own-answer", Sentence).show(Content.styled(sentence, "$care"))

    def action_leave(self) -> None:
        """Go back with nothing answered."""
        self.dismiss(None)
