"""Hand-over sheets: for one person, or for everybody whom one walks with.

A sheet begins with what the record has; whoever hands over reads it, puts it right and adds what
only they know. It is kept in the person's record, where the next one sees it first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from linkworker.caseload import hand_over
from linkworker.caseload.hand_over import PARTS, ToHandOver
from linkworker.clock import local_day
from linkworker.refusal import Refused
from linkworker.rules.shown_days import say_day
from linkworker.screens.form import FormScreen
from linkworker.sync.leading import ref
from linkworker.widgets.acting import read, say_refusal, told_anything
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.forms import Ask
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, fixed, hint
from linkworker.widgets.usual import OPEN
from linkworker.widgets.words import column, joined, padded

if TYPE_CHECKING:
    from linkworker.widgets.house import House

PLACE = "Hand-over sheets"
NAME_CELLS, WRITTEN_CELLS = 28, 24
ABOUT = (
    "Enter reads and finishes somebody's sheet. It is kept in their record: whoever walks with "
    "them next sees it first. Your team lead hands over; the letters behind a name tell them who."
)
INTRO = (
    "This is what the record has. Put it right, and add what only you know; the next one reads it "
    "before anything else."
)
REST = "Sheets kept, as the record has them:"
ALL_WRITTEN = "Everybody has a sheet, or nothing in the record for one."


def ask_for_sheet(house: House, app: Any, person_id: str, name: str) -> None:
    """Show somebody's sheet to read and finish, and keep it."""
    try:
        values = read(house, hand_over.drafted, person_id)
    except Refused as refused:
        say_refusal(house, refused)
        return

    def save(said: dict[str, Any]) -> str:
        with house.store.write("wrote a hand-over sheet", person=person_id) as tx:
            note = hand_over.keep(tx, person_id, {part: str(said[part]) for part, _ in PARTS})
        house.say("The sheet is kept in their record. Ctrl+Z takes it back.")
        return note

    app.push_screen(
        FormScreen(
            f"{name}: hand-over sheet",
            tuple(Ask(part, label, "long") for part, label in PARTS),
            values,
            save,
            person_id=person_id,
            draft=f"{person_id}:{hand_over.KIND}",
            intro=INTRO,
        )
    )


class HandOverScreen(Frame):
    """Everybody whom one walks with, and whether there is a sheet about them."""

    CSS_PATH = "hand_over.tcss"
    KEYS = (
        OPEN.doing("open", help="Read and finish the sheet of whoever is under the cursor",
                   place=PLACE),
        Command("hand_over.rest", "Keep the rest", "Keep a sheet as the record has it for whoever "
                "has none", ("k",), "rest", place=PLACE, rank=60),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def body(self) -> ComposeResult:
        """Yield the page."""
        yield Page(choose_first=True, id="people")

    def on_mount(self) -> None:
        """Read who is there."""
        self._read()

    def store_changed(self, change: Any) -> None:
        """Read again; the cursor stays."""
        if told_anything(change):
            self._read()

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again: by way of Send."""
        return ("send",)

    def _read(self) -> None:
        people = read(self.house, hand_over.to_hand_over)
        rows = [hint(ABOUT), SPACE, *(self._row(one) for one in people)]
        self.query_one(Page).show(rows if people else [hint("Nobody is here yet.")])

    def _row(self, one: ToHandOver) -> Row:
        day = local_day(one.written_at) if one.written_at else None
        written = f"written {say_day(day, self.house.today)}" if day else "no sheet yet"
        words = joined(
            column(one.name, NAME_CELLS),
            padded(written, WRITTEN_CELLS, "$growth" if day else "$soft"),
            (ref(one.person_id), "$soft"),
        )
        return Row(fixed(words), one.person_id, one, height=1)

    def person_in_sight(self) -> str | None:
        """Return whom the line under the cursor is about."""
        row = self.query_one(Page).chosen
        return row.what.person_id if row is not None else None

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Read and finish a sheet."""
        row = self.query_one(Page).chosen
        if row is not None:
            ask_for_sheet(self.house, self.app, row.what.person_id, row.what.name)

    def action_rest(self) -> None:
        """Keep a sheet as the record has it for everybody who has none of mine."""
        store, kept = self.house.store, 0
        try:
            with store.write("wrote hand-over sheets") as tx:
                for one in hand_over.to_hand_over(tx):
                    parts = hand_over.drafted(tx, one.person_id)
                    if one.written_at is None and any(parts.values()):
                        hand_over.keep(tx, one.person_id, parts)
                        kept += 1
        except Refused as refused:
            say_refusal(self.house, refused)
            return
        self.house.say(f"{REST} {kept}. Ctrl+Z takes them back." if kept else ALL_WRITTEN)
