"""Notes that were begun and are not done, thrown away, or taken back: to go on from.

Several notes in one sitting are each kept as they were left. The words of a note that was taken
back (it was about the wrong person) can be put into the one that is open.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from linkworker.caseload.notes_taken_back import TakenBack, taken_back
from linkworker.caseload.people import caseload
from linkworker.clock import from_text, home_zone, local_day, to_text
from linkworker.rules.marks import read_note
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_time
from linkworker.screens.note_draft import notes_begun, thrown_away
from linkworker.store import Draft
from linkworker.text import clean
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Dialog
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.words import joined, padded, shortened

PLACE = "Notes begun"
NAME_CELLS = 26
WHEN_CELLS = 18
WORDS_CELLS = 40
NONE = "No other note is waiting to be done."


@dataclass(frozen=True)
class GoOn:
    """What to go on with: a draft, or words to put into the note that is open."""

    draft_id: str = ""
    words: str = ""


class NotesBegunScreen(Dialog):
    """A list. Dismissed with `GoOn`, or None."""

    CSS_PATH = "notes_begun.tcss"
    KEYS = (
        Command("back", "Back", "Go back", ("escape", "ctrl+d"), "leave", rank=40, place=PLACE),
    )
    BINDINGS = bindings(KEYS)
    AUTO_FOCUS = "#drafts"

    def __init__(self, without: str = "") -> None:
        """Make the list; the draft `without` is the one that is open."""
        super().__init__()
        self.without = without
        self._choices: list[GoOn] = []

    def compose(self) -> ComposeResult:
        """Yield the list."""
        store = self.house.store
        drafts = [one for one in notes_begun(store) if one.id != self.without]
        with store.read() as tx:
            names = {one.person_id: one.name for one in caseload(tx)}
            gone = taken_back(tx)
        options: list[Option] = []
        for heading, lines in (
            ("Begun, and not done", [self._draft(one, names) for one in drafts]),
            ("Thrown away", [self._draft(one, names) for one in thrown_away(store)]),
            ("Taken back: puts the words here", [self._taken_back(one) for one in gone]),
        ):
            if lines:
                options.append(Option(Content.styled(heading, "bold $accent"), disabled=True))
                for words, chosen in lines:
                    options.append(Option(words, id=str(len(self._choices))))
                    self._choices.append(chosen)
        with Vertical(id="begun"):
            yield Sentence(Content.styled("Other notes", "bold $accent"))
            if options:
                yield OptionList(*options, id="drafts", markup=False)
            else:
                yield Sentence(Content.styled(NONE, "$soft"))

    def _draft(self, draft: Draft, names: dict[str, str]) -> tuple[Content, GoOn]:
        about = ", ".join(names.get(person, "") for person in draft.people)
        return self._line(about, draft.saved_at, draft.words), GoOn(draft_id=draft.id)

    def _taken_back(self, one: TakenBack) -> tuple[Content, GoOn]:
        when = to_text(one.taken_back) if one.taken_back else ""
        return self._line(one.name, when, one.words), GoOn(words=one.words)

    def _line(self, about: str, when: str, words: str) -> Content:
        """Return one line: about whom, when, how its story begins."""
        said = ""
        if when:
            at = from_text(when)
            day = say_day(local_day(at), self.house.today)
            said = f"{day} {say_time(at.astimezone(home_zone()).time())}"
        return joined(
            padded(about, NAME_CELLS),
            padded(said, WHEN_CELLS, "$soft"),
            shortened(read_note(clean(words)).in_a_list, WORDS_CELLS),
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.dismiss(self._choices[int(event.option.id or 0)])

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
