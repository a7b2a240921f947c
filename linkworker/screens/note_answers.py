"""What the panel beside a note asks, and the answers: chosen there, or typed in a small field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from linkworker.rules.marking import choose
from linkworker.screens import note_words
from linkworker.screens.note_about import AboutScreen
from linkworker.screens.note_panel import NotePanel

if TYPE_CHECKING:
    from linkworker.screens.note_words import Ask

NOTHING_ASKED = "The panel asks nothing."


class AnsweringScreen(AboutScreen):
    """A note whose questions are answered."""

    def why_not_answer(self) -> str:
        """Return why there is nothing to answer, "" when there is."""
        return "" if self.panel.asks or not self.is_read else NOTHING_ASKED

    def action_answer(self) -> None:
        """Go into the panel; keys go there at once, and wait until the text has been read."""
        if self.opening is None:
            return
        if not self.is_read:
            self.panel.wait()
            self.when_read(self._answer_what_was_read)
        self.panel.focus()

    def _answer_what_was_read(self) -> None:
        if self.panel.asks:
            self.panel.begin()
        else:
            self.house.hint(NOTHING_ASKED)
            self.editor.focus()

    def on_note_panel_left(self) -> None:
        """Back to the text."""
        self.editor.focus()

    def on_note_panel_answered(self, message: NotePanel.Answered) -> None:
        """Take an answer."""
        ask = message.ask
        if ask.id.startswith(note_words.PASTED):
            self._choose_lines(ask.id, message.key == "mark")
        elif message.key:
            self._answer(ask.id, message.key)
        else:
            self._answer_own(ask)

    def _answer_own(self, ask: Ask) -> None:
        """Ask for an answer of one's own; what was half typed before stands there."""
        from linkworker.screens.note_own import OwnAnswerScreen

        before = self.half_answered.get(ask.id, "")
        self.own_answer = OwnAnswerScreen(ask, self.house.today, before, self.text_changed)
        self.app.push_screen(self.own_answer, partial(self._take_own, ask.id))

    def _take_own(self, ask_id: str, key: str | None) -> None:
        self._hold_own_answer()
        if key:
            self.half_answered.pop(ask_id, None)
        self._answer(ask_id, key)

    def hold_own_answer_left(self) -> None:
        """Keep what stands in the field, where another key than its own led away from it."""
        if self.own_answer is not None and self.own_answer not in self.app.screen_stack:
            self._hold_own_answer()

    def _hold_own_answer(self) -> None:
        """The field is gone: what stands in it and is no answer is kept for the next time."""
        self.half_answered = self.answers_in_hand()
        self.own_answer = None

    def _answer(self, ask_id: str, key: str | None) -> None:
        if key:
            self.answers[ask_id] = key
            kind, _, person_id = key.partition(":")
            if kind == "person" and self.is_beside(person_id):
                self.add_person(person_id)
            self._take_answer()

    def _choose_lines(self, ask_id: str, is_mark: bool) -> None:
        assert self.understanding is not None
        editor = self.editor
        undecided = self.understanding.reading.undecided
        for line in note_words.pasted_of(ask_id, undecided):
            editor.chosen = choose(self.text_read, line, is_mark, editor.chosen)
        editor.refresh()
        self._take_answer()

    def _take_answer(self) -> None:
        self.text_changed()
        self.when_read(self.panel.go_on)
