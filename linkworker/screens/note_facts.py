"""When, where, who: the facts of a contact on one small page, each changed with one key.

The page opens on *how*, where letters choose; a field is entered with its letter, the arrows or
Tab, and left with Enter. Whatever is typed counts as soon as it is left; Esc, Enter and Ctrl+T go
back to the note.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from linkworker.caseload.contacts import Logged
from linkworker.clock import home_zone
from linkworker.rules.times import say_minutes, say_time
from linkworker.schema import values
from linkworker.screens import note_meeting as meetings
from linkworker.screens.note_choices import Choices
from linkworker.screens.note_meeting import Meeting, Unclear
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Dialog
from linkworker.widgets.keybar import KeyBar
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.words import joined, one_line

ROOMY = 28
"""Rows from which the page stands on the note; under that it takes the whole window."""
PLACE = "When, where, who"
WAY_KEYS = dict(zip("hospvtek", values.CONTACT_WAYS, strict=True))
"""The letter of each way to be in contact."""
OUTCOME_KEYS = dict(zip("123456789", values.OUTCOMES, strict=True))
"""The number of each outcome."""
FIELD_KEYS = {"when": "w", "minutes": "l", "place": "a", "there": "u", "interpreter": "n"}
LABELS = {
    "how": "How",
    "when": "When",
    "minutes": "How long",
    "place": "At",
    "there": "Who was there",
    "interpreter": "Interpreter",
}
HINTS = {
    "when": "Fri · yesterday 2pm · 24 Nov · 10:30",
    "minutes": "50 · 1 h 20 · half an hour",
    "place": "home, Toxteth library",
    "there": "names, with commas between them",
    "interpreter": "who interpreted, or that nobody came",
}

CLOSE = Command(
    "facts.close", "Back to the note", "Go back to the note", ("escape", "ctrl+t"), "close",
    rank=110, place=PLACE, always=True,
)  # fmt: skip
DONE = Command(
    "note.save", "Done", "The note is done: keep it and fill the plan", ("ctrl+s",), "done",
    rank=109, place=PLACE, always=True,
)  # fmt: skip
PERSON = Command(
    "note.person", "Add somebody", "Somebody else whom the note is about", ("plus",), "add_person",
    rank=108, place=PLACE, another_way="In the text, Joan: at the start of a marked line asks",
)  # fmt: skip
TAKE_AWAY = Command(
    "note.take_away", "Take somebody away", "Somebody whom the note is not about", ("minus",),
    "go('take away')", rank=107, place=PLACE,
)  # fmt: skip
MOVE = Command(
    "note.move", "Change person", "The note is about somebody else instead", ("m",),
    "go('move')", rank=106, place=PLACE,
)  # fmt: skip
THROW_AWAY = Command(
    "note.throw_away", "Throw away", "Throw this draft away; asked once more", ("x",),
    "throw_away", rank=105, place=PLACE,
)  # fmt: skip
ANOTHER = "a different one"
ENTER_KEEPS = "A guess stands until you change it or confirm it. Enter confirms it."
LETTERS_ARE_TEXT = "In a field a letter is text. Enter takes it, then letters choose again."
LOGGED = Command(
    "facts.logged", "Logged already", "It is about the contact that is logged already", ("c",),
    "contact(True)", rank=-1, place=PLACE,
)  # fmt: skip
A_NEW_ONE = Command(
    "facts.new", "A different one", "It is about a different contact", ("d",), "contact(False)",
    rank=-1, place=PLACE,
)  # fmt: skip


def _label(key: str, label: str, is_guess: bool = False) -> Content:
    guess = (f", {meetings.A_GUESS}", "bold $care") if is_guess else ""
    return joined((f"{key:<2} ", "bold $accent"), label, guess)


def _ways() -> tuple[Command, ...]:
    return tuple(
        Command(f"facts.way.{key}", way.capitalize(), f"It was {way}", (key,), f"way({way!r})",
                rank=-1, place=PLACE)
        for key, way in WAY_KEYS.items()
    )  # fmt: skip


def _outcomes() -> tuple[Command, ...]:
    return tuple(
        Command(f"facts.outcome.{key}", outcome.capitalize(), f"What came of it: {outcome}",
                (key,), f"outcome({outcome!r})", rank=-1, place=PLACE)
        for key, outcome in OUTCOME_KEYS.items()
    )  # fmt: skip


def _fields() -> tuple[Command, ...]:
    return tuple(
        Command(f"facts.field.{name}", LABELS[name], f"Change: {LABELS[name].lower()}",
                (key,), f"field({name!r})", rank=-1, place=PLACE)
        for name, key in FIELD_KEYS.items()
    )  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What the dialog gives back."""

    meeting: Meeting
    then: str = ""
    """"done", "person", "take away", "move" or "throw away": what the note does next,
    "" for nothing."""


class FactsScreen(Dialog):
    """The page. It is dismissed with `Facts`."""

    CSS_PATH = "note_facts.tcss"
    KEYS = (
        CLOSE, DONE, PERSON, TAKE_AWAY, MOVE, THROW_AWAY, LOGGED, A_NEW_ONE, *_fields(), *_ways(),
        *_outcomes(),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (ROOMY, "-high")]
    AUTO_FOCUS = "#how"

    def __init__(
        self,
        meeting: Meeting,
        about: Sequence[str],
        now: datetime,
        logged: Logged | None = None,
        half_typed: Mapping[str, str] | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Make the page for a note `about` these names; `now` is the present instant, at home.

        `logged` is a contact of today that has no note: the page offers to be about that one.
        `half_typed` holds by field what was typed before and is not understood yet; `changed` is
        called with each key that changes something.
        """
        super().__init__()
        self.meeting = meeting
        self.logged = logged
        self.about = tuple(about)
        self._now = now
        self._half_typed = dict(half_typed or {})
        self._changed = changed
        self._fields: dict[str, Field] = {}
        self._asked_to_throw_away = False

    def compose(self) -> ComposeResult:
        """Yield the page."""
        with Vertical(id="facts"):
            yield Sentence(Content.styled(PLACE, "bold $accent"), id="facts-heading")
            with VerticalScroll(id="facts-rows", can_focus=False):
                yield from self._row("about", "+", "About", Sentence(self._names()))
                if self.logged is not None:
                    contact = Choices(self._contacts(), self._contact_held(), id="contact")
                    yield from self._row("contact-row", "", "Which contact", contact)
                yield from self._field("when")
                yield from self._field("minutes")
                how = Choices(WAY_KEYS, self.meeting.how, id="how")
                yield from self._row("how-row", "", LABELS["how"], how)
                outcome = Choices(OUTCOME_KEYS, self.meeting.outcome, id="outcome")
                yield from self._row("outcome-row", "", "What came of it", outcome)
                yield from self._field("place")
                yield from self._field("there")
                yield from self._field("interpreter")
            yield Sentence(id="facts-guess")
            yield Sentence(id="facts-answer")
            yield KeyBar()

    def _row(self, id: str, key: str, label: str, what: Widget) -> ComposeResult:
        with Horizontal(classes="row", id=f"{id}-line"):
            yield Sentence(_label(key, label), classes="label")
            yield what

    def _say_guesses(self) -> None:
        """Say beside how and where it was that it is a guess, until somebody has said it; and
        below what Enter does with it, or with what is typed."""
        guessed = self.meeting.guessed if self.meeting.outcome == "met" else ()
        for name, id in (("how", "how-row"), ("place", "place")):
            label = _label(FIELD_KEYS.get(name, ""), LABELS[name], name in guessed)
            self.query_one(f"#{id}-line .label", Sentence).show(label)
        in_a_field = isinstance(self.focused, Field)
        hint = self.query_one("#facts-guess", Sentence)
        hint.show(Content.styled(LETTERS_ARE_TEXT if in_a_field else ENTER_KEEPS, "$soft"))
        hint.display = in_a_field or bool(guessed)

    def _field(self, name: str) -> ComposeResult:
        standing = self._half_typed.get(name) or self._words(name)
        field = self._fields[name] = Field(standing, placeholder=HINTS[name], id=name)
        yield from self._row(name, FIELD_KEYS[name], LABELS[name], field)

    def _names(self) -> Content:
        return one_line(", ".join(self.about) or "nobody yet")

    def _words(self, name: str) -> str:
        meeting = self.meeting
        return {
            "when": meetings.when_in_words(meeting, self._now.date()),
            "minutes": say_minutes(meeting.minutes) if meeting.minutes else "",
            "place": meeting.place,
            "there": ", ".join(meeting.who_there),
            "interpreter": meeting.interpreter,
        }[name]

    # -- changing --------------------------------------------------------------------------------

    def _take(self, name: str) -> bool:
        """Take what stands in a field; say what is unclear, and return whether it was taken."""
        typed = self._fields[name].value
        if typed == self._words(name):
            return True
        try:
            self.meeting = self._with(self.meeting, name, typed)
        except Unclear as unclear:
            self._answer(str(unclear))
            return False
        self._answer("")
        self._fields[name].value = self._words(name)
        self._say_guesses()
        return True

    def _with(self, meeting: Meeting, name: str, typed: str) -> Meeting:
        """Return the facts with what was typed into a field. Raises `Unclear`."""
        if name == "when":
            return meetings.with_when(meeting, typed, self._now)
        if name == "minutes":
            return meetings.with_minutes(meeting, typed)
        if name == "place":
            return meetings.with_place(meeting, typed)
        if name == "there":
            return replace(meeting, who_there=meetings.names_in(typed))
        return replace(meeting, interpreter=typed.strip())

    def as_it_stands(self) -> tuple[Meeting, dict[str, str]]:
        """Return the facts with what stands in every field, and by field what says nothing yet."""
        meeting, half_typed = self.meeting, {}
        for name, field in self._fields.items():
            if field.value != self._words(name):
                try:
                    meeting = self._with(meeting, name, field.value)
                except Unclear:
                    half_typed[name] = field.value
        return meeting, half_typed

    def on_mount(self) -> None:
        """What was typed before and says nothing yet is gone into, and is said."""
        self._say_guesses()
        for name in self._half_typed:
            self._take(name)
            self.call_after_refresh(self._fields[name].focus)

    def on_input_changed(self, event: Field.Changed) -> None:
        """A key changed a field."""
        event.stop()
        self._changed()

    def _answer(self, sentence: str) -> None:
        self.query_one("#facts-answer", Sentence).show(Content.styled(sentence, "$care"))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say whether a letter chooses, or is text."""
        self._say_guesses()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field that is left counts."""
        if isinstance(event.widget, Field) and event.widget.id in FIELD_KEYS:
            self._take(event.widget.id)

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Enter in a field: it counts, and letters choose again."""
        event.stop()
        name = event.input.id or ""
        if self._take(name):
            self._confirm(name)
            self.query_one("#how").focus()

    def _confirm(self, *guesses: str) -> None:
        """Enter was pressed on what was a guess: now somebody has said it."""
        self.meeting = meetings.no_guess(self.meeting, *guesses)
        self._say_guesses()
        self._changed()

    def on_key(self, event: events.Key) -> None:
        """Enter on a choice goes back to the note; the arrows go from row to row."""
        if event.key == "enter" and isinstance(self.focused, Choices):
            event.stop()
            self._confirm(*meetings.GUESSES)
            self.action_close()
        elif event.key in ("up", "down") and isinstance(self.focused, Field):
            event.stop()
            (self.focus_previous if event.key == "up" else self.focus_next)()

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """The arrows or a click chose."""
        message.stop()
        if message.choices.id == "how":
            self.action_way(message.words)
        elif message.choices.id == "contact":
            self.action_contact(message.words != ANOTHER)
        else:
            self.action_outcome(message.words)

    def _contacts(self) -> dict[str, str]:
        assert self.logged is not None
        at = say_time(self.logged.happened_at.astimezone(home_zone()).time())
        what = self.logged.how if self.logged.outcome == "met" else self.logged.outcome
        return {"c": f"logged at {at}, {what}", "d": ANOTHER}

    def _contact_held(self) -> str:
        return self._contacts()["c"] if self.meeting.contact_id else ANOTHER

    def action_contact(self, is_logged: bool) -> None:
        """Say that the note is about the contact that is logged already, or about another."""
        if self.logged is None:
            return
        if is_logged:
            self.meeting = meetings.of_contact(self.logged)
        elif self.meeting.contact_id:
            self.meeting = meetings.of_a_new_contact(self.meeting, self._now)
        self.query_one("#contact", Choices).hold(self._contact_held())
        self.query_one("#how", Choices).hold(self.meeting.how)
        self.query_one("#outcome", Choices).hold(self.meeting.outcome)
        for name in FIELD_KEYS:
            self._fields[name].value = self._words(name)
        self._say_guesses()
        self._changed()

    def action_way(self, way: str) -> None:
        """Say how it was."""
        self.meeting = meetings.with_way(self.meeting, way)
        self.query_one("#how", Choices).hold(way)
        self._say_guesses()
        self._changed()

    def action_outcome(self, outcome: str) -> None:
        """Say what came of it."""
        self.meeting = meetings.with_outcome(self.meeting, outcome)
        self.query_one("#outcome", Choices).hold(outcome)
        self.query_one("#how", Choices).hold(self.meeting.how)
        self._say_guesses()
        self._changed()

    def action_field(self, name: str) -> None:
        """Go into a field; what is typed takes the place of what stands there."""
        field = self._fields[name]
        field.focus()
        field.select_all()

    def _leave(self, then: str) -> None:
        taken = [self._take(name) for name in FIELD_KEYS]
        if all(taken):
            self.dismiss(Facts(self.meeting, then))

    def action_close(self) -> None:
        """Go back to the note."""
        self._leave("")

    def action_done(self) -> None:
        """Go back, and the note is done."""
        self._leave("done")

    def action_add_person(self) -> None:
        """Go back, and choose somebody."""
        self._leave("person")

    def action_go(self, then: str) -> None:
        """Go back, and have the note do something."""
        self._leave(then)

    def action_throw_away(self) -> None:
        """Ask once more, then go back and let the draft go."""
        if self._asked_to_throw_away:
            self.dismiss(Facts(self.meeting, "throw away"))
        else:
            self._asked_to_throw_away = True
            self._answer("Press x again to throw this draft away. Esc keeps it.")
