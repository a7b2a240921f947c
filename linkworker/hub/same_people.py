"""Two records that may be one person's: what a lead is told of them, and what is decided.

Told is who holds each, and which of what tells who somebody is agrees, differs, or is known of one
alone. What it says is told to nobody but who holds both: then what agrees. Of somebody whom the
reader does not hold there are initials and no more. Coordinators are told nothing of people whom
they do not hold: who enters a name must not learn that a colleague knows it.

Joining writes on both records that the other is the same person's, so that every laptop that holds
both shows one; parting takes that back. No line ever moves from the record on which it was written.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linkworker.hub import audit
from linkworker.hub.database import Database
from linkworker.hub.grants import NOW
from linkworker.hub.identifying import from_text, spelled
from linkworker.hub.ledger import Ledger
from linkworker.hub.merging import ONE_PERSON, TWO_PEOPLE
from linkworker.hub.noticing import NOTICED, Noticing, key, of_facts
from linkworker.hub.own_writes import OwnWrites
from linkworker.hub.roles import Right, may
from linkworker.refusal import Refused
from linkworker.rules.same_person import Facts

MOST_TOLD = 200
"""Pairs that are told of at once, the likeliest."""


class NotTwoRecords(Refused):
    """One of the two is not known to the hub, or they are the same record."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was decided.",
            "The hub does not know two people by these ids.",
            "'linkworker hub same' lists who may be the same; each is a whole id.",
        )


class OneAlready(Refused):
    """The two records are one person's by what was decided before."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was decided.",
            "These two records were joined before.",
            "'linkworker hub apart' parts them again.",
        )


class NotOne(Refused):
    """The two records were never joined, or were parted since."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was parted.",
            "These two records were not joined.",
            "'linkworker hub same' lists which were.",
        )


@dataclass(frozen=True)
class Side:
    """One of two records, as far as whoever reads this may see it."""

    person: str
    holders: tuple[str, ...]
    """Who holds it, by name."""
    name: str
    """How they are called where the reader holds them, initials where not."""
    born: int | None
    """The year, where the reader holds them."""
    held: bool
    """Whether the reader holds them."""


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person's, or of which that was decided."""

    one: Side
    other: Side
    state: str
    """"noticed", "one person" or "two people"."""
    certain: bool
    """Whether all that both have says so."""
    score: int
    """From 0 to 100, how like they are."""
    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    only_one: tuple[str, ...]
    """What agrees, what differs and what is known of one alone, by name: "birth date"."""
    values: tuple[tuple[str, str], ...]
    """What agrees, as it stands, where the reader holds both."""
    noticed_at: int
    decided_at: int | None
    """Instants (ms)."""
    decided_by: str
    """Who decided, by name."""
    reason: str


class SamePeople:
    """The people of one hub who may be the same."""

    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        now_ms: Callable[[], int],
        new_id: Callable[[], str],
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._now_ms = now_ms
        self._own = OwnWrites(ledger, now_ms, new_id)
        self.noticing = Noticing(database, ledger, now_ms, self._own)

    def same_people(
        self, reader: str = "", *, decided: bool = False, most: int = MOST_TOLD
    ) -> list[Pair]:
        """Return the pairs that `reader` may know of, the likeliest first.

        `reader` is a member by the hub's own id; "" is whoever works on the hub's own machine, who
        holds nobody. Who is no lead is told of those alone of whom they hold both. `decided`: those
        of which something was decided, the latest first, instead of those that wait.
        """
        self.noticing.catch_up_with_all()
        now = self._now_ms()
        order = "decided_at DESC" if decided else "score DESC"
        with self._database.reading() as tx:
            role = tx.value(
                "SELECT role FROM hub_worker WHERE id = ? AND left_at IS NULL", (reader,)
            )
            is_lead = not reader or (role is not None and may(role, Right.DECIDE))
            both = f"""AND 2 = (SELECT count(DISTINCT scope) FROM hub_grant WHERE worker = ?
                AND {NOW} AND scope IN ('person:' || one, 'person:' || other))"""
            rows = tx.rows(
                "SELECT one, other, state, said, score, noticed_at, decided_at, decided_by, reason "
                f"FROM hub_pair WHERE (state = ?) <> ? {'' if is_lead else both} "
                f"ORDER BY {order}, one, other LIMIT ?",
                (NOTICED, decided, *(() if is_lead else (reader, now)), most),
            )
            names = dict(tx.rows("SELECT id, name FROM hub_worker", ()))
            return [self._told(tx, row, reader, names, now) for row in rows]

    def _told(
        self, tx: Any, row: tuple[Any, ...], reader: str, names: dict[str, str], now: int
    ) -> Pair:
        one, other, state, said, score, noticed, at, by, reason = row
        certain, agrees, differs, only_one = json.loads(said)
        holders = [_holders(tx, person, now) for person in (one, other)]
        facts = [_facts(tx, person) for person in (one, other)]
        sides = [
            Side(
                person,
                tuple(sorted(names.get(worker, "") for worker in held)),
                _name(known) if reader in held else _initials(known),
                known.born.year if reader in held and known.born else None,
                reader in held,
            )
            for person, held, known in zip((one, other), holders, facts, strict=True)
        ]
        holds_both = all(reader in held for held in holders)
        return Pair(
            *(sides[0], sides[1], state, bool(certain), int(score)),
            *(tuple(agrees), tuple(differs), tuple(only_one)),
            _agreeing(facts[0], facts[1]) if holds_both else (),
            noticed,
            None if state == NOTICED else at,
            names.get(by, by),
            reason,
        )

    # -- what is decided

    def same_as(self, shown: str, other: str, by: str, reason: str) -> None:
        """Decide that two records are one person's; `shown` stands for both from now on.

        `by` is who decides, for the audit. Whoever holds one holds the other too, what is kept
        apart excepted. Raises `NotTwoRecords`, `OneAlready`.
        """
        with self._database.writing() as tx:
            self._two_records(tx, shown, other)
            if self._state(tx, shown, other) == ONE_PERSON:
                raise OneAlready
            for record, names in ((shown, other), (other, shown)):
                for named in self.noticing.read(tx, record).others:
                    if named.other == names:  # said on one side alone until now
                        self._own.take_back(tx, record, named)
                self._own.same_person(tx, record, names, shown, reason)
            self._decide(tx, shown, other, ONE_PERSON, by, reason)

    def apart(self, one: str, other: str, by: str, reason: str) -> None:
        """Decide that two joined records are two people's after all.

        Who held the one because they held the other lets go of it, and sends first what is unsent.
        Raises `NotOne`.
        """
        with self._database.writing() as tx:
            if self._state(tx, one, other) != ONE_PERSON:
                raise NotOne
            for record, names in ((one, other), (other, one)):
                for named in self.noticing.read(tx, record).others:
                    if named.other == names:
                        self._own.take_back(tx, record, named)
            self._decide(tx, one, other, TWO_PEOPLE, by, reason)

    def not_same(self, one: str, other: str, by: str, reason: str) -> None:
        """Decide that two are two people: the pair waits no more, until something of either that
        tells who they are is another. Raises `NotTwoRecords`, `OneAlready`."""
        with self._database.writing() as tx:
            self._two_records(tx, one, other)
            if self._state(tx, one, other) == ONE_PERSON:
                raise OneAlready
            self._decide(tx, one, other, TWO_PEOPLE, by, reason)

    def _decide(self, tx: Any, one: str, other: str, state: str, by: str, reason: str) -> None:
        now = self._now_ms()
        faces = [spelled(self.noticing.read(tx, person).facts) for person in (one, other)]
        tx.execute(
            "INSERT INTO hub_pair (one, other, state, said, score, noticed_at, decided_at, "
            "decided_by, reason, of_facts) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?) "
            "ON CONFLICT (one, other) DO UPDATE SET state = excluded.state, "
            "decided_at = excluded.decided_at, decided_by = excluded.decided_by, "
            "reason = excluded.reason, of_facts = excluded.of_facts",
            (
                *(*key(one, other), state, json.dumps([False, [], [], []])),
                *(now, now, by, reason, of_facts(*faces)),
            ),
        )
        audit.add(tx, now, by, f"decided: {state}", f"{one} {other}", reason)
        self._ledger.even_out_in(tx, [f"person:{one}", f"person:{other}"])

    def _state(self, tx: Any, one: str, other: str) -> str:
        found = tx.value("SELECT state FROM hub_pair WHERE one = ? AND other = ?", key(one, other))
        return str(found or "")

    def _two_records(self, tx: Any, one: str, other: str) -> None:
        known = tx.rows("SELECT person FROM hub_face WHERE person IN (?, ?)", (one, other))
        if one == other or len(known) != 2:
            raise NotTwoRecords


def _holders(tx: Any, person: str, now: int) -> set[str]:
    rows = tx.rows(
        f"SELECT worker FROM hub_grant WHERE scope = ? AND {NOW}", (f"person:{person}", now)
    )
    return {worker for (worker,) in rows}


def _facts(tx: Any, person: str) -> Facts:
    text = tx.value("SELECT facts FROM hub_face WHERE person = ?", (person,))
    return from_text(str(text or "")) or Facts()


def _name(facts: Facts) -> str:
    return facts.called or " ".join(filter(None, (facts.given, facts.family)))


def _initials(facts: Facts) -> str:
    """Return what tells two people in a conversation apart, and nobody to a stranger."""
    words = (facts.given or facts.called, facts.family)
    return " ".join(f"{word.strip()[:1]}." for word in words if word.strip())


def _agreeing(one: Facts, other: Facts) -> tuple[tuple[str, str], ...]:
    """Return what is the same on both, as it stands."""
    same = (
        ("first name", one.given if one.given == other.given else ""),
        ("family name", one.family if one.family == other.family else ""),
        ("birth date", one.born.isoformat() if one.born and one.born == other.born else ""),
        ("NHS number", one.nhs_number if one.nhs_number == other.nhs_number else ""),
        *(("phone number", number) for number in sorted(one.phones & other.phones)),
        *(("postcode", code) for code in sorted(one.postcodes & other.postcodes)),
    )
    return tuple((what, value) for what, value in same if value)
