"""A form: a few fields about one thing, on a page of their own. Nothing typed is ever lost to it.

Left by Esc, or by a lock, what was typed is kept in the store and stands there again when the same
form is opened. It is gone once it is done. What can no longer be done is kept beside it
(`form_waiting.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from linkworker.clock import to_text
from linkworker.refusal import Refused
from linkworker.screens.form_waiting import (
    DRAFTS,
    Fits,
    Values,
    Waiting,
    put_in,
    say_other,
    waiting,
)
from linkworker.screens.held import newer_stands
from linkworker.widgets.acting import say_refusal
from linkworker.widgets.choice import Choice
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.editor import Editor
from linkworker.widgets.everywhere import BACK
from linkworker.widgets.fields import Field
from linkworker.widgets.forms import Ask, FormRow
from linkworker.widgets.frame import Frame
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import SAVE
from linkworker.widgets.words import one_line

if TYPE_CHECKING:
    from linkworker.store import Draft, Store

NOTHING_BEFORE = "Nothing that was typed before waits here."


class FormScreen(Frame):
    """Asks for a few things and gives them to `save`, which may refuse.

    Dismissed with what `save` returned, None where one left it.
    """

    asks = True
    CSS_PATH = "form.tcss"
    AUTO_FOCUS = "FormRow Field, FormRow Editor, FormRow Choice"
    KEYS = (
        SAVE.doing("save", help="Done: write it down", place="A form"),
        Command(
            "form.down", "Next, or Tab", "The next field", ("down",),
            "next", place="A form", rank=60, another_way="Tab; Enter does it too",
        ),
        BACK.doing("back", help="Leave; what you typed is kept", place="A form"),
        Command("form.up", "Before", "The field before", ("up",), "previous",
                place="A form", rank=50, another_way="Shift+Tab"),
        Command("form.begun", "Typed before", "Put in what was typed before for something else",
                ("ctrl+d",), "put_in", place="A form", rank=-1, always=True,
                why_not=lambda form: "" if form.others else NOTHING_BEFORE),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)

    def __init__(
        self,
        heading: str,
        asks: Sequence[Ask],
        values: Mapping[str, Any],
        save: Callable[[Values], Any],
        *,
        draft: str,
        person_id: str = "",
        intro: str = "",
        offered: Collection[str] = (),
        fits: Fits | None = None,
        ask_first: Callable[[Values], str] | None = None,
    ) -> None:
        """Make a form. `heading` may hold a name; `draft` is what it is kept under.

        `offered` names the fields whose value is only offered: it shows where it is asked.
        `fits` says whether what was typed before can still be done; None: it always can.

        `ask_first` says what to ask before it is written, "" for nothing.

        `save` gets every field by name (and `born_precision` beside a "born"); a `Refused` that it
        raises is said, and the form stays.
        """
        super().__init__()
        self._title = heading
        self._asks = tuple(asks)
        self._values = dict(values)
        self._save = save
        self._person_id = person_id
        self._draft = f"form:{draft}"
        self._intro = intro
        self._offered = frozenset(offered)
        self._fits = fits
        self._ask_first = ask_first
        self._waiting: Waiting | None = None
        """What waited when the form was opened, once it has been read."""
        self._put_in: list[str] = []
        """The drafts whose words were put in here."""
        self._done = False
        self._stood: Values = {}
        """What was typed before and stands in the store, as far as it has been read."""

    def body(self) -> ComposeResult:
        """Yield the fields one under the other."""
        with VerticalScroll(id="form", can_focus=False):
            if self._intro:
                yield Sentence(Content(self._intro), id="intro")
            for ask in self._asks:
                yield FormRow(ask, self._values.get(ask.name), self.house.today)
            yield Sentence(id="before")
        yield Sentence(id="answer")

    def on_mount(self) -> None:
        """Bring back what was typed before and not done."""
        self.set_heading(self._title)
        for row in self.query(FormRow):
            field = row.field
            if isinstance(field, (Field, Choice)):
                field.when_pressed = {
                    "down": self.action_next,
                    "up": self.action_previous,
                    "enter": self.action_enter,
                }
        self.call_after_refresh(self._fit)
        self.run_worker(self._read_kept, thread=True, group="kept")

    def _read_kept(self) -> None:
        """Read what was typed before, on a thread."""
        try:
            found = waiting(self.house.store, self._draft, self._fits)
        except Refused as refused:
            self.app.call_from_thread(say_refusal, self.house, refused)
            return
        self.app.call_from_thread(self._take_waiting, found)

    def _take_waiting(self, found: Waiting) -> None:
        """Go on with what was typed before, and name what is kept of something else."""
        self._waiting = found
        if found.goes_on:
            self._bring_back(found.goes_on)
        self._say_others()

    @property
    def others(self) -> list[Draft]:
        """What was typed before for something else, and is not put in here."""
        every = self._waiting.others if self._waiting is not None else ()
        return [one for one in every if one.id not in self._put_in]

    def _say_others(self) -> None:
        """Show the words of what is kept of something else, and the key that puts them in."""
        rows = list(self.query(FormRow))
        lines = [one_line(say_other(one, rows)) for one in self.others]
        line = self.query_one("#before", Sentence)
        line.display = bool(lines)
        if lines:
            keys = Content("Ctrl+D puts the words into this form.")
            line.show(Content("\n").join([*lines, keys]))

    def _bring_back(self, kept: Values) -> None:
        """Show what was typed before, where nothing has been typed anew."""
        self._stood = kept
        rows = [row for row in self.query(FormRow) if row.ask.name in kept and not row.touched]
        for row in rows:
            row.raw = kept[row.ask.name]
        if rows:
            self.call_later(self._fit)
            self._answer("This is what you had typed before. Ctrl+S writes it down.")

    def on_choice_changed(self) -> None:
        """Another kind is chosen: only what fits it is asked."""
        self._fit()

    def _fit(self) -> None:
        """Show the fields that fit the kind that is chosen, and those that hold something."""
        rows = {row.ask.name: row for row in self.query(FormRow)}
        kind = rows["kind"].raw if "kind" in rows else ""
        for row in rows.values():
            only_offered = row.ask.name in self._offered and not row.touched
            held = bool(row.raw) and not only_offered
            row.display = not row.ask.when or kind in row.ask.when or held

    def _answer(self, words: str) -> None:
        self.query_one("#answer", Sentence).show(one_line(words))

    def person_in_sight(self) -> str | None:
        """Return whose form it is."""
        return self._person_id or None

    # -- what a person does

    def on_key(self, event: events.Key) -> None:
        """From the first or last line of many the arrows go on to the field before or after."""
        focused = self.focused
        if not isinstance(focused, Editor) or event.key not in ("up", "down"):
            return
        down = event.key == "down"
        at, lines = focused.cursor_location, focused.navigator
        if lines.is_last_wrapped_line(at) if down else lines.is_first_wrapped_line(at):
            event.stop()
            event.prevent_default()
            (self.action_next if down else self.action_previous)()

    def action_enter(self) -> None:
        """Go on to the next field; after the last one: done."""
        if self._beside(1) is None:
            self.action_save()
        else:
            self.action_next()

    def _beside(self, by: int) -> Widget | None:
        """Return the field so many after the one in focus, None where there is none."""
        fields = [row.field for row in self.query(FormRow) if row.display]
        if self.focused not in fields:
            return fields[0] if fields else None
        at = fields.index(self.focused) + by
        return fields[at] if 0 <= at < len(fields) else None

    def _go(self, by: int) -> None:
        field = self._beside(by)
        if field is not None:
            self.set_focus(field)

    def action_save(self) -> None:
        """Read the fields and write them down; where one is not understood, go to it."""
        values: Values = {}
        for row in self.query(FormRow):
            try:
                values[row.ask.name] = row.value()
            except Refused as refused:
                self._answer(f"{refused.why} {refused.to_do}")
                row.field.focus()
                return
            if row.ask.how == "born":
                values["born_precision"] = row.precision
        question = self._ask_first(values) if self._ask_first is not None else ""
        if question:
            self._make_sure(question, values)
        else:
            self._write(values)

    def _make_sure(self, question: str, values: Values) -> None:
        """Write it down where that is what is chosen; the form stays as it is until then."""
        from linkworker.screens.choose import ChooseScreen

        def take(answer: str | None) -> None:
            if answer == "yes":
                self._write(values)

        every = (
            ("no", "Go back to the form", "nothing is written"),
            ("yes", "Write it down all the same", ""),
        )
        self.app.push_screen(ChooseScreen(self._title, every, "no", question), take)

    def _write(self, values: Values) -> None:
        try:
            result = self._save(values)
        except Refused as refused:
            self._answer(f"{refused.what} {refused.why} {refused.to_do}")
            return
        self._done = True
        with suppress(Refused):  # it is written down: a draft that stays does no harm
            done = [self._keep_under()] if self._stood else []
            for draft in (*done, *self._put_in):
                self.house.store.drop_draft(draft)
        self.dismiss(result if result is not None else True)

    def action_next(self) -> None:
        """Go to the next field."""
        self._go(1)

    def action_put_in(self) -> None:
        """Put the words that were typed before for something else into this form."""
        rows = list(self.query(FormRow))
        first = None
        for draft in self.others:
            first = put_in(draft, rows) or first
            self._put_in.append(draft.id)
        self._fit()
        if first is not None:
            self.set_focus(first.field)
        self._say_others()

    def action_previous(self) -> None:
        """Go to the field before."""
        self._go(-1)

    def draft_in_hand(self) -> Callable[[], object] | None:
        """Take what was typed, if anything was, and return how to keep it."""
        if self._done:
            return None
        rows = list(self.query(FormRow))
        store = self.house.store
        if any(row.touched for row in rows):
            raw = {row.ask.name: row.raw for row in rows}
            self._stood = raw
            return partial(self._keep, store, raw, to_text(self.house.clock()))
        if rows and self._stood:
            return partial(store.drop_draft, self._keep_under())
        return None

    def _keep_under(self) -> str:
        return self._waiting.under if self._waiting is not None else self._draft

    def _keep(self, store: Store, raw: Values, taken_at: str) -> None:
        """Keep what was typed, from any thread; held for a while it gives way to newer words."""
        found = self._waiting or waiting(store, self._draft, self._fits)
        if newer_stands(store, DRAFTS, found.under, taken_at):
            return
        people = (self._person_id,) if self._person_id else ()
        store.save_draft(found.under, DRAFTS, people, "", raw)
        for draft in self._put_in:
            store.drop_draft(draft)

    def action_back(self) -> None:
        """Leave; what was typed is kept. Where it cannot be, one stays, and is told why."""
        try:
            self.keep_draft()
        except Refused as refused:
            self._answer(f"{refused.what} {refused.why} {refused.to_do}")
            return
        self._done = True
        self.dismiss(None)

    def gone_from(self) -> str:
        """Keep what was typed, and say so. Where it cannot be kept one stays, and is told why."""
        self.keep_draft()
        if self._done or not any(row.touched for row in self.query(FormRow)):
            return ""
        return "What you typed is kept. It stands there when you open this form again."

    def on_screen_suspend(self) -> None:
        """Another place was gone to: what was typed is kept."""
        if self.query(FormRow) and self.house.is_open:
            try:
                self.keep_draft()
            except Refused as refused:
                say_refusal(self.house, refused)
