"""Bringing in a list of people: the file, its columns, what becomes of each row; then one act.

Nothing is written before the last step, and one undo takes all of it back. Files and records are
read on a thread, so that no key waits for them; what was asked for last counts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from linkworker.caseload import people
from linkworker.exchange.list_file import content_of, in_short, offered, path_typed
from linkworker.exchange.people_csv import Decision, RowTold, plan_import, run_import
from linkworker.exchange.table_file import LARGEST
from linkworker.refusal import Refused
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.import_rows import (
    LEAVE_OUT,
    Looked,
    choices_about,
    column_rows,
    field_choices,
    heading_about,
    look_rows,
)
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.everywhere import BACK
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import OPEN, SAVE
from linkworker.widgets.words import joined, one_line

if TYPE_CHECKING:
    from linkworker.exchange.people_csv import ImportReport
    from linkworker.exchange.people_plan import ImportPlan

PLACE = "Bring in a list"
SAYS = {
    "file": "Where is the list? A CSV file, as a spreadsheet or the surgery's system saves it. "
    "Type or paste its name, or drag the file into this window; Tab finishes a name.",
    "columns": "This is what each column is taken for. Enter changes one. Ctrl+S goes on.",
    "look": "Nothing is brought in yet. Ctrl+S brings it in, and one Ctrl+Z takes all of it back.",
}
READING = "Reading the file."
COMPARING = "Comparing with everybody who is here."
BRINGING = "Bringing them in."
BUSY = "One moment: it is being brought in."
FORGOTTEN = "The columns changed, so what was settled is asked again."
NOT_SETTLED = "{} not settled and would stay out. Ctrl+S once more brings in the rest."
NOTHING = "There is nobody to bring in."


class ImportPeopleScreen(Frame):
    """Three steps, one after the other; Esc goes one back."""

    asks = True
    CSS_PATH = "import_people.tcss"
    AUTO_FOCUS = "#path"
    KEYS = (
        OPEN.doing("open", label="Choose", help="Read the file; change a column; settle a row",
                   place=PLACE),
        SAVE.doing("save", label="Go on", help="Go on to the next step; the last one brings in",
                   place=PLACE),
        BACK.doing("back", help="One step back; nothing is brought in", place=PLACE),
        Command("import.down", "Below", "The file offered below", ("down",), "offer(1)",
                place=PLACE, rank=-1),
        Command("import.up", "Above", "The file offered above", ("up",), "offer(-1)",
                place=PLACE, rank=-1),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def __init__(self) -> None:
        super().__init__()
        self.step = "file"
        self._offers: list[Path] = []
        self._plan: ImportPlan | None = None
        self._looked: Looked | None = None
        self._decisions: dict[int, Decision] = {}
        self._asked: dict[int, RowTold] = {}
        """Rows that were unclear at some time, by number."""
        self._busy = self._asked_twice = False

    def body(self) -> ComposeResult:
        """Yield what is said, the name of the file with what is offered, and the page."""
        yield Sentence(id="says")
        with Vertical(id="file"):
            yield Field(id="path")
            offers = OptionList(id="offers", markup=False)
            offers.can_focus = False
            yield offers
        yield Page(choose_first=True, id="page")
        yield Sentence(id="answer")

    def on_mount(self) -> None:
        """Begin with the file."""
        field = self.query_one("#path", Field)
        field.when_pressed |= {
            "enter": self.action_open,
            "down": partial(self.action_offer, 1),
            "up": partial(self.action_offer, -1),
            "tab": self._finish,
        }
        self._show("file")
        self._look_for("")

    # -- from step to step

    def _show(self, step: str) -> None:
        self.step, self._asked_twice = step, False
        self.query_one("#says", Sentence).show(Content.styled(SAYS[step], "$soft"))
        self.query_one("#file").display = step == "file"
        page = self.query_one("#page", Page)
        page.display = step != "file"
        self.set_focus(self.query_one("#path", Field) if step == "file" else page)
        self._answer("")
        self.refresh_bindings()

    def _answer(self, words: str, style: str = "$care") -> None:
        self.query_one("#answer", Sentence).show(one_line(words, style))

    def _in_thread(self, work: Callable[[], Any], take: Callable[[Any], None], group: str) -> None:
        """Do something beside the screen and take what it gives; a later one of its group wins."""

        def run() -> None:
            try:
                found = work()
            except Refused as refused:
                self.house.call_from_thread(self._refuse, worker, refused)
            else:
                self.house.call_from_thread(self._take, worker, take, found)

        worker = self.run_worker(run, thread=True, group=group, exclusive=True)

    def _take(self, worker: Any, take: Callable[[Any], None], found: Any) -> None:
        if self.is_attached and not worker.is_cancelled:
            take(found)

    def _refuse(self, worker: Any, refused: Refused) -> None:
        if self.is_attached and not worker.is_cancelled:
            self._busy = False
            self._answer(f"{refused.what} {refused.why} {refused.to_do}")

    # -- the file

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer how the name may go on."""
        event.stop()
        self._look_for(event.value)

    def _look_for(self, typed: str) -> None:
        self._in_thread(partial(offered, typed), self._offer, "offers")

    def _offer(self, found: list[Path]) -> None:
        self._offers = found
        offers = self.query_one("#offers", OptionList)
        offers.set_options(
            Option(
                joined(
                    one_line(path.name),
                    ("/" if is_folder(path) else "", "$soft"),
                    "   ",
                    one_line(in_short(path.parent), "$soft"),
                )
            )
            for path in found
        )
        offers.highlighted = None
        offers.display = bool(found)

    def action_offer(self, by: int) -> None:
        """Go up or down in what is offered; the field keeps the focus."""
        offers = self.query_one("#offers", OptionList)
        if self._offers:
            (offers.action_cursor_down if by > 0 else offers.action_cursor_up)()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on what is offered."""
        event.stop()
        self._choose(self._offers[event.option_index])

    def _finish(self) -> None:
        """Finish the name with what is offered, or with its first."""
        if not self._offers:
            return
        at = self.query_one("#offers", OptionList).highlighted
        self._put(self._offers[at or 0])

    def _put(self, path: Path) -> None:
        field = self.query_one("#path", Field)
        field.value = f"{path}/" if is_folder(path) else str(path)
        field.action_end()

    def _choose(self, path: Path) -> None:
        self._put(path)
        if not is_folder(path):
            self._read(path)

    def _read(self, path: Path) -> None:
        self._answer(READING, "$soft")
        self._in_thread(lambda: plan_import(content_of(path, LARGEST)), self._take_plan, "reading")

    def _take_plan(self, plan: ImportPlan) -> None:
        self._plan = plan
        self._decisions.clear()
        self._asked.clear()
        self._show("columns")
        self.query_one("#page", Page).show(column_rows(plan), key="")

    # -- the columns

    def _change_column(self, place: int) -> None:
        plan = self._plan
        assert plan is not None
        column = plan.columns[place]

        def take(chosen: str | None) -> None:
            if chosen is None:
                return
            field = None if chosen == LEAVE_OUT else chosen
            self._plan = plan.corrected({place: field})
            self._answer(FORGOTTEN if self._decisions else "", "$soft")
            self._decisions.clear()
            self._asked.clear()
            self.query_one("#page", Page).show(column_rows(self._plan))

        question = f"What is in the column “{column.heading}”?"
        self.app.push_screen(
            ChooseScreen(question, field_choices(), column.field or LEAVE_OUT), take
        )

    # -- what becomes of each row

    def _compare(self) -> None:
        plan, decisions, store = self._plan, dict(self._decisions), self.house.store
        assert plan is not None

        def look() -> Looked:
            report = run_import(store, plan, decisions, dry_run=True)
            with store.read() as tx:
                names = {one.person_id: one.name for one in people.caseload(tx)}
                drafts = {draft.row: draft for draft in plan.drafts(tx.today)}
            return Looked(report, drafts, names)

        self._answer(COMPARING, "$soft")
        self._in_thread(look, self._take_look, "comparing")

    def _take_look(self, looked: Looked) -> None:
        assert self._plan is not None
        self._looked = looked
        self._asked |= {told.row: told for told in looked.report.unclear}
        begun = self.step != "look"
        self._show("look")
        asked = [self._asked[row] for row in sorted(self._asked)]
        rows = look_rows(looked, self._plan, self._decisions, asked)
        self.query_one("#page", Page).show(rows, key="" if begun else None)

    def _settle(self, told: RowTold) -> None:
        assert self._looked is not None

        def take(chosen: Any) -> None:
            if chosen is not None:
                self._decisions[told.row] = chosen
                self._compare()

        self.app.push_screen(
            ChooseScreen(
                heading_about(told, self._looked),
                choices_about(told),
                self._decisions.get(told.row, ""),
            ),
            take,
        )

    def _bring_in(self) -> None:
        assert self._plan is not None
        assert self._looked is not None
        report = self._looked.report
        if not (report.added or report.filled):
            self._answer(NOTHING)
        elif report.unclear and not self._asked_twice:
            self._asked_twice = True
            many = len(report.unclear)
            self._answer(NOT_SETTLED.format("1 row is" if many == 1 else f"{many} rows are"))
        else:
            self._busy = True
            self._answer(BRINGING, "$soft")
            work = partial(run_import, self.house.store, self._plan, dict(self._decisions))
            self._in_thread(work, self._done, "bringing")

    def _done(self, report: ImportReport) -> None:
        self._busy = False
        said = ["1 person was added" if report.added == 1 else f"{report.added} people were added"]
        if report.filled:
            many = "1 record was" if report.filled == 1 else f"{report.filled} records were"
            said.append(f"{many} filled in")
        out = len(report.unclear) + len(report.refused)
        rest = f" {out} of the list stayed out." if out else ""
        self.house.say(f"{', '.join(said)}.{rest} Ctrl+Z takes all of it back.")
        self.house.go("people")

    # -- the keys

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen."""
        self.action_open()

    def action_open(self) -> None:
        """Read the file, change the column, or settle the row."""
        row = self.query_one("#page", Page).chosen
        if self._busy:
            self._answer(BUSY)
        elif self.step == "file":
            at = self.query_one("#offers", OptionList).highlighted
            typed = self.query_one("#path", Field).value
            if at is not None:
                self._choose(self._offers[at])
            elif typed.strip():
                self._choose(path_typed(typed))
        elif row is not None and self.step == "columns":
            self._change_column(row.what)
        elif row is not None:
            self._settle(row.what)

    def action_save(self) -> None:
        """Go on: read, compare, bring in."""
        if self._busy:
            self._answer(BUSY)
        elif self.step == "file":
            self.action_open()
        elif self.step == "columns":
            self._compare()
        else:
            self._bring_in()

    def action_back(self) -> None:
        """Go one step back; from the first one, leave."""
        if self._busy:
            self._answer(BUSY)
        elif self.step == "look" and self._plan is not None:
            self._show("columns")
            self.query_one("#page", Page).show(column_rows(self._plan), key="")
        elif self.step == "columns":
            self._show("file")
        else:
            self.dismiss(None)


def open_over(app: App[Any]) -> None:
    """Show it over where one is; where it is open already, under its own question, it stays."""
    if not any(isinstance(screen, ImportPeopleScreen) for screen in app.screen_stack):
        app.push_screen(ImportPeopleScreen())


def is_folder(path: Path) -> bool:
    """Say whether a path is a folder; one that cannot be looked at is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
