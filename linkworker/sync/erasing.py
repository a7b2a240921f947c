"""How many people a hub may erase from a laptop in one sync without anybody here being asked.

Somebody is erased because they asked for it: one now and then. A hub that erases most of a caseload
at once was put together wrongly, or is not the team's; what is erased is nowhere else afterwards.
Whoever leaves the team loses everybody by another way: what was sent is held by the hub.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from linkworker.refusal import Refused
from linkworker.scopes import person_of

FEW = 3
"""People who are always erased at once."""

SHARE = 4
"""Else one in so many of those who are here."""


class ErasesMany(Refused):
    """The hub would erase more people at once than is believed of it; they are kept."""

    def __init__(self, people: int, of: int) -> None:
        """`people` is how many it names, `of` how many are here."""
        super().__init__(
            "Nobody was erased.",
            f"The hub says that {people} of the {of} people on this laptop are to be erased for "
            "good. That is a great many at once: they are kept here. All else was sent and "
            "fetched.",
            "Ask your team lead whether that is right. If it is, 'linkworker sync --erase' "
            "erases them here.",
        )


class Records(Protocol):
    """The laptop's side of it (`replica.Replica`)."""

    def known_scopes(self) -> set[str]:
        """Return the scopes of which anything stands here."""

    def erase(self, scopes: Sequence[str]) -> None:
        """Erase scopes for good."""


class Erasing:
    """What one sync erases."""

    def __init__(self, records: Records, agreed: bool) -> None:
        """`agreed`: somebody here said that whoever the hub names is to be erased."""
        self._records = records
        self._agreed = agreed
        self.gone: set[str] = set()
        """The people who stood here and were erased."""
        self._kept: set[str] = set()
        self._of = 0

    def erase(self, said: Iterable[str]) -> None:
        """Erase the people whom the hub names; the team, or a worker's own, is never erased."""
        scopes = sorted(one for one in said if one.startswith("person:"))
        if not scopes:
            return
        people = {person_of(one) for one in scopes}
        here = {person for one in self._records.known_scopes() if (person := person_of(one))}
        gone, of = self.gone | (people & here), len(here | self.gone)
        if len(gone) > max(FEW, of // SHARE) and not self._agreed:
            self._kept, self._of = gone - self.gone, of
            return
        self._records.erase(scopes)
        self.gone = gone

    def said(self) -> None:
        """Raise `ErasesMany` where people were kept whom the hub would erase."""
        if self._kept:
            raise ErasesMany(len(self._kept), self._of)
