"""What a team lead decides: cover, hand-over, who leaves, and a laptop that was lost.

A cover ends by itself; a hand-over takes the person from whoever held them; a leaver's laptops send
what they have into quarantine and then let go of everybody; a lost laptop is heard no more.

`lead` is who decides, as the audit names them: a lead's id where it came over the network. Somebody
to be covered or handed over is a person's id, or a member (by id or name) for all of their own
people; several at once are decided together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linkworker.hub.ledger import Ledger
from linkworker.hub.members import Laptop, Members, Told
from linkworker.hub.roles import NotForThisRole, Right, may
from linkworker.oplog.scoping import person_of
from linkworker.refusal import Refused

A_LEAD = "a lead"
"""Who decides on the hub's own machine, as the audit says it."""

_DAY_MS = 24 * 3_600_000

OPEN_MS = _DAY_MS
"""How long a person stays opened (ms)."""

LONGEST_COVER_MS = 366 * _DAY_MS
"""A cover is for a while: who walks with somebody for longer has them handed over."""


class NothingWaits(Refused):
    """Nothing about that person waits for a lead."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was let in.",
            "Nothing that waits is about that person.",
            "'linkworker hub waiting' lists what waits.",
        )


class NobodyHeld(Refused):
    """The hub knows nobody by that id, or a worker who holds nobody."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "The hub holds nobody by that id, and no member of the team who holds anybody.",
            "A person is the whole id that 'linkworker people' shows; a worker is a name.",
        )


class CoverTooLong(Refused):
    """A cover that is over already, or that would last longer than a year."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody was given cover.",
            "A cover ends on a day to come, within a year.",
            "Choose another day, or hand the people over.",
        )


def cover(
    ledger: Ledger,
    members: Members,
    whom: str | Iterable[str],
    by: str,
    until_ms: int,
    reason: str,
    lead: str = A_LEAD,
) -> int:
    """Let a member hold somebody too, until an instant; return how many people.

    Raises `NoSuchWorker`, `NobodyHeld`, `HoldsNobody`.
    """
    worker = members.worker_called(by)
    people = _people_of(ledger, members, whom, but=worker)
    ledger.give(worker, people.scopes, f"cover: {reason}", until_ms)
    members.note(lead, "gave cover", f"{people.words} to {worker}", reason)
    return len(people.ids)


def hand_over(
    ledger: Ledger,
    members: Members,
    whom: str | Iterable[str],
    to: str,
    reason: str = "",
    lead: str = A_LEAD,
) -> int:
    """Give somebody to a member, whom nobody else holds then; return how many people.

    Raises `NoSuchWorker`, `NobodyHeld`, `HoldsNobody`.
    """
    worker = members.worker_called(to)
    people = _people_of(ledger, members, whom, but=worker)
    ledger.give(worker, people.scopes, "hand-over", alone=True)
    members.note(lead, "handed over", f"{people.words} to {worker}", reason)
    return len(people.ids)


def leaver(ledger: Ledger, members: Members, name: str, lead: str = A_LEAD) -> int:
    """Take everybody from a worker who leaves; return how many people nobody holds then.

    Raises `NoSuchWorker`, `LastLead`.
    """
    worker = members.worker_called(name)
    members.may_leave(worker)
    scopes = ledger.held_by(worker)
    ledger.take(worker, scopes)
    members.leaves(worker, lead)
    return len(_ids({scope for scope in scopes if not ledger.holders(scope)}))


def may_be_opened(ledger: Ledger, person: str) -> bool:
    """Say whether there is somebody by that id whom a duty worker may open."""
    return ledger.is_known(f"person:{person}")


def open_for_a_day(
    ledger: Ledger, members: Members, who: Laptop, person: str, reason: str, now_ms: int
) -> int:
    """Let a duty worker hold one person for a day, what is kept apart excepted; return its end.

    Whoever holds the person, and every lead, is told. Raises `NotForThisRole`, before it is looked
    whether the hub knows the person; `NobodyHeld`.
    """
    if not may(who.role, Right.OPEN):
        raise NotForThisRole
    scope = f"person:{person}"
    if not may_be_opened(ledger, person):
        raise NobodyHeld
    until = now_ms + OPEN_MS
    if scope in ledger.own(who.worker):
        return until  # theirs already: there is nothing to open, and nobody to tell
    told = Told(now_ms, members.names()[who.worker], person, until, reason)
    members.tell((ledger.holders(scope) | members.leads()) - {who.worker}, told)
    ledger.grant(who.worker, scope, f"opened for a day: {reason}", until)
    return until


@dataclass(frozen=True)
class Waiting:
    """What waits for a lead: work on a person by a laptop that did not hold them any more."""

    person: str
    """Whose; "team" for what is the team's."""
    worker: str
    """Who sent it, by name."""
    count: int
    holders: tuple[str, ...]
    """Who would see it if it were let in."""


def waiting(ledger: Ledger, members: Members) -> list[Waiting]:
    """Return what waits, by person and sender; never what it says."""
    names = members.names()
    count: dict[tuple[str, str], int] = {}
    for op, worker in ledger.quarantined_by():
        person = person_of(op.scope) or op.scope
        count[person, worker] = count.get((person, worker), 0) + 1
    return [
        Waiting(
            person,
            names.get(worker, ""),
            number,
            tuple(sorted(names.get(one, "") for one in ledger.holders(f"person:{person}"))),
        )
        for (person, worker), number in sorted(count.items())
    ]


def let_in(ledger: Ledger, members: Members, person: str, lead: str = A_LEAD) -> int:
    """Let what waits about a person into their record, for whoever holds them; return how much.

    `person` may be "team" for what waits of the team itself.
    """
    own = {"team"} if person == "team" else {f"person:{person}", f"person:{person}:restricted"}
    waits = [op for op in ledger.quarantined() if op.scope in own]
    if not waits:
        raise NothingWaits
    for op in waits:
        ledger.route(op.dev, op.n)
    members.note(lead, "let in late work", person)
    return len(waits)


@dataclass(frozen=True)
class _People:
    """Whom a decision is about."""

    scopes: set[str]
    words: str
    """What was named, for the audit."""

    @property
    def ids(self) -> set[str]:
        return _ids(self.scopes)


def _people_of(ledger: Ledger, members: Members, whom: str | Iterable[str], but: str) -> _People:
    """Return whom a decision is about. Of a member's people it is never `but`'s own."""
    named = [whom] if isinstance(whom, str) else list(whom)
    scopes: set[str] = set()
    for one in named:
        scopes |= _scopes(ledger, members, one, but)
    if not scopes:
        raise NobodyHeld
    return _People(scopes, ", ".join(named))


def _scopes(ledger: Ledger, members: Members, whom: str, but: str) -> set[str]:
    if ledger.is_known(f"person:{whom}"):
        return {f"person:{whom}", f"person:{whom}:restricted"}
    try:
        worker = members.worker_called(whom)
    except Refused:
        raise NobodyHeld from None
    scopes = ledger.own(worker) if worker != but else set()
    if not scopes:
        raise NobodyHeld
    return scopes


def _ids(scopes: set[str]) -> set[str]:
    return {scope.split(":")[1] for scope in scopes}
