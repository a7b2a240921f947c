"""What a team lead decides: cover, hand-over, who leaves, and a laptop that was lost.

A cover ends by itself; a hand-over takes the person from whoever held them; a leaver's laptops send
what they have into quarantine and then let go of everybody; a lost laptop is heard no more.
"""

from __future__ import annotations

from dataclasses import dataclass

from linkworker.hub.ledger import Ledger
from linkworker.hub.members import Laptop, Members, Told
from linkworker.hub.roles import NotForThisRole, Right, may
from linkworker.refusal import Refused

OPEN_MS = 24 * 3_600_000
"""How long a person stays opened (ms)."""


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


def cover(ledger: Ledger, members: Members, whom: str, by: str, until_ms: int, reason: str) -> int:
    """Let a worker hold a person, or all that a worker holds, until an instant; return how many.

    `whom` is a person's id or a member's name, `by` a member's name.
    """
    worker = members.worker_called(by)
    scopes = _scopes(ledger, members, whom)
    for scope in scopes:
        ledger.grant(worker, scope, f"cover: {reason}", until_ms)
    members.note(by, "was given cover", whom, reason)
    return len(_people(scopes))


def hand_over(ledger: Ledger, members: Members, whom: str, to: str, reason: str = "") -> int:
    """Give a person, or all that a worker holds, to another; return how many people."""
    worker = members.worker_called(to)
    scopes = _scopes(ledger, members, whom)
    for scope in scopes:
        ledger.grant(worker, scope, "hand-over")
        for holder in ledger.holders(scope) - {worker}:
            ledger.revoke(holder, scope)
    members.note(to, "took over", whom, reason)
    return len(_people(scopes))


def leaver(ledger: Ledger, members: Members, name: str) -> int:
    """Take everybody from a worker who leaves; return how many people nobody holds then."""
    worker = members.worker_called(name)
    scopes = ledger.held_by(worker)
    for scope in scopes:
        ledger.revoke(worker, scope)
    members.leaves(worker)
    return len(_people({scope for scope in scopes if not ledger.holders(scope)}))


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
    if not ledger.is_known(scope):
        raise NobodyHeld
    until = now_ms + OPEN_MS
    told = Told(now_ms, members.names()[who.worker], person, until, reason)
    members.tell((ledger.holders(scope) | members.leads()) - {who.worker}, told)
    ledger.grant(who.worker, scope, f"opened for a day: {reason}", until)
    return until


@dataclass(frozen=True)
class Waiting:
    """What waits for a lead: work on a person by a laptop that did not hold them any more."""

    person: str
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
        person = op.scope.split(":")[1] if op.scope.startswith("person:") else ""
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


def let_in(ledger: Ledger, members: Members, person: str) -> int:
    """Let what waits about a person into their record, for whoever holds them; return how much."""
    own = (f"person:{person}", f"person:{person}:restricted")
    waits = [op for op in ledger.quarantined() if op.scope in own]
    if not waits:
        raise NothingWaits
    for op in waits:
        ledger.route(op.dev, op.n)
    members.note("a lead", "let in late work", person)
    return len(waits)


def _scopes(ledger: Ledger, members: Members, whom: str) -> set[str]:
    own = {f"person:{whom}", f"person:{whom}:restricted"}
    if ledger.is_known(f"person:{whom}"):
        return own
    try:
        scopes = ledger.held_by(members.worker_called(whom))
    except Refused:
        raise NobodyHeld from None
    if not scopes:
        raise NobodyHeld
    return scopes


def _people(scopes: set[str]) -> set[str]:
    return {scope.split(":")[1] for scope in scopes}
