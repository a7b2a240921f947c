"""Whom a lead has others hold: cover, hand-over, and what waits about somebody not held any more.

Each step is a page of its own that Esc leaves with nothing done: about whom, who instead, until
when and why. Before the hub is asked to do anything, it is said what will happen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from linkworker.caseload import people
from linkworker.clock import home_zone
from linkworker.refusal import Refused
from linkworker.rules.shown_days import say_day
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.lead_sure import sure
from linkworker.screens.lead_words import HOLDS_NOBODY, people_in_words, somebody, theirs, things
from linkworker.text import one_line
from linkworker.widgets.acting import read
from linkworker.widgets.forms import Ask

if TYPE_CHECKING:
    from linkworker.screens.lead import LeadScreen
    from linkworker.sync.leading import Colleague, Held, Team, Waits

BY_ID = "by id"
MOST_COVER_DAYS = 365
COMES = "comes too"
NO_NAMES = (
    "This laptop has names of those alone whom you hold yourself. {} finds the six letters in "
    "brackets behind each name, on F5 under Hand-over sheets, and can read them out."
)
NOBODYS_NAMES = (
    "The six letters in brackets stand for whom you do not hold yourself. Nobody holds them now: "
    "whoever you hand them over to, which may be you, sees who it is."
)
APART_COMES = "What is kept apart comes too."
APART_STAYS = "What is kept apart does not come."


class NotSaid(Refused):
    """Something that a decision needs was not said."""

    def __init__(self, why: str, to_do: str) -> None:
        super().__init__("Nothing was done yet.", why, to_do)


@dataclass(frozen=True)
class Whom:
    """Whom a decision is about, as the hub is told and as it is said."""

    ids: tuple[str, ...]
    words: str
    """ "all 58 of Ann's people", "Terry Barlow"."""
    holder: str
    """Who holds them now, "" for nobody."""


def of_nobodys(screen: LeadScreen, team: Team) -> None:
    """Hand over whom nobody holds: all of them, or one."""

    def have(found: list[Held]) -> None:
        if not found:
            screen.action_again()
            return
        every = Whom(tuple(one.person for one in found), f"{people_in_words(len(found))}", "")
        shown = _listed(screen, found, "")
        together = [("all", f"All {people_in_words(len(found))}", "")] if len(found) > 1 else []
        listed = [*together, *shown]

        def take(answer: str | None) -> None:
            if answer == "all":
                hand_over(screen, team, every, None)
            elif answer is not None:
                hand_over(screen, team, _named(screen, answer, ""), None)

        intro = NOBODYS_NAMES if _nameless(screen, found) else ""
        screen.app.push_screen(ChooseScreen("Whom nobody holds", listed, intro=intro), take)

    screen.ask(lambda hub: hub.people(""), have)


def one_of(screen: LeadScreen, holder: Colleague, then: Callable[[Whom], None]) -> None:
    """Choose one of a colleague's people: by name where this laptop holds them, or by their id."""

    def have(found: list[Held]) -> None:
        own = [one for one in found if one.until is None]
        by_id = (BY_ID, "Somebody by their six letters", "as a colleague reads them out")
        listed = [*_listed(screen, own, holder.name), by_id]

        def take(answer: str | None) -> None:
            if answer == BY_ID:
                _by_id(screen, own, holder, then)
            elif answer is not None:
                then(_named(screen, answer, holder.name))

        heading = f"Which of {theirs(holder.name)} people?"
        intro = NO_NAMES.format(holder.name) if _nameless(screen, own) else ""
        screen.app.push_screen(ChooseScreen(heading, listed, intro=intro), take)

    screen.ask(lambda hub: hub.people(holder.id), have)


def _nameless(screen: LeadScreen, found: Sequence[Held]) -> bool:
    """Say whether this laptop has no name for some of them."""
    return any(read(screen.house, people.named, one.person) is None for one in found)


def _listed(screen: LeadScreen, found: Sequence[Held], holder: str) -> list[tuple[str, str, str]]:
    """Return people as a list shows them, those with a name first."""
    rows = []
    for one in found:
        since = f"since {say_day(one.since.date(), screen.house.today)}" if one.since else ""
        said = somebody(screen.house, one.person, holder)
        rows.append((said.startswith("somebody held by"), (one.person, said, since)))
    return [row for _, row in sorted(rows, key=lambda row: row[0])]


def _named(screen: LeadScreen, person: str, holder: str) -> Whom:
    return Whom((person,), somebody(screen.house, person, holder), holder)


def _by_id(
    screen: LeadScreen, found: Sequence[Held], holder: Colleague, then: Callable[[Whom], None]
) -> None:
    def save(values: Mapping[str, Any]) -> str:
        said = one_line(str(values["person"])).strip().lower()
        those = [one.person for one in found if said in (one.person.lower(), one.ref.lower())]
        if len(those) != 1:
            raise NotSaid(
                f"{holder.name} holds {'several' if those else 'nobody'} with these letters.",
                "Check them with whoever reads them out, or give the whole id.",
            )
        return those[0]

    def take(answer: str | None) -> None:
        if answer is not None:
            then(_named(screen, answer, holder.name))

    asks = (Ask("person", "Their six letters", hint="on F5, Hand-over sheets, behind the name"),)
    heading = f"One of {theirs(holder.name)} people"
    screen.app.push_screen(FormScreen(heading, asks, {}, save, draft="lead:by-id"), take)


# -- cover and hand-over


def _to_whom(team: Team, holder: Colleague | None) -> tuple[tuple[str, str], ...]:
    """Return who may be given people, as a form's options."""
    return tuple(
        (one.id, one.name)
        for one in team.members
        if one.role != HOLDS_NOBODY and (holder is None or one.id != holder.id)
    )


def _asks(team: Team, holder: Colleague | None, question: str) -> tuple[Ask, ...]:
    who = Ask("who", question, "one of", _to_whom(team, holder), must_choose=True)
    return (who, Ask("reason", "Why", example="on leave"))


def reason_of(values: Mapping[str, Any]) -> str:
    """Return why something is decided. Raises `NotSaid`."""
    reason = one_line(str(values["reason"])).strip()
    if not reason:
        raise NotSaid("It is not said why.", "Write a few words: the audit keeps them.")
    return reason[:200]


def _nobody_else(screen: LeadScreen, team: Team, holder: Colleague | None) -> bool:
    if _to_whom(team, holder):
        return False
    screen.house.hint("Nobody else in the team holds people. Ins invites a colleague.")
    return True


def cover(screen: LeadScreen, team: Team, whom: Whom, holder: Colleague) -> None:
    """Ask who stands in for `holder`, until when and why; then have it so."""
    if _nobody_else(screen, team, holder):
        return
    today = screen.house.today
    until = Ask("until", "Until the end of", "day", example="Fri 4 Dec")
    who, why = _asks(team, holder, "Who stands in")
    apart = Ask("apart", "What is kept apart", "one of", (("", "stays"), (COMES, "comes too")))

    def save(values: Mapping[str, Any]) -> tuple[str, date, str, bool]:
        last = values["until"]
        if last is None:
            raise NotSaid("It is not said until when.", "A cover has a last day.")
        if not today <= last <= today + timedelta(days=MOST_COVER_DAYS):
            raise NotSaid(
                "A cover ends on a day to come, within a year.",
                "Choose another day, or hand the people over.",
            )
        return values["who"], last, reason_of(values), values["apart"] == COMES

    def take(said: tuple[str, date, str, bool] | None) -> None:
        if said is None:
            return
        who, last, reason, with_apart = said
        name = _name(team, who)
        end = datetime.combine(last + timedelta(days=1), time(), home_zone())
        sentences = (
            (
                f"{name} holds {whom.words} too, until the end of {say_day(last, today)}. Then it "
                f"ends by itself, and they go from {theirs(name)} laptop."
            ),
            f"{whom.holder} goes on holding them. {APART_COMES if with_apart else APART_STAYS}",
            f"Why: {reason}",
        )
        sure(
            screen,
            "Cover",
            sentences,
            f"Yes, {name} stands in",
            lambda hub: hub.cover(whom.ids, who, end, reason, kept_apart=with_apart),
            lambda number: f"{name} covers {people_in_words(number)}: there at the next sync.",
        )

    screen.app.push_screen(
        FormScreen(
            "Cover", (who, until, why, apart), {}, save, draft="lead:cover", intro=_of(whom)
        ),
        take,
    )


def hand_over(screen: LeadScreen, team: Team, whom: Whom, holder: Colleague | None) -> None:
    """Ask who walks with them now and why; then have it so. `holder` is None for nobody."""
    if _nobody_else(screen, team, holder):
        return

    def save(values: Mapping[str, Any]) -> tuple[str, str]:
        return values["who"], reason_of(values)

    def take(said: tuple[str, str] | None) -> None:
        if said is None:
            return
        who, reason = said
        name = _name(team, who)
        sentences = [f"{name} holds {whom.words} from now on, and nobody else does."]
        if holder is not None:
            sentences += [
                (
                    f"{theirs(holder.name)} laptop sends what it has first, then they go from it. "
                    "Whoever covers them holds them no more either."
                ),
                (
                    f"Has {holder.name} written a hand-over sheet? Only whoever holds them can: "
                    "what is promised, what cannot slip, what they are worried about."
                ),
            ]
        sure(
            screen,
            "Hand over",
            [*sentences, f"Why: {reason}"],
            f"Yes, hand over to {name}",
            lambda hub: hub.hand_over(whom.ids, who, reason),
            lambda number: f"{people_in_words(number)} handed over: there at the next sync.",
        )

    asks = _asks(team, holder, "Who walks with them now")
    screen.app.push_screen(
        FormScreen("Hand over", asks, {}, save, draft="lead:hand-over", intro=_of(whom)), take
    )


def _of(whom: Whom) -> str:
    return one_line(f"About {whom.words}.")


def _name(team: Team, worker: str) -> str:
    return next(one.name for one in team.members if one.id == worker)


def let_in(screen: LeadScreen, one: Waits) -> None:
    """Let what waits about a person into their record."""
    if not one.person:
        screen.house.hint("It is about no person, and nobody can let it in.")
        return
    holders = ", ".join(one.holders)
    who = somebody(screen.house, one.person, holders)
    sender = one.worker or "somebody who left"
    seen_by = f"{holders} then sees it." if holders else "Nobody holds them: hand them over too."
    sentences = (
        f"{things(one.count)} that {sender} wrote about {who} after they held them no more.",
        f"What waits about them, also from others, goes into the record. {seen_by}",
    )
    sure(
        screen,
        "What waits",
        sentences,
        "Yes, let it in",
        lambda hub: hub.let_in(one.person),
        lambda number: f"{number} let in.",
    )
