"""Gaps: what is not here, for how many and where; and what of people's records is to become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content

from linkworker.caseload import gaps
from linkworker.caseload.gaps import Gap, ToDecide
from linkworker.rules.shown_days import say_day
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.who_helps import GAP
from linkworker.widgets.acting import read, told_anything
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.forms import Ask
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, flowing, heading, hint
from linkworker.widgets.usual import ADD, OPEN
from linkworker.widgets.words import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linkworker.screens.person.kinds import Values

PLACE = "Gaps"
NONE = (
    "Nothing is missing yet, or nobody wrote it down. A ? at the beginning of a note's line notes "
    "what was looked for and is not here; Ins logs a gap at once."
)
TO_DECIDE = "From people's records, to be put in other words"
FEW = 5
"""Lines to be put in other words that stand there before the rest is asked for."""
MORE = "more"
NEW = "new"
HOW_MANY = Ask("how_many", "For how many", "number")
CLOSING = (Ask("by", "What fills it now"), Ask("on", "Since", "past day"))


class GapsScreen(Frame):
    """What is to be decided first, then the gaps that most people met."""

    CSS_PATH = "gaps.tcss"
    KEYS = (
        OPEN.doing("open", help="Log it, or correct the gap under the cursor", place=PLACE),
        ADD.doing("add", help="Log a gap", place=PLACE),
        Command("gaps.again", "Met again", "It was looked for once more", ("m",), "again",
                place=PLACE, rank=60, why_not=lambda screen: screen.why_not_gap()),
        Command("gaps.close", "Closed", "Say what fills it now; or that it is a gap again", ("x",),
                "close", place=PLACE, rank=55, why_not=lambda screen: screen.why_not_gap()),
        Command("gaps.all", "Closed ones", "Show or leave out those that are closed", ("a",),
                "closed_too", place=PLACE, rank=50),
        Command("gaps.map", "By area", "The map of gaps: areas down, kinds across, and for how "
                "many", ("v",), "map", place=PLACE, rank=58),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def __init__(self) -> None:
        super().__init__()
        self._closed_too = False
        self._all_to_decide = False

    def body(self) -> ComposeResult:
        """Yield the list."""
        yield Page(self._rows(), choose_first=True, id="gaps")

    def store_changed(self, change: Any) -> None:
        """Read again; the cursor stays."""
        if told_anything(change):
            self.query_one("#gaps", Page).show(self._rows())
            self.refresh_bindings()

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again: by way of Community."""
        return ("community",)

    def on_page_chosen(self, event: Page.Chosen) -> None:
        """Other keys may work on another row."""
        self.refresh_bindings()

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen opens it."""
        self.action_open()

    # -- what is shown

    def _rows(self) -> list[Row]:
        to_decide = read(self.house, gaps.to_decide)
        found = read(self.house, lambda tx: gaps.gaps(tx, closed_too=self._closed_too))
        rows: list[Row] = []
        if to_decide:
            shown = to_decide
            if not self._all_to_decide and len(to_decide) > FEW + 1:
                shown = to_decide[:FEW]
            rows += [heading(TO_DECIDE), *map(self._to_decide, shown)]
            if more := len(to_decide) - len(shown):
                words = f"and {more} more: Enter shows them"
                rows.append(Row(flowing(Content.styled(words, "$soft")), MORE, MORE))
            rows.append(SPACE)
        if not found:
            return [*rows, hint(NONE)]
        return [*rows, heading("Not here"), *map(self._gap, found)]

    def _to_decide(self, one: ToDecide) -> Row:
        return Row(flowing(one_line(one.words)), f"decide:{one.looked_for_id}", one)

    def _gap(self, one: Gap) -> Row:
        many = "1 person" if one.how_many == 1 else f"{one.how_many} people"
        last = f"last {say_day(one.last_on, self.house.today)}" if one.last_on else ""
        closed = f"closed: {one.closed_by}" if one.closed_on else ""
        under = ", ".join(filter(None, (f"for {many}", one.area, one.kind, last, closed)))
        style = "$soft" if one.closed_on else "bold"
        words, more = flowing(one_line(one.words, style), most=3), one_line(under, "$soft")
        below = flowing(more, most=3)
        return Row(lambda width: [*words(width), *below(width)], f"gap:{one.gap_id}", one)

    # -- what a person does

    @property
    def _chosen(self) -> Gap | ToDecide | str | None:
        row = self.query_one("#gaps", Page).chosen
        return row.what if row is not None else None

    def why_not_gap(self) -> str:
        """Return why the key does not work on what is under the cursor, "" where it does."""
        return "" if isinstance(self._chosen, Gap) else "Stand on a gap."

    def action_closed_too(self) -> None:
        """Show those that are closed, or leave them out."""
        self._closed_too = not self._closed_too
        self.query_one("#gaps", Page).show(self._rows())

    def action_map(self) -> None:
        """Open the map of gaps."""
        from linkworker.screens.gaps_map import GapsMapScreen

        self.app.push_screen(GapsMapScreen())

    def action_add(self) -> None:
        """Ask for a gap, and log it."""
        self._log({}, "")

    def action_open(self) -> None:
        """Log what was looked for, as a new gap or as one that is there; or correct a gap."""
        match self._chosen:
            case ToDecide() as one:
                alike = read(self.house, gaps.like, one.words)
                if alike:
                    self._ask_which(one, alike)
                else:
                    self._log({"words": one.words}, one.looked_for_id)
            case Gap() as one:
                self._correct(one)
            case str():
                self._all_to_decide = True
                self.query_one("#gaps", Page).show(self._rows())
                self.refresh_bindings()

    def _ask_which(self, one: ToDecide, alike: Sequence[Gap]) -> None:
        def chosen(value: str | None) -> None:
            if value == NEW:
                self._log({"words": one.words}, one.looked_for_id)
            elif value is not None:
                with self.house.store.write("a gap met again", person=one.person_id) as tx:
                    gaps.met_again(tx, value, looked_for_id=one.looked_for_id)
                self.house.say("Counted. Ctrl+Z takes it back.")

        every = [(each.gap_id, each.words, each.area) for each in alike]
        every.append((NEW, "Another one", "log it as a new gap"))
        self.app.push_screen(ChooseScreen("Is it one of these?", every), chosen)

    def _log(self, start: Values, looked_for: str) -> None:
        def save(said: Values) -> Any:
            with self.house.store.write("logged a gap") as tx:
                return gaps.log(
                    tx,
                    said["words"],
                    kind=said["kind"],
                    area=said["area"],
                    how_many=said["how_many"] or 1,
                    looked_for_id=looked_for,
                )

        asks = (*GAP, HOW_MANY)
        self.app.push_screen(
            FormScreen("Log a gap", asks, start, save, draft=f"gap:{looked_for or NEW}")
        )

    def _correct(self, one: Gap) -> None:
        def save(said: Values) -> Any:
            with self.house.store.write("corrected a gap") as tx:
                gaps.reword(tx, one.gap_id, **said)

        start = {"words": one.words, "kind": one.kind, "area": one.area}
        self.app.push_screen(FormScreen("A gap", GAP, start, save, draft=f"gap:{one.gap_id}"))

    def action_again(self) -> None:
        """Count that it was met once more."""
        one = self._chosen
        if isinstance(one, Gap):
            with self.house.store.write("a gap met again") as tx:
                gaps.met_again(tx, one.gap_id)
            self.house.say("Counted. Ctrl+Z takes it back.")

    def action_close(self) -> None:
        """Ask what fills it now; one that is closed is a gap again."""
        one = self._chosen
        if not isinstance(one, Gap):
            return
        if one.closed_on:
            with self.house.store.write("a gap again") as tx:
                gaps.open_again(tx, one.gap_id)
            return

        def save(said: Values) -> Any:
            with self.house.store.write("closed a gap") as tx:
                gaps.close(tx, one.gap_id, said["by"], on=said["on"])

        self.app.push_screen(
            FormScreen("What fills it?", CLOSING, {}, save, draft=f"gap:{one.gap_id}:closed")
        )
