"""Community: one box to find groups, places and services in, and the one in sight beside them.

What is understood of the words stands under the box as chips, each of which can be taken off. The
directory is looked through on a thread: typing never waits, and only the last words are answered.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from linkworker.caseload import local_knowledge
from linkworker.caseload.finding_services import Answer, Directory, directory
from linkworker.caseload.local_knowledge import NotListed
from linkworker.refusal import Refused
from linkworker.rules.wanted import MOST as LONGEST
from linkworker.screens import community_doing as doing
from linkworker.screens.community_rows import line, line_not_listed, sight
from linkworker.widgets.acting import act, read, say_refusal
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Frame
from linkworker.widgets.ground import SideBySide
from linkworker.widgets.house import House
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, heading, hint
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import ADD, OPEN
from linkworker.widgets.words import joined, one_line

PLACE = "Community"
EMPTY = (
    "The directory is empty. Groups, places and services stand here, with what the team knows.",
    "Ins adds one by hand. A council's directory comes in with: linkworker import directory FILE",
)
LOOSELY = "Nothing has all of these words; these have some of them. ? logs a gap."
ASKS = "What is looked for: free yoga on Tuesday near LE9 8EB"
SIGNS = ("equals_sign", "less_than_sign", "question_mark", "number_sign", "asterisk")
READING = "-reading"
TABLES = frozenset({"service", "service_place"})
NOTHING_CHOSEN = "Nothing is chosen. Type what somebody looks for, and walk with the arrows."


class _Box(Field):
    """The box: the signs are keys in it, and stand at the foot while one types."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say whether a key is typed here."""
        return key not in SIGNS and super().check_consume_key(key, character)


def _chosen(screen: CommunityScreen) -> str:
    return "" if screen.service_id else NOTHING_CHOSEN


def _has_chips(screen: CommunityScreen) -> str:
    return "" if screen.chips_or_off else "There is nothing that was understood of the words yet."


class CommunityScreen(Frame):
    """The box and its chips above, what was found on the left, the one in sight on the right."""

    CSS_PATH = "community.tcss"
    AUTO_FOCUS = "Field"
    KEYS = (
        OPEN.doing("know", label="We know", help="Write what the team knows of it",
                   place=PLACE, why_not=_chosen),
        ADD.doing("add", help="Add an entry by hand", place=PLACE),
        Command("community.confirm", "Confirm", "Looked today: it stands as it is written",
                ("equals_sign",), "confirm", place=PLACE, rank=75, why_not=_chosen),
        Command("community.chip", "Chip", "Take off what was understood last; once all are "
                "off, put them back", ("less_than_sign",), "chip", place=PLACE, rank=65,
                why_not=_has_chips),
        Command("community.gap", "Gap", "Nothing here: log what is missing, in words that "
                "name nobody", ("question_mark",), "gap", place=PLACE, rank=64),
        Command("community.read", "Read", "Read the whole entry with the arrows; again, or Esc, "
                "goes back to the box", ("tab",), "read_on", place=PLACE, rank=68,
                why_not=_chosen),
        Command("community.correct", "Correct", "Correct an entry that was made by hand",
                (), "correct", place=PLACE, rank=-1, why_not=_chosen,
                another_way="Ctrl+P, then type correct"),
        Command("community.remove", "Remove", "Take away an entry that was made by hand; Ctrl+Z "
                "brings it back", (), "remove", place=PLACE, rank=-1,
                another_way="Ctrl+P, then type remove", why_not=_chosen),
        Command("community.gaps", "Gaps", "What is missing, and what to make of it",
                ("number_sign",), "gaps", place=PLACE, rank=62),
        Command("community.diary", "Diary", "Groups, sessions, volunteers and the diary",
                ("asterisk",), "diary", place=PLACE, rank=61),
        Command("community.up", "Up", "The line above", ("up",), "up", rank=-1, place=PLACE),
        Command("community.down", "Down", "The line below", ("down",), "down", rank=-1,
                place=PLACE),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def __init__(self) -> None:
        super().__init__()
        self._directory: Directory | None = None
        self._not_listed: list[NotListed] = []
        self._asked = ""
        self._off: set[str] = set()
        """The keys of chips that were taken off."""
        self._answer: Answer | None = None

    def body(self) -> ComposeResult:
        """Yield the box, its chips, what was found, and the one in sight."""
        yield _Box(placeholder=ASKS, longest=LONGEST, id="wanted")
        yield Sentence(id="chips")
        with SideBySide(id="sides"):
            with Vertical(id="found"):
                found = Page(when_chosen=self._in_sight, choose_first=True, id="entries")
                found.can_focus = False
                yield found
            page = Page(id="sight")
            page.can_focus = False
            yield page

    def on_mount(self) -> None:
        """Read the directory, on a thread."""
        self._read_anew()

    def store_changed(self, change: Any) -> None:
        """Read it anew where something of it changed; what was typed stays."""
        if change.tables & TABLES:
            self._read_anew()

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again."""
        return ("community",)

    @property
    def _entries(self) -> Page:
        return self.query_one("#entries", Page)

    @property
    def service_id(self) -> str:
        """The entry in sight, "" for none."""
        row = self._entries.chosen
        return row.key if row is not None else ""

    @property
    def chips_or_off(self) -> bool:
        """Whether a chip is on, or one was taken off."""
        return bool(self._off or (self._answer is not None and self._answer.wanted.chips))

    # -- looking

    def _read_anew(self) -> None:
        self.run_worker(
            partial(self._look, self.house, self._asked, anew=True),
            thread=True, group="directory", exclusive=True,
        )  # fmt: skip

    def on_input_changed(self, event: Input.Changed) -> None:
        """Answer as one types."""
        event.stop()
        self._asked = event.value
        if not self._asked.strip():
            self._off.clear()
        self._ask()

    def _ask(self) -> None:
        if self._directory is not None:
            look = partial(self._look, self.house, self._asked)
            self.run_worker(look, thread=True, group="find", exclusive=True)

    def _look(self, house: House, asked: str, anew: bool = False) -> None:
        """Look through the directory, on a thread; it may be asked something else meanwhile."""
        if asked != self._asked and not anew:
            return
        try:
            with house.store.read() as tx:
                there = directory(tx) if anew or self._directory is None else self._directory
                hidden = local_knowledge.not_listed(tx) if anew else self._not_listed
                answer = there.find(tx, asked, frozenset(self._off))
        except Refused as refused:
            if house.is_open:  # else it was locked meanwhile, and nobody waits for an answer
                house.call_from_thread(say_refusal, house, refused)
            return
        house.call_from_thread(self._found, asked, there, hidden, answer)

    def _found(self, asked: str, there: Directory, hidden: list[NotListed], answer: Answer) -> None:
        if not self.is_attached:
            return
        self._directory, self._not_listed = there, hidden
        if asked != self._asked:
            self._ask()
            return
        anew = self._answer is None or self._answer.wanted != answer.wanted
        self._answer = answer
        self._show(first=anew)

    # -- what is shown

    def _show(self, *, first: bool) -> None:
        assert self._answer is not None
        self._say_chips(self._answer)
        rows = self._rows(self._answer)
        key = next((row.key for row in rows if row.key), "")
        self._entries.show(rows, key=key if first else None)
        self._in_sight(self._entries.chosen)

    def _rows(self, answer: Answer) -> list[Row]:
        if answer.found:
            rows = [Row(line(one), one.service_id, one, height=1) for one in answer.found]
            return [hint(LOOSELY), SPACE, *rows] if answer.loosely else rows
        if not self._directory and not self._not_listed:
            return [hint(EMPTY[0]), SPACE, hint(EMPTY[1])]
        if self._asked.strip():
            return [hint("Nothing here has these words. ? logs a gap: what is missing."),
                    *self._hint_off()]  # fmt: skip
        listed = self._directory.by_name() if self._directory else ()
        more = len(self._directory or ()) - len(listed)
        rows = [Row(line(one), one.service_id, one, height=1) for one in listed]
        if more > 0:
            rows += [SPACE, hint(f"And {more:,} more: type what somebody looks for.")]
        if self._not_listed:
            rows += [SPACE, heading("Not listed by us")]
            rows += [
                Row(line_not_listed(one), one.service_id, one, height=1) for one in self._not_listed
            ]
        return rows

    def _hint_off(self) -> list[Row]:
        if self._answer is None or not self._answer.wanted.chips:
            return []
        return [SPACE, hint("< takes off what was understood last, and more may be found.")]

    def _say_chips(self, answer: Answer) -> None:
        parts: list[Content | str | tuple[str, str]] = []
        for chip in answer.wanted.chips:
            parts += [joined(("‹", "$accent"), one_line(chip.said, "bold $accent"),
                             ("›", "$accent")), "  "]  # fmt: skip
        if self._asked.strip():
            many = f"{answer.all_told:,} found" if answer.all_told else "none found"
            parts.append((many, "$soft"))
        elif self._directory is not None:
            count = len(self._directory)
            parts.append((f"{count:,} {'entry' if count == 1 else 'entries'}", "$soft"))
        self.query_one("#chips", Sentence).show(joined(*parts))
        self.refresh_bindings()

    def _in_sight(self, row: Row | None) -> None:
        page = self.query_one("#sight", Page)
        if not page.display:
            return
        key = row.key if row is not None else ""
        entry = read(self.house, local_knowledge.entry, key) if key else None
        if row is None or entry is None:
            page.show([], key="")
            return
        where = read(self.house, local_knowledge.places, key)
        found = row.what if not isinstance(row.what, NotListed) else None
        page.show(sight(entry, where, found, self.house.today), key="")

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen opens it."""
        self.action_know()

    # -- what a person does

    async def takes(self, event: events.Key | events.Paste) -> bool:
        """The signs are keys here, though one types: nobody looks for anything with them."""
        if isinstance(event, events.Key) and event.key == "escape" and self.has_class(READING):
            self.action_read_on()
            return True
        if isinstance(event, events.Paste) or event.key not in SIGNS:
            return False
        for command in self.KEYS:
            if event.key in command.keys:
                await self.action_command(command.id)
        return True

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the box: write what is known of the one in sight."""
        event.stop()
        if self.service_id:
            self.action_know()
        else:
            self.house.hint(NOTHING_CHOSEN)

    def action_up(self) -> None:
        """Go up a line; the box keeps the focus."""
        self._entries.action_move(-1)

    def action_down(self) -> None:
        """Go down a line."""
        self._entries.action_move(1)

    def action_read_on(self) -> None:
        """Give the arrows to the entry in sight, with all the room there is; or take them back."""
        page = self.query_one("#sight", Page)
        reading = not self.has_class(READING)
        self.set_class(reading, READING)
        page.can_focus = reading
        if reading:
            self.call_after_refresh(self._read_it, page)
        else:
            self.query_one("#wanted", Field).focus()

    def _read_it(self, page: Page) -> None:
        self._in_sight(self._entries.chosen)
        page.focus()

    def action_know(self) -> None:
        """Write what the team knows of the entry in sight."""
        doing.know(self, self.service_id)

    def action_confirm(self) -> None:
        """Say that it was looked at today."""
        doing.confirm(self, self.service_id)

    def action_chip(self) -> None:
        """Take off the chip that was understood last; once all are off, put them back."""
        chips = self._answer.wanted.chips if self._answer is not None else ()
        if chips:
            self._off.add(chips[-1].key)
        else:
            self._off.clear()
        self._ask()

    def action_gap(self) -> None:
        """Log what was looked for and is not here."""
        doing.log_gap(self, self._asked)

    def action_add(self) -> None:
        """Add an entry by hand; what was typed is only offered as its name."""
        doing.add(self, self._asked)

    def action_gaps(self) -> None:
        """Open what is missing."""
        from linkworker.screens.gaps import GapsScreen

        self.app.push_screen(GapsScreen())

    def action_diary(self) -> None:
        """Open the diary."""
        from linkworker.screens.diary import DiaryScreen

        self.app.push_screen(DiaryScreen())

    def action_correct(self) -> None:
        """Correct an entry that was made by hand."""
        doing.correct(self, self.service_id)

    def action_remove(self) -> None:
        """Take away an entry that was made by hand."""
        who = self.service_id
        act(self.house, "removed an entry", lambda tx: local_knowledge.remove_by_hand(tx, who))
