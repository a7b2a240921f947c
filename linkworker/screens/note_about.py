"""Whom a note is about: somebody is added, taken away, or it is moved to somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from linkworker.rules.note.understanding import STORY
from linkworker.screens.note_writing import WritingScreen

STAYS_THEIRS = (
    "This puts right a note in their record, and stays there. If the note is somebody else's, "
    "leave this and take the note away; Ctrl+D in a new note puts its words in."
)


class AboutScreen(WritingScreen):
    """A note that is about one person or several."""

    def is_it(self, people: tuple[str, ...], draft_id: str | None, appointment_id: str) -> bool:
        """Say whether this is the note that one would go on with about these people, or with this
        draft.
        """
        if self.closing or self.keeper is None or self.opening is None:
            return False
        if draft_id is not None:
            return self.keeper.draft_id == draft_id
        same = frozenset(self.people) == frozenset(people) and not self.corrects
        return same and appointment_id in ("", self.opening.meeting.appointment_id)

    def action_add_person(self) -> None:
        """Choose somebody else whom the note is about."""
        self._ask("Who else is it about?", self.add_person, without=self.people)

    def _ask(
        self,
        question: str,
        take: Callable[[str | None], None],
        without: tuple[str, ...] = (),
        only: tuple[str, ...] = (),
    ) -> None:
        """Ask for somebody; those near the people of the note are offered first."""
        from linkworker.screens.choose_person import ChoosePersonScreen

        near = [one.id for one in self.opening.known.beside] if self.opening is not None else []
        self.app.push_screen(ChoosePersonScreen(question, without, first=near, only=only), take)

    def take_somebody_away(self) -> None:
        """Ask whom the note is not about."""
        if len(self.people) == 1:
            self.house.hint("It is about one person only. Ctrl+T, then m, moves it to another.")
        else:
            # A correction stays with the person in whose record the note stands: the first.
            only = self.people[1:] if self.corrects else self.people
            self._ask("Who is it not about?", self._take_away, only=only)

    def move_to_somebody(self) -> None:
        """Ask whom the note is about instead of the first; a correction stays where the note is."""
        if self.corrects:
            self.house.say(STAYS_THEIRS)
            return
        self._ask("Who is it about instead?", self._move, without=self.people)

    def _take_away(self, person_id: str | None) -> None:
        if person_id in self.people and len(self.people) > 1:
            self._about(tuple(one for one in self.people if one != person_id))

    def _move(self, person_id: str | None) -> None:
        if person_id and person_id not in self.people:
            self._about((person_id, *self.people[1:]))

    def _about(self, people: tuple[str, ...]) -> None:
        """Let the note be about these; answers that name somebody else are asked again."""
        gone = {f"person:{one}" for one in set(self.people) - set(people)}
        self.answers = {
            id_: key for id_, key in self.answers.items() if id_ != STORY and key not in gone
        }
        self.people = people
        if self.opening is not None and gone:
            # An appointment of somebody whom it is no longer about did not become this contact.
            meeting = replace(self.opening.meeting, appointment_id="", contact_id="")
            self.opening = replace(self.opening, meeting=meeting)
        self.know_again()
        self.text_changed()

    def add_person(self, person_id: str | None) -> None:
        """Let the note be about somebody else too."""
        if not person_id or self.opening is None or person_id in self.people:
            return
        self.people = (*self.people, person_id)
        self.know_again()
        self.text_changed()

    def is_beside(self, person_id: str) -> bool:
        """Say whether somebody has a record of their own and is not in this note yet."""
        assert self.opening is not None
        return any(one.id == person_id for one in self.opening.known.beside)
