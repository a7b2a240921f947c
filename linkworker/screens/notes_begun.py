"""Notes that were begun and are not done: several in one sitting, each kept as it was left."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from linkworker.caseload.people import caseload
from linkworker.clock import from_text, home_zone, local_day
from linkworker.rules.marks import read_note
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_time
from linkworker.screens.note_draft import notes_begun
from linkworker.store import Draft
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Dialog
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.words import joined, padded, shortened

PLACE = "Notes begun"
NAME_CELLS = 26
WHEN_CELLS = 18
WORDS_CELLS = 40
NONE = "No other note is waiting to be done."


class NotesBegunScreen(Dialog):
    """A list of drafts. Dismissed with the id of the one chosen, or None."""

    CSS_PATH = "notes_begun.tcss"
    KEYS = (
        Command(
            "back", "Back", "Go back", ("escape", "ctrl+d"), "leave", rank=40, place=PLACE
        ),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    AUTO_FOCUS = "#drafts"

    def __init__(self, without: str = "") -> None:
        """Make the list; the draft `without` is the one that is open."""
        super().__init__()
        self.without = without

    def compose(self) -> ComposeResult:
        """Yield the list."""
        drafts = [one for one in notes_begun(self.house.store) if one.id != self.without]
        with self.house.store.read() as tx:
            names = {one.person_id: one.name for one in caseload(tx)}
        with Vertical(id="begun"):
            yield Sentence(Content.styled("Other notes that were begun", "bold $accent"))
            if drafts:
                lines = [Option(self._line(one, names), id=one.id) for one in drafts]
                yield OptionList(*lines, id="drafts", markup=False)
            else:
                yield Sentence(Content.styled(NONE, "$soft"))

    def _line(self, draft: Draft, names: dict[str, str]) -> Content:
        """Return one draft: about whom, when it was kept, how its story begins."""
        about = ", ".join(names.get(person, "") for person in draft.people)
        kept = from_text(draft.saved_at)
        day = say_day(local_day(kept), self.house.today)
        when = f"{day} {say_time(kept.astimezone(home_zone()).time())}"
        return joined(
            padded(about, NAME_CELLS),
            padded(when, WHEN_CELLS, "$soft"),
            shortened(read_note(draft.words).story, WORDS_CELLS),
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.dismiss(event.option.id)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
