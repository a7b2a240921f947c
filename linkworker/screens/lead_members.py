"""What a lead changes about a member of the team: place, laptops, and that they leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from linkworker.clock import home_zone, local_day
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_time
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.lead_people import NotSaid, Whom, cover, hand_over, one_of
from linkworker.screens.lead_sure import InviteScreen, sure
from linkworker.screens.lead_words import HOLDS_NOBODY, people_in_words, theirs
from linkworker.text import one_line
from linkworker.widgets.forms import Ask, options

if TYPE_CHECKING:
    from linkworker.screens.lead import LeadScreen
    from linkworker.sync.leading import Colleague, Team

ROLES = ("coordinator", "duty worker", "lead", HOLDS_NOBODY)


def of_member(screen: LeadScreen, team: Team, one: Colleague) -> None:
    """Ask what has changed of a member of the team."""
    every: list[tuple[str, str, str]] = []
    if one.own:
        all_of = f"all {people_in_words(one.own)}" if one.own > 1 else "the one person"
        every += [
            ("cover", f"Somebody stands in for them: {all_of}", "with an end, and a reason"),
            ("cover one", "Somebody stands in for them with one person", ""),
            ("hand over", f"Hand over {all_of}", ""),
            ("hand over one", "Hand over one person", ""),
        ]
    every += [
        ("laptop", f"{'Another' if one.laptops else 'A first'} laptop for them", "an invite code"),
        ("role", "Another place in the team", f"now {one.role}"),
    ]
    if any(each.id != team.this_laptop for each in one.laptops):
        every.append(("lost", "A laptop of theirs is lost", ""))
    if one.id != team.me:
        every.append(("leaver", "They leave the team", ""))
    all_theirs = Whom((one.id,), f"all of {theirs(one.name)} people", one.name)
    if one.own == 1:
        all_theirs = Whom((one.id,), f"{theirs(one.name)} one person", one.name)

    def take(answer: str | None) -> None:
        match answer:
            case "cover":
                cover(screen, team, all_theirs, one)
            case "hand over":
                hand_over(screen, team, all_theirs, one)
            case "cover one":
                one_of(screen, one, partial(cover, screen, team, holder=one))
            case "hand over one":
                one_of(screen, one, partial(hand_over, screen, team, holder=one))
            case "laptop":
                _invited(screen, one.name, "")
            case "role":
                _role(screen, one)
            case "lost":
                _lost(screen, team, one)
            case "leaver":
                _leaver(screen, one)

    screen.app.push_screen(ChooseScreen(f"{one.name}: what has changed?", every), take)


def invite(screen: LeadScreen) -> None:
    """Invite a colleague to the team."""

    def save(values: Mapping[str, Any]) -> tuple[str, str]:
        name = one_line(str(values["name"])).strip()[:80]
        if not name:
            raise NotSaid("It is not said who.", "Write their name as the team knows it.")
        return name, str(values["role"])

    def take(said: tuple[str, str] | None) -> None:
        if said is not None:
            _invited(screen, *said)

    asks = (
        Ask("name", "Who", hint="as the team knows them"),
        Ask("role", "Their place", "one of", options(*ROLES)),
    )
    screen.app.push_screen(FormScreen("Invite a colleague", asks, {}, save, draft="lead:in"), take)


def _invited(screen: LeadScreen, name: str, role: str) -> None:
    as_what = f" as {role}" if role else ", who is in the team already"
    sentences = (
        f"The hub makes an invite code for {name}{as_what}. It lets one laptop in, within 14 days.",
        "The code is shown once. Whoever has it joins in their name.",
    )

    def show(code: str) -> str:
        screen.app.push_screen(InviteScreen(name, code))
        return ""

    sure(
        screen, "Invite", sentences, "Yes, make the code", lambda hub: hub.invite(name, role), show
    )


def _role(screen: LeadScreen, one: Colleague) -> None:
    does = {
        "coordinator": "holds people",
        "duty worker": "holds people, and may open anybody for a day",
        "lead": "decides with you, and is told of whoever was opened",
        HOLDS_NOBODY: "holds nobody",
    }
    every = [(role, role, does[role]) for role in ROLES if role != one.role]

    def take(role: str | None) -> None:
        if role is None:
            return
        sentences = (
            (
                f"{one.name} is {role} from now on, and {does[role]}. Their laptop is told at its "
                "next sync."
            ),
        )
        sure(
            screen,
            "Another place in the team",
            sentences,
            f"Yes, {role}",
            lambda hub: hub.change_role(one.id, role),
            lambda _: "Done: it counts from now on.",
        )

    screen.app.push_screen(ChooseScreen(f"{one.name} is {one.role} now", every), take)


def _lost(screen: LeadScreen, team: Team, one: Colleague) -> None:
    laptops = {each.id: each for each in one.laptops if each.id != team.this_laptop}

    def take(answer: str | None) -> None:
        if answer is None:
            return
        called = laptops[answer].name or "That laptop"
        sentences = (
            f"{called} is heard no more, at once, and says so to whoever opens it.",
            (
                "What was not sent from it does not come any more. The records on it stay "
                "encrypted: without the passphrase nobody reads them, and nothing is wiped."
            ),
            "If it is found, it joins again with a new invite code.",
        )
        sure(
            screen,
            "A lost laptop",
            sentences,
            "Yes, it is lost",
            lambda hub: hub.lost(answer),
            lambda _: "That laptop is heard no more.",
        )

    every = [
        (
            each.id,
            each.name or "a laptop",
            f"seen {_day_and_time(each.seen_at, screen.house.today)}",
        )
        for each in laptops.values()
    ]
    screen.app.push_screen(ChooseScreen("Which laptop is lost?", every), take)


def _day_and_time(at: datetime, today: date) -> str:
    """Say when a laptop was seen so that two of one name and one day are told apart."""
    return f"{say_day(local_day(at), today)} {say_time(at.astimezone(home_zone()).time())}"


def _leaver(screen: LeadScreen, one: Colleague) -> None:
    sentences = [
        (
            f"{one.name} is out of the team and holds nobody any more. Their laptops send what "
            "they have, which waits for you, and then everybody goes from them."
        )
    ]
    if one.own:
        sentences.append(
            f"{people_in_words(one.own)} of theirs may be held by nobody then. To have no day in "
            "between, hand them over first."
        )
    sure(
        screen,
        "Somebody leaves",
        sentences,
        f"Yes, {one.name} leaves",
        lambda hub: hub.leaver(one.id),
        lambda number: f"Done. {people_in_words(number)} held by nobody now.",
    )
