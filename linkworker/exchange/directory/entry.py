"""What a feed says of one service, cleaned; and what had to be mended to read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from linkworker.refusal import Refused

MOST_SERVICES = 50_000
"""Entries that are taken from one feed."""

MOST_TOLD = 5_000
"""Repairs and rows left out that are told one by one; more are counted."""


MOST_KEPT = 128 * 1024 * 1024
"""Characters that are kept of one feed, with what each entry and place takes beside its words."""
BESIDE = 300
"""What an entry or a place takes beside its words."""


class NoDirectory(Refused):
    """What was named is no directory that can be read."""

    def __init__(self, why: str, to_do: str = "") -> None:
        super().__init__(
            "Nothing was taken in, and nothing changed.",
            why,
            to_do
            or "Name a file or feed of Open Referral UK 3.0 or 1.0: JSON, or its CSV package.",
        )


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

    def size(self) -> int:
        """Return about how much it takes, in characters."""
        return _size(self) + sum(map(_size, self.places))


def _size(one: Entry | Place) -> int:
    said = vars(one).values()
    words = sum(len(value) for value in said if isinstance(value, str))
    lists = (value for value in said if isinstance(value, tuple))
    return BESIDE + words + sum(len(each) for one in lists for each in one if isinstance(each, str))


@dataclass(frozen=True)
class Told:
    """One repair, or one row that was left out: where, and what."""

    row: int
    """Which service of the feed, from 1; 0 for the feed itself."""
    field: str
    what: str


WHOLE, CHANGES, UNCHANGED, REST, PART = "whole", "changes", "unchanged", "rest", "part"
"""How a feed was read: all of it; what it says has changed; nothing, for it says that nothing has;
the rest of what was cut; or the part for which its address asks."""


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
    """Whether the feed was read to its end."""
    how: str = WHOLE
    from_page: int = 1
    """Where a feed that was cut was gone on with."""
    joined: set[str] = field(default_factory=set)
    """The ids of services of which two and more were joined."""

    @property
    def tells_what_is_gone(self) -> bool:
        """Whether what is not in it is gone from the feed: never of a part."""
        return self.whole and self.how == WHOLE

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
