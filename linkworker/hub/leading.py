"""What a team lead decides: cover, hand-over, who leaves, and a laptop that was lost.

A cover ends by itself; a hand-over takes the person from whoever held them; a leaver's laptops send
what they have into quarantine and then let go of everybody; a lost laptop is heard no more.

`lead` is who decides, as the audit names them: a lead's id where it came over the network. Somebody
to be covered or handed over is a person's id, or a member (by id or name) for all of their own
people; several at once are decided together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from linkworker import scopes
from linkworker.hub.grants import OPENED, Grant
from linkworker.hub.ledger import Ledger
from linkworker.hub.members import Laptop, Members
from linkworker.hub.roles import NotForThisRole, Right, may
from linkworker.hub.telling import COVERS, HANDED_OVER, Told
from linkworker.hub.telling import OPENED as OPENING
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


class AcrossOrganisations(Refused):
    """Somebody was to pass from one organisation to another without their own word."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "That would give somebody to another organisation.",
            "Ask the person, and then: 'linkworker hub share PERSON --with NAME'.",
        )


def cover(
    ledger: Ledger,
    members: Members,
    whom: str | Iterable[str],
    by: str,
    until_ms: int,
    reason: str,
    lead: str = A_LEAD,
    *,
    kept_apart: bool = False,
) -> int:
    """Let a member hold somebody too, until an instant; return how many people.

    What is kept apart comes only where `kept_apart` says so, and what another organisation was let
    in to for no longer than it was. Raises `NoSuchWorker`, `NobodyHeld`, `HoldsNobody`,
    `AcrossOrganisations`.
    """
    worker = members.worker_called(by)
    people = _people_of(ledger, members, whom, worker)
    held = _who_holds(ledger, members, people.ids, members.organisation_of(worker))
    ledger.decide(
        (
            replace(
                one,
                until=until_ms if one.until is None else min(until_ms, one.until),
                reason=f"cover: {reason}",
            )
            for one in people.grants
            if kept_apart or scopes.parts(one.scope)[1] != scopes.KEPT_APART
        ),
        noted=(lead, "gave cover", f"{people.words} to {worker}", reason),
    )
    told = Told(ledger.now_ms(), members.names()[worker], COVERS, "", 0, until_ms, reason)
    _tell(members, told, {**held, worker: people.ids}, lead)
    return len(people.ids)


def hand_over(
    ledger: Ledger,
    members: Members,
    whom: str | Iterable[str],
    to: str,
    reason: str = "",
    lead: str = A_LEAD,
) -> int:
    """Give somebody to a member; no colleague of theirs holds them then. Return how many people.

    What is kept apart goes along, or nobody would hold it. Another organisation that walks with
    them keeps what it has. Raises `NoSuchWorker`, `NobodyHeld`, `HoldsNobody`,
    `AcrossOrganisations`.
    """
    worker = members.worker_called(to)
    people = _people_of(ledger, members, whom, worker)
    own = members.organisation_of(worker)
    before = _who_holds(ledger, members, people.ids, own)
    ledger.decide(
        (replace(one, reason="hand-over") for one in people.grants),
        to_alone=worker,
        noted=(lead, "handed over", f"{people.words} to {worker}", reason),
    )
    told = Told(ledger.now_ms(), members.names()[worker], HANDED_OVER, "", 0, 0, reason)
    _tell(members, told, {**before, worker: people.ids}, lead)
    return len(people.ids)


def _who_holds(
    ledger: Ledger, members: Members, people: Iterable[str], own: str
) -> dict[str, set[str]]:
    """Return whom of these people each member of an organisation holds, who holds any."""
    found: dict[str, set[str]] = {}
    for person in people:
        for holder in _holders(ledger, members, person, own):
            found.setdefault(holder, set()).add(person)
    return found


def _tell(members: Members, told: Told, about: Mapping[str, set[str]], lead: str) -> None:
    """Tell each of these members what was decided of people of theirs, but not who decided it."""
    for worker, people in about.items():
        person = next(iter(people)) if len(people) == 1 else ""
        members.tell({worker} - {lead}, replace(told, person=person, count=len(people)))


def leaver(ledger: Ledger, members: Members, name: str, lead: str = A_LEAD) -> int:
    """Take everybody from a worker who leaves; return how many people nobody holds then.

    Of their own organisation, that is: whoever is let in besides does not hold them. Raises
    `NoSuchWorker`, `LastLead`.
    """
    worker = members.worker_called(name)
    members.may_leave(worker)
    own = members.organisation_of(worker)
    held = ledger.held_by(worker)
    ledger.decide((), {(worker, scope) for scope in held})
    members.leaves(worker, lead)
    begun = ledger.held_by(worker)  # by a laptop of theirs in between: from now on none can
    ledger.decide((), {(worker, scope) for scope in begun})
    people = {scopes.person_of(scope) for scope in held | begun}
    return sum(not _holders(ledger, members, person, own) for person in people)


def may_be_opened(ledger: Ledger, own: str, person: str) -> bool:
    """Say whether there is somebody by that id whom a duty worker of an organisation may open."""
    return ledger.is_known(scopes.part(person)) and own in ledger.walk_with(person)


def open_for_a_day(
    ledger: Ledger, members: Members, who: Laptop, person: str, reason: str, now_ms: int
) -> int:
    """Let a duty worker hold one person for a day, what is kept apart excepted; return its end.

    Whoever of the team holds the person, and every lead, is told. Somebody with whom only another
    organisation walks is nobody here. Raises `NotForThisRole`, before it is looked
    whether the hub knows the person; `NobodyHeld`.
    """
    if not may(who.role, Right.OPEN):
        raise NotForThisRole
    own = members.organisation_of(who.worker)
    if not may_be_opened(ledger, own, person):
        raise NobodyHeld
    until = now_ms + OPEN_MS
    if any(one.is_own and one.person == person for one in ledger.grants_to(who.worker)):
        return until  # theirs already: there is nothing to open, and nobody to tell
    told = Told(now_ms, members.names()[who.worker], OPENING, person, 1, until, reason)
    holders = _holders(ledger, members, person, own)
    members.tell((holders | members.leads()) - {who.worker}, told)
    for part in (scopes.RECORD, own):
        ledger.grant(who.worker, scopes.part(person, part), f"{OPENED}{reason}", until)
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
    parts: tuple[str, ...]
    """Which parts of the person it is for: "" the record, what is kept apart, or organisations
    whose notes they are, by id."""


def waiting(ledger: Ledger, members: Members) -> list[Waiting]:
    """Return what waits, by person and sender; never what it says."""
    names = members.names()
    found: dict[tuple[str, str], list[str]] = {}
    for op, worker in ledger.quarantined_by():
        person, part = scopes.parts(op.scope)
        found.setdefault((person or op.scope, worker), []).append(part)
    waits = []
    for (person, worker), of in sorted(found.items()):
        parts = sorted(set(of))
        would_see = {one for part in parts for one in ledger.holders(scopes.part(person, part))}
        holders = tuple(sorted(names.get(one, "") for one in would_see))
        waits.append(Waiting(person, names.get(worker, ""), len(of), holders, tuple(parts)))
    return waits


def let_in(ledger: Ledger, members: Members, person: str, lead: str = A_LEAD) -> int:
    """Let what waits about a person into their record, for whoever holds them; return how much.

    `person` may be "team" for what waits of the team itself.
    """
    waits = [
        op for op in ledger.quarantined() if (scopes.person_of(op.scope) or op.scope) == person
    ]
    if not waits:
        raise NothingWaits
    for op in waits:
        ledger.route(op.dev, op.n)
    members.note(lead, "let in late work", person)
    return len(waits)


@dataclass(frozen=True)
class _People:
    """Whom a decision is about."""

    grants: tuple[Grant, ...]
    """What whoever takes them over, or covers them, is to hold: grants of theirs."""
    words: str
    """What was named, for the audit."""

    @property
    def ids(self) -> set[str]:
        return {one.person for one in self.grants}


def _people_of(ledger: Ledger, members: Members, whom: str | Iterable[str], to: str) -> _People:
    """Return whom a decision is about, and what of them is passed on to a worker, by id.

    Of a member's people it is never the worker's own. It stays within one organisation: who walks
    with somebody anew is let in by the person's own word (`sharing`).
    """
    named = [whom] if isinstance(whom, str) else list(whom)
    people: set[str] = set()
    for one in named:
        people |= _ids(ledger, members, one, to)
    if not people:
        raise NobodyHeld
    own = members.organisation_of(to)
    found: list[Grant] = []
    for person in sorted(people):
        grants = _own_grants(ledger, members, person, own)
        if not grants:
            raise AcrossOrganisations
        found += [replace(one, worker=to) for one in grants]
    return _People(tuple(found), ", ".join(named))


def _ids(ledger: Ledger, members: Members, whom: str, but: str) -> set[str]:
    if ledger.is_known(scopes.part(whom)):
        return {whom}
    try:
        worker = members.worker_called(whom)
    except Refused:
        raise NobodyHeld from None
    people = {one.person for one in ledger.grants_to(worker) if one.is_own}
    if worker == but or not people:
        raise NobodyHeld
    if members.organisation_of(worker) != members.organisation_of(but):
        raise AcrossOrganisations
    return people


def _own_grants(ledger: Ledger, members: Members, person: str, own: str) -> list[Grant]:
    """Return what an organisation has of a person, each part once; empty where it has nothing."""
    now = ledger.now_ms()
    grants = [one for one in ledger.grants_of(person) if members.organisation_of(one.worker) == own]
    found = {one.scope: one for one in grants if one.say_so and one.stands(now)}
    if own in ledger.walk_with(person):
        for part in (scopes.RECORD, own, scopes.KEPT_APART):
            scope = scopes.part(person, part)
            found[scope] = Grant("", scope, now, None, "", "")
    return [replace(found[scope], since=now) for scope in sorted(found)]


def _standing(ledger: Ledger, members: Members, person: str, own: str) -> set[tuple[str, str]]:
    """Return who of an organisation holds which part of a person now."""
    return {(one.worker, one.scope) for one in _grants_that_stand(ledger, members, person, own)}


def _grants_that_stand(ledger: Ledger, members: Members, person: str, own: str) -> list[Grant]:
    """Return the grants of a person that an organisation's members have now."""
    now = ledger.now_ms()
    return [
        one
        for one in ledger.grants_of(person)
        if one.stands(now) and members.organisation_of(one.worker) == own
    ]


def _holders(ledger: Ledger, members: Members, person: str, own: str) -> set[str]:
    """Return who of an organisation holds somebody's record now, and has not only opened it."""
    return {
        one.worker
        for one in _grants_that_stand(ledger, members, person, own)
        if one.scope == scopes.part(person) and not one.is_opening
    }
