"""The team, for whoever leads it: who holds how many people, their laptops, what waits for a lead.

All of it is asked of the hub when one comes here, and nothing of it is kept. Of people there are
names where this laptop holds them; of others no more than that a colleague holds somebody.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import ComposeResult
from textual.content import Content

from linkworker.clock import home_zone, local_day
from linkworker.refusal import Refused
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_time
from linkworker.screens.lead_words import people_in_words, somebody, things
from linkworker.widgets.acting import say_refusal
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, fixed, flowing, heading, hint
from linkworker.widgets.usual import ADD, OPEN
from linkworker.widgets.words import column, joined, one_line, padded

if TYPE_CHECKING:
    from linkworker.sync.leading import Colleague, LeadHub, Pair, Team, Waits

T = TypeVar("T")

PLACE = "The team"
NAME_CELLS, ROLE_CELLS, PEOPLE_CELLS = 22, 14, 23
NOBODY = "nobody"
ASKING = "Asking the hub…"
ABOUT = "What you decide here is done by the hub at once, and its audit keeps that it was you."
NO_ANSWER = "The hub did not answer. It may have been done all the same: r looks again."


class LeadScreen(Frame):
    """A page of the team; Enter on somebody asks what has changed."""

    CSS_PATH = "lead.tcss"
    KEYS = (
        OPEN.doing("open", help="Cover, hand-over, laptops and more of whoever is under the cursor",
                   place=PLACE),
        ADD.doing("invite", label="Invite", help="Invite a colleague to the team", place=PLACE),
        Command("lead.again", "Look again", "Ask the hub anew", ("r",), "again", place=PLACE,
                rank=60),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def __init__(self) -> None:
        super().__init__()
        self.team: Team | None = None
        """The team as the hub last said it."""
        self._waits: list[Waits] = []
        self._same: tuple[list[Pair], list[Pair]] = ([], [])
        self._busy = False

    def body(self) -> ComposeResult:
        """Yield the page."""
        yield Page(choose_first=True, id="team")

    def on_mount(self) -> None:
        """Ask the hub."""
        self.action_again()

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again: by way of Send."""
        return ("send",)

    def action_again(self) -> None:
        """Ask the hub who is there and what waits."""
        if self.team is None:
            self._page.show([hint(ASKING)])
        self.ask(_whole, self._have, self._have_not)

    def ask(
        self,
        question: Callable[[LeadHub], T],
        then: Callable[[T], object],
        refused: Callable[[Refused], object] | None = None,
    ) -> None:
        """Ask the hub one thing, on a thread; `then` gets its answer. One at a time."""
        if self._busy:
            self.house.hint(ASKING)
            return
        self._busy = True
        self.run_worker(
            lambda: self._ask(question, then, refused or self._say), thread=True, group="lead"
        )

    def _ask(
        self,
        question: Callable[[LeadHub], T],
        then: Callable[[T], object],
        refused: Callable[[Refused], object],
    ) -> None:
        from linkworker.sync.leading import lead_of

        tell = self.house.call_from_thread
        try:
            with lead_of(self.house.store) as hub:
                answer = question(hub)
        except Refused as why:
            tell(self._answered, refused, why)
        except Exception:
            tell(self._answered, lambda _: None, None)
            raise
        else:
            tell(self._answered, then, answer)

    def _answered(self, then: Callable[[Any], object], answer: Any) -> None:
        self._busy = False
        if self.is_mounted and self.house.is_open:
            then(answer)

    def _say(self, refused: Refused) -> None:
        from linkworker.sync.refusals import HubNotReachable

        if isinstance(refused, HubNotReachable):
            self.house.say(NO_ANSWER)
        else:
            say_refusal(self.house, refused)

    def _have(self, found: tuple[Team, list[Waits], tuple[list[Pair], list[Pair]]]) -> None:
        self.team, self._waits, self._same = found
        self._page.show(self._rows(self.team))

    def _have_not(self, refused: Refused) -> None:
        self.team, self._waits, self._same = None, [], ([], [])
        words = Content.styled(f"{refused.why} {refused.to_do}", "$care")
        self._page.show([Row(flowing(words)), SPACE, hint("r asks again.")])

    @property
    def _page(self) -> Page:
        return self.query_one("#team", Page)

    def _rows(self, team: Team) -> list[Row]:
        from linkworker.screens import lead_same

        rows = [hint(ABOUT), SPACE, heading("Who is in the team")]
        rows += [self._member(one) for one in team.members]
        if team.held_by_nobody:
            words = joined(
                padded("Nobody", NAME_CELLS + ROLE_CELLS),
                (f"holds {people_in_words(team.held_by_nobody)}", "$care"),
            )
            rows.append(Row(fixed(words), NOBODY, NOBODY, height=1))
        if self._waits:
            rows += [SPACE, heading("Waits for you: written about somebody not held any more")]
            rows += [self._wait(one) for one in self._waits]
        return [*rows, *lead_same.rows_of(self.house, *self._same)]

    def _member(self, one: Colleague) -> Row:
        holds = people_in_words(one.own) if one.own else "nobody"
        covers = f", covers {one.covers}" if one.covers else ""
        seen = f"seen {self._when(one.seen_at)}" if one.seen_at else "no laptop"
        words = joined(
            column(one.name, NAME_CELLS),
            padded(one.role, ROLE_CELLS, "$soft"),
            column(f"{holds}{covers}", PEOPLE_CELLS),
            (seen, "$soft"),
        )
        return Row(fixed(words), f"member:{one.id}", one, height=1)

    def _wait(self, one: Waits) -> Row:
        who = somebody(self.house, one.person, ", ".join(one.holders))
        words = joined(
            column(who, NAME_CELLS + ROLE_CELLS),
            f"{things(one.count)} from ",
            one_line(one.worker or "somebody who left"),
        )
        return Row(fixed(words), f"waits:{one.person}:{one.worker}", one, height=1)

    def _when(self, at: datetime) -> str:
        day = local_day(at)
        if day != self.house.today:
            return say_day(day, self.house.today)
        return f"today {say_time(at.astimezone(home_zone()).time())}"

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Ask what has changed of whoever is under the cursor, let in what waits, or say who is
        one person."""
        from linkworker.screens import lead_members, lead_people, lead_same

        row, team = self._page.chosen, self.team
        if row is None or team is None:
            return
        if row.what == NOBODY:
            lead_people.of_nobodys(self, team)
        elif row.key.startswith("waits:"):
            lead_people.let_in(self, row.what)
        elif row.what == lead_same.DECIDED:
            lead_same.decide_of_decided(self, self._same[1])
        elif row.key.startswith("same:"):
            lead_same.decide(self, row.what)
        else:
            lead_members.of_member(self, team, row.what)

    def action_invite(self) -> None:
        """Invite a colleague."""
        from linkworker.screens import lead_members

        if self.team is None:
            self.house.hint("The hub has not answered yet. r asks again.")
        else:
            lead_members.invite(self)


def _whole(hub: LeadHub) -> tuple[Team, list[Waits], tuple[list[Pair], list[Pair]]]:
    team = hub.team()
    return team, hub.waiting() if team.waiting else [], hub.same()
