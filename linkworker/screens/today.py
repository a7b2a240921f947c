"""Today: home. What was promised, what cannot slip, who is visited, who has gone quiet."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult

from linkworker.caseload import today
from linkworker.refusal import Refused
from linkworker.screens.not_done import NO_STEP, NOT_DONE, ask_not_done
from linkworker.screens.today_rows import Item, TodayRows
from linkworker.widgets.acting import act, read, say_refusal, settle_memory, told_anything
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.everywhere import IMPORT
from linkworker.widgets.frame import Frame
from linkworker.widgets.ground import SideBySide
from linkworker.widgets.page import Page
from linkworker.widgets.rows import Row
from linkworker.widgets.sight import SightPage
from linkworker.widgets.usual import OPEN, REMOVE, TICK

if TYPE_CHECKING:
    from linkworker.caseload.person import Sight
    from linkworker.store import Store

INITIALS = Command(
    "today.initials",
    "Initials",
    "Initials only, and no words: for a screen that others can see",
    ("f12",),
    "initials",
    place="Today",
    rank=30,
    another_way="Ctrl+P, then type initials",
)
WEEK = Command(
    "today.week",
    "Week ahead",
    "The next 7 days, a day after the other: what is arranged, and what you promised",
    ("7",),
    "week",
    place="Today",
    rank=29,
    another_way="Ctrl+P, then type week",
)


THROW_AWAY = REMOVE.doing(
    "throw_away",
    label="Throw away",
    help="Throw a note away that was begun and not saved; asked once more",
    place="Today",
    why_not=lambda screen: screen.why_not_throw_away(),
)
NOT_BEGUN = "Del throws a note away that was begun and not saved. Nothing else here is thrown away."
LET_GO = "The draft was thrown away. Ctrl+Z brings it back; later Ctrl+D in a note, for 14 days."
LET_GO_EMPTY = "The draft was thrown away. There was nothing in it."

BECAME = (
    ("did not happen: didn't meet: theirs", "We did not meet: theirs", ""),
    ("did not happen: didn't meet: ours", "We did not meet: ours", ""),
    ("did not happen: didn't meet: interpreter", "No interpreter came", "counted as unmet need"),
    ("did not happen: in, but not today", "They were in, but not today", ""),
    ("called off", "It was called off", ""),
)
"""What became of a visit of which there is no note: state and words, as shown, and a hint."""

THROW_OR_KEEP = (
    ("keep", "Keep it", ""),
    ("throw away", "Throw the draft away", "Ctrl+Z brings it back"),
)

HEADINGS = 2
"""Rows before the first of the week ahead: its heading, and its day."""

SETTLE_SECONDS = 2.0
"""How long after Today stands what can wait is done."""


class TodayScreen(Frame):
    """What today holds on the left; on the right the person under the cursor, if there is one."""

    CSS_PATH = "today.tcss"
    KEYS = (
        OPEN.doing("open", help="Open the person under the cursor", place="Today", at_once=True),
        TICK.doing(
            "tick", help="Done, or been there; again takes it back", place="Today", at_once=True
        ),
        NOT_DONE.doing("not_done", place="Today", why_not=lambda screen: screen.why_not_not_done()),
        THROW_AWAY,
        INITIALS,
        WEEK,
        IMPORT.doing("import_people", keys=("plus",), place="Today"),
    )
    BINDINGS = bindings(KEYS)
    heading = "Today"

    def __init__(self) -> None:
        super().__init__()
        self._fresh = self._begun = False
        self.initials = False
        """Whether names are initials and words are left out."""
        self.week = False
        """Whether the week ahead stands below."""

    def body(self) -> ComposeResult:
        """Yield the day and the person in sight."""
        with SideBySide(id="sides"):
            yield Page(when_chosen=self._in_sight, id="today")
            yield SightPage(self._look, id="sight")

    def on_mount(self) -> None:
        """Read the day; behind the door there is nothing to read yet."""
        self.before_sight()

    def before_sight(self) -> None:
        """Read the day, before anybody sees it."""
        if self._fresh or not self.house.is_open or not self.query(Page):
            return
        self._fresh = True
        self.call_after_refresh(self._no_longer_fresh)
        self._read()
        if not self._begun:
            self._begun = True
            self.set_timer(SETTLE_SECONDS, self._after_a_while)

    def _no_longer_fresh(self) -> None:
        self._fresh = False

    def _after_a_while(self) -> None:
        settle_memory()
        if self.house.is_open:
            self.run_worker(partial(_forget, self.house.store), thread=True, group="forget")

    def _read(self) -> None:
        found = read(self.house, today.today)
        making = TodayRows(self.house.today, self.initials)
        rows = making.rows(found)
        if self.week:
            from linkworker.caseload.week_ahead import week_ahead

            rows += making.week(read(self.house, week_ahead))
        page = self.query_one("#today", Page)
        page.show(rows)
        keys = [row.key for row in rows if row.key]
        if len(keys) == 1:
            page.choose(keys[0])  # where there is one thing, Enter means that

    def store_changed(self, change: Any) -> None:
        """Read the day again; the cursor stays."""
        if not told_anything(change):
            return
        self._read()
        self._in_sight(self.query_one("#today", Page).chosen)

    def on_screen_resume(self) -> None:
        """Come back in sight: the time has passed too."""
        if not self._fresh and self.is_mounted and self.house.is_open and self.query(Page):
            self._read()

    @property
    def item(self) -> Item | None:
        """What stands under the cursor."""
        row = self.query_one("#today", Page).chosen
        return row.what if row is not None else None

    def person_in_sight(self) -> str | None:
        """Return the person under the cursor."""
        return next(iter(self.people_in_sight()), None)

    def people_in_sight(self) -> tuple[str, ...]:
        """Return everybody of the visit under the cursor."""
        return self.item.people if self.item is not None else ()

    def appointment_in_sight(self) -> str:
        """Return the visit under the cursor: a note about it is dated as it was."""
        item = self.item
        if item is None:
            return ""
        visit = item.kind == "occasion"
        unwritten = item.kind == "not written up" and item.state == "appointment"
        return item.row_ids[0] if visit or unwritten else ""

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again."""
        return ("today",)

    def _in_sight(self, row: Row | None) -> None:
        nobody = row is None or self.initials
        people = () if nobody or row is None else row.what.people
        self.query_one(SightPage).follow(next(iter(people), ""))

    def _look(self, person_id: str) -> Sight | None:
        from linkworker.caseload import person

        return read(self.house, person.sight, person_id)

    def on_page_chosen(self, event: Page.Chosen) -> None:
        """Other keys may work on another row."""
        self.refresh_bindings()

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Open the person; a note that was begun; the note about a visit not written up."""
        item = self.item
        if item is None:
            self.house.hint("Nobody is chosen yet. The arrow keys choose; a name typed finds.")
        elif item.kind == "told":
            from linkworker.screens.told import ToldScreen

            self.app.push_screen(ToldScreen())
        elif item.kind == "begun":
            self.house.open_note(draft_id=item.row_ids[0])
        elif item.kind == "not written up":
            self.house.open_note(item.people, appointment_id=self.appointment_in_sight())
        elif item.kind == "introduced":
            from linkworker.screens.introductions import IntroductionScreen

            self.app.push_screen(IntroductionScreen(item.row_ids[0]))
        else:
            self.house.open_person(item.people[0])

    def action_import_people(self) -> None:
        """Open the pages on which a list of people is brought in."""
        from linkworker.screens import import_people

        import_people.open_over(self.app)

    def action_tick(self) -> None:
        """Tick what was promised, or that one has been there; a second time takes it back."""
        from linkworker.caseload import appointments, steps

        item = self.item
        if item is None:
            return
        if item.kind == "step":
            act(
                self.house,
                "a step done",
                lambda tx: steps.settle_step(tx, item.row_ids[0], "done"),
                person=item.people[0],
            )
            self.house.say("Done. Ctrl+Z takes it back.")
        elif item.kind == "occasion":
            been = "to come" if item.state == "happened" else "happened"

            def do(tx: Any) -> None:
                for row_id in item.row_ids:
                    appointments.correct_appointment(tx, row_id, state=been)

            act(self.house, "a visit that happened", do, person=item.people[0])
        elif item.kind == "not written up" and item.state == "appointment":
            self._what_became(item)
        else:
            self.house.hint("Space ticks what was promised, and visits. Enter opens this.")

    def why_not_not_done(self) -> str:
        """Return why nothing can be said to be not done here, "" where it can."""
        return "" if self.item is not None and self.item.kind == "step" else NO_STEP

    def action_not_done(self) -> None:
        """Say that what was promised was not done, and why."""
        item = self.item
        if item is not None and item.kind == "step":
            ask_not_done(self.app, self.house, item.people[0], item.row_ids[0])

    def _what_became(self, item: Item) -> None:
        """Ask what became of a visit that nothing tells of; a note about it is the other way."""
        from linkworker.caseload import appointments
        from linkworker.screens.choose import ChooseScreen

        def take(answer: str | None) -> None:
            if answer is None:
                return
            state, _, words = answer.partition(": ")

            def do(tx: Any) -> None:
                for row_id in item.row_ids:
                    appointments.correct_appointment(tx, row_id, state=state, state_words=words)

            act(self.house, "what became of a visit", do, person=item.people[0])

        self.app.push_screen(ChooseScreen("What became of it?", BECAME), take)

    def why_not_throw_away(self) -> str:
        """Return why there is nothing to throw away under the cursor, "" where there is."""
        return "" if self.item is not None and self.item.kind == "begun" else NOT_BEGUN

    def action_throw_away(self) -> None:
        """Ask once more, then let the draft go that is under the cursor."""
        from linkworker.screens.choose import ChooseScreen

        assert self.item is not None
        draft_id = self.item.row_ids[0]

        def take(answer: str | None) -> None:
            if answer == "throw away":
                self._throw_away(draft_id)

        self.app.push_screen(ChooseScreen("Throw this draft away?", THROW_OR_KEEP, "keep"), take)

    def _throw_away(self, draft_id: str) -> None:
        from linkworker.screens.note_draft import let_go, notes_begun

        store = self.house.store
        try:
            for one in notes_begun(store):
                if one.id == draft_id:
                    waits = let_go(store, one.id, one.people, one.words, one.facts)
                    self.house.threw_away(waits)
                    self.house.say(LET_GO if waits else LET_GO_EMPTY)
        except Refused as refused:
            say_refusal(self.house, refused)
        self._read()

    def draft_came_back(self) -> None:
        """A draft that was thrown away stands here again."""
        if self.is_mounted and self.query(Page):
            self._read()

    def action_week(self) -> None:
        """Unfold the week ahead below the day, and go to it; or fold it again."""
        self.week = not self.week
        self._read()
        if self.week:
            self.call_after_refresh(self._go_to_week)

    def _go_to_week(self) -> None:
        """Stand on the first thing of the week ahead, with its heading at the top."""
        page = self.query_one("#today", Page)
        for at, row in enumerate(page.rows):
            if row.key.startswith("ahead:"):
                page.choose(row.key)
                page.to_top(at - HEADINGS)
                return
        page.scroll_end(animate=False)

    def come_again(self) -> None:
        """F2 once more: the day alone, as one first finds it."""
        if self.week:
            self.action_week()

    def action_initials(self) -> None:
        """Show initials, or names again."""
        self.initials = not self.initials
        self._read()
        self._in_sight(self.query_one("#today", Page).chosen)

    async def takes(self, event: events.Key | events.Paste) -> bool:
        """Letters go to People and filter there: three of them and Enter find anybody.

        What comes behind them, all at once too, finds People standing.
        """
        if isinstance(event, events.Paste):
            letters = event.text.strip()
        else:
            letters = (event.character or "") if event.is_printable else ""
        if not letters[:1].isalpha():
            return False
        await self.house.go_there("people")
        screen = self.app.screen
        return screen is not self and isinstance(screen, Frame) and await screen.takes(event)


def _forget(store: Store) -> None:
    """Forget the drafts that were thrown away long ago; for a thread."""
    from linkworker.screens.note_draft import forget_long_gone

    with suppress(Refused):  # locked, or busy: the next time; they are in no list anyway
        forget_long_gone(store)
