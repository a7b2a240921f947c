"""The hand-over sheet on a person's page: written by who hands over, seen first by who takes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from linkworker.caseload import hand_over
from linkworker.clock import local_day
from linkworker.rules.shown_days import say_day
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.parts import Look, Rows, thing_row
from linkworker.widgets.rows import flowing
from linkworker.widgets.words import joined, one_line

if TYPE_CHECKING:
    from linkworker.screens.person.personpage import PersonPage
    from linkworker.store import ReadTx

SHEET = "hand-over sheet"
"""The kind of the row that leads to it."""


def handed_over(tx: ReadTx, person_id: str, look: Look) -> Rows:
    """Return a row that leads to the sheet by which somebody came to whoever has it open."""
    sheet = hand_over.to_read(tx, person_id)
    if sheet is None:
        return []
    day = f" {say_day(local_day(sheet.at), look.today)}" if sheet.at else ""
    words = joined(
        ("Handed over by ", "bold $accent"),
        one_line(f"{sheet.who}{day}", "bold $accent"),
        (": Enter reads the sheet", "$soft"),
    )
    return [thing_row(flowing(words), Thing(SHEET, sheet.note_id))]


class HandsOver:
    """What a person's page does when a hand-over sheet is wanted."""

    def action_hand_over(self) -> None:
        """Show the sheet to read and finish."""
        from linkworker.screens.hand_over import ask_for_sheet

        screen = cast("PersonPage", self)
        if screen.banner is not None:
            ask_for_sheet(screen.house, screen.app, screen.person_id, screen.banner.name)
