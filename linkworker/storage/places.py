"""Where postcodes are: a list that the team loads, of this laptop alone and never synced.

It is published, holds nothing of anybody, and is replaced whole: all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from linkworker.storage.acts import uncaptured

if TYPE_CHECKING:
    from linkworker.storage.connections import Connections


class PlaceCode(NamedTuple):
    """One postcode: its names, its decile of deprivation, and where it is."""

    code: str
    """Without a space: "LE98EB"."""
    lsoa: str
    """The lower layer super output area that it is in, by its code."""
    ward: str
    council: str
    decile: int | None
    """English Indices of Deprivation: 1 the most deprived tenth."""
    latitude: int | None
    """In hundred-thousandths of a degree, as the longitude; None where the list does not say."""
    longitude: int | None


class Places:
    """The places of one store."""

    def __init__(self, connections: Callable[[], Connections]) -> None:
        """`connections` lends the store's."""
        self._connections = connections

    def replace(self, codes: Iterable[PlaceCode]) -> int:
        """Put these in place of all that were there; return how many there are now.

        What `codes` raises while it is read leaves everything as it was.
        """
        with uncaptured(self._connections()) as raw:
            raw.execute("DELETE FROM place_code")
            raw.executemany("INSERT OR REPLACE INTO place_code VALUES (?, ?, ?, ?, ?, ?, ?)", codes)
            return int(raw.execute("SELECT count(*) FROM place_code").fetchone()[0])
