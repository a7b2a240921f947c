"""Settling: two versions of one thing side by side, and which of them it shall be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

from textual.app import ComposeResult
from textual.content import Content

from linkworker.caseload import settling
from linkworker.caseload.settling import Seen, ToSettle
from linkworker.caseload.shown_values import shown_fields, shown_value
from linkworker.clock import home_zone, local_day
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_time
from linkworker.screens.form import FormScreen
from linkworker.screens.form_waiting import Values
from linkworker.screens.settle_words import asks_anew, label, start_anew, thing_said, written
from linkworker.store import ReadTx, WriteTx
from linkworker.text import shorten
from linkworker.widgets.acting import act, read
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Draw, Row, fixed, hint, wrapped
from linkworker.widgets.words import joined, one_line, plain, said

PLACE = "Two versions"
LABEL = "settled two versions"
"""What undo calls it."""
MOST = 9
"""Versions that have a key of their own."""
GAP = 3
MOST_SAID = 400
"""Cells of another version that stand over the form in which it is written anew."""
NARROW = 80
"""Cells under which the versions stand one under the other."""
BOTH_KEPT = "Written without sight of each other. Both are kept until you choose."
ONLY_WORDS = "Only words can be joined; this is a choice, a day or a number. Take one of them."
NOT_ANEW = "This cannot be written anew here. Take one of them, then correct it where it stands."
SHOWN = "Version 1 is shown until it is settled. What differs is in bold."
IN_SIGHT = "It stays in sight until it is settled."
STAYS = "stays"
TAKEN_AWAY = "taken away"
NOTHING = "(nothing)"
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
                why_not=lambda screen: screen.why_not_both()),
        Command("settle.anew", "Write anew", "Write it anew in the place of both", ("w",), "anew",
                place=PLACE, rank=60, why_not=lambda screen: screen.why_not_anew()),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def __init__(self, which: ToSettle) -> None:
        """Make it for one difference that waits."""
        super().__init__()
        self._which = which
        self._is_over = False

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
        if self._is_over:
            return
        found = read(self.house, settling.still_waits, self._which)
        if found is not None:
            self._which = found
            self.query_one(Page).show(self._rows())
        elif self.is_current:
            self.house.say(GONE)
            self.dismiss(None)

    def hidden(self) -> None:
        """Forget what is kept apart, and be gone when one comes back to here."""
        if self._which.is_kept_apart:
            self._is_over = True
            self.query_one(Page).show([], key="")

    def on_screen_resume(self) -> None:
        """Come in sight again after everything was hidden: there is nothing here any more."""
        if self._is_over and self.app.screen is self:
            self.dismiss(None)

    # -- what stands there

    def _rows(self) -> list[Row]:
        with self.house.store.read() as tx:
            return self._read_rows(tx)

    def _read_rows(self, tx: ReadTx) -> list[Row]:
        which = self._which
        first, *others = which.versions
        about = thing_said(which.table)
        about = about[:1].upper() + about[1:]
        thing = one_line(about, "bold")
        if which.about:
            thing = joined(thing, ": ", one_line(which.about))
        rows: list[Row] = [Row(fixed(thing), flush=True), hint(BOTH_KEPT), SPACE]
        for at, other in enumerate(others, 2):
            left, right = [self._head(tx, 1, first)], [self._head(tx, at, other)]
            for name, one, two in self._pairs(tx, first, other):
                called = Content.styled(label(which.table, name), "$soft")
                one_marked, two_marked = marked(one, two)
                left += [called, one_marked]
                right += [called, two_marked]
            rows += [Row(_beside(left, right), flush=True), SPACE]
        return [*rows, hint(IN_SIGHT if which.group == settling.HIDDEN else SHOWN)]

    def _pairs(self, tx: ReadTx, first: Seen, other: Seen) -> list[tuple[str, str, str]]:
        """Return each field that differs, with what both say of it in words."""
        which, today = self._which, self.house.today
        if which.group == settling.HIDDEN:
            one, two = (TAKEN_AWAY if seen.removes else STAYS for seen in (first, other))
            return [("hidden_at", one, two)]

        def words(name: str, seen: Seen) -> str:
            return shown_value(tx, which.table, name, seen.values, today) or NOTHING

        fields = shown_fields(which.differing)
        return [(name, words(name, first), words(name, other)) for name in fields]

    def _head(self, tx: ReadTx, number: int, one: Seen) -> Content:
        day, today = local_day(one.at), self.house.today
        clock = say_time(one.at.astimezone(home_zone()).time())
        laptop = settling.laptop_said(tx, one.device)
        return joined(
            (f"{number}  ", "bold $accent"),
            said(one.who or "a colleague", "bold"),
            one_line(f", {say_day(day, today)} {clock}, {laptop}", "$soft"),
        )

    # -- what a person does

    def why_not_take(self, number: int) -> str:
        """Return why a version cannot be taken, "" where it can."""
        return "" if number <= len(self._which.versions) else NO_SUCH

    def why_not_both(self) -> str:
        """Return why both cannot be kept in one, "" where they can."""
        return "" if set(self._which.differing) <= self._long_words else ONLY_WORDS

    def why_not_anew(self) -> str:
        """Return why it cannot be written anew here, "" where it can."""
        return "" if asks_anew(self._which, self._long_words) else NOT_ANEW

    @property
    def _long_words(self) -> frozenset[str]:
        return read(self.house, lambda tx: tx.words_of(self._which.table))

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
        fields = asks_anew(which, self._long_words)

        def save(values: Values) -> bool:
            with self.house.store.write(LABEL, person=which.person_id) as tx:
                settling.write_anew(tx, which, written(fields, values))
            return True

        self.app.push_screen(
            FormScreen(
                "Written anew",
                fields,
                start_anew(fields, shown),
                save,
                draft=f"settle:{which.table}:{which.row_id}:{which.group}",
                person_id=which.person_id,
                intro=self._others_said(),
            ),
            lambda done: self._leave() if done else None,
        )

    def _others_said(self) -> str:
        """Return what the versions say that the form does not begin with; nothing of what is kept
        apart, which stands nowhere longer than it must."""
        first, *others = self._which.versions
        if self._which.is_kept_apart:
            return ""
        with self.house.store.read() as tx:
            found = [
                (at, seen.who or "a colleague", [two for _, _, two in self._pairs(tx, first, seen)])
                for at, seen in enumerate(others, 2)
            ]
        return "\n".join(
            f"Version {at}, {plain(who)}: {shorten(plain(', '.join(words)), MOST_SAID)}"
            for at, who, words in found
        )


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
