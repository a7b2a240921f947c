"""People for people: whose gift could meet somebody's hope, and whose hope a gift could meet.

Only what somebody is happy to be asked about is suggested, on the day on which it is looked at, and
nothing says why they are known here. Two who are never to meet (`not_with`) are not suggested, and
nothing says that they were left out. The coordinator always makes the introduction.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from linkworker.caseload.apart import Apart
from linkworker.caseload.reading import (
    AWAY,
    LIVING,
    NAME,
    ONLY_INTRODUCED,
    STANDING,
    Named,
    rows,
)
from linkworker.caseload.writing import NotFound
from linkworker.rules.alike import Alike, Likeness, could_share

if TYPE_CHECKING:
    from linkworker.store import ReadTx

Of = TypeVar("Of", "Gift", "Wish")

MOST = 12
"""Suggestions at most: whoever looks wants three."""


@dataclass(frozen=True)
class Gift(Named):
    """A strength that somebody is happy to be asked about."""

    place: str
    strength_id: str
    words: str
    asked_on: date | None
    """When they agreed to be asked."""
    away: str


@dataclass(frozen=True)
class Wish(Named):
    """A hope, or something that was looked for, that stands open."""

    place: str
    wish_id: str
    kind: str
    """"hope" or "looked for"."""
    words: str
    away: str


@dataclass(frozen=True)
class Meeting:
    """Somebody here who could meet it, and what both speak of."""

    gift: Gift
    likeness: Likeness


@dataclass(frozen=True)
class Wanted:
    """Somebody here whose hope a gift could meet, and what both speak of."""

    wish: Wish
    likeness: Likeness


@dataclass(frozen=True)
class Offered:
    """A gift of somebody who is with a colleague; who it is the colleague knows."""

    offer_id: str
    words: str
    area: str
    worker: str
    """The colleague to ask."""
    likeness: Likeness


_IN_SIGHT = f"""{LIVING} AND coalesce(se.kind, '') NOT IN ('stepped back', 'ended')
    AND NOT {ONLY_INTRODUCED}"""
"""Nobody is suggested to others who has stepped back, or whose introduction waits."""

_GIFTS_WORDS = "SELECT id, words FROM strength WHERE hidden_at IS NULL AND may_ask = 'yes'"

_GIFTS = f"""SELECT {NAME}, p.place, s.id, s.words, s.may_ask_on, {AWAY}
FROM strength s JOIN person p ON p.id = s.person_id {STANDING}
WHERE s.id IN (SELECT value FROM json_each(?2)) AND {_IN_SIGHT} ORDER BY s.id"""

_OPEN = """SELECT id, person_id, 'hope' AS kind, words FROM goal
    WHERE hidden_at IS NULL AND state = 'open'
    UNION ALL SELECT id, person_id, 'looked for', words FROM looked_for
    WHERE hidden_at IS NULL AND answered_on IS NULL"""
"""What is in somebody's way is not among it: it would say why they are known here."""

_WISHES_WORDS = f"SELECT id, words FROM ({_OPEN})"

_WISHES = f"""SELECT {NAME}, p.place, g.id, g.kind, g.words, {AWAY} FROM ({_OPEN}) g
JOIN person p ON p.id = g.person_id {STANDING}
WHERE g.id IN (SELECT value FROM json_each(?2)) AND {_IN_SIGHT} ORDER BY g.id"""


def who_could_meet(tx: ReadTx, person_id: str, words: str) -> list[Meeting]:
    """Return whose gift could meet what somebody hopes for or looks for, the nearest first.

    Nobody who is away now, nobody whom the person is not to be with, nor the person.
    """
    alike = Alike()
    wanted = alike.sense(words)
    apart = Apart(tx, person_id)
    may = alike.beginnings(wanted)
    found = [
        Meeting(gift, likeness)
        for gift in _those(tx, Gift, _GIFTS, may)
        if not gift.away and not apart.from_(gift)
        for likeness in [alike.likeness(wanted, alike.sense(gift.words))]
        if likeness.why
    ]
    home = _place(tx, person_id)
    return sorted(found, key=lambda one: _order(one.likeness, one.gift.place == home))[:MOST]


def who_could_use(tx: ReadTx, strength_id: str) -> list[Wanted]:
    """Return whose hopes a gift could meet, the nearest first; nobody if they may not be asked.

    Raises `NotFound`.
    """
    there = tx.one(
        "SELECT person_id, words, may_ask FROM strength WHERE id = ? AND hidden_at IS NULL",
        (strength_id,),
    )
    if there is None:
        raise NotFound(
            "Nobody was looked for.",
            "This strength is not there: it was removed, or never was.",
            "Look at the person again and choose from what stands there.",
        )
    person_id, words, may_ask = there
    if may_ask != "yes":
        return []
    alike = Alike()
    given = alike.sense(words)
    apart = Apart(tx, person_id)
    may = alike.beginnings(given)
    found = [
        Wanted(wish, likeness)
        for wish in _those(tx, Wish, _WISHES, may)
        if not wish.away and not apart.from_(wish)
        for likeness in [alike.likeness(alike.sense(wish.words), given)]
        if likeness.why
    ]
    home = _place(tx, person_id)
    return sorted(found, key=lambda one: _order(one.likeness, one.wish.place == home))[:MOST]


def offered_by_colleagues(tx: ReadTx, words: str) -> list[Offered]:
    """Return what colleagues' people agreed to have offered and could meet it, the nearest first.

    What stands on this laptop by name already is not among it.
    """
    alike = Alike()
    wanted = alike.sense(words)
    found = []
    for offer_id, said, area, worker in tx.rows(
        """SELECT o.id, o.words, o.area, coalesce(w.name, '') FROM offer o
        LEFT JOIN worker w ON w.id = o.worker_id AND w.hidden_at IS NULL
        WHERE o.hidden_at IS NULL AND o.withdrawn_on IS NULL AND NOT EXISTS (
            SELECT 1 FROM strength s WHERE s.offer_id = o.id) ORDER BY o.id""",
        (),
    ):
        likeness = alike.likeness(wanted, alike.sense(said))
        if likeness.why:
            found.append(Offered(offer_id, said, area, worker, likeness))
    return sorted(found, key=lambda one: _order(one.likeness, near=False))[:MOST]


def _those(tx: ReadTx, kind: type[Of], sql: str, beginnings: frozenset[str]) -> list[Of]:
    """Return the rows whose words could share anything; where they are is not asked of the rest."""
    tables = {Gift: _GIFTS_WORDS, Wish: _WISHES_WORDS}[kind]
    ids = [row_id for row_id, words in tx.rows(tables, ()) if could_share(words, beginnings)]
    return rows(tx, kind, sql, (tx.today.isoformat(), json.dumps(ids))) if ids else []


def _order(likeness: Likeness, near: bool) -> tuple[float, bool]:
    return -likeness.weight, not near


def _place(tx: ReadTx, person_id: str) -> str:
    return str(tx.value("SELECT place FROM person WHERE id = ?", (person_id,)) or "")
