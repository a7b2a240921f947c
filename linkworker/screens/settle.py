"""Settling: two versions of one thing side by side, and which of them it shall be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

from textual.app import ComposeResult
from textual.content import Content

from linkworker.caseload import settling
from linkworker.caseload.field_words import FIELD_WORDS
from linkworker.caseload.settling import Seen, ToSettle
from linkworker.clock import home_zone, local_day
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_time
from linkworker.screens.form import FormScreen
from linkworker.screens.form_waiting import Values
from linkworker.store import WriteTx
from linkworker.widgets.acting import act, read
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.forms import Ask
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Draw, Row, hint, wrapped
from linkworker.widgets.words import joined, said

PLACE = "Two versions"
LABEL = "settled two versions"
"""What undo calls it."""
MOST = 9
"""Versions that have a key of their own."""
GAP = 3
NARROW = 60
"""Cells under which the versions stand one under the other."""
ONLY_WORDS = (
    "Only words can be joined or written anew; this is a choice, a day or a number. Take one."
)
NO_SUCH = "There is no such version."
SETTLED = "Settled. Ctrl+Z opens it again."
GONE = "Somebody has settled it meanwhile."


class SettleScreen(Frame):
    """The versions, the words in which they differ marked; a number takes one."""

    CSS_PATH = "settle.tcss"
    KEYS = (
        *(
            Command(
                f"settle.{number}", f"Take {number}", f"Take version {number}", (str(number),),
                f"take({number})", place=PLACE, rank=80 if number < 3 else -1,
                why_not=partial(lambda number, screen: screen.why_not_take(number), number),
            )
            for number in range(1, MOST + 1)
        ),
        Command("settle.both", "Keep both", "Keep both, one under the other, each with its day",
                ("b",), "both", place=PLACE, rank=70,
                why_not=lambda screen: screen.why_not_words()),
        Command("settle.anew", "Write anew", "Write it anew in the place of both", ("w",), "anew",
                place=PLACE, rank=60, why_not=lambda screen: screen.why_not_words()),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def __init__(self, which: ToSettle) -> None:
        """Make it for one difference that waits."""
        super().__init__()
        self._which = which

    def body(self) -> ComposeResult:
        """Yield the versions."""
        yield Page(self._rows(), id="versions")

    def on_mount(self) -> None:
        """Say whose it is."""
        name = self._which.name if self._which.person_id else "the team"
        self.set_heading(f"{PLACE}: {name}")

    def person_in_sight(self) -> str | None:
        """Return whom it is about."""
        return self._which.person_id or None

    def store_changed(self, change: Any) -> None:
        """Look whether it still waits, and as it did."""
        which = self._which
        for one in read(self.house, settling.to_settle, which.person_id):
            if (one.table, one.row_id, one.group) == (which.table, which.row_id, which.group):
                self._which = one
                self.query_one(Page).show(self._rows())
                return
        if self.is_current:
            self.house.say(GONE)
            self.dismiss(None)

    # -- what stands there

    def _rows(self) -> list[Row]:
        first, *others = self._which.versions
        rows: list[Row] = []
        for at, other in enumerate(others, 2):
            left, right = [self._head(1, first)], [self._head(at, other)]
            for name in self._which.differing:
                one, two = marked(_text(first, name), _text(other, name))
                label = Content.styled(field_words(name).capitalize(), "$soft")
                left += [label, one]
                right += [label, two]
            rows += [Row(_beside(left, right), flush=True), SPACE]
        return [*rows, hint("Version 1 is shown until it is settled. What differs is in bold.")]

    def _head(self, number: int, one: Seen) -> Content:
        day, today = local_day(one.at), self.house.today
        clock = say_time(one.at.astimezone(home_zone()).time())
        own = read(self.house, settling.is_own_laptop, one.device)
        return joined(
            (f"{number}  ", "bold $accent"),
            said(one.who or "a colleague", "bold"),
            (f", {say_day(day, today)} {clock}, {'this' if own else 'another'} laptop", "$soft"),
        )

    # -- what a person does

    def why_not_take(self, number: int) -> str:
        """Return why a version cannot be taken, "" where it can."""
        return "" if number <= len(self._which.versions) else NO_SUCH

    def why_not_words(self) -> str:
        """Return why it cannot be joined or written anew, "" where it can."""
        texts = read(self.house, lambda tx: tx.words_of(self._which.table))
        return "" if set(self._which.differing) <= texts else ONLY_WORDS

    def action_take(self, number: int) -> None:
        """Take a version."""
        version = self._which.versions[number - 1]
        self._settle(lambda tx: settling.take(tx, self._which, version))

    def action_both(self) -> None:
        """Keep both, one under the other."""
        self._settle(lambda tx: settling.keep_both(tx, self._which))

    def _settle(self, how: Callable[[WriteTx], None]) -> None:
        which = self._which

        def do(tx: WriteTx) -> bool:
            how(tx)
            return True

        if act(self.house, LABEL, do, person=which.person_id):
            self._leave()

    def _leave(self) -> None:
        self.house.say(SETTLED)
        self.dismiss(True)

    def action_anew(self) -> None:
        """Write it anew, beginning with the version that is shown."""
        which = self._which
        shown = which.versions[0].values

        def save(values: Values) -> bool:
            with self.house.store.write(LABEL, person=which.person_id) as tx:
                settling.write_anew(tx, which, {name: values[name] for name in which.differing})
            return True

        self.app.push_screen(
            FormScreen(
                "Written anew",
                [Ask(name, field_words(name).capitalize(), "long") for name in which.differing],
                {name: shown[name] or "" for name in which.differing},
                save,
                draft=f"settle:{which.table}:{which.row_id}:{which.group}",
                person_id=which.person_id,
            ),
            lambda done: self._leave() if done else None,
        )


def field_words(name: str) -> str:
    """Return what a field is called."""
    return FIELD_WORDS.get(name, name.replace("_", " "))


def _text(one: Seen, name: str) -> str:
    if one.removes:
        return "(taken back)"
    value = one.values.get(name)
    return "(nothing)" if value in (None, "") else str(value)


def marked(one: str, other: str) -> tuple[Content, Content]:
    """Return two texts with the words in which they differ marked."""
    from difflib import SequenceMatcher

    pieces = one.split(" "), other.split(" ")
    parts: tuple[list[Any], list[Any]] = ([], [])
    for kind, *at in SequenceMatcher(None, pieces[0], pieces[1], autojunk=False).get_opcodes():
        for side, (start, end) in enumerate((at[:2], at[2:])):
            words = " ".join(pieces[side][start:end])
            if end > start:
                parts[side].append(said(words, "" if kind == "equal" else "bold $accent"))
    left, right = (Content(" ").join(some) if some else Content("") for some in parts)
    return left, right


def _beside(left: Sequence[Content], right: Sequence[Content]) -> Draw:
    """Return what draws two versions side by side, each piece beside its other one; where it is
    narrow the second stands under the first."""

    def draw(width: int) -> list[Content]:
        if width < NARROW:
            under = [*left, Content(""), *right]
            return [line for one in under for line in wrapped(one, width)]
        column = (width - GAP) // 2
        lines = []
        for pair in zip(left, right, strict=True):
            lefts, rights = (wrapped(one, column) for one in pair)
            for first, second in zip_longest(lefts, rights, fillvalue=Content("")):
                first = first.rstrip()
                gap = " " * (column + GAP - first.cell_length)
                lines.append(joined(first, gap, second.rstrip()))
        return lines

    return draw
