"""News of the team: who opened somebody for a day, covers, walks with them now, joined; and opening
somebody.

It is asked of the hub when one comes here, and nothing of it is kept.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content

from linkworker.caseload import people, worker
from linkworker.clock import home_zone, local_day
from linkworker.refusal import Refused
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_time
from linkworker.screens.lead_words import people_in_words
from linkworker.widgets.acting import read
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, beside, flowing, hint
from linkworker.widgets.usual import ADD, OPEN
from linkworker.widgets.words import column, joined, one_line

if TYPE_CHECKING:
    from linkworker.sync.far import Opened

PLACE = "News of the team"
WHEN_CELLS = len("Mon 23 Nov 14:11")
MAY_OPEN = ("duty worker", "lead")
"""The places in the team whose worker may open somebody for a day; the hub asks again."""
ASKING = "Asking the hub…"
ABOUT = (
    "A duty worker or a lead may open one person for a day, with a reason. Whoever holds them and "
    "the leads are told here. So is who covers or now walks with people of yours, and whom you "
    "cover and until when; leads also hear who joined the team."
)
NOBODY = "Nobody of yours was opened by somebody else, covered or handed over."
NOT_HERE = "somebody who is not on this laptop"
NOT_YOURS = "Only a duty worker or a lead opens somebody for a day. A colleague can cover instead."
GONE = "They are not on this laptop."


class ToldScreen(Frame):
    """Who was opened, the latest first; Ins opens somebody, where one's place allows it."""

    CSS_PATH = "told.tcss"
    KEYS = (
        OPEN.doing("open", help="Show the page of whoever is under the cursor", place=PLACE),
        ADD.doing(
            "add",
            label="Open somebody",
            help="Open one person for a day, with a reason",
            place=PLACE,
            why_not=lambda screen: screen.why_not_add(),
        ),
        Command("told.again", "Look again", "Ask the hub anew", ("r",), "again", place=PLACE,
                rank=60),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def __init__(self) -> None:
        super().__init__()
        self._busy = False

    def body(self) -> ComposeResult:
        """Yield the page."""
        yield Page(choose_first=True, id="told")

    def on_mount(self) -> None:
        """Ask the hub."""
        self.action_again()

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again: by way of Send."""
        return ("send",)

    def action_again(self) -> None:
        """Ask the hub who was opened, on a thread."""
        if self._busy:
            return
        self._busy = True
        self._page.show([hint(ABOUT), SPACE, hint(ASKING)])
        self.run_worker(self._ask, thread=True, group="told")

    def _ask(self) -> None:
        from linkworker.sync.syncing import hub_of

        tell = self.house.call_from_thread
        try:
            with hub_of(self.house.store) as hub:
                last, found = hub.told_up_to()
                self.house.store.belonging.told_was_read(last)
        except Refused as refused:
            tell(self._have_not, refused)
        except Exception:
            tell(self._over)
            raise
        else:
            tell(self._have, found)

    def _over(self) -> bool:
        """Note that the hub was asked; say whether anybody still looks."""
        self._busy = False
        return self.is_mounted and self.house.is_open

    def _have(self, found: list[Opened]) -> None:
        if self._over():
            rows = [self._row(at, one) for at, one in enumerate(found)] or [hint(NOBODY)]
            self._page.show([hint(ABOUT), SPACE, *rows])

    def _have_not(self, refused: Refused) -> None:
        if self._over():
            words = Content.styled(f"{refused.why} {refused.to_do}", "$care")
            self._page.show([hint(ABOUT), SPACE, Row(flowing(words)), hint("r asks again.")])

    @property
    def _page(self) -> Page:
        return self.query_one("#told", Page)

    def _row(self, at: int, one: Opened) -> Row:
        own = one.who == read(self.house, worker.own_name)
        who = "You" if own else one.who
        known = read(self.house, people.named, one.person) if one.person else None
        whom = Content(people_in_words(one.count))
        if one.person:
            from linkworker.sync.leading import ref

            not_here = f"{NOT_HERE} ({ref(one.person)})"
            whom = one_line(known.name if known is not None else not_here, "bold")
        until = (f" until {self._until(one.until)}", "$soft")
        named = one_line(who, "bold")
        match one.kind:
            case "joined":
                called = f", with a laptop called {one.reason}" if one.reason else ""
                said, why = joined(named, " joined the team", one_line(called, "$soft")), ""
            case "covers":
                said, why = joined(named, " cover " if own else " covers ", whom, until), one.reason
            case "handed over":
                walks = " walk with " if own else " walks with "
                said, why = joined(named, walks, whom, " now: handed over"), one.reason
            case _:
                said, why = joined(named, " opened ", whom, until), one.reason
        said = joined(said, "\n", one_line(why)) if why else said
        person = one.person if known is not None else None
        when = self._when(one.at)
        first = column(when, max(len(when), WHEN_CELLS) + 2, "$soft")
        return Row(beside(first, said), f"told:{at}", person)

    def _until(self, ms: int) -> str:
        """Say when something ends; what ends at midnight is over at the end of the day before."""
        said = self._when(ms)
        if said.endswith(f" {say_time(time())}"):
            return f"the end of {self._when(ms - 1).rpartition(' ')[0]}"
        return said

    def _when(self, ms: int) -> str:
        try:
            at = datetime.fromtimestamp(ms / 1000, UTC)
        except (ValueError, OverflowError, OSError):
            return "an unknown day"
        clock = say_time(at.astimezone(home_zone()).time())
        return f"{say_day(local_day(at), self.house.today)} {clock}"

    # -- what a person does

    def person_in_sight(self) -> str | None:
        """Return whom the line under the cursor is about."""
        row = self._page.chosen
        return row.what if row is not None else None

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Show the page of whoever is under the cursor."""
        person = self.person_in_sight()
        if person is not None:
            self.house.open_person(person)
        elif self._page.chosen is not None:
            self.house.hint(GONE)

    def why_not_add(self) -> str:
        """Return why nobody can be opened from here, "" where somebody can."""
        membership = self.house.store.belonging.now()
        may = membership is not None and membership.role in MAY_OPEN
        return "" if may else NOT_YOURS

    def action_add(self) -> None:
        """Ask whom, and why."""
        from linkworker.screens.open_for_a_day import OpenForADayScreen

        self.app.push_screen(
            OpenForADayScreen(), lambda done: self.action_again() if done else None
        )
