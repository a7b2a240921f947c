"""One visit, two records: what each record will say, before the note is done."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from linkworker.rules.note.becoming import Question, Understanding
from linkworker.rules.note.settling import copies
from linkworker.rules.note.understanding import STORY
from linkworker.rules.shown_names import possessive
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Dialog
from linkworker.widgets.keybar import LOW, KeyBar
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import NEXT, PREVIOUS
from linkworker.widgets.words import one_line, said

PLACE = "One visit, several records"
NOTHING = "Nothing of this note."
SIDE_BY_SIDE = 70
"""Columns from which the records stand beside each other; under that they share the height. Each
of them is always in sight: nobody confirms a record that they have not seen.
"""


class StoriesScreen(Dialog):
    """Shows what goes into each record and asks who gets the story.

    It is dismissed with the key of the choice, None where one goes back to the note.
    """

    CSS_PATH = "note_stories.tcss"
    KEYS = (
        Command("note.save", "Confirm", "Keep it so", ("ctrl+s",), "confirm", rank=110,
                place=PLACE, always=True),
        Command("back", "Back", "Go back to the note", ("escape",), "leave", rank=109,
                place=PLACE),
        NEXT.doing("scroll(1)", label="Further", help="Further down in the records", place=PLACE),
        PREVIOUS.doing("scroll(-1)", label="Back up", help="Further up in the records",
                       place=PLACE),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]
    AUTO_FOCUS = "#story-for"
    HORIZONTAL_BREAKPOINTS = [(0, "-one-column"), (SIDE_BY_SIDE, "-columns")]

    def __init__(self, understanding: Understanding) -> None:
        super().__init__()
        self.understanding = understanding
        self.question: Question = understanding.question(STORY)

    def compose(self) -> ComposeResult:
        """Yield the records and the question."""
        with Vertical(id="stories"):
            yield Sentence(Content.styled(PLACE, "bold $accent"), id="stories-heading")
            with Container(id="records"):
                for number, one in enumerate(self.understanding.known.people):
                    with Vertical(classes="record"):
                        heading = f"{possessive(one.name)} record"
                        yield Sentence(one_line(heading, "bold"), classes="record-heading")
                        with VerticalScroll(classes="record-words", can_focus=False):
                            yield Sentence(id=f"record-{number}")
            question = Content.styled(self.question.sentence, "bold $accent")
            yield Sentence(question, id="story-question")
            yield OptionList(
                *(Option(one_line(choice.label)) for choice in self.question.choices),
                id="story-for",
                markup=False,
            )
            yield KeyBar()

    def on_mount(self) -> None:
        """Show the records as they stand."""
        self._show(self.understanding)

    def _show(self, understanding: Understanding) -> None:
        for number, copy in enumerate(copies(understanding)):
            words = said(copy.words or NOTHING, "" if copy.words else "$soft")
            self.query_one(f"#record-{number}", Sentence).show(words)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the records as this choice would make them."""
        key = self.question.choices[event.option_index].key
        everybody = tuple(one.id for one in self.understanding.known.people)
        chosen = tuple(one for one in everybody if key.endswith(f":{one}"))
        self._show(replace(self.understanding, story_for=chosen or everybody))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.dismiss(self.question.choices[event.option_index].key)

    def action_confirm(self) -> None:
        """Take the choice under the cursor."""
        chosen = self.query_one("#story-for", OptionList).highlighted or 0
        self.dismiss(self.question.choices[chosen].key)

    def action_scroll(self, by: int) -> None:
        """Go up or down in the records; the choice keeps the focus."""
        for words in self.query(".record-words").results(VerticalScroll):
            (words.scroll_page_down if by > 0 else words.scroll_page_up)(animate=False)

    def action_leave(self) -> None:
        """Go back to the note with nothing chosen."""
        self.dismiss(None)
