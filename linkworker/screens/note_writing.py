"""A note while it is typed: it is opened, and its draft is kept.

Half a second behind the last key the draft is kept, in a thread. `note_reading` has the text and
the panel beside it; `note` adds what a person does with the note.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.timer import Timer

from linkworker.clock import from_text, home_zone, monotonic, to_text
from linkworker.refusal import Refused
from linkworker.rules.marks import sign_of
from linkworker.rules.times import say_time
from linkworker.screens import note_meeting
from linkworker.screens.note_draft import AFTER_LAST_KEY, AT_MOST, DraftKeeper, State, begun_about
from linkworker.screens.note_opening import names, opening
from linkworker.screens.note_panel import NotePanel, questions_left
from linkworker.screens.note_reading import ReadingScreen
from linkworker.text import clean
from linkworker.widgets.note_editor import NoteEditor, kept
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.titleline import TitleLine
from linkworker.widgets.words import joined, one_line, plain

if TYPE_CHECKING:
    from linkworker.screens.note_facts import FactsScreen
    from linkworker.screens.note_meeting import Meeting
    from linkworker.screens.note_own import OwnAnswerScreen
    from linkworker.store import Draft

TAKEN_BACK = "puts in the words of a note that was taken back"
PLACEHOLDER = "What happened, in the words it happened in. It is kept as you type."

NOBODY_THERE = (
    "This person is no longer here. The draft is kept: Ctrl+O copies it out, and undoing what took "
    "them away brings them back."
)


class WritingScreen(ReadingScreen):
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
        super().__init__()
        self.people = people
        self._appointment_id = appointment_id
        self._contact_id = contact_id
        self.corrects = corrects
        self._draft_id = draft_id
        self.keeper: DraftKeeper | None = None
        self._number = 0
        self._unkept_since = 0.0
        self._last_key = 0.0
        self._draft_timer: Timer | None = None
        self._draft_words = ""
        self._hint = Content("")
        """What is said under the text of what can be taken."""
        self._tab_takes = False
        """Whether that is what Tab takes."""
        self._early = ""
        """What was typed before there was anything to type into."""
        self.closing = False
        self.writing = False
        """Whether the note is being written for good: its draft is given up only when it is."""
        self.facts_page: FactsScreen | None = None
        """The page of when, where and who, while it stands over the note."""
        self.half_typed: dict[str, str] = {}
        """What was typed on that page and says nothing yet, by field."""
        self.own_answer: OwnAnswerScreen | None = None
        """The field for an answer of one's own, while it stands over the note."""
        self.half_answered: dict[str, str] = {}
        """What was typed into it and is no answer yet, by the id of the question."""
        self._began_with: Meeting | None = None
        """The facts as they stood before anything was typed; None for a draft."""
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
        self._began_with = self.opening.meeting if draft is None else None
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

    @property
    def is_as_it_was(self) -> bool:
        """Whether a correction says what the old note said: nothing is put right yet."""
        old = self.opening.corrected if self.opening is not None else ""
        return bool(old) and clean(self.editor.text).strip() == old.strip()

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
        self._draft_words = _kept_words(draft)

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
        self._show_first_line()

    def _show_first_line(self) -> None:
        line = self.query_one(TitleLine)
        facts = ""
        if self.opening is not None:
            facts = plain(
                note_meeting.in_words(self.opening.meeting, self.house.today, guesses=True)
            )
        line.status = self._draft_words
        # Room is left from the first for what will stand there once the draft is kept.
        used = len(line.title) + max(len(line.status), len("draft kept 10:05")) + 6
        fits = used + len(facts) <= self.size.width
        line.day = facts if fits else ""
        below = self.query_one("#facts-line", Sentence)
        change = ("   Ctrl+T ", "bold $accent"), ("changes it", "$soft")
        below.show(Content("") if fits else joined(one_line(facts, "$soft"), *change))
        below.display = not fits

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

    def text_changed(self) -> None:
        """Have the note read and kept, a little later."""
        now = monotonic()
        self._last_key = now
        self.read_soon()
        if self._draft_timer is None:
            self._unkept_since = now
            self._draft_timer = self.set_timer(AFTER_LAST_KEY, self._keep_soon)

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

    # -- the draft -------------------------------------------------------------------------------

    def facts_in_hand(self) -> tuple[Meeting, dict[str, str]]:
        """Return the facts with what stands on their page, and what was typed that says nothing."""
        if self.facts_page is not None:
            return self.facts_page.as_it_stands()
        assert self.opening is not None
        return self.opening.meeting, self.half_typed

    def answers_in_hand(self) -> dict[str, str]:
        """Return what was typed that is no answer yet, with what stands in its field now."""
        if self.own_answer is None:
            return self.half_answered
        typed = {**self.half_answered, self.own_answer.ask.id: self.own_answer.words}
        return {id_: words for id_, words in typed.items() if words.strip()}

    def has_words(self) -> bool:
        """Say whether anything was typed, into the text or on the page of when, where and who."""
        if self.editor.text.strip() and not self.is_as_it_was:
            return True
        if self.opening is None:
            return False
        meeting, half_typed = self.facts_in_hand()
        began = self._began_with or meeting
        return bool(half_typed) or note_meeting.typed(meeting) != note_meeting.typed(began)

    def facts_changed(self) -> None:
        """A key changed something on the page of when, where and who."""
        if self.has_words():
            self.text_changed()

    def state(self) -> State:
        """Take the note as it stands, for its draft."""
        editor = self.editor
        text = editor.text
        meeting, half_typed = self.facts_in_hand()
        facts = {
            **kept(editor.pasted, editor.chosen, text),
            "answers": self.answers,
            "meeting": note_meeting.to_draft(meeting),
            "half typed": half_typed,
            "half answered": self.answers_in_hand(),
            "corrects": self.corrects,
            "cursor": editor.offset_of(editor.cursor_location),
        }
        self._number += 1
        now = to_text(self.house.clock())
        return State(self._number, self.people, text, facts, now)

    def _keep_soon(self) -> None:
        """Keep the draft now, or when the keys rest; never later than `AT_MOST`."""
        self._draft_timer = None
        now = monotonic()
        rest = AFTER_LAST_KEY - (now - self._last_key)
        wait = min(rest, AT_MOST - (now - self._unkept_since))
        if wait > 0.02:
            self._draft_timer = self.set_timer(wait, self._keep_soon)
        elif not self.closing and self.keeper is not None:
            self.run_worker(
                partial(self._keep, self.keeper, self.state()), thread=True, group="draft"
            )

    def _keep(self, keeper: DraftKeeper, state: State) -> None:
        """Keep one state, on a thread."""
        try:
            draft = keeper.keep(state)
        except Refused as refused:
            if self.house.store is not None and self.house.store.state == "open":
                self.app.call_from_thread(self.not_kept, refused)
        else:
            if draft is not None:
                self.app.call_from_thread(self._draft_kept, draft)

    def _draft_kept(self, draft: Draft) -> None:
        self._draft_words = _kept_words(draft)
        if self.in_place:
            self._show_first_line()

    def not_kept(self, refused: Refused) -> None:
        """Say that the draft is not kept, and why: it must not be thought safe."""
        self._draft_words = "draft NOT kept"
        if self.in_place:
            self._show_first_line()
        self.house.say(f"{refused.what} {refused.why} {refused.to_do}")

    def draft_in_hand(self) -> Callable[[], object] | None:
        """Take the note as it stands, and return how to keep it.

        While the note is written for good that waits for it: then there is nothing to keep, or
        the note was refused and its draft is kept.
        """
        if self.keeper is None or self.closing or self.opening is None:
            return None
        if self.has_words() or self.keeper.was_kept:
            return partial(self.keeper.keep, self.state())
        return None

    def forget_draft(self) -> None:
        """Drop the draft: the note is done, or there is nothing in it. From any thread."""
        if self.keeper is not None:
            self.keeper.drop()

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again after unlocking."""
        if self.opening is None:
            return ()
        if self.keeper is None or not self.has_words():
            return ("person", self.people[0]) if self.people else ()
        return ("note", self.keeper.draft_id)


def _kept_words(draft: Draft) -> str:
    return f"draft kept {say_time(from_text(draft.saved_at).astimezone(home_zone()).time())}"
