"""Letting another organisation's worker in to somebody, by the person's own word.

A grant opens what it names and nothing else: the record, one organisation's notes, what is kept
apart. When and how the person agreed stands in the grant, in the audit, and in the person's own
record. Without their word only where somebody must be kept safe, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from linkworker import scopes
from linkworker.clock import from_milliseconds, local_day
from linkworker.hub import audit, grants, organisations
from linkworker.hub.grants import Grant
from linkworker.hub.leading import LONGEST_COVER_MS, NobodyHeld
from linkworker.hub.ledger import Ledger
from linkworker.hub.members import Members
from linkworker.hub.own_writes import OwnWrites, written
from linkworker.refusal import Refused
from linkworker.text import folded, one_line

RECORD, KEPT_APART, NOTES = "record", "kept apart", "notes of "
"""How what is opened is said."""

TABLE = "sharing_decision"

LONGEST_MS = LONGEST_COVER_MS
"""How long something is shared at most; whoever goes on asks the person again."""


class NoSaySo(Refused):
    """Nobody says when and how the person agreed."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was shared.",
            "When and how the person agreed is missing, or is a day to come.",
            "Ask them. Where somebody must be kept safe, say --staying-safe, and why.",
        )


class NoSuchPart(Refused):
    """What is to be opened is no part of a person's record."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was shared.",
            "That is no part of a person's record.",
            "Choose among: record, notes of ORGANISATION, kept apart. A comma stands between.",
        )


class NotSharedSo(Refused):
    """It would open nothing: it ends before it begins, or they are colleagues."""

    def __init__(self, why: str, to_do: str) -> None:
        super().__init__("Nothing was shared.", why, to_do)


class NothingShared(Refused):
    """Nothing of the person is shared with that worker."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was changed.",
            "Nothing of that person is shared with that worker now.",
            "'linkworker hub shared' lists what is.",
        )


@dataclass(frozen=True)
class SaySo:
    """That the person agreed, or that it was not asked to keep somebody safe."""

    on: date | None
    how: str
    """In the words of whoever heard it: "said at home"."""
    staying_safe: bool = False

    @property
    def words(self) -> str:
        """What stands in the grant."""
        return "not asked, to keep somebody safe" if self.staying_safe else f"{self.on}, {self.how}"


@dataclass(frozen=True)
class Shared:
    """What of somebody is open to whom."""

    person: str
    worker: str
    """By name."""
    opens: str
    until: int
    """An instant (ms)."""
    say_so: str


def share(
    ledger: Ledger,
    members: Members,
    itself: OwnWrites,
    person: str,
    with_whom: str,
    opens: str,
    say_so: SaySo,
    until_ms: int,
    reason: str,
) -> tuple[str, ...]:
    """Open parts of a person to a worker of another organisation; return their scopes.

    `with_whom` is a member's name; `opens` is as `NoSuchPart` says. Who is let in sees the record,
    or could not tell of whom it is, and may write notes of their own organisation. All of it is
    kept or nothing is. Raises `NoSuchWorker`, `NobodyHeld`, `NoSuchPart`, `NoSuchOrganisation`,
    `NoSaySo`, `NotSharedSo`, `HoldsNobody`.
    """
    worker = members.worker_called(with_whom)
    now = ledger.now_ms()
    if say_so.staying_safe:
        agreed = bool(reason)
    else:
        today = local_day(from_milliseconds(now))
        agreed = bool(say_so.how) and say_so.on is not None and say_so.on <= today
    if not agreed:
        raise NoSaySo
    if not now < until_ms <= now + LONGEST_MS:
        raise NotSharedSo("It ends on a day to come, within a year.", "Say which: --until.")
    with ledger.database.writing() as tx:
        record = scopes.part(person)
        if not grants.is_anybodys(tx, record):
            raise NobodyHeld
        own = grants.organisation_of(tx, worker)
        parts = _parts(tx, opens)
        _refuse_colleagues(tx, person, own, parts)
        held = {one.scope for one in grants.grants_to(tx, worker, now) if not one.is_by_say_so}
        opened = sorted({scopes.part(person, one) for one in (scopes.RECORD, own, *parts)} - held)
        for scope in opened:
            ledger.give_in(
                tx, Grant(worker, scope, now, until_ms, f"shared: {reason}", say_so.words)
            )
        names = organisations.names(tx)
        named = _named(parts, names)
        itself.put(
            *(tx, record, TABLE),
            person_id=person,
            with_whom=_who(with_whom, names[own]),
            opens=named,
            for_what=one_line(reason),
            agreed="not asked" if say_so.staying_safe else "yes",
            how_given=one_line(say_so.how),
            why_not=one_line(reason) if say_so.staying_safe else "",
            on=str(say_so.on or local_day(from_milliseconds(now))),
            until=str(local_day(from_milliseconds(until_ms - 1))),
        )
        audit.add(tx, now, "a lead", "shared", person, f"with {worker}: {named}; {say_so.words}")
    return tuple(opened)


def stop_sharing(
    ledger: Ledger,
    members: Members,
    itself: OwnWrites,
    person: str,
    with_whom: str,
    reason: str = "",
) -> int:
    """Close again what was opened to a worker by a person's word; return how many parts.

    Raises `NoSuchWorker`, `NothingShared`.
    """
    worker = members.worker_called(with_whom)
    now = ledger.now_ms()
    with ledger.database.writing() as tx:
        open_ = {
            one.scope
            for one in grants.grants_to(tx, worker, now)
            if one.person == person and one.is_by_say_so
        }
        if not open_:
            raise NothingShared
        for scope in sorted(open_):
            grants.end(tx, worker, scope, now, let_in_only=True)
        record, names = scopes.part(person), organisations.names(tx)
        who = _who(with_whom, names[grants.organisation_of(tx, worker)])
        said = written(tx, record, TABLE)
        ended = {one["withdraws"] for one in said.values()}
        for pk, decision in said.items():
            if decision["with_whom"] == who and not decision["withdraws"] and pk not in ended:
                itself.put(
                    *(tx, record, TABLE),
                    person_id=person,
                    with_whom=who,
                    opens=decision["opens"],
                    for_what=one_line(reason),
                    agreed="no",
                    on=str(local_day(from_milliseconds(now))),
                    withdraws=pk,
                )
        audit.add(tx, now, "a lead", "stopped sharing", person, f"with {worker}: {reason}")
    return len(open_)


def shared(ledger: Ledger, members: Members) -> list[Shared]:
    """Return what is open to whom by a person's word now, by person."""
    now = ledger.now_ms()
    workers = members.names()
    found = []
    with ledger.database.reading() as tx:
        names = organisations.names(tx)
        by: dict[tuple[str, str], list[Grant]] = {}
        for worker in workers:
            for one in grants.grants_to(tx, worker, now):
                if one.is_by_say_so:
                    by.setdefault((one.person, worker), []).append(one)
    for (person, worker), its in sorted(by.items()):
        parts = sorted({scopes.parts(one.scope)[1] for one in its})
        until = max(one.until or 0 for one in its)
        found.append(Shared(person, workers[worker], _named(parts, names), until, its[-1].say_so))
    return found


def _parts(tx: Any, opens: str) -> list[str]:
    """Read what is to be opened: parts of a person as their scopes spell them."""
    parts = []
    for one in opens.split(","):
        said = folded(one.strip())
        if said == RECORD:
            parts.append(scopes.RECORD)
        elif said == KEPT_APART:
            parts.append(scopes.KEPT_APART)
        elif said.startswith(NOTES):
            parts.append(organisations.called(tx, one.strip()[len(NOTES) :]))
        else:
            raise NoSuchPart
    return parts


def _refuse_colleagues(tx: Any, person: str, own: str, parts: list[str]) -> None:
    """Refuse where nothing of another organisation would be opened."""
    if own in grants.walk_with(tx, person) and not any(
        scopes.is_organisation(one) and one != own for one in parts
    ):
        raise NotSharedSo(
            "That worker's own organisation walks with that person.",
            "Between colleagues it is 'linkworker hub cover' or 'linkworker hub hand-over'.",
        )


def _named(parts: list[str], names: dict[str, str]) -> str:
    """Say in words what is opened, each part once."""
    said = {scopes.RECORD: RECORD, scopes.KEPT_APART: KEPT_APART}
    return ", ".join(
        dict.fromkeys(
            [RECORD, *(said.get(one) or f"{NOTES}{names.get(one, one)}" for one in parts)]
        )
    )


def _who(name: str, organisation: str) -> str:
    return one_line(f"{name}, {organisation}" if organisation else name)
