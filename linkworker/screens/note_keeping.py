"""The draft of a note is kept while it is typed, half a second behind the last key, in a thread.

`note_draft` holds what is kept and where; `note_writing` opens the note.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.timer import Timer

from linkworker.clock import from_text, home_zone, monotonic, to_text
from linkworker.refusal import Refused
from linkworker.rules.times import say_time
from linkworker.screens import note_meeting
from linkworker.screens.note_draft import AFTER_LAST_KEY, AT_MOST, DraftKeeper, State
from linkworker.screens.note_reading import ReadingScreen
from linkworker.text import clean
from linkworker.widgets.note_editor import kept
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.titleline import TitleLine
from linkworker.widgets.words import joined, one_line, plain

if TYPE_CHECKING:
    from linkworker.screens.note_facts import FactsScreen
    from linkworker.screens.note_meeting import Meeting
    from linkworker.screens.note_own import OwnAnswerScreen
    from linkworker.store import Draft


class KeepingScreen(ReadingScreen):
    """A note whose draft is kept as it is typed, and that says so in its first line."""

    def __init__(self, people: tuple[str, ...], corrects: str) -> None:
        """Make it for a note about `people`; `corrects` is the id of the note that it puts right,
        "" for none.
        """
        super().__init__()
        self.people = people
        self.corrects = corrects
        self.keeper: DraftKeeper | None = None
        self._number = 0
        self._unkept_since = 0.0
        self._last_key = 0.0
        self._draft_timer: Timer | None = None
        self.draft_words = ""
        self.closing = False
        self.facts_page: FactsScreen | None = None
        """The page of when, where and who, while it stands over the note."""
        self.half_typed: dict[str, str] = {}
        """What was typed on that page and says nothing yet, by field."""
        self.own_answer: OwnAnswerScreen | None = None
        """The field for an answer of one's own, while it stands over the note."""
        self.half_answered: dict[str, str] = {}
        """What was typed into it and is no answer yet, by the id of the question."""
        self.began_with: Meeting | None = None
        """The facts as they stood before anything was typed; None for a draft."""

    # -- when ------------------------------------------------------------------------------------

    def text_changed(self) -> None:
        """Have the note read and kept, a little later."""
        now = monotonic()
        self._last_key = now
        self.read_soon()
        if self._draft_timer is None:
            self._unkept_since = now
            self._draft_timer = self.set_timer(AFTER_LAST_KEY, self._keep_soon)

    # -- what is kept ----------------------------------------------------------------------------

    @property
    def is_as_it_was(self) -> bool:
        """Whether a correction says what the old note said: nothing is put right yet."""
        old = self.opening.corrected if self.opening is not None else ""
        return bool(old) and clean(self.editor.text).strip() == old.strip()

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
        began = self.began_with or meeting
        return bool(half_typed) or note_meeting.typed(meeting) != note_meeting.typed(began)

    def heed_words(self) -> None:
        """Guess from the words how it was, where nobody has said it."""
        if self.opening is None or self.corrects or self.facts_page is not None:
            return
        meeting = note_meeting.by_the_words(self.opening.meeting, self.text_read)
        if meeting != self.opening.meeting:
            self.opening = replace(self.opening, meeting=meeting)
            self.show_first_line()

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
        self.draft_words = kept_words(draft)
        self.house.draft_kept()
        if self.in_place:
            self.show_first_line()

    def not_kept(self, refused: Refused) -> None:
        """Say that the draft is not kept, and why: it must not be thought safe."""
        self.draft_words = "draft NOT kept"
        if self.in_place:
            self.show_first_line()
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

    # -- the first line --------------------------------------------------------------------------

    def show_first_line(self) -> None:
        """Show whom it is about, when it was, and since when its draft is kept."""
        line = self.query_one(TitleLine)
        facts = ""
        if self.opening is not None:
            facts = plain(
                note_meeting.in_words(self.opening.meeting, self.house.today, guesses=True)
            )
        line.status = self.draft_words
        # Room is left from the first for what will stand there once the draft is kept.
        used = len(line.title) + max(len(line.status), len("draft kept 10:05")) + 6
        fits = used + len(facts) <= self.size.width
        line.day = facts if fits else ""
        below = self.query_one("#facts-line", Sentence)
        change = ("   Ctrl+T ", "bold $accent"), ("changes it", "$soft")
        below.show(Content("") if fits else joined(one_line(facts, "$soft"), *change))
        below.display = not fits


def kept_words(draft: Draft) -> str:
    """Return what the first line says of a draft that is kept."""
    return f"draft kept {say_time(from_text(draft.saved_at).astimezone(home_zone()).time())}"
