"""Opening one person for a day: whom, and why. Whoever holds them and the leads are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content

from linkworker.refusal import Refused
from linkworker.rules.days import read_day
from linkworker.rules.numbers import nhs_number
from linkworker.widgets.commands import bindings
from linkworker.widgets.everywhere import BACK
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Dialog
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import FIELD_BEFORE, NEXT_FIELD, OPEN

if TYPE_CHECKING:
    from linkworker.sync.far import FarHub

PLACE = "Open for a day"
ASKING = "Asking the hub…"
WHOM = "Say whom: their NHS number, or their name and when they were born."
NO_DAY = "Write the day, the month and the year they were born, as 2.3.1947."
NOT_ONE = (
    "The hub knows no one person like that: nobody, or several. Ask for the NHS number, or how the "
    "name is written. Each question is counted and kept in the hub's audit."
)
WHY = "Say why: whoever holds them reads it."
OPENED = (
    "Open for a day: the record comes now, and stands on F3 with your people. Whoever holds them "
    "is told."
)


@dataclass(frozen=True)
class _Said:
    """What was typed of whom to open."""

    whom: str
    name: str
    born: date | None

    def found(self, hub: FarHub) -> str:
        """Return the id of whom it means, "" where that is not one person."""
        if nhs_number(self.whom).good:
            return hub.find(nhs_number=nhs_number(self.whom).value)
        return self.whom or hub.find(name=self.name, born=self.born)


class OpenForADayScreen(Dialog):
    """Asks whom and why; Enter opens, Esc leaves with nothing done. Dismissed with whether it was
    done.

    Whom, in what a caller says: the hub tells whether it is one person, and lists nobody. The id of
    a record is taken in the place of an NHS number.
    """

    KEYS = (
        OPEN.doing("open", label="Open", help="Open them for a day", place=PLACE),
        NEXT_FIELD.doing("next_field", place=PLACE),
        FIELD_BEFORE.doing("field_before", place=PLACE),
        BACK.doing("leave", help="Leave, with nothing done", place=PLACE),
    )
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def __init__(self) -> None:
        super().__init__()
        self._busy = False

    def body(self) -> ComposeResult:
        """Yield the fields."""
        yield Sentence(Content("Their NHS number"))
        yield Field(id="whom")
        yield Sentence(Content("Or their name, as they say it"))
        yield Field(id="name", placeholder="e.g. Terry Barlow")
        yield Sentence(Content("and when they were born"))
        yield Field(id="born", placeholder="e.g. 2.3.1947")
        yield Sentence(Content("Why you open it"))
        yield Field(id="why", placeholder="e.g. rang in distress")
        yield Sentence(id="answer")

    def on_input_submitted(self) -> None:
        """Enter in a field."""
        self.action_open()

    def action_open(self) -> None:
        """Ask the hub, on a thread: it may take a while to answer."""
        whom, name, born, why = (
            self.query_one(f"#{one}", Field).value.strip()
            for one in ("whom", "name", "born", "why")
        )
        if self._busy:
            return
        day = read_day(born, self.house.today, "back") if born else None
        if not whom and name and (day is None or not day.sure or day.precision != "day"):
            self._answer(NO_DAY, "$soft")
            return
        if not (whom or name) or not why:
            self._answer(WHY if whom or name else WHOM, "$soft")
            return
        self._busy = True
        self._answer(ASKING, "$soft")
        said = _Said(whom, name, day.day if day else None)
        self.run_worker(lambda: self._open(said, why), thread=True, group="open for a day")

    def _open(self, said: _Said, why: str) -> None:
        """Find them and open, on a thread."""
        from linkworker.sync.syncing import hub_of

        tell = self.house.call_from_thread
        try:
            with hub_of(self.house.store) as hub:
                person = said.found(hub)
                if person:
                    hub.open_for_a_day(person, why)
        except Refused as refused:
            tell(self._refused, refused)
        except Exception:
            tell(self._not_busy)
            raise
        else:
            tell(self._opened if person else self._not_one)

    def _not_busy(self) -> None:
        self._busy = False
        self._answer("", "$soft")

    def _refused(self, refused: Refused) -> None:
        self._busy = False
        self._answer(f"{refused.what} {refused.why} {refused.to_do}", "$care")

    def _not_one(self) -> None:
        self._busy = False
        self._answer(NOT_ONE, "$care")

    def _opened(self) -> None:
        self.house.courier.now()
        self.house.say(OPENED)
        if self.is_mounted:
            self.dismiss(True)

    def _answer(self, words: str, style: str) -> None:
        if self.is_mounted:
            self.query_one("#answer", Sentence).show(Content.styled(words, style))
