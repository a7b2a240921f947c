"""Who and what could meet a hope, in the order in which the plan asks: people first.

People whose gifts could meet it, then what colleagues' people agreed to have offered, then groups
and services of the directory. Nothing found anywhere is a gap. And the other way, from a gift to
where it is wanted: people, then groups, those that speak of helpers first, then gaps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linkworker.caseload.bringing_together import (
    Meeting,
    Offered,
    Wanted,
    offered_by_colleagues,
    who_could_meet,
    who_could_use,
)
from linkworker.caseload.gaps import Gap, near
from linkworker.caseload.reading import rows
from linkworker.rules.alike import NOTHING, Alike, Likeness, Sense, words_alike
from linkworker.storage.searching import PER_SECOND, words_of

if TYPE_CHECKING:
    from linkworker.store import ReadTx

MOST = 8
"""Entries of the directory that are suggested."""
MOST_WORDS = 40
"""Words that are looked for at once."""

GROUPS = frozenset(
    (
        *("club", "group", "choir", "circle", "society", "class", "cafe", "café", "walk", "walks"),
        *("band", "team", "league", "natter", "friends", "association", "guild", "breakfast"),
        *("lunch", "session", "sessions", "shed", "allotment"),
    )
)
"""Words by which something of the directory is a group of people, and no service."""
HELPERS = re.compile(r"\b(helpers?|volunteer\w*|pairs? of hands)\b", re.IGNORECASE)
"""How a group says that it takes helpers."""


@dataclass(frozen=True)
class Listed:
    """An entry of the directory that could meet it."""

    service_id: str
    name: str
    organisation: str
    times: str
    words: str
    """What the team knows of it."""
    is_group: bool
    days: tuple[str, ...] = ()
    """On which days, as of `rules.wanted.DAYS`."""
    likeness: Likeness = NOTHING
    """What it and the hope both speak of."""


@dataclass(frozen=True)
class Openings:
    """All that could meet a hope."""

    people: tuple[Meeting, ...]
    colleagues: tuple[Offered, ...]
    groups: tuple[Listed, ...]
    services: tuple[Listed, ...]

    @property
    def nothing(self) -> bool:
        """Whether there is nothing here: a gap."""
        return not (self.people or self.colleagues or self.groups or self.services)


@dataclass(frozen=True)
class Helped:
    """A group that a gift could help, and what both speak of."""

    group: Listed
    likeness: Likeness
    takes_helpers: bool
    """Whether it speaks of helpers itself."""


@dataclass(frozen=True)
class Filled:
    """A gap that a gift could close, and what both speak of."""

    gap: Gap
    likeness: Likeness


@dataclass(frozen=True)
class Uses:
    """Where a gift is wanted."""

    people: tuple[Wanted, ...]
    groups: tuple[Helped, ...]
    gaps: tuple[Filled, ...]


def uses(tx: ReadTx, strength_id: str, words: str) -> Uses:
    """Return where a gift is wanted: by whom, by which groups, and which gaps it could close.

    `words` are the gift's. Raises `NotFound` where the strength is not there.
    """
    return Uses(
        tuple(who_could_use(tx, strength_id)),
        tuple(_groups_helped(tx, words)),
        tuple(Filled(gap, likeness) for likeness, gap in near(tx, words)[:MOST]),
    )


def _groups_helped(tx: ReadTx, words: str) -> list[Helped]:
    """Return groups that speak of the same as a gift: the directory's, and those of the diary."""
    alike = Alike()
    given = alike.sense(words)
    told = [
        (_listing(one), f"{one.name} {one.about} {one.words}")
        for one in _found(tx, alike, words)
        if _is_group(one)
    ]
    listed = {one.service_id for one, _ in told}
    told += [
        (Listed(str(service or ""), str(name), "", "", str(about), True), f"{name} {about}")
        for service, name, about in tx.rows(_OURS, ())
        if not service or service not in listed
    ]
    helped = [_helped(alike, given, *one) for one in told]
    helped = [one for one in helped if one.likeness.why]
    return sorted(helped, key=lambda one: (not one.takes_helpers, -one.likeness.weight))[:MOST]


def _helped(alike: Alike, given: Sense, group: Listed, said: str) -> Helped:
    takes = HELPERS.search(said) is not None
    return Helped(group, alike.likeness(alike.sense(said), given), takes)


def openings(tx: ReadTx, person_id: str, words: str) -> Openings:
    """Return who and what could meet what somebody hopes for or looks for."""
    listed = _listed(tx, words)
    return Openings(
        tuple(who_could_meet(tx, person_id, words)),
        tuple(offered_by_colleagues(tx, words)),
        tuple(one for one in listed if one.is_group),
        tuple(one for one in listed if not one.is_group),
    )


def _listed(tx: ReadTx, words: str) -> list[Listed]:
    """Return entries that speak of the same, the nearest first, each with what that is."""
    alike = Alike()
    wanted = alike.sense(words)
    found = [
        _listing(one, alike.likeness(wanted, alike.sense(_said_by(one))))
        for one in _found(tx, alike, words)
    ]
    found = [one for one in found if one.likeness.why]
    return sorted(found, key=lambda one: -one.likeness.weight)[:MOST]


def _found(tx: ReadTx, alike: Alike, asked: str) -> list[_Row]:
    """Return entries that speak of the same: their own words first, then those of its topics."""
    own = [word for said in alike.sense(asked).stems.values() for word in _words(said)]
    topics = [word for said in sorted(words_alike(alike, [asked])) for word in _words(said)]
    found: dict[str, _Row] = {}
    for some in (own, topics):
        if len(found) >= MOST or not some:
            continue
        wanted = " OR ".join(f'"{word}"' for word in some[:MOST_WORDS])
        for one in rows(tx, _Row, _SQL, (wanted, PER_SECOND)):
            found.setdefault(one.service_id, one)
    return list(found.values())


def _words(said: str) -> list[str]:
    """Return words as the index has them; of "isn't" the "t" alone is none."""
    return [word for word in words_of(said) if len(word) > 1]


def _said_by(one: _Row) -> str:
    return f"{one.name} {' '.join(one.kinds)} {one.about} {one.words}"


def _listing(one: _Row, likeness: Likeness = NOTHING) -> Listed:
    return Listed(
        one.service_id,
        one.name,
        one.organisation,
        one.times,
        one.words,
        _is_group(one),
        one.days,
        likeness,
    )


@dataclass(frozen=True)
class _Row:
    service_id: str
    name: str
    organisation: str
    times: str
    words: str
    kinds: tuple[str, ...]
    about: str
    days: tuple[str, ...]


_OURS = """SELECT service_id, name, about FROM community_group
WHERE hidden_at IS NULL AND ended_on IS NULL ORDER BY id"""

_SQL = """SELECT s.id, s.name, s.organisation, s.times, s.words, s.kinds, s.about, s.days
FROM search_fts f JOIN search_doc d ON d.id = f.rowid AND d.tbl = 'service'
JOIN service s ON s.id = d.pk
WHERE search_fts MATCH ? AND f.rowid < ? AND s.do_not_list = 0
    AND (s.gone_on IS NULL OR s.confirmed_on >= s.gone_on)
ORDER BY f.rank LIMIT 8"""


def _is_group(one: _Row) -> bool:
    said = {word.casefold() for word in words_of(f"{one.name} {' '.join(one.kinds)}")}
    return bool(said & GROUPS)
