"""What a feed says of one service, cleaned; and what had to be mended to read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

MOST_SERVICES = 50_000
"""Entries that are taken from one feed."""

MOST_TOLD = 5_000
"""Repairs and rows left out that are told one by one; more are counted."""


@dataclass(frozen=True)
class Place:
    """Where a service is to be found."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    latitude: int | None = None
    """In hundred-thousandths of a degree, as the longitude."""
    longitude: int | None = None
    access: str = ""
    times: str = ""
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One service, as its feed says it; the fields are the columns of `schema.Service`."""

    source_id: str
    name: str
    organisation: str = ""
    about: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""
    cost: str = ""
    times: str = ""
    days: tuple[str, ...] = ()
    youngest: int | None = None
    oldest: int | None = None
    for_whom: str = ""
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    area: str = ""
    alert: str = ""
    checked_on: date | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Told:
    """One repair, or one row that was left out: where, and what."""

    row: int
    """Which service of the feed, from 1; 0 for the feed itself."""
    field: str
    what: str


@dataclass
class Report:
    """What reading a feed found; grows while it is read."""

    rows: int = 0
    repairs: list[Told] = field(default_factory=list)
    left_out: list[Told] = field(default_factory=list)
    repaired: int = 0
    """How many repairs, also those that are not told one by one."""
    not_taken: int = 0
    """How many rows were left out, likewise."""
    whole: bool = True
    """Whether the feed was read to its end: only then is what it has no more gone."""

    def repair(self, row: int, name: str, what: str) -> None:
        """Tell a repair."""
        self.repaired += 1
        if len(self.repairs) < MOST_TOLD:
            self.repairs.append(Told(row, name, what))

    def leave_out(self, row: int, what: str) -> None:
        """Tell a row that was left out."""
        self.not_taken += 1
        if len(self.left_out) < MOST_TOLD:
            self.left_out.append(Told(row, "", what))

    def broke_off(self, what: str) -> None:
        """Tell that the feed was not read to its end."""
        self.whole = False
        self.leave_out(0, what)
