"""A note is opened and typed into: its words, what was typed early, what Tab takes.

`note_keeping` keeps its draft behind the keys, `note_reading` has the text and the panel beside it;
`note` adds what a person does with the note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content

from linkworker.refusal import Refused
from linkworker.rules.marks import sign_of
from linkworker.screens import note_meeting
from linkworker.screens.note_draft import DraftKeeper, begun_about
from linkworker.screens.note_keeping import KeepingScreen, kept_words
from linkworker.screens.note_opening import names, opening
from linkworker.screens.note_panel import NotePanel, questions_left
from linkworker.widgets.note_editor import NoteEditor
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.words import joined, one_line

if TYPE_CHECKING:
    from linkworker.store import Draft

TAKEN_BACK = "puts in the words of a note that was taken back"
PLACEHOLDER = "What happened, in the words it happened in. It is kept as you type."

NOBODY_THERE = (
    "This person is no longer here. The draft is kept: Ctrl+O copies it out, and undoing what took "
    "them away brings them back."
)


class WritingScreen(KeepingScreen):
    """The text of a note, opened, and kept as it is typed."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (81, "-usual"), (110, "-wide")]
    """Up to 80 columns the panel stands below the text."""
    AUTO_FOCUS = "NoteEditor"

    def __init__(
        self,
        people: tuple[str, ...] = (),
        draft_id: str | None = None,
        corrects: str = "",
        appointment_id: str = "",
        contact_id: str = "",
    ) -> None:
        """Make it for a note about `people`, or to go on with a draft.

        `corrects` is the id of the note that this one corrects, `appointment_id` of the visit,
        call or session that it tells of, `contact_id` of the contact that has no note yet; "" for
        none.
        """
        super().__init__(people, corrects)
        self._appointment_id = appointment_id
        self._contact_id = contact_id
        self._draft_id = draft_id
        self._hint = Content("")
        """What is said under the text of what can be taken."""
        self._tab_takes = False
        """Whether that is what Tab takes."""
        self._early = ""
        """What was typed before there was anything to type into."""
        self.writing = False
        """Whether the note is being written for good: its draft is given up only when it is."""
        self._changed_meanwhile = False
        """Whether something was written elsewhere while the note was."""

    # -- opening ---------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """Yield the facts, the text and the panel."""
        yield Sentence(id="facts-line")
        with Container(id="note"):
            with Vertical(id="writing"):
                yield NoteEditor(placeholder=PLACEHOLDER, id="text")
                yield Sentence(id="hint")
            yield NotePanel(id="panel")

    def on_mount(self) -> None:
        """Open the draft that there is, or a new note."""
        store = self.house.store
        draft = self._draft()
        self.panel.in_words = self.house.screen_reader
        if draft is not None:
            self._take_draft(draft)
        if not self.people:
            self.call_after_refresh(self.nothing_there)
            return
        self.keeper = DraftKeeper(
            store, draft.id if draft else store.ids(), stands=draft is not None
        )
        meeting = note_meeting.from_draft(draft.facts["meeting"]) if draft else None
        try:
            with store.read() as tx:
                self.opening = opening(
                    tx,
                    self.people,
                    meeting,
                    self.corrects,
                    self._appointment_id,
                    self._contact_id,
                )
        except Refused:
            self._nobody_there()
            return
        self.began_with = self.opening.meeting if draft is None else None
        self.editor.names = names(self.opening.known)
        self._begin_with_old_words(self.opening.corrected, show=draft is None)
        self.set_heading(self.opening.heading)
        self.read_now()
        if self.opening.taken_back and not self.editor.text:
            self.tell_taken_back(TAKEN_BACK)
        self._take_early()

    def _begin_with_old_words(self, words: str, *, show: bool) -> None:
        """Begin a correction with what it puts right; its marked lines are recorded already."""
        if not words:
            return
        editor, self.panel.corrects = self.editor, True
        lines = (line.strip() for line in words.splitlines())
        stand = {line: False for line in lines if sign_of(line) not in ("", "!!")}
        editor.chosen = stand | editor.chosen
        if show:
            with self.prevent(NoteEditor.Changed):
                editor.open_at(words, 0)

    def tell_taken_back(self, sentence: str) -> None:
        """Say under the text that words of a note that was taken back can be put here."""
        key = ("Ctrl+D ", "bold $accent") if sentence else ""
        self._hint = joined(key, (sentence, "$soft"))
        self._tab_takes = False
        self.show_hint()

    def _draft(self) -> Draft | None:
        store = self.house.store
        if self._draft_id:
            return next((one for one in store.drafts("note") if one.id == self._draft_id), None)
        if not self.people:
            return None
        return begun_about(
            store, self.people, self.corrects, self._appointment_id, self._contact_id
        )

    def _take_draft(self, draft: Draft) -> None:
        """Go on where it was left: text, cursor, choices and answers."""
        self.people = draft.people
        self.corrects = draft.facts.get("corrects", "")
        self.answers = dict(draft.facts.get("answers", {}))
        self.half_typed = dict(draft.facts.get("half typed", {}))
        self.half_answered = dict(draft.facts.get("half answered", {}))
        editor = self.editor
        editor.pasted = set(draft.facts.get("pasted", ()))
        editor.chosen = dict(draft.facts.get("chosen", {}))
        with self.prevent(NoteEditor.Changed):
            editor.open_at(draft.words, int(draft.facts.get("cursor", len(draft.words))))
        self.draft_words = kept_words(draft)

    def nothing_there(self) -> None:
        """Go back: the draft was done or dropped meanwhile."""
        self.house.say("That draft is no longer here.")
        self.dismiss()

    def _nobody_there(self) -> None:
        """Show what was written, to be copied out: whom it is about has been taken back."""
        self.keeper = None
        self.editor.read_only = True
        self.set_heading("This person is no longer here")
        self.house.say(NOBODY_THERE)

    # -- the first line --------------------------------------------------------------------------

    def tell_status(self) -> None:
        """Show the facts in the first line, or under it where there is no room for them."""
        super().tell_status()
        self.show_first_line()

    def on_resize(self, event: Any) -> None:
        """Set the first line anew."""
        if self.in_place:
            self.tell_status()
            self.call_after_refresh(self.show_hint)

    def on_key(self, event: events.Key) -> None:
        """Take what was typed while the note was still being opened: it belongs into the text.

        The text takes its own keys and stops them, so what comes here came before it was there.
        """
        early = self.focused is None or isinstance(self.focused, NoteEditor)
        if early and (event.is_printable or event.key == "enter"):
            event.stop()
            self._early += "\n" if event.key == "enter" else event.character or ""
            self._take_early()

    def _take_early(self) -> None:
        if self.opening is not None and self._early:
            self.editor.insert(self._early)
            self._early = ""

    # -- typing ----------------------------------------------------------------------------------

    def on_text_area_changed(self) -> None:
        """A key changed the text."""
        self.text_changed()

    def on_note_editor_offering(self, message: NoteEditor.Offering) -> None:
        """Say what Tab takes."""
        found = message.found
        if not found:
            hint = Content("")
        elif message.taken:
            hint = joined(("Tab ", "bold $accent"), "again: ", one_line(found[0].text, "$soft"))
        else:
            hint = joined(("Tab ", "bold $accent"), one_line(found[0].text))
            if len(found) > 1:
                others = " · ".join(one.text for one in found[1:4])
                hint = joined(hint, "   ", one_line(f"or {others}", "$soft"))
        self._hint = hint
        self._tab_takes = True
        self.show_hint()

    def show_hint(self) -> None:
        """Say under the text what Tab takes; else, where the panel shows but a part of itself, how
        many of its questions are still open; else that words of a note can be put here.
        """
        below = self.has_class("-narrow") or self.house.screen_reader
        in_part = below or self.panel.max_scroll_y > 0
        left = questions_left(self.panel.asks) if in_part else Content("")
        if self._hint.plain and (self._tab_takes or not left.plain):
            left = self._hint
        self.query_one("#hint", Sentence).show(left)

    def store_changed(self, change: Any) -> None:
        """Know what was written elsewhere meanwhile, about the people of this note."""
        if self.opening is None or not self.in_place or self.closing:
            return
        if change.people & set(self.people):
            if self.writing:
                self._changed_meanwhile = True
            else:
                self.know_again()

    def go_on_writing(self) -> None:
        """The note could not be written: everything stands as before, and as it is known now."""
        self.writing = False
        if not self.in_place:  # it was locked meanwhile, and its draft is kept
            return
        self.editor.read_only = False
        if self._changed_meanwhile:
            self._changed_meanwhile = False
            self.know_again()

    def know_again(self) -> None:
        """Read again what is known of the people of the note; what was typed stays."""
        assert self.opening is not None
        try:
            with self.house.store.read() as tx:
                self.opening = opening(tx, self.people, self.opening.meeting, self.corrects)
        except Refused as refused:  # somebody was taken back meanwhile: what is typed stays
            self.house.say(f"{refused.what} {refused.why} {refused.to_do}")
            return
        self.editor.names = names(self.opening.known)
        self.set_heading(self.opening.heading)
        self.tell_status()
        self.read_now()
