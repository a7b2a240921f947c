"""What is kept apart, opened on purpose. Nothing else of the app shows these words."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult

from linkworker.caseload.safety import KeptApart
from linkworker.rules.shown_days import say_day
from linkworker.widgets.commands import bindings
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, flowing, heading
from linkworker.widgets.words import joined, one_line, said


class KeptApartScreen(Frame):
    """The words, each with its day and whom was told. Esc closes it, and so does hiding, whatever
    stands over it: opened on purpose, it is so again.
    """

    CSS_PATH = "person.tcss"
    KEYS = ()
    BINDINGS = bindings(KEYS)
    heading = "Kept apart"

    def __init__(self, person_id: str, found: list[KeptApart]) -> None:
        super().__init__()
        self._person_id = person_id
        self._found = found
        self._is_over = False

    def body(self) -> ComposeResult:
        """Yield the words."""
        rows: list[Row] = []
        for one in self._found:
            rows += [heading(self._day(one.happened_on)), Row(flowing(said(one.words)))]
            if one.told:
                rows.append(Row(flowing(joined(("told: ", "$soft"), one_line(one.told, "$soft")))))
            rows.append(SPACE)
        yield Page(rows, id="apart")

    def hidden(self) -> None:
        """Forget the words, and be gone when one comes back to here."""
        self._is_over = True
        self._found = []
        for page in self.query(Page):
            page.show([], key="")

    def on_screen_resume(self) -> None:
        """Come in sight again after everything was hidden: there is nothing here any more."""
        if self._is_over and self.app.screen is self:
            self.dismiss(None)

    def _day(self, day: date | None) -> str:
        return say_day(day, self.house.today) if day else "A part"

    def person_in_sight(self) -> str | None:
        """Return whose words they are."""
        return self._person_id
