"""Send: what has not reached the team yet, what waits to be settled, how the last syncs went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from linkworker.caseload import sending, settling
from linkworker.caseload.sending import NotSent, TooLongToSend
from linkworker.caseload.settling import KeptApartWaits, ToSettle
from linkworker.caseload.team_news import LEAD, OUT_SAID, TeamNews, team_news
from linkworker.clock import from_text, home_zone, local_day
from linkworker.refusal import Refused
from linkworker.rules.invite import BEGINS, MOST_CHARACTERS
from linkworker.rules.places import OUT
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_time
from linkworker.screens.settle_rows import (
    kept_apart_said,
    key_of,
    open_to_settle,
    what_differs,
)
from linkworker.widgets.acting import say_refusal
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, beside, fixed, flowing, heading, hint
from linkworker.widgets.usual import OPEN
from linkworker.widgets.words import column, joined, one_line, padded

if TYPE_CHECKING:
    from linkworker.storage.membership import Run
    from linkworker.store import Store

NAME_CELLS = 28
WHEN_CELLS = 18
MOST_RUNS = 30
JOIN = "join"
TEAM = "team"
TOLD = "told"
TOLD_SAID = "Who opened somebody of yours, covers them, or walks with them now"
LEAD_TOLD_SAID = "Who opened somebody of yours or the team's, covers, joined"
SHEETS = "sheets"
MADE_UP = "Made-up people stay on this laptop: they are sent to nobody."
NO_TEAM = (
    "This laptop belongs to no team yet: everything stays on it. A team lead gives you an invite "
    "code, which is good once."
)
OWN = "This laptop's own"
TOO_LONG = (
    "Colleagues do not have these. Write each again in two or more notes, and take the long one "
    "back."
)


@dataclass(frozen=True)
class Stands:
    """What was read of the store; to count thousands of unsent writes takes a while."""

    waits: list[NotSent]
    too_long: list[TooLongToSend]
    differ: list[ToSettle]
    apart: list[KeptApartWaits]
    back: sending.KeptBack
    news: TeamNews
    runs: list[Run]


class SendScreen(Frame):
    """A page of what waits; Enter opens what is under the cursor."""

    CSS_PATH = "send.tcss"
    KEYS = (
        OPEN.doing("open", help="Open the person, settle the two versions, or join", place="Send"),
        Command("send.now", "Send now", "Send what waits and fetch what is new", ("s",), "now",
                place="Send", rank=70, another_way="F5 once more",
                why_not=lambda screen: screen.why_not_now()),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = "Send"

    _stands: Stands | None = None
    _reads = False
    _reads_again = False
    """Something changed while it was read."""
    _put = ""
    """The line on which the cursor was put; while it stands there, nobody has moved it."""

    def body(self) -> ComposeResult:
        """Yield the page."""
        yield Page(choose_first=True, id="waits")

    def on_mount(self) -> None:
        """Read what waits."""
        self.show()

    def store_changed(self, change: Any) -> None:
        """Read again; the cursor stays."""
        self.show()

    def come_again(self) -> None:
        """F5 once more: send now."""
        if not self.why_not_now():
            self.action_now()

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again."""
        return ("send",)

    def show(self) -> None:
        """Put on the page what is known, and read what stands now, beside the keys."""
        self._show_rows()
        if not self._belongs():
            return
        if self._reads:
            self._reads_again = True
            return
        self._reads = True
        self.run_worker(self._read, thread=True, group="stands")

    def _read(self) -> None:
        """Read, on a thread; it may be locked before it is done."""
        house = self.house
        try:
            found = _stands(house.store)
        except Refused as refused:
            self._reads = False
            if house.is_open:  # else it was locked meanwhile, and nobody waits for an answer
                house.call_from_thread(say_refusal, house, refused)
            return
        except BaseException:
            self._reads = False
            raise
        house.call_from_thread(self._take, found)

    def _take(self, found: Stands) -> None:
        self._reads = False
        self._stands = found
        if not self.is_attached or not self.house.is_open:
            return
        if self._reads_again:
            self._reads_again = False
            self.show()
        else:
            self._show_rows()

    def _show_rows(self) -> None:
        """Put the lines on the page; the cursor stays where somebody moved it, else it goes to the
        first difference, or the first line: what waits is read after the page is seen."""
        page, found = self.query_one(Page), self._stands
        differing = [key_of(one) for one in found.differ] if found is not None else []
        if (page.chosen.key if page.chosen else "") != self._put or self._put in differing:
            page.show(self._rows())
            return
        told = TOLD if found is not None and found.news.said else ""
        page.show(self._rows(), key=next(iter(differing), told))
        self._put = page.chosen.key if page.chosen else ""

    def _belongs(self) -> bool:
        """Say whether this laptop belongs to a team: if not, nothing waits to be sent."""
        if self.house.store.made_up:
            return False
        membership = self.house.store.belonging.now()
        return membership is not None and membership.joined_at is not None

    def _rows(self) -> list[Row]:
        if self.house.store.made_up:
            return [hint(MADE_UP)]
        membership = self.house.store.belonging.now()
        if membership is None or membership.joined_at is None:
            join = Row(fixed(Content("Join a team with an invite code")), JOIN, JOIN, height=1)
            return [hint(NO_TEAM), SPACE, join]
        team = membership.name or "Your team"
        if membership.role in OUT:
            said = Content.styled(OUT_SAID[membership.role], "$care")
            out = [] if self.house.courier.trouble else [Row(flowing(said))]  # which says by whom
            rows = [_line(team), *out, *self._how_it_stands(), SPACE]
        else:
            place = f", where you are {membership.role}" if membership.role else ""
            rows = [_line(f"{team}{place}"), *self._how_it_stands(), SPACE]
        found = self._stands
        if found is None:
            return rows
        differing = [*map(_differs, found.differ), *map(_apart, found.apart)]
        for words, some in (
            ("Not sent", [self._waits(one) for one in found.waits]),
            ("Too long to be sent", _too_long(found.too_long)),
            ("To settle: two versions of one thing", differing),
            ("Kept back", _kept_back(found.back)),
            (_told_heading(membership.role), [] if membership.role in OUT else [_told(found.news)]),
            ("Your team", [] if membership.role in OUT else _team(membership.role)),
            ("Before", [self._run(one) for one in found.runs]),
        ):
            if some:
                rows += [heading(words), *some, SPACE]
        return rows

    def _how_it_stands(self) -> list[Row]:
        courier = self.house.courier
        if courier.goes:
            return [hint("Sending and fetching…")]
        at = courier.standing
        reached = [hint(f"Reached {self._when(at.reached_at)}.")] if at is not None else []
        trouble = courier.trouble
        if trouble is None:
            return reached
        said = Content.styled(f"{trouble.why} {trouble.to_do}", "$care")
        return [Row(flowing(said)), *reached]

    def _waits(self, one: NotSent) -> Row:
        name = one.name if one.person_id else OWN
        words = joined(
            column(name, NAME_CELLS),
            f"{one.count} not sent",
            (f", since {self._when(one.since)}", "$soft"),
        )
        return Row(fixed(words), f"person:{one.person_id or OWN}", one, height=1)

    def _run(self, run: Run) -> Row:
        return _line(
            self._when(from_text(run.at)),
            [
                *([run.failed] if run.failed else []),
                *([f"sent {run.sent}"] if run.sent else []),
                *([f"fetched {run.received}"] if run.received else []),
                *([f"{run.parked} of a newer linkworker"] if run.parked else []),
                *([f"{run.let_go} no longer yours"] if run.let_go else []),
            ],
        )

    def _when(self, at: datetime) -> str:
        day = local_day(at)
        clock = say_time(at.astimezone(home_zone()).time())
        return clock if day == self.house.today else f"{say_day(day, self.house.today)} {clock}"

    def person_in_sight(self) -> str | None:
        """Return whom the line under the cursor is about."""
        what = self._chosen
        about = isinstance(what, NotSent | TooLongToSend | ToSettle | KeptApartWaits)
        return what.person_id or None if about else None

    @property
    def _chosen(self) -> Any:
        row = self.query_one(Page).chosen
        return row.what if row is not None else None

    def why_not_now(self) -> str:
        """Return why nothing can be sent now, "" where it can."""
        if self.house.store.made_up:
            return MADE_UP
        return "" if self.house.courier.standing is not None else NO_TEAM

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Open what is under the cursor."""
        what = self._chosen
        if what == JOIN:
            self._join("")
        elif what == TEAM:
            from linkworker.screens.lead import LeadScreen

            self.app.push_screen(LeadScreen())
        elif what == SHEETS:
            from linkworker.screens.hand_over import HandOverScreen

            self.app.push_screen(HandOverScreen())
        elif what == TOLD:
            from linkworker.screens.told import ToldScreen

            self.app.push_screen(ToldScreen())
        elif isinstance(what, ToSettle | KeptApartWaits):
            which = what if isinstance(what, ToSettle) else None
            open_to_settle(self, what.person_id, which)
        elif isinstance(what, NotSent | TooLongToSend) and what.person_id:
            self.house.open_person(what.person_id)

    def _join(self, code: str) -> None:
        from linkworker.screens.join_team import JoinTeamScreen

        self.app.push_screen(JoinTeamScreen(code), lambda _: self.show())

    async def takes(self, event: events.Key | events.Paste) -> bool:
        """An invite code that is pasted here opens what takes it, also on a laptop of a team: one
        that was lost and found joins again."""
        if not isinstance(event, events.Paste) or self.house.store.made_up:
            return False
        code = "".join(event.text.split())
        if not code.startswith(BEGINS) or len(code) > MOST_CHARACTERS:
            return False
        self._join(code)
        return True

    def action_now(self) -> None:
        """Send now."""
        if reason := self.house.courier.now():
            self.house.say(reason)


def _differs(one: ToSettle) -> Row:
    name = column(one.name if one.person_id else "The team", NAME_CELLS)
    return Row(beside(name, what_differs(one)), key_of(one), one)


def _apart(one: KeptApartWaits) -> Row:
    words = joined(column(one.name, NAME_CELLS), kept_apart_said(one))
    return Row(fixed(words), f"settle apart:{one.person_id}", one, height=1)


def _stands(store: Store) -> Stands:
    """Read what waits, all of one moment but the syncs."""
    with store.read() as tx:
        waits, too_long = sending.not_sent(tx), sending.too_long(tx)
        differ = settling.to_settle(tx)
        apart = settling.kept_apart_waits(tx)
        back, news = sending.kept_back(tx), team_news(tx)
    return Stands(waits, too_long, differ, apart, back, news, store.belonging.runs(MOST_RUNS))


def _line(first: str, rest: list[str] | None = None) -> Row:
    if rest is None:
        return Row(fixed(one_line(first, "bold")), flush=True, height=1)
    return Row(beside(padded(first, WHEN_CELLS, "$soft"), one_line(", ".join(rest))))


def _told_heading(role: str) -> str:
    """Return what stands over the news: also where one opens somebody, for whoever may."""
    from linkworker.screens.told import MAY_OPEN, PLACE

    return f"{PLACE}, and opening somebody for a day" if role in MAY_OPEN else PLACE


def _told(news: TeamNews) -> Row:
    what = LEAD_TOLD_SAID if news.role == LEAD else TOLD_SAID
    new = (f"   {news.told} new", "bold $accent") if news.said else ""
    return Row(fixed(joined(what, new)), TOLD, TOLD, height=1)


def _team(role: str) -> list[Row]:
    """Return what one does as one of a team: hand over, and whoever leads it decides."""
    every = [(SHEETS, "Hand-over sheets: what whoever takes over from you must know")]
    if role == LEAD:
        every.insert(0, (TEAM, "The team: cover, hand-over, laptops, what waits for you"))
    return [Row(fixed(Content(words)), what, what, height=1) for what, words in every]


def _too_long(some: list[TooLongToSend]) -> list[Row]:
    rows = []
    for one in some:
        notes = f"{one.count} note{'' if one.count == 1 else 's'}"
        said = joined(column(one.name, NAME_CELLS), notes)
        rows.append(Row(fixed(said), f"too long:{one.person_id}", one, height=1))
    return [*rows, hint(TOO_LONG)] if rows else []


def _kept_back(back: sending.KeptBack) -> list[Row]:
    said = []
    if back.parked:
        said.append(f"{back.parked} of a newer linkworker: shown once this one is as new.")
    if back.aside:
        said.append(f"{back.aside} that do not fit the record they came with: kept, never shown.")
    if back.with_lead:
        said.append(
            f"{back.with_lead} about somebody you do not hold went to your lead, who lets it in."
        )
    return [hint(words) for words in said]
