"""Who could help: from somebody's hope to the people, groups and services that could meet it.

People come first, and only those who are happy to be asked. The coordinator makes the introduction:
Enter asks what is told and how both agreed, and nothing happens before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content

from linkworker.caseload import connections, gaps
from linkworker.caseload.bringing_together import Meeting, Offered, Wanted
from linkworker.caseload.openings import Filled, Helped, Listed, openings, uses
from linkworker.rules.alike import Likeness
from linkworker.rules.shown_days import say_day, say_weekdays
from linkworker.schema import values
from linkworker.screens.form import FormScreen
from linkworker.screens.how_made import REGULAR, made_asks, made_of
from linkworker.widgets.acting import read, told_anything
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.forms import Ask, options
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, flowing, heading, hint
from linkworker.widgets.usual import OPEN
from linkworker.widgets.words import joined, one_line, shortened

if TYPE_CHECKING:
    from linkworker.screens.person.kinds import Values

PLACE = "Who could help"
ASKED_FIRST = (
    "Only who is happy to be asked, and only what they are happy to be asked about. You make the "
    "introduction, when both have agreed."
)
NOBODY = (
    "Nobody here speaks of the same. A strength counts once they are happy to be asked about it."
)
NOTHING = "Nothing here. The key g logs it as a gap, in words that name nobody."
NOT_WANTED = "Nobody here hopes for what this gift gives, as far as was written down."
FILLS = "Ask them first. Once something is there, the gap is closed among the gaps, under F4."
A_GIFT = "A gap is what is missing: this is a gift."
INTRODUCE = (
    *made_asks("introduction", "went along", "signpost", told_of="of the one to the other"),
    Ask("stage", "Stands at", "one of", options(*values.STAGES[:4])),
    *REGULAR,
    Ask("words", "In words"),
)
CONNECT = (
    *made_asks(),
    Ask("stage", "Stands at", "one of", options(*values.STAGES[:4])),
    Ask("words", "In words"),
)
HELP = (
    *made_asks(),
    Ask("stage", "Stands at", "one of", options(*values.STAGES[:5])),
    *REGULAR,
    Ask("words", "In words"),
)
GAP = (
    Ask("words", "What is missing", hint="in words that name nobody"),
    Ask("kind", "Kind", "one of", (("", "not said"), *options(*values.GAP_KINDS))),
    Ask("area", "Where"),
)


class WhoHelpsScreen(Frame):
    """What could meet one hope, or whose hope one strength could meet."""

    CSS_PATH = "who_helps.tcss"
    KEYS = (
        OPEN.doing("open", label="Connect", help="Bring them together, or connect", place=PLACE),
        Command("who.gap", "Log a gap", "Log what is not here as a gap of the team", ("g",),
                "log_gap", place=PLACE, rank=60,
                why_not=lambda screen: "" if screen.kind != "strength" else A_GIFT),
        Command("who.page", "Their page", "Show the page of who is under the cursor", ("p",),
                "page", place=PLACE, rank=50),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def __init__(self, person_id: str, kind: str, row_id: str, words: str) -> None:
        """`kind` is the kind of the row that was under the cursor, `words` what it says."""
        super().__init__()
        self.person_id = person_id
        self.kind = kind
        self.row_id = row_id
        self.words = words

    def body(self) -> ComposeResult:
        """Yield the page."""
        yield Page(self._rows(), choose_first=True, id="who")

    def store_changed(self, change: Any) -> None:
        """Look again."""
        if told_anything(change):
            self.query_one("#who", Page).show(self._rows())

    def person_in_sight(self) -> str | None:
        """Return whose hope or gift it is."""
        return self.person_id

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again: by their page."""
        return ("person", self.person_id)

    # -- what is shown

    def _rows(self) -> list[Row]:
        asked = Row(flowing(joined(("For: ", "$soft"), one_line(self.words, "bold"))))
        if self.kind == "strength":
            return [asked, SPACE, *self._where_wanted()]
        seen = read(self.house, openings, self.person_id, self.words)
        rows = [asked, hint(ASKED_FIRST), SPACE, heading("People you walk alongside")]
        rows += [self._person(one) for one in seen.people] or [hint(NOBODY)]
        if seen.colleagues:
            rows += [SPACE, heading("Colleagues' people")]
            rows += [self._offered(one) for one in seen.colleagues]
        for words, listed in (("Groups", seen.groups), ("Services", seen.services)):
            if listed:
                rows += [SPACE, heading(words), *map(self._listed, listed)]
        return [*rows, SPACE, hint(NOTHING)] if seen.nothing else rows

    def _where_wanted(self) -> list[Row]:
        found = read(self.house, uses, self.row_id, self.words)
        rows = [heading("Whose hope it could meet")]
        rows += [self._wanted(one) for one in found.people] or [hint(NOT_WANTED)]
        if found.groups:
            rows += [SPACE, heading("Groups it could help"), *map(self._helped, found.groups)]
        if found.gaps:
            rows += [SPACE, heading("Gaps it could close"), *map(self._filled, found.gaps)]
        return rows

    def _helped(self, one: Helped) -> Row:
        group = one.group
        helpers = "speaks of helpers" if one.takes_helpers else ""
        more = (_why(one.likeness), helpers, _when(group), group.words)
        return _two_lines(f"group:{group.service_id or group.name}", one, (group.name,), more)

    def _filled(self, one: Filled) -> Row:
        gap = one.gap
        many = f"for {gap.how_many}" if gap.how_many > 1 else ""
        more = (_why(one.likeness), gap.area, many)
        return _two_lines(f"gap:{gap.gap_id}", one, (gap.words,), more)

    def _person(self, one: Meeting) -> Row:
        gift = one.gift
        day = say_day(gift.asked_on, self.house.today) if gift.asked_on else ""
        more = ", ".join(filter(None, (gift.place, day and f"happy to be asked since {day}")))
        return _two_lines(
            f"person:{gift.strength_id}", one, (gift.short, gift.words), (_why(one.likeness), more)
        )

    def _wanted(self, one: Wanted) -> Row:
        wish = one.wish
        return _two_lines(
            f"wish:{wish.wish_id}", one, (wish.short, wish.words), (_why(one.likeness), wish.place)
        )

    def _offered(self, one: Offered) -> Row:
        ask = f"ask {one.worker}" if one.worker else "ask a colleague"
        return _two_lines(
            f"offer:{one.offer_id}", one, (one.words,), (_why(one.likeness), one.area, ask)
        )

    def _listed(self, one: Listed) -> Row:
        more = (_why(one.likeness), one.organisation, _when(one), one.words)
        return _two_lines(f"service:{one.service_id}", one, (one.name,), more)

    # -- what a person does

    @property
    def _chosen(self) -> Any:
        row = self.query_one("#who", Page).chosen
        return row.what if row is not None else None

    def on_page_opened(self, message: Page.Opened) -> None:
        """Enter, or a click on the row under the cursor."""
        message.stop()
        self.action_open()

    def action_page(self) -> None:
        """Show the page of who is under the cursor."""
        match self._chosen:
            case Meeting(gift=one) | Wanted(wish=one):
                self.house.open_person(one.person_id)
            case _:
                self.house.say("Stand on somebody whom you walk alongside.")

    def action_open(self) -> None:
        """Ask how they are brought together, and write it into the record that it is for."""
        match self._chosen:
            case Meeting() as one:
                about = (one.gift.person_id, one.gift.short, one.gift.strength_id)
                self._introduce(self.person_id, self.row_id, *about)
            case Wanted() as one:
                theirs = read(self.house, _short_name, self.person_id)
                self._introduce(
                    one.wish.person_id, one.wish.wish_id, self.person_id, theirs, self.row_id
                )
            case Offered() as one:
                ask = one.worker or "your colleague"
                self.house.say(f"Who it is only {one_line(ask).plain} knows: ask them.")
            case Listed() as one:
                self._connect(one, CONNECT, "signpost", for_need=self.row_id)
            case Helped(group=one):
                self._connect(one, HELP, "introduction", for_strength=self.row_id)
            case Filled():
                self.house.say(FILLS)

    def _introduce(
        self, person_id: str, need: str, other: str, name: str, strength_id: str
    ) -> None:
        def save(said: Values) -> Any:
            with self.house.store.write("brought together", person=person_id) as tx:
                connections.add_connection(
                    tx,
                    person_id,
                    name,
                    kind="person",
                    other_person_id=other,
                    for_strength=strength_id,
                    for_need=need,
                    **made_of(said),
                )

        self._ask(f"Bring together with {name}", INTRODUCE, {"how": "introduction"}, save)

    def _connect(self, one: Listed, asks: Sequence[Ask], how: str, **why: Any) -> None:
        def save(said: Values) -> Any:
            with self.house.store.write("connected", person=self.person_id) as tx:
                connections.add_connection(
                    tx,
                    self.person_id,
                    one.name,
                    kind="group" if one.is_group else "service",
                    service_id=one.service_id,
                    **why,
                    **made_of(said),
                )

        self._ask(f"Connect with {one.name}", asks, {"how": how}, save)

    def action_log_gap(self) -> None:
        """Ask for the gap in other words, and log it."""
        looked_for = self.row_id if self.kind == "looked for" else ""

        def save(said: Values) -> Any:
            with self.house.store.write("logged a gap", person=self.person_id) as tx:
                gaps.log(tx, said["words"], kind=said["kind"], area=said["area"],
                         looked_for_id=looked_for)  # fmt: skip
            self.house.say("Logged for the team. Ctrl+Z takes it back.")

        self._ask("Log a gap", GAP, {"words": self.words}, save)

    def _ask(self, title: str, asks: Sequence[Ask], start: Values, save: Any) -> None:
        screen = FormScreen(
            title,
            asks,
            start,
            save,
            person_id=self.person_id,
            draft=f"{self.person_id}:helps:{self.row_id}:{title[:40]}",
        )
        self.app.push_screen(screen)


def _short_name(tx: Any, person_id: str) -> str:
    from linkworker.caseload.people import named

    who = named(tx, person_id)
    return who.short if who is not None else "somebody"


def _why(likeness: Likeness) -> str:
    """Say what two sentences share: the words of both, or the topic."""
    return ", ".join(
        dict.fromkeys(
            f"“{second}”" if not topic or first.casefold() == second.casefold() else
            f"“{first}” and “{second}”"
            for first, second, topic in likeness.why
        )
    )  # fmt: skip


def _when(one: Listed) -> str:
    """Say on which days and when it is, shortly."""
    return ", ".join(filter(None, (say_weekdays(one.days), one.times.replace("\n", ", "))))


def _two_lines(key: str, what: Any, first: Sequence[str], second: Sequence[str]) -> Row:
    """Return a row: what it is, and softly under it why."""

    def draw(width: int) -> list[Content]:
        name, *more = first
        words = joined(one_line(name, "bold"), *("  ", one_line("  ".join(more))) if more else ())
        under = " · ".join(part for part in second if part)
        lines = [words.truncate(width, ellipsis=True)]
        return [*lines, shortened(under, width, "$soft")] if under else lines

    return Row(draw, key, what)
