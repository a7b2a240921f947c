"""The ten marks to choose from: pressed after the fact, on what is selected or at the cursor."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from linkworker.rules.marks import EXPLAINED
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Dialog
from linkworker.widgets.keybar import LOW
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.words import joined, shortened

PLACE = "Marks"
KEYS_OF = {
    "+": "plus",
    "*": "asterisk",
    ">": "greater_than_sign",
    "@": "at",
    "=": "equals_sign",
    "x": "x",
    "~": "tilde",
    "?": "question_mark",
    "!": "exclamation_mark",
    "!!": "k",
}
"""Textual's name of the key of each mark; what is kept apart has a letter, being two signs."""

WORDS_SHOWN = 40
HOW = "Press its sign, or ↓ and Enter. Esc goes back."


def _commands() -> tuple[Command, ...]:
    return tuple(
        Command(f"mark.{words.split()[0].lower()}.{key}", sign, f"Mark as {words}", (key,),
                f"choose({sign!r})", rank=-1, place=PLACE)
        for (sign, words), key in zip(EXPLAINED.items(), KEYS_OF.values(), strict=True)
    )  # fmt: skip


class MarksScreen(Dialog):
    """A menu of the marks; its sign or Enter chooses one. Dismissed with the sign, or None."""

    CSS_PATH = "note_marks.tcss"
    KEYS = (
        Command(
            "back", "Back", "Go back to the note", ("escape", "f9"), "leave", rank=40, place=PLACE
        ),
        *_commands(),
    )
    BINDINGS = bindings(KEYS)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]
    AUTO_FOCUS = "#marks"

    def __init__(self, words: str) -> None:
        """Make the menu for `words`, which will be marked; "" where a new line begins."""
        super().__init__()
        self.words = words

    def compose(self) -> ComposeResult:
        """Yield the menu."""
        with Vertical(id="menu"):
            if self.words:
                shown = joined("Mark “", shortened(self.words, WORDS_SHOWN), "” as")
            else:
                shown = Content("Begin a line with")
            yield Sentence(shown, id="marked")
            yield OptionList(
                *(
                    Option(_line(sign, words), id=str(number))
                    for number, (sign, words) in enumerate(EXPLAINED.items())
                ),
                id="marks",
                markup=False,
            )
            yield Sentence(Content.styled(HOW, "$soft"), id="how-to-mark")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.dismiss(list(EXPLAINED)[event.option_index])

    def action_choose(self, sign: str) -> None:
        """A sign was pressed."""
        self.dismiss(sign)

    def action_leave(self) -> None:
        """Go back with nothing marked."""
        self.dismiss(None)


def _line(sign: str, words: str) -> Content:
    also = "   or press k" if sign == "!!" else ""
    return joined((f" {sign:<3}", "bold"), words, (also, "$soft"))
