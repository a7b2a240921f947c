"""People: the caseload by name, filtered as one types, with the person in sight beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from linkworker.caseload import people, person, reaching, support
from linkworker.caseload.people import PersonInList
from linkworker.caseload.writing import NothingSaid
from linkworker.clock import local_day
from linkworker.rules import names
from linkworker.rules.ago import say_ago
from linkworker.rules.shown_days import say_day
from linkworker.schema import values
from linkworker.screens.form import FormScreen
from linkworker.widgets import phrases
from linkworker.widgets.acting import read, told_anything
from linkworker.widgets.commands import bindings
from linkworker.widgets.everywhere import IMPORT
from linkworker.widgets.forms import Ask
from linkworker.widgets.frame import Frame
from linkworker.widgets.ground import SideBySide
from linkworker.widgets.page import MOVES, Page
from linkworker.widgets.rows import SPACE, Row, heading, hint
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.sight import SightPage
from linkworker.widgets.usual import ADD, OPEN, TICK
from linkworker.widgets.words import joined, one_line, padded, shortened

LAST_CELLS = 13
NAME_CELLS = (12, 26)
"""The least and the most cells of the names' column."""
PLACE_CELLS = 18
LEAST_CELLS = 6
"""The least room in which words are begun that will be cut."""
NEW_PERSON = (
    Ask("called", "How they like to be called", example="Terry Beasley"),
    Ask("given", "Given name", hint="where it is another"),
    Ask("family", "Family name"),
    Ask("description", "Or who it is", example="man, sixties, Blue Badge"),
    Ask("pronouns", "Pronouns"),
    Ask("born", "Born", "born", example="3/5/1948, 1948, about 1950, or an age"),
    Ask("place", "Village or part of town"),
    Ask("phone", "Phone"),
    Ask(
        "level",
        "From today",
        "one of",
        (("", "nothing yet"), *((str(level), words) for level, words in values.LEVELS.items())),
    ),
)
NOBODY = (
    "Nobody is here yet. Ins adds somebody: a name is enough, and even that can wait.",
    "The key + brings in a list of people: a CSV file from a spreadsheet or the surgery.",
)
NOT_BEGUN = "Not begun yet"
BEGIN = "To begin: Enter opens somebody, and b begins."
NOT_NOW = "Not with us now"
TICK_HELP = (
    "Tick for one note about several people: Ctrl+N on one of them begins it. While you type a "
    "name Space is part of it; an arrow key first, then it ticks"
)
PART_OF_A_NAME = "While you type a name, Space is part of it. Press an arrow key first, then Space."
NO_LETTERS = "[]+"
"""Signs that begin no name: to press one here is a slip."""
LONGEST = 60
"""Characters of a pasted name that are looked for."""


class PeopleScreen(Frame):
    """The list on the left, the person under the cursor on the right."""

    CSS_PATH = "people.tcss"
    KEYS = (
        OPEN.doing("open", help="Open the person under the cursor", place="People", at_once=True),
        TICK.doing(
            "tick",
            label="Tick",
            help=TICK_HELP,
            place="People",
            at_once=True,
            why_not_key=lambda screen: screen.why_not_space(),
        ),
        ADD.doing("add", help="Add somebody", place="People"),
        IMPORT.doing("import_people", keys=("plus",), place="People"),
    )
    BINDINGS = bindings(KEYS)
    heading = "People"

    def __init__(self) -> None:
        super().__init__()
        self.typed = ""
        """What was typed to filter by."""
        self._walking = False
        """Whether the cursor was moved since the last letter: then Space ticks."""
        self._told_in_a_name = False
        self.ticked: dict[str, None] = {}
        """Who is ticked, in the order in which they were. Forgotten when one goes elsewhere."""
        self._people: list[PersonInList] = []
        self._rows: dict[str, Row] = {}
        self._name_cells = 0
        self._named: list[names.Named] = []

    def body(self) -> ComposeResult:
        """Yield the filter and the list, and the person in sight."""
        with SideBySide(id="sides"):
            with Vertical(id="list"):
                yield Sentence(id="filter")
                yield Page(when_chosen=self._in_sight, choose_first=True, id="people")
            yield SightPage(self._look, id="sight")

    def on_mount(self) -> None:
        """Read the caseload."""
        self._read()

    def _read(self) -> None:
        today = self.house.today
        before = {one.person_id: one for one in self._people}
        self.take_people(read(self.house, people.caseload))
        longest = max((cell_len(one.name) for one in self._people), default=0) + 1
        cells = min(max(longest, NAME_CELLS[0]), NAME_CELLS[1])
        kept = self._rows if cells == self._name_cells else {}
        self._name_cells = cells
        self._rows = {}
        for one in self._people:
            row = kept.get(one.person_id)
            if row is None or before.get(one.person_id) != one:
                row = Row(self._draw(one, today), one.person_id, one, height=1)
            self._rows[one.person_id] = row
        self.ticked = {who: None for who in self.ticked if who in self._rows}
        self._show()

    def take_people(self, found: list[PersonInList]) -> None:
        """Take everybody there is, prepared to be found by any name they go by."""
        self._people = found
        self._named = [
            names.named(
                one.person_id, (one.name, f"{one.given} {one.family}", one.other_names, *one.also)
            )
            for one in found
        ]

    def found(self, typed: str) -> list[str]:
        """Return the ids of who answers to what was typed, the best first."""
        return [one.id for one in names.find_names(typed, self._named)]

    def store_changed(self, change: Any) -> None:
        """Read the list again; cursor, ticks and what was typed stay."""
        if not told_anything(change):
            return
        self._read()
        self._in_sight(self._page.chosen)

    @property
    def _page(self) -> Page:
        return self.query_one("#people", Page)

    def _show(self, *, first: bool = False) -> None:
        """Put the rows that answer to what was typed on the page; `first`: cursor on the best."""
        if self.typed:
            rows = [self._rows[one] for one in self.found(self.typed)]
        else:
            rows = []
            part = ""
            for one in self._people:
                if (mine := _part(one)) != part:
                    part = mine
                    rows += [SPACE] if rows else []
                    rows.append(heading(part))
                    rows += [hint(BEGIN), SPACE] if part == NOT_BEGUN else []
                rows.append(self._rows[one.person_id])
        if not rows and self._people:
            rows = [hint("Nobody answers to that. Esc shows everybody.")]
        elif not rows:
            rows = [hint(NOBODY[0]), SPACE, hint(NOBODY[1])]
        self._page.show(rows, key=rows[0].key if first else None)
        self._say_filter(sum(bool(row.key) for row in rows))
        self._tell_bar()

    def _say_filter(self, shown: int) -> None:
        count = f"{len(self._people)} people" if len(self._people) != 1 else "1 person"
        if self.typed:
            words = joined(
                one_line(self.typed, "bold"),
                (" ▏" if self.typed.endswith(" ") else "▏", "$accent"),
                (f"  {shown} of {count}", "$soft"),
            )
        else:
            words = Content.styled(f"{count}, type a name", "$soft")
        if self.ticked:  # by name: the filter may hide them, and a note would be about them
            called = ", ".join(self._rows[who].what.name for who in self.ticked)
            words = joined(words, (" · ticked: ", "$accent"), one_line(called, "$accent"))
        self.query_one("#filter", Sentence).show(words)

    def _draw(self, one: PersonInList, today: date) -> Any:
        next_thing = _next_thing(one, today)
        last = _last(one, today)
        who = one.person_id

        def draw(width: int) -> list[Content]:
            tick = ("✓ ", "$accent bold") if who in self.ticked else "  "
            name_cells = min(self._name_cells, max(12, width - LAST_CELLS - 4))
            style = "" if one.with_us else "$soft"
            parts = [tick, padded(one.name, name_cells, style), "  "]
            left = width - name_cells - 4
            parts.append(padded(last, min(LAST_CELLS, left), "$soft"))
            left -= LAST_CELLS + 2
            if left >= PLACE_CELLS + 30:
                parts += ["  ", padded(one.place, PLACE_CELLS, "$soft")]
                left -= PLACE_CELLS + 2
            parts += ["  ", _fitting(next_thing, left)]
            return [joined(*parts)]

        return draw

    def _in_sight(self, row: Row | None) -> None:
        self.query_one(SightPage).follow(row.key if row is not None else "")

    def _look(self, person_id: str) -> person.Sight | None:
        return read(self.house, person.sight, person_id)

    def person_in_sight(self) -> str | None:
        """Return the person under the cursor."""
        chosen = self._page.chosen
        return chosen.key if chosen is not None else None

    def people_in_sight(self) -> tuple[str, ...]:
        """Return who is under the cursor, and where they are ticked everybody who is.

        Never somebody else than the one under the cursor alone: a tick is easily forgotten, and
        the note would be about the wrong person.
        """
        one = self.person_in_sight()
        if one in self.ticked:
            return tuple(self.ticked)
        return (one,) if one else ()

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again."""
        return ("people",)

    # -- what a person does

    @property
    def _in_a_name(self) -> bool:
        """Whether a name is being typed: a space is part of it then."""
        return bool(self.typed) and not self._walking

    def why_not_space(self) -> str:
        """Return why Space does not tick now, "" when it does; chosen by its name, it does."""
        return PART_OF_A_NAME if self._in_a_name else ""

    def _type(self, typed: str) -> None:
        """Filter by this from now on, the cursor on the best."""
        self.typed = typed
        self._walking = False
        self._show(first=bool(typed))

    def _walks(self) -> None:
        """The cursor was moved: Space ticks, also who was found by name."""
        self._walking = True
        self._tell_bar()

    def _tell_bar(self) -> None:
        """Have the bar say what Space does, where that is another thing now."""
        if self._in_a_name != self._told_in_a_name:
            self._told_in_a_name = self._in_a_name
            self.refresh_bindings()

    async def takes(self, event: events.Key | events.Paste) -> bool:
        """Letters filter, Backspace takes one back, Esc shows everybody; a pasted name filters."""
        if isinstance(event, events.Paste):
            self._type(self.typed + " ".join(event.text.split())[:LONGEST])
        elif event.key == "backspace" and self.typed:
            self._type(self.typed[:-1])
        elif event.key == "escape" and self.typed:
            who = self.person_in_sight()
            self._type("")
            self._page.choose(who or "")  # a key works on them: they are brought in sight
        elif event.key == "space":
            if not self._in_a_name:
                return False
            self._type(f"{self.typed.rstrip()} ")
        elif event.is_printable and event.character and event.character not in NO_LETTERS:
            self._type(self.typed + event.character)
        else:
            if event.key in MOVES:
                self._walks()
            return False
        return True

    def on_click(self) -> None:
        """A click on a row moves the cursor too."""
        self._walks()

    def on_screen_suspend(self) -> None:
        """Elsewhere, or in a note: what was typed and who was ticked has done its work."""
        if self.app.current_mode != "people":
            self.come_again()
        elif self.ticked:
            from linkworker.screens.note import NoteScreen

            if any(isinstance(one, NoteScreen) for one in self.app.screen_stack):
                self._untick()

    def come_again(self) -> None:
        """F3 once more: everybody, and nobody ticked, as when one first came."""
        self._untick()
        if self.typed:
            self.typed = ""
            self._show()

    def _untick(self) -> None:
        were, self.ticked = self.ticked, {}
        for who in were:
            self._page.draw_again(self._rows[who])
        if were:
            self._say_filter(sum(bool(one.key) for one in self._page.rows))

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on who is chosen opens them."""
        self.action_open()

    def action_open(self) -> None:
        """Open the person under the cursor; the filter has done its work then."""
        who = self.person_in_sight()
        if who is None:
            self.house.hint("Nobody is chosen. Esc shows everybody.")
            return
        self._untick()
        if self.typed:
            self.typed = ""
            self._show()
            self._page.choose(who)
        self.house.open_person(who)

    def action_import_people(self) -> None:
        """Open the pages on which a list of people is brought in."""
        from linkworker.screens import import_people

        import_people.open_over(self.app)

    def action_tick(self) -> None:
        """Tick the person under the cursor, or take the tick away."""
        row = self._page.chosen
        if row is None:
            return
        if row.key in self.ticked:
            del self.ticked[row.key]
        else:
            self.ticked[row.key] = None
        self._page.draw_again(row)
        self._say_filter(sum(bool(one.key) for one in self._page.rows))
        self._page.choose(row.key)

    def action_add(self) -> None:
        """Add somebody; what was typed to find them is the name they are called."""

        def open_new(person_id: Any) -> None:
            if isinstance(person_id, str):
                self.typed = ""
                self.house.open_person(person_id)

        self.app.push_screen(
            FormScreen(
                "Somebody new",
                NEW_PERSON,
                {"called": self.typed},
                self._add,
                draft="new person",
                intro="Nothing here is needed to help somebody, not even a name.",
            ),
            open_new,
        )

    def _add(self, said: dict[str, Any]) -> str:
        said = dict(said)
        level, phone = said.pop("level"), said.pop("phone")
        if not any(said[name] for name in ("called", "given", "family", "description")):
            raise NothingSaid(
                "Nobody was added yet.",
                "There is nothing to tell them by.",
                'Write a name, or who it is: "man, sixties, Blue Badge".',
            )
        with self.house.store.write("added somebody") as tx:
            person_id = people.add_person(tx, **said)
            if phone:
                reaching.add_reach(tx, person_id, phone)
            if level:
                support.begin(tx, person_id, level=int(level))
        if doubt := reaching.doubt(phone):
            self.house.say(doubt)
        return person_id


def _last(one: PersonInList, today: date) -> str:
    if one.died:
        return "died"
    if one.away:
        return one.away
    if not one.with_us and one.support:
        return phrases.SUPPORT[one.support].split(" {")[0].lower()
    if one.last_met is None:
        return "not met yet"
    return say_ago(local_day(one.last_met), today)


def _part(one: PersonInList) -> str:
    """Return the heading that somebody stands under, "" for those we walk alongside."""
    if one.with_us:
        return ""
    return NOT_BEGUN if one.not_begun else NOT_NOW


def _soon(day: date, today: date) -> str:
    return "today" if day == today else say_day(day, today)


def _next_thing(one: PersonInList, today: date) -> tuple[str, ...]:
    """Return the next appointment, or else the next step that has a day: the day comes first."""
    if one.died:
        return ()
    if one.next_at:
        day = _soon(date.fromisoformat(one.next_at[:10]), today)
        return tuple(filter(None, (day, phrases.time_said(one.next_at[11:16]), one.next_kind)))
    if one.step_day is not None:
        return _soon(one.step_day, today), one.step_words
    return ()


def _fitting(parts: tuple[str, ...], cells: int) -> Content:
    """Return as many of the parts as there is room for. A day is never cut: it would be another."""
    for many in range(len(parts), 0, -1):
        words = one_line(" ".join(parts[:many]))
        if words.cell_length <= cells:
            room = cells - words.cell_length - 1
            rest = " ".join(parts[many:])
            if rest and room >= LEAST_CELLS:
                return joined(words, " ", shortened(rest, room))
            return words
    return Content("")
