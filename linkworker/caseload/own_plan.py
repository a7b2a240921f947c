"""The plan as it is given to the person, on paper: what was agreed with them, in their words.

Only what is agreed is in it; what is only noted is counted, so that it can be agreed first. Nothing
kept apart is read, no note, nothing about staying safe, and no tie that is strained. Unless it is
known to be safe at home, no name of anybody else, no number and no address is in it (`safe_words`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from linkworker.caseload import (
    about,
    connections,
    households,
    people,
    person,
    plan,
    reaching,
    worker,
)
from linkworker.caseload.connections import Tie
from linkworker.rules import safe_words
from linkworker.rules.kept_both import words_alone
from linkworker.rules.shown_names import spoken_name
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.caseload.connections import Connection
    from linkworker.caseload.people import PersonDetails
    from linkworker.store import ReadTx

MATTERS = values.ABOUT_ME[0]
PEOPLE = values.ABOUT_ME[1]
"""The heading of About me that is about other people."""
GOING = ("went once", "still going", "helper")
"""Stages of a connection at which the person goes there."""
SOMEBODY = "somebody else"
"""Who does a step, where no other name may stand."""


@dataclass(frozen=True)
class OwnStep:
    """One step: what, who does it ("me", a name, "" where nobody was asked), and by when."""

    words: str
    who: str
    by_day: date | None
    by_time: str


@dataclass(frozen=True)
class OwnHope:
    """One hope with the steps towards it that are still to do."""

    words: str
    steps: tuple[OwnStep, ...]


@dataclass(frozen=True)
class OwnPlan:
    """All that a person's copy of the plan shows, in its order."""

    name: str
    day: date
    visions: tuple[str, ...]
    """A good life in their words: more than one where several were said on one day."""
    matters: tuple[str, ...]
    """What is most important to me (PRSB SP v1.1, About me)."""
    strengths: tuple[str, ...]
    hopes: tuple[OwnHope, ...]
    steps: tuple[OwnStep, ...]
    """Still to do, under no hope that is shown."""
    done: tuple[str, ...]
    """Steps that are done and hopes that were reached."""
    around: tuple[tuple[str, str], ...]
    """Who and what is around them, and what each is to them: ("Pat", "daughter, weekly")."""
    about_me: tuple[tuple[str, tuple[str, ...]], ...]
    """The other headings of About me, where they were asked for."""
    agreed_on: date | None
    """The day on which something in it was last agreed."""
    worker: str
    """Who wrote it down, "" where no other name may stand."""
    written_as: str
    """How they need what is written (DAPB1605: information format): "large print"."""
    noted: int
    """Lines left out because they are only noted."""
    unsafe: int
    """Lines left out because of a name, a number or an address in them."""

    @property
    def says_anything(self) -> bool:
        """Whether there is anything on it beside a name."""
        return bool(
            self.visions or self.matters or self.strengths or self.hopes or self.steps or self.done
        )


def own_plan(
    tx: ReadTx, person_id: str, *, safe_at_home: bool = False, about_me: bool = False
) -> OwnPlan | None:
    """Return what a person's copy of the plan shows; None where the person is not there.

    `safe_at_home`: they said that others may find it, so names, numbers and who is around them are
    in it. `about_me`: with all seven headings of About me.
    """
    known, banner = people.details(tx, person_id), person.banner(tx, person_id)
    if known is None or banner is None:
        return None
    sieve = _Sieve(tx, known, banner.name, safe_at_home)
    found = plan.plan(tx, person_id)
    steps = [step for goal in found.goals for step in goal.steps] + found.steps
    shown = [one for one in found.goals if one.agreed_on and one.state == "open"]
    hopes = [
        OwnHope(one.words, tuple(map(sieve.step, sieve.to_do(one.steps))))
        for one in shown
        if sieve.lets(one.words)
    ]
    under = {step.step_id for one in shown for step in one.steps if sieve.seen(one.words)}
    loose = [step for step in steps if step.step_id not in under]
    done = [one for one in steps if one.agreed_on and one.state == "done"]
    reached = [one for one in found.goals if one.agreed_on and one.state == "reached"]
    told = [
        one
        for one in about.about_me(tx, person_id)
        if (about_me or one.heading == MATTERS) and (safe_at_home or one.heading != PEOPLE)
    ]
    under_heading = {
        heading: tuple(sieve.only(words_alone(one.words for one in told if one.heading == heading)))
        for heading in values.ABOUT_ME
    }
    lines: list[plan.Strength | plan.Goal | plan.Step] = [*found.strengths, *found.goals, *steps]
    return OwnPlan(
        name=banner.name,
        day=tx.today,
        visions=tuple(
            sieve.only(words_alone(one.words for one in about.visions_now(tx, person_id)))
        ),
        matters=under_heading.pop(MATTERS),
        strengths=tuple(sieve.only(one.words for one in found.strengths if one.agreed_on)),
        hopes=tuple(hopes),
        steps=tuple(map(sieve.step, sieve.to_do(loose))),
        done=tuple(sieve.only([one.words for one in reached] + [one.words for one in done])),
        around=tuple(_around(sieve)) if safe_at_home else (),
        about_me=tuple((heading, words) for heading, words in under_heading.items() if words),
        agreed_on=max((one.agreed_on for one in lines if one.agreed_on), default=None),
        worker=worker.own_name(tx) if safe_at_home else "",
        written_as=known.information_format,
        noted=sum(one.agreed_on is None for one in lines if _stands(one)),
        unsafe=sieve.left_out,
    )


def _stands(one: plan.Strength | plan.Goal | plan.Step) -> bool:
    """Say whether a line would be in the plan if it were agreed."""
    return isinstance(one, plan.Strength) or one.state in ("open", "done", "reached")


class _Sieve:
    """Lets through what may stand on paper, and counts what may not."""

    def __init__(self, tx: ReadTx, known: PersonDetails, name: str, safe: bool) -> None:
        self.ties = connections.ties(tx, known.person_id)
        self.groups = connections.connections(tx, known.person_id)
        self.left_out = 0
        self._safe = safe
        own = (name, known.called, known.given, known.family, known.other_names)
        self._own = {one.casefold() for one in (*own, spoken_name(known.called, known.given))}
        named = [one.name for one in self.ties if not (safe and _prints(one))]
        if not safe:
            named += [one.name for one in households.household(tx, known.person_id)]
            named += [step.who for step in plan.steps(tx, known.person_id)]
            named.append(worker.own_name(tx))
        self._names = safe_words.name_words(named, own)
        addresses = [] if safe else reaching.addresses(tx, known.person_id)
        self._addresses = [one.line1 for one in addresses]

    def seen(self, words: str) -> bool:
        """Say whether words may stand on the paper."""
        if safe_words.names_somebody(words, self._names):
            return False
        return self._safe or not safe_words.says_where(words, self._addresses)

    def lets(self, words: str) -> bool:
        """Say whether words may stand on the paper, and count them where they may not."""
        if not self.seen(words):
            self.left_out += 1
            return False
        return True

    def only(self, every: Iterable[str]) -> list[str]:
        """Return what may stand on the paper."""
        return [words for words in every if self.lets(words)]

    def to_do(self, steps: Iterable[plan.Step]) -> list[plan.Step]:
        """Return the agreed steps that are still to do and may stand on the paper."""
        open_ = [one for one in steps if one.agreed_on and one.is_open]
        return [one for one in open_ if self.lets(one.words)]

    def step(self, one: plan.Step) -> OwnStep:
        """Return a step as the person reads it: their own name is "me"."""
        who = one.who
        if one.who_does == "person" or who.casefold() in self._own - {""}:
            who = "me"
        elif who and (not self._safe or safe_words.names_somebody(who, self._names)):
            who = SOMEBODY
        return OwnStep(one.words, who, one.by_day, one.by_time)


def _prints(one: Tie | Connection) -> bool:
    """Say whether a tie or connection may be printed unasked: a strained one never is."""
    near = one.how if isinstance(one, Tie) else one.near
    return near != "strained"


def _around(sieve: _Sieve) -> list[tuple[str, str]]:
    """Return who and what is around the person now, and what each is to them."""
    ties = [
        (one.name, ", ".join(part for part in (one.relationship, one.how_often) if part))
        for one in sieve.ties
        if _prints(one) and one.until is None
    ]
    groups = [
        (one.name, "I help there" if one.stage == "helper" else "")
        for one in sieve.groups
        if _prints(one) and one.stage in GOING
    ]
    return [one for one in [*ties, *groups] if sieve.lets(" ".join(one))]
