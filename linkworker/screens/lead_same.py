"""Two records that may be one person's, for whoever leads: one person, two people, or apart again.

A lead sees which fields agree and never what they say: whoever holds the records is asked. What is
decided needs a reason, is said before it is done, and can be decided otherwise later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from linkworker.rules.shown_days import say_day
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.lead_people import reason_of
from linkworker.screens.lead_sure import sure
from linkworker.screens.lead_words import somebody
from linkworker.widgets.commands import bindings
from linkworker.widgets.forms import Ask
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, fixed, flowing, heading
from linkworker.widgets.usual import OPEN
from linkworker.widgets.words import joined, one_line

if TYPE_CHECKING:
    from linkworker.screens.lead import LeadScreen
    from linkworker.sync.leading import LeadHub, Pair, Side
    from linkworker.widgets.house import House

HEADING = "May be the same person, entered twice"
DECIDED = "decided"
ASK_THEM = (
    "Ask whoever holds them before you decide: they see what stands there, you see what agrees."
)


def rows_of(house: House, waiting: Sequence[Pair], decided: Sequence[Pair]) -> list[Row]:
    """Return what the lead's page shows of them, nothing where there is nothing."""
    if not waiting and not decided:
        return []
    rows = [SPACE, heading(HEADING)]
    for pair in waiting:
        who = f"{_side(house, pair.one)} and {_side(house, pair.other)}"
        says = one_line(_agreement(pair), "$soft")
        rows.append(Row(flowing(one_line(who), says), f"same:{_key(pair)}", pair))
    if decided:
        words = joined(
            f"{len(decided)} decided before", ("   to look, or decide otherwise", "$soft")
        )
        rows.append(Row(fixed(words), DECIDED, DECIDED, height=1))
    return rows


def decide_of_decided(screen: LeadScreen, decided: Sequence[Pair]) -> None:
    """Choose one of the pairs of whom it was decided."""
    every = [
        (
            _key(pair),
            f"{_side(screen.house, pair.one)} and {_side(screen.house, pair.other)}",
            "one person" if pair.joined else "two people",
        )
        for pair in decided
    ]

    def take(answer: str | None) -> None:
        for pair in decided:
            if _key(pair) == answer:
                decide(screen, pair)

    screen.app.push_screen(ChooseScreen("Decided before", every), take)


def decide(screen: LeadScreen, pair: Pair) -> None:
    """Show what agrees of two records, and ask what they are."""
    one, other = _side(screen.house, pair.one), _side(screen.house, pair.other)

    def take(answer: str | None) -> None:
        match answer:
            case "one":
                _join(screen, pair.one, pair.other)
            case "other":
                _join(screen, pair.other, pair.one)
            case "two":
                _decided(
                    screen,
                    "Two people",
                    "Yes, they are two people",
                    (
                        f"{one} and {other} are two people.",
                        (
                            "They wait here no more, until something that tells who either is "
                            "changes. Nothing changes on anybody's laptop."
                        ),
                    ),
                    lambda hub, why: hub.not_same(pair.one.person, pair.other.person, why),
                    "They are two people, and wait no more.",
                )
            case "apart":
                _decided(
                    screen,
                    "Apart again",
                    "Yes, part them again",
                    (
                        f"{one} and {other} are two people again, from the next sync on.",
                        (
                            "Every line is where it was written. Whoever held the one because they "
                            "held the other sends what they have, then it goes from their laptop."
                        ),
                    ),
                    lambda hub, why: hub.apart(pair.one.person, pair.other.person, why),
                    "Parted: two people from the next sync on.",
                )

    screen.app.push_screen(PairScreen(pair, one, other), take)


def _join(screen: LeadScreen, shown: Side, other: Side) -> None:
    front, behind = _side(screen.house, shown), _side(screen.house, other)
    both = sorted({*shown.holders, *other.holders})
    who = " and ".join(both) if len(both) < 3 else f"{', '.join(both[:-1])} and {both[-1]}"
    sentences = (
        f"{front} stands for both; {behind} is listed there under Also entered as.",
        (
            f"Whoever holds one holds the other too{f': {who}' if both else ''}. What is kept "
            "apart stays with whoever it was given to, and no line moves."
        ),
        "If it was wrong you part them again, and all is as before.",
    )
    _decided(
        screen,
        "One person",
        "Yes, they are one person",
        sentences,
        lambda hub, why: hub.same_as(shown.person, other.person, why),
        "Joined: shown as one person from the next sync on.",
    )


def _decided(
    screen: LeadScreen,
    title: str,
    yes: str,
    sentences: Sequence[str],
    do: Callable[[LeadHub, str], None],
    done: str,
) -> None:
    """Ask why, say what will happen, and have it done."""

    def save(values: Mapping[str, Any]) -> str:
        return reason_of(values)

    def take(why: str | None) -> None:
        if why is not None:
            said = [*sentences, f"Why: {why}"]
            sure(screen, title, said, yes, lambda hub: do(hub, why), lambda _: done)

    asks = (Ask("reason", "Why", example="both know her daughter"),)
    screen.app.push_screen(FormScreen(title, asks, {}, save, draft="lead:same"), take)


class PairScreen(Frame):
    """What agrees of two records. Dismissed with what they are: "one", "other", "two", "apart"."""

    asks = True
    CSS_PATH = "lead.tcss"
    KEYS = (
        OPEN.doing("take", label="Choose", help="Take what is under the cursor",
                   place="Two records"),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = "One person, or two?"

    def __init__(self, pair: Pair, one: str, other: str) -> None:
        """Make it; `one` and `other` are how the two are spoken of."""
        super().__init__()
        self._pair = pair
        self._names = (one, other)

    def body(self) -> ComposeResult:
        """Yield both, what agrees and what does not, and the answers."""
        rows: list[Row] = []
        for sentence in self._sentences():
            rows += [Row(flowing(one_line(sentence))), SPACE]
        answers = [Row(fixed(one_line(words)), key, height=1) for key, words in self._answers()]
        yield Page([*rows, *answers], choose_first=True, id="pair")

    def _sentences(self) -> list[str]:
        pair, (one, other) = self._pair, self._names
        said = [f"{one}, and {other}."]
        for words, fields in (
            ("Agrees", pair.agrees),
            ("Differs", pair.differs),
            ("Known of one alone", pair.only_one),
        ):
            if fields:
                said.append(f"{words}: {', '.join(fields)}.")
        if pair.decided_at is not None:
            day = say_day(pair.decided_at.date(), self.house.today)
            what = "one person" if pair.joined else "two people"
            said.append(f"{pair.decided_by} decided on {day} that they are {what}: {pair.reason}")
        return [*said, ASK_THEM]

    def _answers(self) -> list[tuple[str, str]]:
        one, other = self._names
        leave = ("leave", "Leave everything as it is")
        if self._pair.joined:
            return [leave, ("apart", "Two people after all: part them again")]
        every = [
            leave,
            ("one", f"One person: {one} stands for both"),
            ("other", f"One person: {other} stands for both"),
        ]
        return every if self._pair.decided_at else [*every, ("two", "Two people")]

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen takes it."""
        self.action_take()

    def action_take(self) -> None:
        """Take the answer under the cursor."""
        row = self.query_one(Page).chosen
        if row is not None:
            self.dismiss(row.key)


def _key(pair: Pair) -> str:
    return f"{pair.one.person}:{pair.other.person}"


def _side(house: House, side: Side) -> str:
    return somebody(house, side.person, ", ".join(side.holders), side.initials)


def _agreement(pair: Pair) -> str:
    said = [f"agrees: {', '.join(pair.agrees) or 'nothing'}"]
    if pair.differs:
        said.append(f"differs: {', '.join(pair.differs)}")
    return "; ".join(said)
