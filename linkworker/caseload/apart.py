"""Whom somebody is never brought together with, whichever of the two records says so.

Suggestions leave them out and say nothing. Where a coordinator herself names the other, she is told
that the two are kept apart, and neither whose page says it nor why.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linkworker.caseload.entered_twice import groups
from linkworker.caseload.reading import NAME, Named, rows
from linkworker.rules.not_to_meet import NotToMeet
from linkworker.rules.shown_names import shown_name
from linkworker.text import folded

if TYPE_CHECKING:
    from linkworker.store import ReadTx


class Apart:
    """Whom one person is not to be brought together with."""

    def __init__(self, tx: ReadTx, person_id: str) -> None:
        """Read it, of all the records that are of this person."""
        several = groups(tx)
        records = several.get(person_id, (person_id,))
        self._ids = {person_id, *records}
        self._said: list[str] = []
        """The names of those who have no record here."""
        own = [named for one in records for named in _named(tx, one)]
        own_names = {word for one in own for word in _words_of(one)}
        for whose, other, name in tx.rows(
            "SELECT person_id, other_person_id, name FROM not_with WHERE hidden_at IS NULL", ()
        ):
            if whose in records:
                self._ids.add(other)
                self._said.append(name)
            elif other in records or _is_named(own_names, _words_in(name)):
                self._ids.add(whose)
        self._ids |= {one for known in self._ids for one in several.get(known, ())}
        self._others = sorted(self._ids - {person_id, *records, ""})
        self._names = [words for name in self._said if (words := _words_in(name))]

    def from_(self, other: Named) -> bool:
        """Say whether the two are never to be brought together."""
        if other.person_id in self._ids:
            return True
        theirs = _words_of(other) if self._names else set()
        return any(_is_named(theirs, name) for name in self._names)

    def by_name(self, tx: ReadTx) -> tuple[NotToMeet, ...]:
        """Return them by their names."""
        here = [named for one in self._others for named in _named(tx, one)]
        known = [NotToMeet(one.called, one.given, one.family, one.person_id) for one in here]
        return (*known, *(NotToMeet(name) for name in self._said if name.strip()))


def not_to_meet(tx: ReadTx, person_id: str) -> tuple[NotToMeet, ...]:
    """Return by name whom somebody is not to be brought together with."""
    if tx.value("SELECT 1 FROM not_with WHERE hidden_at IS NULL LIMIT 1") is None:
        return ()  # so it is nearly everywhere, and a note is begun at a key
    return Apart(tx, person_id).by_name(tx)


def means_one(tx: ReadTx, person_id: str, name: str, *, a_person: bool) -> bool:
    """Say whether a name that was typed may mean somebody whom they are not to be with."""
    return any(one.is_meant(name, a_person=a_person) for one in not_to_meet(tx, person_id))


def _named(tx: ReadTx, person_id: str) -> list[Named]:
    return rows(tx, Named, f"SELECT {NAME} FROM person p WHERE p.id = ?", (person_id,))


def _is_named(theirs: set[str], name: set[str]) -> bool:
    """Say whether every word of a name is somebody's: too many are left out, never too few."""
    return bool(name) and name <= theirs


def _words_of(one: Named) -> set[str]:
    """Return every word by which somebody is called, folded."""
    shown = shown_name(one.called, one.given, one.family, one.description)
    return _words_in(f"{one.called} {one.given} {one.family} {shown}")


def _words_in(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", folded(name)))
