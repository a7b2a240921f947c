"""Introductions: the inbox, by days waiting; and one introduction, read whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content

from linkworker.caseload import introductions
from linkworker.caseload.introductions import Introduced
from linkworker.rules.shown_days import say_day
from linkworker.screens import introduction_doing as doing
from linkworker.screens.introduction_rows import Looked, look, rows_of, waited
from linkworker.widgets import phrases
from linkworker.widgets.acting import read, told_anything
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Frame
from linkworker.widgets.ground import SideBySide
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, heading, hint
from linkworker.widgets.usual import ADD, OPEN
from linkworker.widgets.words import joined, one_line, padded, shortened

PLACE = "Introductions"
NONE = (
    "Nobody waits. Who is introduced to you stands here, by days waiting, until you accept them.",
    "n takes one down: from a surgery, a neighbour, or somebody who walked up. A reason is enough.",
)
DAYS_CELLS = 12
NAME_CELLS = (12, 24)
MOST_ENDED = 20


def _keys(place: str) -> tuple[Command, ...]:
    def one(id: str, label: str, help: str, key: str, action: str, rank: int) -> Command:
        return Command(
            f"introduction.{id}",
            label,
            help,
            (key,),
            action,
            rank=rank,
            place=place,
            why_not=lambda screen: screen.why_not(action),
        )

    return (
        one("accept", "Accept", "Accept: from a day on you walk alongside", "a", "accept", 75),
        one("no_answer", "No answer", "You tried, and nobody answered", "1", "tried(0)", 66),
        one("voicemail", "Voicemail", "You left a voicemail", "2", "tried(1)", 65),
        one("text", "Text", "You sent a text", "3", "tried(2)", 64),
        one("card", "Card", "You put a card through the door", "4", "tried(3)", 63),
        one("end", "Not here", "Declined, not reached, or not right here; and why", "d", "end", 60),
        one("known", "Known", "Already known: join it to whoever it is", "k", "known", 58),
        one(
            "put_right",
            "Put right",
            "What was said at it, and whether the introducer may hear what becomes of it",
            "c",
            "put_right",
            40,
        ),
        one("told", "Told", "They were told today that they were introduced", "t", "told", 30),
        one("hears", "May hear", "They agreed, or no more, that who asked hears", "h", "hears", 25),
        one("again", "Wait again", "Put it among those who wait again", "w", "wait_again", 20),
    )


class _Doing(Frame):
    """What can be done with the introduction in sight, on both screens."""

    many_keys = True

    @property
    def one(self) -> Introduced | None:
        """The introduction in sight."""
        raise NotImplementedError

    def person_in_sight(self) -> str | None:
        """Return who was introduced."""
        return self.one.person_id if self.one is not None else None

    def why_not(self, action: str) -> str:
        """Return why something cannot be done with what is in sight, "" where it can."""
        one = self.one
        if one is None:
            return "Nobody is chosen."
        if action == "wait_again" and one.outcome in ("accepted", "already known"):
            return "They are among your people. Ctrl+Z takes the last thing back."
        if action == "wait_again":
            return "" if one.outcome else "This one waits already."
        if action == "told":
            return "" if one.tell_by is not None else "They know of it: there is nothing to tell."
        if action == "hears":
            return "" if one.answer_to else "Nobody asked to hear what becomes of this one."
        waits = action != "put_right"
        return "This one waits no more. w puts it back." if waits and one.outcome else ""

    def action_accept(self) -> None:
        """Accept, at a level and from a day."""
        if self.one is not None:
            doing.accept(self, self.one)

    def action_tried(self, which: int) -> None:
        """Record an attempt to reach them."""
        if self.one is not None:
            doing.tried(self, self.one, which)

    def action_end(self) -> None:
        """Say that it came to nothing here, and why."""
        if self.one is not None:
            doing.end(self, self.one)

    def action_known(self) -> None:
        """Say who it is, where they are known already."""
        if self.one is not None:
            doing.known(self, self.one)

    def action_put_right(self) -> None:
        """Put right what was said at the introduction."""
        if self.one is not None:
            doing.put_right(self, self.one)

    def action_told(self) -> None:
        """Say that they were told today."""
        if self.one is not None:
            doing.told(self, self.one)

    def action_hears(self) -> None:
        """Say that they agreed that whoever wants an answer hears, or take that back."""
        if self.one is not None:
            doing.hears(self, self.one)

    def action_wait_again(self) -> None:
        """Put it among those who wait again."""
        if self.one is not None:
            doing.wait_again(self, self.one)


class IntroductionsScreen(_Doing):
    """Those who wait on the left, the one under the cursor on the right."""

    CSS_PATH = "introductions.tcss"
    KEYS = (
        OPEN.doing("open", label="Look", help="Read the whole of it", place=PLACE),
        ADD.doing("add", label="New", help="Take an introduction down", keys=("n", "insert"),
                  place=PLACE, rank=78),
        *_keys(PLACE),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def body(self) -> ComposeResult:
        """Yield the list, and the introduction in sight."""
        with SideBySide(id="sides"):
            yield Page(when_chosen=self._in_sight, choose_first=True, id="introductions")
            page = Page(id="sight")
            page.can_focus = False
            yield page

    def on_mount(self) -> None:
        """Read who waits."""
        self._read()

    def store_changed(self, change: Any) -> None:
        """Read again; the cursor stays."""
        if told_anything(change):
            self._read()
            self._in_sight(self._page.chosen)
            self.refresh_bindings()

    @property
    def _page(self) -> Page:
        return self.query_one("#introductions", Page)

    @property
    def one(self) -> Introduced | None:
        """The introduction under the cursor."""
        row = self._page.chosen
        return row.what if row is not None else None

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again."""
        return ("introductions",)

    def _read(self) -> None:
        waits = read(self.house, introductions.waiting)
        ended = read(self.house, introductions.ended)[:MOST_ENDED]
        longest = max((cell_len(one.name) for one in (*waits, *ended)), default=0) + 1
        cells = min(max(longest, NAME_CELLS[0]), NAME_CELLS[1])
        today = self.house.today
        rows = [Row(_line(one, cells, today), one.introduction_id, one, height=1) for one in waits]
        if not waits:
            rows = [hint(NONE[0]), SPACE, hint(NONE[1])]
        if ended:
            rows += [SPACE, heading("No longer waiting")]
            rows += [
                Row(_ended(one, cells, today), one.introduction_id, one, height=1) for one in ended
            ]
        self._page.show(rows)

    def _in_sight(self, row: Row | None) -> None:
        sight = self.query_one("#sight", Page)
        if not sight.display:
            return
        found = read(self.house, look, row.key) if row is not None and row.key else None
        sight.show(rows_of(found, self.house.today) if found is not None else [], key="")

    def on_page_chosen(self, event: Page.Chosen) -> None:
        """Other keys may work on another row."""
        self.refresh_bindings()

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Read the whole of it."""
        if self.one is None:
            self.house.hint("Nobody is chosen. n takes an introduction down.")
        else:
            self.app.push_screen(IntroductionScreen(self.one.introduction_id))

    def action_add(self) -> None:
        """Take an introduction down, and stand on it."""
        from linkworker.screens.introduction_form import IntroductionForm

        def stand_on(introduction_id: Any) -> None:
            if isinstance(introduction_id, str):
                self._read()
                self._page.choose(introduction_id)

        self.app.push_screen(IntroductionForm(), stand_on)


class IntroductionScreen(_Doing):
    """One introduction, read whole."""

    CSS_PATH = "introductions.tcss"
    KEYS = (
        OPEN.doing("open", label="Record", help="Open their record", place="An introduction"),
        *_keys("An introduction"),
    )
    BINDINGS = bindings(KEYS)
    heading = "An introduction"

    def __init__(self, introduction_id: str) -> None:
        super().__init__()
        self._id = introduction_id
        self._found: Looked | None = None

    def body(self) -> ComposeResult:
        """Yield the page."""
        yield Page(id="whole")

    def on_mount(self) -> None:
        """Read it."""
        self._read()

    def store_changed(self, change: Any) -> None:
        """Read it again."""
        if told_anything(change):
            self._read()
            self.refresh_bindings()

    @property
    def one(self) -> Introduced | None:
        """The introduction in sight."""
        return self._found.one if self._found is not None else None

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again: by way of the inbox."""
        return ("introductions",)

    def _read(self) -> None:
        self._found = read(self.house, look, self._id)
        gone = [hint("This introduction is not here any more: it was joined, or taken back.")]
        rows = rows_of(self._found, self.house.today) if self._found is not None else gone
        self.query_one("#whole", Page).show(rows)

    def action_open(self) -> None:
        """Open the record that it began."""
        if self.one is not None:
            self.house.open_person(self.one.person_id)


def _line(one: Introduced, name_cells: int, today: date) -> Any:
    tried = ""
    if one.tries:
        last = phrases.OUTCOMES.get(one.last_outcome, one.last_outcome)
        tried = f"{one.tries} tries, {last}" if one.tries > 1 else last
    soon = f"needed {one.urgency}  " if one.urgency else ""
    must = "to be told  " if one.tell_by is not None and one.knows == "no" else ""

    def draw(width: int) -> list[Content]:
        parts = [padded(waited(one, today), DAYS_CELLS, "$soft"), padded(one.name, name_cells)]
        said = joined((soon, "$care"), (must, "$care"), one_line(one.by))
        said = joined(said, ("  ", ""), one_line(tried, "$soft")) if tried else said
        left = max(0, width - DAYS_CELLS - name_cells - 2)
        return [joined(*parts, "  ", said.truncate(left, ellipsis=True))]

    return draw


def _ended(one: Introduced, name_cells: int, today: date) -> Any:
    day = say_day(one.outcome_on, today) if one.outcome_on else ""

    def draw(width: int) -> list[Content]:
        words = f"{one.outcome}: {one.outcome_why}"
        left = max(0, width - DAYS_CELLS - name_cells - 2)
        first = padded(day, DAYS_CELLS, "$soft")
        name = padded(one.name, name_cells, "$soft")
        return [joined(first, name, "  ", shortened(words, left, "$soft"))]

    return draw
