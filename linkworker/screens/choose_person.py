"""Choosing somebody by typing a few letters of their name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from linkworker.caseload.people import caseload
from linkworker.rules.names import find_names, named
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Dialog
from linkworker.widgets.words import column, joined, one_line, shortened

PLACE = "Choose somebody"
MOST = 8
NAME_CELLS = 28
PLACE_CELLS = 24


class ChoosePersonScreen(Dialog):
    """A field and who answers to it. Dismissed with the id of the one chosen, or None."""

    CSS_PATH = "choose_person.tcss"
    KEYS = (
        Command("open", "Choose", "Take who is under the cursor", ("enter",), "choose", rank=80,
                place=PLACE),
        Command("choose.up", "Up", "The line above", ("up",), "move(-1)", rank=-1, place=PLACE),
        Command("choose.down", "Down", "The line below", ("down",), "move(1)", rank=-1,
                place=PLACE),
        Command("back", "Back", "Go back with nobody chosen", ("escape",), "leave", rank=40,
                place=PLACE),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)

    def __init__(
        self,
        question: str = "Who else is it about?",
        without: Collection[str] = (),
        *,
        first: Sequence[str] = (),
        only: Collection[str] = (),
    ) -> None:
        """Make it with its question; those `without` are not offered.

        Those of `first` stand first while nothing is typed; with `only`, nobody else is offered.
        """
        super().__init__()
        self.question = question
        self.without = frozenset(without)
        self.first = tuple(first)
        self.only = frozenset(only)

    def compose(self) -> ComposeResult:
        """Yield the field and the list."""
        with Vertical(id="choose"):
            yield Field(placeholder=self.question, id="asked")
            people = OptionList(id="people", markup=False)
            people.can_focus = False
            yield people

    def on_mount(self) -> None:
        """Read the names once."""
        with self.house.store.read() as tx:
            everybody = [
                one
                for one in caseload(tx)
                if one.person_id not in self.without
                and (not self.only or one.person_id in self.only)
            ]
        everybody.sort(key=lambda one: one.person_id not in self.first)
        self._people = {one.person_id: one for one in everybody}
        self._names = [
            named(
                one.person_id, [one.name, f"{one.given} {one.family}", one.other_names, *one.also]
            )
            for one in everybody
        ]
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Answer as one types."""
        event.stop()
        self._show(event.value)

    def _show(self, asked: str) -> None:
        people = self.query_one("#people", OptionList)
        found = list(self._people)
        if asked.strip():
            found = [one.id for one in find_names(asked, self._names)]
        people.clear_options()
        for person_id in found[:MOST]:
            one = self._people[person_id]
            words = joined(column(one.name, NAME_CELLS), shortened(one.place, PLACE_CELLS, "$soft"))
            people.add_option(Option(words, id=person_id))
        if not found:
            people.add_option(Option(one_line("Nobody answers to that.", "$soft"), disabled=True))
        people.highlighted = 0 if found else None

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field."""
        event.stop()
        self.action_choose()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click."""
        event.stop()
        self.dismiss(event.option.id)

    def action_move(self, by: int) -> None:
        """Go up or down; the field keeps the focus."""
        people = self.query_one("#people", OptionList)
        (people.action_cursor_down if by > 0 else people.action_cursor_up)()

    def action_choose(self) -> None:
        """Take who is under the cursor."""
        people = self.query_one("#people", OptionList)
        if people.highlighted is not None:
            self.dismiss(people.get_option_at_index(people.highlighted).id)

    def action_leave(self) -> None:
        """Go back with nobody chosen."""
        self.dismiss(None)
