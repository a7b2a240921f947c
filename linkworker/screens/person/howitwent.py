"""How it went with a group or with somebody around a person; a line is put right or taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from linkworker.caseload import connections, how_it_went
from linkworker.caseload.how_it_went import Turn
from linkworker.schema import values
from linkworker.screens.form import FormScreen
from linkworker.screens.how_made import BY_ITSELF, made_asks, made_of
from linkworker.screens.person.kinds import Thing, Values
from linkworker.screens.person.parts import line
from linkworker.widgets import phrases
from linkworker.widgets.acting import act, read, told_anything
from linkworker.widgets.commands import bindings
from linkworker.widgets.forms import Ask, options
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import Row, hint
from linkworker.widgets.usual import OPEN, REMOVE

if TYPE_CHECKING:
    from linkworker.store import WriteTx

PLACE = "How it went"
NOTHING = "Nothing is written down of how it went. Enter on the page before says how it stands now."
ON = Ask("on", "When", "past day")
WORDS = Ask("words", "How it was", hint="in their words")
ASKS = {
    "stage": (
        Ask("what", "Stage", "one of", options(*values.STAGES)),
        ON,
        WORDS,
        *made_asks(empty=BY_ITSELF),
    ),
    "how near": (Ask("what", "How near", "one of", options(*values.CLOSENESS)), ON, WORDS),
}


class HowItWentScreen(Frame):
    """Every stage that a connection reached, and how near it was, the latest first."""

    CSS_PATH = "howitwent.tcss"
    KEYS = (
        OPEN.doing("open", label="Put right", help="Put right what is under the cursor",
                   place=PLACE),
        REMOVE.doing("remove", help="Take away what is under the cursor; Ctrl+Z brings it back",
                     place=PLACE),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)

    def __init__(self, person_id: str, row_id: str, heading: str) -> None:
        """Make it for the tie or connection of this id; a name may be in `heading`."""
        super().__init__()
        self.person_id = person_id
        self._row_id = row_id
        self._title = heading

    def body(self) -> ComposeResult:
        """Yield the list."""
        yield Page(self._rows(), choose_first=True, id="turns")

    def on_mount(self) -> None:
        """Say whose it is."""
        self.set_heading(self._title)

    def _rows(self) -> list[Row]:
        found = read(self.house, how_it_went.turns, self._row_id)
        return [self._row(one) for one in found] or [hint(NOTHING)]

    def _row(self, one: Turn) -> Row:
        day = phrases.short_day(one.on, self.house.today)
        near = "how near: " if one.kind == "how near" else ""
        said = ", ".join(filter(None, (day, one.words, *_made(one))))
        return line(f"{near}{one.what}", said, Thing("turn", one.row_id, one))

    def person_in_sight(self) -> str | None:
        """Return whose it is."""
        return self.person_id

    def store_changed(self, change: Any) -> None:
        """Read it again; the cursor stays."""
        if told_anything(change):
            self.query_one(Page).show(self._rows())

    @property
    def _chosen(self) -> Turn | None:
        row = self.query_one(Page).chosen
        return row.what.row if row is not None else None

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen puts it right."""
        self.action_open()

    def action_open(self) -> None:
        """Put right what is under the cursor."""
        one = self._chosen
        if one is None:
            return

        def save(said: Values) -> Any:
            with self.house.store.write(f"corrected {_said(one)}", person=self.person_id) as tx:
                what = said["what"]
                more = {"on": said["on"] or tx.today, "words": said["words"]}
                if one.kind == "stage":
                    made = made_of(said)["made"]
                    return connections.correct_stage(tx, one.row_id, stage=what, made=made, **more)
                return connections.correct_how_near(tx, one.row_id, how=what, **more)

        known = {"what": one.what, "on": one.on, "words": one.words} | one.made.fields
        self.app.push_screen(
            FormScreen(
                self._title,
                ASKS[one.kind],
                known,
                save,
                person_id=self.person_id,
                draft=f"{self.person_id}:turn:{one.row_id}",
            )
        )

    def action_remove(self) -> None:
        """Take away what is under the cursor."""
        one = self._chosen
        if one is None:
            return

        def away(tx: WriteTx) -> bool:
            if one.kind == "stage":
                connections.remove_stage(tx, one.row_id)
            else:
                connections.remove_how_near(tx, one.row_id)
            return True

        if act(self.house, f"removed {_said(one)}", away, person=self.person_id):
            self.house.say("Taken away. Ctrl+Z brings it back.")


def _said(one: Turn) -> str:
    return "a stage of a connection" if one.kind == "stage" else "how near somebody is"


def _made(one: Turn) -> tuple[str, ...]:
    """Return how a stage was made, what it told, and how they agreed to that."""
    if one.made.how == "signpost":
        return ("signpost: nothing was told",)
    told = f"told: {one.made.shared}" if one.made.shared else ""
    return one.made.how, told, f"agreed: {one.made.agreed}" if one.made.agreed else ""
