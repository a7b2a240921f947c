"""Fields to add or correct anything with: words, days as people say them, one of a list.

A form is a few `Ask`s; `FormRow` shows one of them and reads it back. A day or time is echoed as it
was understood, and what leaves two days open is asked about, never guessed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, TextArea

from linkworker.refusal import Refused
from linkworker.rules.ages import read_age
from linkworker.rules.days import DayReading, read_day, say_reading
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import read_minutes, read_time, say_minutes, say_time
from linkworker.widgets.choice import Choice
from linkworker.widgets.editor import Editor
from linkworker.widgets.fields import Field
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.words import one_line

How = Literal[
    "words", "long", "day", "past day", "born", "time", "minutes", "number", "one of", "some of"
]
"""What a field takes. A "past day" faces back: "Fri" is the last one. "born" has a precision."""


class NotUnderstood(Refused):
    """What was typed into a field is not what it takes, or leaves something open."""


@dataclass(frozen=True)
class Ask:
    """One field of a form."""

    name: str
    """The field that `caseload` knows it by."""
    label: str
    how: How = "words"
    options: tuple[tuple[str, str], ...] = ()
    """For "one of" and "some of": the value, and how it is shown."""
    hint: str = ""
    """Stands in the empty field."""
    example: str = ""
    """Stands in the empty field in the place of a hint, after "e.g.": nobody takes it for said."""
    when: tuple[str, ...] = ()
    """What the form's "kind" may be for this to be asked; () for always."""
    must_choose: bool = False
    """Of "one of": nothing is chosen to begin with, and something must be."""

    @property
    def placeholder(self) -> str:
        """What stands in the empty field."""
        return f"e.g. {self.example}" if self.example else self.hint

    def limited(self, to: Collection[str]) -> Ask:
        """Return the same field with those of its options alone that `to` names."""
        return replace(self, options=tuple(one for one in self.options if one[0] in to))


def options(*said: str, empty: str = "") -> tuple[tuple[str, str], ...]:
    """Return a value list as options; `empty` is how "nothing" is shown, where it may be chosen."""
    every = tuple((one, one) for one in said)
    return (("", empty), *every) if empty else every


class FormRow(Horizontal):
    """One field with its label, and what was understood beside or below it."""

    SCOPED_CSS = False  # its rules ask whether the screen around it is narrow
    DEFAULT_CSS = """
    FormRow { height: auto; margin-bottom: 1; }
    FormRow > .label { width: 24; height: auto; padding-right: 2; color: $soft; }
    FormRow > Vertical { width: 1fr; height: auto; }
    FormRow Editor { height: 5; }
    FormRow .input--placeholder { text-style: italic; }
    FormRow .understood { color: $soft; padding: 0 1; display: none; }
    FormRow .understood.-said { display: block; }
    .-narrow FormRow { layout: vertical; }
    .-narrow FormRow > .label { width: 1fr; }
    .-narrow FormRow > Vertical { width: 1fr; }
    .-narrow FormRow Editor { height: 3; }
    """

    def __init__(self, ask: Ask, value: Any, today: date) -> None:
        """Make a row holding `value`, as `caseload` gives it."""
        super().__init__()
        self.ask = ask
        self._today = today
        self._precision = "day"
        self._start = self._text_of(value)
        self._day_known = value if isinstance(value, date) and ask.how != "born" else None
        """The day it began with: what is shown of it may be read as another."""

    # -- what it shows

    def compose(self) -> ComposeResult:
        """Yield label, field, and the place for what was understood."""
        yield Sentence(Content(self.ask.label), classes="label")
        with Vertical():
            if self.ask.how in ("one of", "some of"):
                yield Choice(
                    self.ask.options,
                    several=self.ask.how == "some of",
                    begins_open=self.ask.must_choose,
                )
            elif self.ask.how == "long":
                yield Editor(str(self._start), placeholder=self.ask.placeholder)
            else:
                yield Field(str(self._start), placeholder=self.ask.placeholder)
            yield Sentence(classes="understood")

    def on_mount(self) -> None:
        """Choose what stands there."""
        self.raw = self._start
        self._echo()

    def _text_of(self, value: Any) -> Any:
        """Return a value as it is typed."""
        if self.ask.how == "some of":
            return list(value or ())
        if value is None:
            return ""
        if isinstance(value, tuple):
            return ", ".join(value)
        if isinstance(value, date):
            return say_day(value, self._today)
        if self.ask.how == "minutes" and isinstance(value, int):
            return say_minutes(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value)

    @property
    def field(self) -> Widget:
        """The widget that takes the focus."""
        return self.query_one(Vertical).children[0]

    @property
    def raw(self) -> Any:
        """What was typed or chosen, as it stands: text, or a list of words."""
        field = self.field
        if isinstance(field, Choice):
            return sorted(field.taken) if field.several else field.value
        if isinstance(field, Editor):
            return field.text
        return field.value if isinstance(field, Field) else ""

    @raw.setter
    def raw(self, value: Any) -> None:
        field = self.field
        if isinstance(field, Choice) and field.several:
            field.taken = {str(one) for one in value}
            field.refresh()
        elif isinstance(field, Choice):
            field.take(str(value))
        elif isinstance(field, Editor):
            field.text = str(value)
        elif isinstance(field, Field):
            field.value = str(value)

    @property
    def touched(self) -> bool:
        """Whether it holds something else than at the beginning."""
        start = sorted(self._start) if isinstance(self._start, list) else self._start
        if self.ask.how == "one of" and not any(one == start for one, _ in self.ask.options):
            start = "" if self.ask.must_choose else self.ask.options[0][0]
        return bool(self.raw != start)

    # -- what it means

    def _day(self) -> DayReading | None:
        facing: Literal["ahead", "back"] = "ahead" if self.ask.how == "day" else "back"
        if self.ask.how == "born" and (born := read_age(str(self.raw), self._today)):
            return born
        return read_day(str(self.raw).strip(), self._today, facing)

    def value(self) -> Any:
        """Return what it holds as `caseload` takes it. Raises `NotUnderstood`."""
        how, raw = self.ask.how, self.raw
        if self.ask.must_choose and not raw:
            raise self._not("chosen yet", "Choose with ← and →.")
        if how in ("words", "long", "one of", "some of"):
            return raw
        text = str(raw).strip()
        if not text:
            return "" if how == "time" else None
        if how in ("day", "past day", "born"):
            return self._day_value(text)
        if how == "time":
            at = read_time(text)
            if at is None:
                raise self._not("a time", "Write it as 9:30 or 2pm.")
            return f"{at:%H:%M}"
        if how == "minutes":
            minutes = read_minutes(text) or (int(text) if text.isdecimal() else None)
            if minutes is None:
                raise self._not("a length of time", "Write it as 50 min or 1 h 20.")
            return minutes
        if not text.isdecimal() or len(text) > 6:
            raise self._not("a number", "Use digits only.")
        return int(text)

    def _day_value(self, text: str) -> date | None:
        if not self.touched and self._day_known is not None:
            return self._day_known
        if not self.touched and isinstance(self._start, str):
            found = read_day(text, self._today, "ahead")
        else:
            found = self._day()
        if found is None:
            born = self.ask.how == "born"
            raise self._not(
                "a birth date" if born else "a day",
                "Write it as 3/5/1948, 1948 or 78 for an age."
                if born
                else "Write it as Fri, 4 Dec or 3/12.",
            )
        if found.day is None:
            raise NotUnderstood(
                "Nothing was written yet.",
                f"{self.ask.label}: it may mean more than one day.",
                "Write the day, the month and the year.",
            )
        self._precision = "about" if found.about else found.precision
        return found.day

    @property
    def precision(self) -> str:
        """How exactly the day just read is known, one of `values.PRECISIONS`."""
        return self._precision if self._precision in ("day", "month", "year", "about") else "about"

    def _not(self, what: str, to_do: str) -> NotUnderstood:
        return NotUnderstood("Nothing was written yet.", f"{self.ask.label}: not {what}.", to_do)

    # -- what was understood

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how a day or time was understood, as it is typed."""
        event.stop()
        self._echo()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Words need no echo."""
        event.stop()

    def _echo(self) -> None:
        said = self._understood() if self.is_mounted else ""
        line = self.query_one(".understood", Sentence)
        line.show(one_line(said))
        line.set_class(bool(said), "-said")

    def _in_full(self, day: date) -> str:
        """Return a day with its year, whatever the year."""
        said = say_day(day, self._today)
        return said if said.endswith(str(day.year)) else f"{said} {day.year}"

    def _understood(self) -> str:
        text = str(self.raw).strip() if self.ask.how not in ("one of", "some of") else ""
        if not text:
            return ""
        if self.ask.how in ("day", "past day", "born"):
            if not self.touched:
                return ""
            found = self._day()
            if found is None:
                return "not a day yet"
            if found.day is None:
                days = [self._in_full(one) for one in found.options[:3]]
                return " or ".join(days) + "?" if days else "no such day"
            said = say_reading(found, self._today)
            return "" if said.casefold() == text.casefold() else said
        if self.ask.how == "time":
            at = read_time(text)
            return "not a time yet" if at is None else say_time(at) if say_time(at) != text else ""
        return ""
