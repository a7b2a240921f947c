"""A list of postcodes, as the Office for National Statistics and councils publish it: CSV.

Its columns are known by any of the names that such lists have; what else stands in them is left.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from linkworker.exchange.directory.cleaning import number, point
from linkworker.refusal import Refused
from linkworker.rules.numbers import postcode
from linkworker.storage.places import PlaceCode
from linkworker.text import clean, one_line

MOST_ROWS = 3_000_000
"""Great Britain has 2.7 million postcodes, with those that ended."""
MOST_NAME = 100
MOST_CELL = 10_000
"""Characters of a cell; one that is longer is a quotation mark that was never closed."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("pcds", "pcd", "pcd7", "pcd8", "postcode"),
    "lsoa": ("lsoa21_code", "lsoa21cd", "lsoa21", "lsoa11_code", "lsoa11cd", "lsoa11"),
    "ward": ("ward_name", "wd_name", "ward"),
    "council": ("lad_name", "ladnm", "laua_name", "council", "district"),
    "decile": ("imd2025_decile", "imd_decile", "decile"),
    "latitude": ("lat", "latitude"),
    "longitude": ("long", "lng", "longitude"),
}
"""The names that each column may have, small letters."""


class NoPlaces(Refused):
    """The file is no list of postcodes."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "No places were taken in, and those that were here still are.",
            why,
            "Name a CSV file with a column of postcodes (pcds) and where they are: wards, areas "
            "(lsoa21), or lat and long, such as the ONS Postcode Directory.",
        )


def places_in(path: Path) -> Iterator[PlaceCode]:
    """Give the postcodes of a file, row by row; a row without one is passed over.

    Raises `NoPlaces`, before the first where it is no such list.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            reader = csv.reader(file)
            heads = [one.strip().casefold() for one in next(reader, [])]
            at = {
                name: next((heads.index(one) for one in names if one in heads), -1)
                for name, names in COLUMNS.items()
            }
            if at["code"] < 0 or max(at[one] for one in at if one != "code") < 0:
                raise NoPlaces("It has no column of postcodes, or none that says where they are.")
            for row, cells in enumerate(reader, 2):
                if row > MOST_ROWS:
                    raise NoPlaces(f"It has more than {MOST_ROWS} rows.")
                if any(len(one) > MOST_CELL for one in cells):
                    raise NoPlaces("It breaks off, or is no table.")
                found = _place(cells, at)
                if found is not None:
                    yield found
    except csv.Error:
        raise NoPlaces("It breaks off, or is no table.") from None
    except (OSError, ValueError):
        raise NoPlaces("There is no such file, or it cannot be read.") from None


def _place(cells: list[str], at: Mapping[str, int]) -> PlaceCode | None:
    said = {name: cells[place] if 0 <= place < len(cells) else "" for name, place in at.items()}
    code = postcode(said["code"])
    if not code.good:
        return None
    latitude, longitude = point(said["latitude"], said["longitude"], _quiet)
    lsoa, ward, council = (
        one_line(clean(said[name]))[:MOST_NAME] for name in ("lsoa", "ward", "council")
    )
    return PlaceCode(
        code.shown.replace(" ", ""),
        lsoa,
        ward,
        council,
        number(said["decile"], 1, 10, _quiet),
        latitude,
        longitude,
    )


def _quiet(_: str) -> None:
    """Hear nothing: a published list's slips are nobody's here to mend."""
