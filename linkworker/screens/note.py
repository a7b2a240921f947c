"""The note: the whole screen is the text, and beside it stands what the text will add.

*Done* writes the note, its contact and everything that the panel shows in one act, which one undo
takes back. `note_writing` has the text, `note_keeping` the draft.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from linkworker.caseload.writing import NotHere
from linkworker.clock import home_zone
from linkworker.refusal import Refused
from linkworker.rules.note.settling import Settled, settle
from linkworker.rules.note.understanding import STORY
from linkworker.screens import note_after_death, note_done, note_meeting
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.note_answers import AnsweringScreen
from linkworker.screens.note_draft import DraftKeeper, bring_back
from linkworker.screens.note_opening import on_day
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.usual import SAVE

if TYPE_CHECKING:
    from linkworker.screens.note_facts import Facts
    from linkworker.screens.note_meeting import Meeting
    from linkworker.screens.notes_begun import GoOn

PLACE = "Note"
SAME_DAY = (
    "A correction tells of the same day and place as its note. To put those right: c on the note "
    "in the story, then When, how and where."
)
THROWN_AWAY_WORDS = (
    "The draft was thrown away. Ctrl+Z brings it back; later Ctrl+D in a note, for 14 days."
)

KEPT = "The draft is kept. Ctrl+N here opens it again."
WENT = (
    "Nothing waits here: the person went to a colleague and your words to your team lead, who lets "
    "them in, or the note was done meanwhile."
)

DONE = SAVE.doing(
    "done",
    id="note.save",
    rank=111,
    help="The note is done: keep it and fill the plan",
    place=PLACE,
)
LEAVE = Command(
    "note.leave", "Leave, keep draft", "Go back; the draft is kept and opens again",
    ("escape",), "leave", rank=110, place=PLACE,
)  # fmt: skip
FACTS = Command(
    "note.facts", "When, where, who", "When it was, how long, how and where, who was there",
    ("ctrl+t",), "facts", rank=99, place=PLACE, always=True,
)  # fmt: skip
MARKS = Command(
    "note.marks", "Mark a line", "Mark what is selected, or the line or sentence at the cursor",
    ("f9",), "marks", rank=108, place=PLACE, always=True,
    another_way="Begin a line with the mark and a space",
)  # fmt: skip
ANSWER = Command(
    "note.answer", "Answer", "Go to what the panel asks; Esc comes back", ("tab",), "answer",
    rank=109, place=PLACE, why_not=lambda screen: screen.why_not_answer(),
)  # fmt: skip
COPY = Command(
    "note.copy", "Copy out", "Send the note to the clipboard as plain text",
    ("ctrl+o",), "copy_out", rank=20, place=PLACE, always=True,
)  # fmt: skip
PERSON = Command(
    "note.person", "Add somebody", "Somebody else whom the note is about",
    ("ctrl+b",), "add_person", rank=15, place=PLACE, always=True,
    another_way="Ctrl+T, then +",
)  # fmt: skip
BEGUN = Command(
    "note.begun", "Other notes", "Notes begun and not done, thrown away or taken back",
    ("ctrl+d",), "begun", rank=10, place=PLACE, always=True,
)  # fmt: skip


class NoteScreen(AnsweringScreen):
    """A note about one person or several, new or gone on with."""

    CSS_PATH = "note.tcss"
    KEYS = (DONE, LEAVE, FACTS, MARKS, ANSWER, COPY, PERSON, BEGUN)
    BINDINGS = bindings(KEYS)
    heading = PLACE

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
        super().__init__(people, draft_id, corrects, appointment_id, contact_id)
        self._told: tuple[object, ...] = ()

    # -- leaving ---------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Go back; the draft stays. A note with nothing in it leaves nothing behind."""
        if self._is_busy():
            return
        try:
            if self.has_words():
                self.keep_draft()
                self.house.say(WENT if self.keeper and self.keeper.went else KEPT)
            else:
                self.forget_draft()
        except Refused as refused:
            self.not_kept(refused)
            return
        self.closing = True
        self.dismiss()

    def gone_from(self) -> str:
        """Keep the draft, and say so; where it cannot be kept, one stays and is told why."""
        if self.closing or self.keeper is None or self.opening is None:
            return ""
        if not self.has_words():
            self.forget_draft()
            return ""
        self.keep_draft()
        return "The draft is kept. It stands on Today, and Ctrl+N about them opens it again."

    # -- done ------------------------------------------------------------------------------------

    def action_done(self) -> None:
        """Keep the note for good, unless something must be seen or answered first."""
        if self.closing or self.writing or self.opening is None or self.keeper is None:
            return
        self.when_read(self._done)

    def _is_busy(self) -> bool:
        """Say whether the note is just being written, and tell so: it is over in a moment."""
        if self.writing:
            self.house.say("The note is being kept. One moment.")
        return self.writing

    def _done(self) -> None:
        if self.closing or self.writing or self.opening is None:
            return
        assert self.understanding is not None
        if self.half_typed:  # what was typed of when, where and who is not understood yet
            self.action_facts()
            return
        if not self.editor.text.strip() and self.opening.meeting.outcome == "met":
            self.house.say(
                "There is nothing to keep yet. Write a few words, or press Ctrl+T and say what "
                "came of it."
            )
            return
        if self.is_as_it_was:
            self.house.hint("Nothing is put right yet. Change the words, or Esc leaves the note.")
            return
        settled = settle(self.understanding)
        if (after := self._after_death()) and not self.corrects:
            self.app.push_screen(ChooseScreen(after, note_after_death.CHOICES), self._was_after)
        elif settled.blocked:
            self._ask_first(settled)
        elif (left := self._left_open(settled)) and self._told != left:
            self._told = left
            half_answered = len(left) > len(settled.unclear)
            self.house.say(note_done.left_in_words(settled, half_answered=half_answered))
        else:
            # On the next frame, so that nothing is recorded that was not on the screen.
            self.call_after_refresh(self._write)

    def _after_death(self) -> str:
        """Return what is to be asked of a note of a day after somebody's death, "" for nothing."""
        assert self.opening is not None
        if note_after_death.asked_as(self.opening) in self.answers:
            return ""
        return note_after_death.question(self.opening, self.house.today)

    def _was_after(self, answer: str | None) -> None:
        assert self.opening is not None
        if answer == note_after_death.SO:
            self.answers[note_after_death.asked_as(self.opening)] = answer
            self.action_done()
        elif answer == note_after_death.CHANGE_DAY:
            self.action_facts()
        elif answer == note_after_death.OTHER:
            self.move_to_somebody()

    def _left_open(self, settled: Settled) -> tuple[object, ...]:
        """Return the lines that are not clear, and the questions to which an answer is begun."""
        begun = [one.id for one in self.panel.asks if one.id in self.half_answered]
        return (*settled.unclear, *begun)

    def _ask_first(self, settled: Settled) -> None:
        """Ask what holds the whole note back: who gets the story, whose is what is kept apart."""
        assert self.understanding is not None
        first = settled.blocked[0]
        if first.id == STORY and len(settled.blocked) == 1:
            from linkworker.screens.note_stories import StoriesScreen

            self.app.push_screen(StoriesScreen(self.understanding), self._story_confirmed)
            return
        self.house.say("Say first into whose restricted part it goes. A number chooses.")
        self.panel.focus()
        self.panel.go_to(next(one.id for one in settled.blocked if one.id != STORY))

    def _story_confirmed(self, key: str | None) -> None:
        if key:
            self.answers[STORY] = key
            self.action_done()

    def _write(self) -> None:
        if self.closing or self.writing or self.understanding is None or self.opening is None:
            return
        if not self.is_read:  # a key came between: what it changed is looked at first
            self.when_read(self._done)
            return
        self.writing = True
        self.editor.read_only = True
        assert self.keeper is not None
        written = note_done.Written(
            self.understanding, self.opening.meeting, self.corrects, self.keeper.draft_id
        )
        write = partial(self._write_in_thread, self.keeper, written)
        self.run_worker(write, thread=True, group="write")

    def _write_in_thread(self, keeper: DraftKeeper, written: note_done.Written) -> None:
        try:
            with keeper.ending():
                left = note_done.write(self.house.store, written)
        except Refused as refused:
            self.app.call_from_thread(self._not_written, refused)
        except BaseException:
            self.app.call_from_thread(self.go_on_writing)
            raise
        else:
            self.app.call_from_thread(self._written, left)

    def _not_written(self, refused: Refused) -> None:
        self.go_on_writing()
        if isinstance(refused, NotHere):
            self._not_here()
            return
        self.house.say(f"{refused.what} {refused.why} {refused.to_do}")

    def _not_here(self) -> None:
        """Keep the words of somebody who is gone from here, and say where they go."""
        try:
            self.keep_draft()
        except Refused as refused:
            self.not_kept(refused)
            return
        in_team = self.house.store.belonging.now() is not None
        went = self.keeper is not None and self.keeper.went
        self.house.say(note_done.not_here_in_words(in_team, went))

    def _written(self, left: int) -> None:
        self.closing = True
        self.house.say(note_done.saved_in_words(left))
        if self.is_active:  # else it goes once what stands over it has gone
            self.dismiss()

    def on_screen_resume(self) -> None:
        """Go, where the note was written while something else was in sight.

        The page of when, where and who may have gone without being left: a key led back here.
        """
        if self.facts_page is not None and self.facts_page not in self.app.screen_stack:
            self._hold(*self.facts_page.as_it_stands())
        self.hold_own_answer_left()
        if self.closing and self.writing:
            self.call_later(self._go)

    def _go(self) -> None:
        self.dismiss()  # not handed on: a screen must not wait for its own end

    # -- marks, facts, people ----------------------------------------------------------------------

    def action_marks(self) -> None:
        """Choose a mark."""
        from linkworker.screens.note_marks import MarksScreen

        if self._is_busy():
            return
        if self.panel.has_focus and self.editor.selection.is_empty:
            self.editor.focus()
            self.house.say("Back in the text. Go to what is to be marked and press F9.")
            return
        start, end = self.editor.to_be_marked()
        words = self.editor.text[start:end]
        line = self.editor.line_at_cursor()
        if not words and line is not None and line.kind != "blank":
            words = line.words
        self.app.push_screen(MarksScreen(words), self._mark)

    def _mark(self, sign: str | None) -> None:
        if sign:
            self.editor.mark(sign)
            self.read_now()

    def action_facts(self) -> None:
        """Change when, where and who."""
        from linkworker.screens.note_facts import FactsScreen

        if self.opening is not None and not self._is_busy():
            about = [one.called for one in self.opening.known.people]
            now = self.house.clock().astimezone(home_zone())
            self.facts_page = FactsScreen(
                self.opening.meeting,
                about,
                now,
                self.opening.logged,
                self.half_typed,
                self.facts_changed,
            )
            self.app.push_screen(self.facts_page, self._take_facts)

    def _hold(self, meeting: Meeting, half_typed: dict[str, str]) -> None:
        """The page of when, where and who is gone: its facts are the note's."""
        self.facts_page = None
        if self.opening is None or (meeting, half_typed) == (self.opening.meeting, self.half_typed):
            return
        if self.corrects:
            self.house.say(SAME_DAY)
            return
        known = on_day(self.opening.known, meeting)
        self.opening = replace(self.opening, known=known, meeting=meeting)
        self.half_typed = half_typed
        self.tell_status()
        self.read_now()
        self.text_changed()

    def _take_facts(self, facts: Facts | None) -> None:
        if facts is None or self.opening is None:
            self.facts_page = None
            return
        self._hold(facts.meeting, {})
        if facts.then == "done":
            self.action_done()
        elif facts.then == "person":
            self.action_add_person()
        elif facts.then == "take away":
            self.take_somebody_away()
        elif facts.then == "move":
            self.move_to_somebody()
        elif facts.then == "throw away":
            self._throw_away()

    def _throw_away(self) -> None:
        assert self.keeper is not None
        try:
            self.house.threw_away(self.keeper.throw_away(self.state()))
        except Refused as refused:
            self.not_kept(refused)
            return
        self.closing = True
        self.house.say(THROWN_AWAY_WORDS)
        self.dismiss()

    def action_copy_out(self) -> None:
        """Send the note to the clipboard as plain text, and offer a file."""
        if self.opening is None:
            from linkworker.screens.note_copy import CopiedScreen
            from linkworker.text import clean

            self.app.push_screen(CopiedScreen(clean(self.editor.text), self.house.today))
        else:
            self.when_read(self._copy_out)

    def _copy_out(self) -> None:
        from linkworker.screens.note_copy import CopiedScreen, plain_text

        assert self.opening is not None
        assert self.understanding is not None
        facts = note_meeting.in_words(self.opening.meeting, self.house.today)
        text = plain_text(self.understanding.reading, facts)
        self.app.push_screen(CopiedScreen(text, self.opening.meeting.day))

    def action_begun(self) -> None:
        """Go on with another note that was begun."""
        from linkworker.screens.notes_begun import NotesBegunScreen

        if self._is_busy():
            return
        try:
            self.keep_draft()
        except Refused as refused:
            self.not_kept(refused)
            return
        mine = self.keeper.draft_id if self.keeper is not None else ""
        self.app.push_screen(NotesBegunScreen(without=mine), self._go_on_with)

    def _go_on_with(self, chosen: GoOn | None) -> None:
        if chosen is None:
            return
        if chosen.words:
            self.editor.insert(chosen.words)
            self.tell_taken_back("")
            return
        try:
            draft_id = bring_back(self.house.store, chosen.draft_id)
        except Refused as refused:
            self.not_kept(refused)
            return
        self.closing = True
        self.dismiss()
        self.app.call_later(self.house.open_note, (), draft_id)
