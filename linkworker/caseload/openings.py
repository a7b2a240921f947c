"""Who and what could meet a hope, in the order in which the plan asks: people first.

People whose gifts could meet it, then what colleagues' people agreed to have offered, then groups
and services of the directory. Nothing found anywhere is a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linkworker.caseload.bringing_together import (
    Meeting,
    Offered,
    offered_by_colleagues,
    who_could_meet,
)
from linkworker.caseload.reading import rows
from linkworker.rules.alike import Alike, words_alike
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
    """Return entries that speak of the same: their own words first, then those of its topics."""
    alike = Alike()
    own = [word for said in alike.sense(words).stems.values() for word in words_of(said)]
    near = sorted(words_alike(alike, [words]))
    found: dict[str, Listed] = {}
    for some in (own, [word for said in near for word in words_of(said)]):
        if len(found) >= MOST or not some:
            continue
        asked = " OR ".join(f'"{word}"' for word in some[:MOST_WORDS])
        for one in rows(tx, _Row, _SQL, (asked, PER_SECOND)):
            listed = Listed(
                one.service_id, one.name, one.organisation, one.times, one.words, _is_group(one)
            )
            found.setdefault(one.service_id, listed)
    return list(found.values())[:MOST]


@dataclass(frozen=True)
class _Row:
    service_id: str
    name: str
    organisation: str
    times: str
    words: str
    kinds: tuple[str, ...]


_SQL = """SELECT s.id, s.name, s.organisation, s.times, s.words, s.kinds
FROM search_fts f JOIN search_doc d ON d.id = f.rowid AND d.tbl = 'service'
JOIN service s ON s.id = d.pk
WHERE search_fts MATCH ? AND f.rowid < ? AND s.do_not_list = 0 AND s.gone_on IS NULL
ORDER BY f.rank LIMIT 8"""


def _is_group(one: _Row) -> bool:
    said = {word.casefold() for word in words_of(f"{one.name} {' '.join(one.kinds)}")}
    return bool(said & GROUPS)
