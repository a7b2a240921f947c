"""Notes that were begun and are not done, thrown away, or taken back: to go on from.

Several notes in one sitting are each kept as they were left. The words of a note that was taken
back (it was about the wrong person) can be put into the one that is open. So can those of a form
that was left half typed: what it was about may have been settled meanwhile, and then no form opens
with them any more. Del throws those away.
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
from linkworker.refusal import Refused
from linkworker.rules.marks import read_note
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_time
from linkworker.screens.form_waiting import DRAFTS as FORMS
from linkworker.screens.form_waiting import words_typed
from linkworker.screens.note_draft import notes_begun, thrown_away
from linkworker.store import Draft
from linkworker.text import clean
from linkworker.widgets.acting import say_refusal
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Dialog
from linkworker.widgets.keybar import KeyBar
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import REMOVE
from linkworker.widgets.words import column, joined, padded, shortened

PLACE = "Notes begun"
NAME_CELLS = 26
WHEN_CELLS = 18
WORDS_CELLS = 40
NONE = "No other note is waiting to be done."
NOT_A_FORM = "Del is for what was typed into a form."
ONCE_MORE = "Press Del again to throw away what was typed into this form. Esc keeps it."


@dataclass(frozen=True)
class GoOn:
    """What to go on with: a draft, or words to put into the note that is open."""

    draft_id: str = ""
    words: str = ""
    form_id: str = ""
    """The draft of a form that the words stand in."""


class NotesBegunScreen(Dialog):
    """A list. Dismissed with `GoOn`, or None."""

    CSS_PATH = "notes_begun.tcss"
    KEYS = (
        Command("back", "Back", "Go back", ("escape", "ctrl+d"), "leave", rank=40, place=PLACE),
        REMOVE.doing(
            "throw_away",
            label="Throw away",
            help="Throw away what was typed into a form and not done; asked once more",
            place=PLACE,
            why_not=lambda screen: "" if screen.form_under_cursor else NOT_A_FORM,
        ),
    )
    BINDINGS = bindings(KEYS)
    AUTO_FOCUS = "#drafts"

    def __init__(self, without: str = "") -> None:
        """Make the list; the draft `without` is the one that is open."""
        super().__init__()
        self.without = without
        self._choices: list[GoOn] = []
        self._asked = ""
        """The draft of a form of which Del was pressed once."""

    def compose(self) -> ComposeResult:
        """Yield the list."""
        options = self._options()
        with Vertical(id="begun"):
            yield Sentence(Content.styled("Other notes", "bold $accent"))
            yield OptionList(*options, id="drafts", markup=False)
            yield Sentence(Content.styled("" if options else NONE, "$soft"), id="begun-answer")
            yield KeyBar()

    def _options(self) -> list[Option]:
        """Read what there is; return its lines under their headings."""
        self._choices = []
        store = self.house.store
        drafts = [one for one in notes_begun(store) if one.id != self.without]
        with store.read() as tx:
            names = {
                record: one.name for one in caseload(tx) for record in (one.person_id, *one.records)
            }
            gone = taken_back(tx)
        options: list[Option] = []
        for heading, lines in (
            ("Begun, and not done", [self._draft(one, names) for one in drafts]),
            ("Thrown away", [self._draft(one, names) for one in thrown_away(store)]),
            ("Taken back: puts the words here", [self._taken_back(one) for one in gone]),
            (
                "Typed into a form, and not done: puts the words here",
                [self._form(one, names) for one in store.drafts(FORMS)],
            ),
        ):
            if lines:
                options.append(Option(Content.styled(heading, "bold $accent"), disabled=True))
                for words, chosen in lines:
                    options.append(Option(words, id=str(len(self._choices))))
                    self._choices.append(chosen)
        return options

    def _draft(self, draft: Draft, names: dict[str, str]) -> tuple[Content, GoOn]:
        about = ", ".join(names.get(person, "") for person in draft.people)
        return self._line(about, draft.saved_at, draft.words), GoOn(draft_id=draft.id)

    def _taken_back(self, one: TakenBack) -> tuple[Content, GoOn]:
        when = to_text(one.taken_back) if one.taken_back else ""
        return self._line(one.name, when, one.words), GoOn(words=one.words)

    def _form(self, draft: Draft, names: dict[str, str]) -> tuple[Content, GoOn]:
        about = ", ".join(names.get(person, "") for person in draft.people)
        words = words_typed(draft)
        chosen = GoOn(words=words, form_id=draft.id)
        return self._line(about, draft.saved_at, words or "nothing yet"), chosen

    def _line(self, about: str, when: str, words: str) -> Content:
        """Return one line: about whom, when, how its story begins."""
        said = ""
        if when:
            at = from_text(when)
            day = say_day(local_day(at), self.house.today)
            said = f"{day} {say_time(at.astimezone(home_zone()).time())}"
        return joined(
            column(about, NAME_CELLS),
            padded(said, WHEN_CELLS, "$soft"),
            shortened(read_note(clean(words)).in_a_list, WORDS_CELLS),
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.dismiss(self._choices[int(event.option.id or 0)])

    @property
    def form_under_cursor(self) -> str:
        """The id of the draft of a form under the cursor, "" where something else stands there."""
        lines = self.query_one("#drafts", OptionList)
        if lines.highlighted is None:
            return ""
        which = lines.get_option_at_index(lines.highlighted).id
        return self._choices[int(which)].form_id if which else ""

    def on_option_list_option_highlighted(self) -> None:
        """The cursor went to another line: Del may work there, and asks anew."""
        self._asked = ""
        self.query_one("#begun-answer", Sentence).show(Content(""))
        self.refresh_bindings()

    def action_throw_away(self) -> None:
        """Ask once more, then forget what was typed into the form under the cursor."""
        form = self.form_under_cursor
        if self._asked != form:
            self._asked = form
            self.query_one("#begun-answer", Sentence).show(Content.styled(ONCE_MORE, "$care"))
            return
        try:
            self.house.store.drop_draft(form)
        except Refused as refused:
            say_refusal(self.house, refused)
            return
        lines = self.query_one("#drafts", OptionList)
        at = lines.highlighted or 0
        lines.set_options(self._options())
        left = lines.option_count
        lines.highlighted = min(at, left - 1) if left else None
        self.query_one("#begun-answer", Sentence).show(
            Content.styled("" if left else NONE, "$soft")
        )

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
