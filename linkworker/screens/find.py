"""Find: over everything, as one types. People first, then what was written, then commands.

Names are compared in memory; what was written is searched in a thread. A newer search stops the
one before it, and an answer that comes too late is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from textwrap import wrap

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from linkworker.caseload.people import PersonInList, caseload
from linkworker.clock import local_day
from linkworker.refusal import Refused
from linkworker.rules.names import (
    MOST_ASKED_LETTERS,
    Found,
    Named,
    asked_words,
    find_names,
    named,
    near_names,
    words_of,
)
from linkworker.store import Hit
from linkworker.text import snippet
from linkworker.widgets.acting import say_refusal
from linkworker.widgets.commands import Command, Commanded, bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Frame
from linkworker.widgets.house import House
from linkworker.widgets.reading import reading_place
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import OPEN
from linkworker.widgets.words import column, joined, one_line, padded, shortened

PEOPLE_SHOWN = 8
HITS_SHOWN = 20
NAME_CELLS = 26
WHEN_CELLS = 12

UNSURE = ("inside", "sounds like", "nearly")
"""How a name answers that does not begin with what was typed."""
NEAR = ("sounds like", "nearly")
"""How a name answers that has a slip in it: it stands apart, and is said to be near."""
LEFT_OUT = (
    f"The box is full: only its first {MOST_ASKED_LETTERS} characters are looked for. "
    "A word or two find more."
)
NEAR_SHOWN = 4
"""People that are only near to what was typed, below others."""

KINDS = {
    "about_me": "about me",
    "appointment": "appointment",
    "connection": "connection",
    "connection_event": "connection",
    "contribution": "gave",
    "goal": "hope",
    "in_the_way": "in the way",
    "introduction": "introduction",
    "looked_for": "looked for",
    "note": "note",
    "person": "person",
    "reach": "phone or e-mail",
    "reaching_attempt": "introduction",
    "address": "address",
    "safety_statement": "staying safe",
    "service": "directory",
    "step": "step",
    "strength": "strength",
    "support_event": "support",
    "tie": "who matters",
    "vision": "a good life",
    "whereabouts": "where they are",
}
"""What a found row is, in the words of the practice."""

UP = Command("up", "Up", "The line above", ("up",), "up", rank=-1, place="Find")
DOWN = Command("down", "Down", "The line below", ("down",), "down", rank=-1, place="Find")


class FindScreen(Frame):
    """A field and what answers to it. Enter opens what stands under the cursor.

    It is dismissed with what to do then, None where one leaves it by Esc.
    """

    asks = True
    CSS_PATH = "find.tcss"
    KEYS = (OPEN.doing("open", help="Open what is under the cursor", place="Find"), UP, DOWN)
    BINDINGS = bindings(KEYS)
    AUTO_FOCUS = "Field"
    heading = "Find"

    def __init__(self, here: Sequence[tuple[Command, Commanded]], for_note: bool = False) -> None:
        """Make a finder; `here` are the commands that it offers, `for_note` asks for a person."""
        super().__init__()
        self.here = [] if for_note else [one for one in here if one[0].id not in ("find", "open")]
        self.for_note = for_note
        self._people: dict[str, PersonInList] = {}
        self._names: list[Named] = []
        self._hits: list[Hit] = []
        self._instead: list[str] = []
        """What to ask for instead, where nothing was written with what is asked."""
        self._asked = ""
        self._walking = False
        """Whether the arrows were used since the last letter."""

    def reading_place(self) -> Offset | None:
        """Where one reads: on the list while one walks on it, else in the field."""
        return reading_place(self.query_one(OptionList)) if self._walking else None

    def body(self) -> ComposeResult:
        """Yield the field and the list."""
        asks = "Whom is it about?" if self.for_note else "A name, a word from a note, a command"
        yield Field(placeholder=asks, longest=MOST_ASKED_LETTERS, id="asked")
        yield Sentence(Content.styled(LEFT_OUT, "$care"), id="left-out")
        yield OptionList(id="answers", markup=False)

    def on_mount(self) -> None:
        """Read the names once; the caseload is small."""
        if self.for_note:
            self.set_heading("A note: about whom?")
        self.query_one("#answers").can_focus = False
        with self.house.store.read() as tx:
            everybody = caseload(tx)
        self._people = {one.person_id: one for one in everybody}
        self._names = [
            named(
                one.person_id, [one.name, f"{one.given} {one.family}", one.other_names, *one.also]
            )
            for one in everybody
        ]
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Answer as one types."""
        event.stop()
        self._asked = event.value
        full = len(self._asked) >= MOST_ASKED_LETTERS
        self.query_one("#left-out").set_class(full, "-full")
        self._walking = False
        self._instead = []
        self._show()
        house, asked = self.house, self._asked
        if self.for_note or not asked.strip():
            self._hits = []
            return
        house.store.interrupt_search()
        self.run_worker(
            partial(self._search, house, asked),
            thread=True,
            group="find",
            exclusive=True,
            name="find",
        )

    def _search(self, house: House, asked: str) -> None:
        """Search what was written, on a thread; the finder may be gone before it is answered."""
        if asked != self._asked:
            return
        try:
            hits = house.store.search(asked, limit=HITS_SHOWN)
            current = asked == self._asked and not any(hit.table != "person" for hit in hits)
            instead = house.store.near_words(asked) if current else []
        except Refused as refused:
            if house.is_open:  # else it was locked meanwhile, and nobody waits for an answer
                house.call_from_thread(say_refusal, house, refused)
            return
        if asked == self._asked:
            house.call_from_thread(self._found, asked, hits, instead)

    def _found(self, asked: str, hits: list[Hit], instead: list[str]) -> None:
        if asked == self._asked and self.is_attached:
            self._hits, self._instead = hits, instead
            self._show(keep=True)

    def on_input_submitted(self) -> None:
        """Enter in the field."""
        self.action_open()

    def on_option_list_option_selected(self) -> None:
        """A click on a line."""
        self.action_open()

    def action_up(self) -> None:
        """Go up a line; the field keeps the focus."""
        self._walking = True
        self.query_one(OptionList).action_cursor_up()

    def action_down(self) -> None:
        """Go down a line."""
        self._walking = True
        self.query_one(OptionList).action_cursor_down()

    def action_open(self) -> None:
        """Open the person, go to whose words they are, or do the command."""
        answers = self.query_one(OptionList)
        if answers.highlighted is None:
            return
        kind, _, rest = (answers.get_option_at_index(answers.highlighted).id or "").partition(":")
        if kind == "instead":
            field = self.query_one("#asked", Field)
            field.replace(rest, 0, len(field.value))
        elif kind == "command":
            node = next(node for command, node in self.here if command.id == rest)
            self.dismiss(partial(node.action_command, rest))
        elif self.for_note:
            self.dismiss(partial(self.house.open_note, (rest,)))
        else:
            person, table, row_id = (*rest.split(":"), "", "")[:3]
            note = row_id if table == "note" else ""
            self.dismiss(partial(self.house.open_person, person, note_id=note))

    # -- what is shown -----------------------------------------------------------------------

    def _show(self, keep: bool = False) -> None:
        """Fill the list; `keep` stays on the line one had gone to."""
        answers = self.query_one(OptionList)
        before = None
        if keep and answers.highlighted is not None:
            before = answers.get_option_at_index(answers.highlighted).id
        options = self._options(max(40, self.size.width - 4))
        answers.clear_options()
        answers.add_options(options)
        ids = [option.id for option in options]
        chosen = ids.index(before) if before is not None and before in ids else None
        first = next((at for at, option in enumerate(options) if not option.disabled), None)
        answers.highlighted = chosen if chosen is not None else first

    def _options(self, width: int) -> list[Option]:
        """Return the lines: people, what was written, commands, each under its heading.

        Where nobody's name begins so, a command whose label does comes before a name that only
        sounds like it.
        """
        asked = bool(self._asked.strip())
        answers = find_names(self._asked, self._names)[:PEOPLE_SHOWN] if asked else []
        people = [self._found_person(one, width) for one in answers if one.how not in NEAR]
        near = [self._found_person(one, width) for one in self._near(answers)]
        if not asked:
            people = [
                Option(self._person(one, width), f"person:{one.person_id}")
                for one in list(self._people.values())[: PEOPLE_SHOWN if self.here else None]
            ]
        written = [
            Option(self._hit(hit, width), f"hit:{hit.person_id}:{hit.table}:{hit.id}")
            for hit in self._hits
            if hit.table != "person"
        ]
        written += [
            Option(self._other(words, width), f"instead:{words}") for words in self._instead
        ]
        by_label, by_help = matching(self._asked, self.here)
        commands = [
            Option(self._command(command, node, width), f"command:{command.id}")
            for command, node in [*by_label, *by_help]
        ]
        parts = [
            ("People", people),
            ("Near to what you typed", near),
            ("What was written", written),
            ("Commands", commands),
        ]
        if asked and by_label and all(one.how in UNSURE for one in answers):
            parts.insert(0, parts.pop())
        options: list[Option] = []
        for heading, lines in parts:
            if lines:
                options += [Option(Content.styled(heading, "bold $accent"), disabled=True), *lines]
        if not options:
            words = "Nobody answers to that." if self.for_note else "Nothing found."
            if not self.for_note and len(self._asked.split()) > 1:
                words += " All of the words have to be there: leave one out, and more may be found."
            options = [Option(Content.styled(words, "$soft"), disabled=True)]
        return options

    def _near(self, answers: Sequence[Found]) -> list[Found]:
        """Return who is only near to what was typed: heard so, or with one slip of the finger."""
        there = {one.id for one in answers}
        slipped = [one for one in near_names(self._asked, self._names) if one.id not in there]
        near = [one for one in answers if one.how in NEAR]
        return [*near, *slipped][: NEAR_SHOWN if len(near) < len(answers) else PEOPLE_SHOWN]

    def _found_person(self, one: Found, width: int) -> Option:
        return Option(self._person(self._people[one.id], width), f"person:{one.id}")

    def _person(self, one: PersonInList, width: int) -> Content:
        return joined("  ", column(one.name, NAME_CELLS), shortened(one.place, width - 30, "$soft"))

    def _hit(self, hit: Hit, width: int) -> Content:
        person = self._people.get(hit.person_id)
        day = local_day(datetime.fromtimestamp(hit.when, UTC)) if hit.when else None
        when = f"{day.day} {day:%b} {day:%Y}" if day else ""
        kind = KINDS.get(hit.table, "")
        room = max(10, width - NAME_CELLS - WHEN_CELLS - len(kind) - 4)
        return joined(
            "  ",
            column(person.name if person else "", NAME_CELLS),
            (when.ljust(WHEN_CELLS), "$soft"),
            shortened(snippet(hit.snippet, self._asked, room), room),
            (f"  {kind}", "$soft"),
        )

    def _other(self, words: str, width: int) -> Content:
        """Return the line that offers words which were written, for some that nobody wrote."""
        asked = shortened(self._asked.strip(), max(10, width - len(words) - 34))
        return joined("  Nothing for “", asked, "”. Did you mean “", one_line(words, "bold"), "”?")

    def _command(self, command: Command, node: Commanded, width: int) -> Content:
        """Return a command with what it does, or why not now, as long as that is: never cut."""
        reason = command.refusal(node)
        style = "$soft" if reason else ""
        before = NAME_CELLS + WHEN_CELLS + 2
        first, *more = wrap(reason or command.help, max(20, width - before))
        return joined(
            "  ",
            padded(command.label, NAME_CELLS, style),
            (command.shown_key.ljust(WHEN_CELLS), "bold $accent" if not reason else "$soft"),
            (first, "$soft"),
            *((f"\n{' ' * before}{line}", "$soft") for line in more),
        )


Reach = list[tuple[Command, Commanded]]
"""Commands with the node that does each."""


def matching(asked: str, here: Sequence[tuple[Command, Commanded]]) -> tuple[Reach, Reach]:
    """Return the commands of which a word begins with each word asked: by label, and by help.

    Other words that people have for a command count as its label.
    """
    words = asked_words(asked)
    if not words:
        return list(here), []

    def begins(text: str) -> bool:
        there = words_of(text)
        return all(any(one.startswith(word) for one in there) for word in words)

    by_label = [one for one in here if begins(f"{one[0].label} {one[0].also}")]
    return by_label, [one for one in here if one not in by_label and begins(one[0].help)]
