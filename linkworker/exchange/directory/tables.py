"""The tabular data package of Open Referral UK 3.0: CSV files that name each other's rows.

`services.csv` is read twice, row by row, and none of it is held but whose rows are wanted; of the
other tables only what belongs to one of them is kept, so a table of a million rows costs no more
memory than one of a thousand.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Set
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from typing import IO, Any, TextIO

from linkworker.exchange.directory.entry import (
    BESIDE,
    MOST_KEPT,
    MOST_SERVICES,
    NoDirectory,
    Report,
)
from linkworker.exchange.directory.letters import encoding_of

MOST_OF_ONE = 200
"""Rows of one table that belong to one service at most."""
LARGEST_TABLE = 512 * 1024 * 1024
"""Bytes that a table of a zip may have unpacked."""
LARGEST_CELL = 1_000_000

LOCKED = 1
"""Of the flags of a file in a zip, the one that says it has a password."""

UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, LZMAError, EOFError, RuntimeError)
"""What reading a broken file or zip raises; a packing that is not known is a `RuntimeError`."""

Row = dict[str, Any]


def services(path: Path, report: Report) -> Iterator[Row]:
    """Give the services of a package with what belongs to them, in the shape of the JSON.

    Raises `NoDirectory`.
    """
    package = _Package(path)
    first = package.name_of("services", "service")
    if not first:
        raise NoDirectory("There is no services.csv in it.")
    before = csv.field_size_limit(LARGEST_CELL)
    try:
        yield from _services(package, first, report)
    finally:
        csv.field_size_limit(before)  # it is the whole process's


def _services(package: _Package, first: str, report: Report) -> Iterator[Row]:
    ids, owners = set(), set()
    for row in _kept(package, first, Report()):  # what breaks in it is told when it is read again
        if not package.holds({"id": row["id"]}, report):
            break
        ids.add(row["id"])
        owners.add(row.get("organization_id"))
    organisations = {
        row["id"]: row
        for row in package.rows(report, "organizations", "organisations")
        if row["id"] in owners and package.holds(row, report)
    }
    of = {
        name: package.of(report, ids, "service_id", name)
        for name in ("cost_options", "languages", "service_areas", "contacts")
    }
    at = package.of(report, ids, "service_id", "service_at_location", "service_at_locations")
    schedules = package.of(report, ids, "service_id", "schedules")
    used = {row.get("location_id") for rows in at.values() for row in rows}
    locations = {
        row["id"]: row
        for row in package.rows(report, "locations")
        if row["id"] in used and package.holds(row, report)
    }
    addresses = package.of(report, used, "location_id", "addresses", "physical_addresses")
    access = package.of(report, used, "location_id", "accessibility")
    people = {row.get("id") for rows in of["contacts"].values() for row in rows}
    phones = package.of(report, people, "contact_id", "phones")
    attributes = package.of(report, ids, "link_id", "attributes", "attribute")
    named = {row.get("taxonomy_term_id") for rows in attributes.values() for row in rows}
    terms = {
        row["id"]: row
        for row in package.rows(report, "taxonomy_terms")
        if row["id"] in named and package.holds(row, report)
    }
    for row in _kept(package, first, report):
        one = row["id"]
        yield row | {
            "organization": organisations.get(row.get("organization_id"), {}),
            "cost_options": of["cost_options"][one],
            "languages": of["languages"][one],
            "service_areas": of["service_areas"][one],
            "schedules": [each for each in schedules[one] if not each.get("service_at_location_id")]
            or schedules[one],
            "contacts": [each | {"phones": phones[each.get("id")]} for each in of["contacts"][one]],
            "attributes": [
                {"taxonomy_term": terms.get(each.get("taxonomy_term_id"), {})}
                for each in attributes[one]
            ],
            "service_at_locations": [
                {
                    "location": locations.get(each.get("location_id"), {})
                    | {
                        "addresses": addresses[each.get("location_id")],
                        "accessibility": access[each.get("location_id")],
                    }
                }
                for each in at[one]
            ],
        }


def _kept(package: _Package, name: str, report: Report) -> Iterator[Row]:
    for number, row in enumerate(package.read(name, report), 1):
        if number > MOST_SERVICES:
            report.broke_off(f"only the first {MOST_SERVICES} services are taken in")
            return
        yield row


class _Package:
    """The tables of a package, by name, wherever they lie."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._zip = path.is_file() and path.suffix.casefold() == ".zip"
        self._names: dict[str, str] = {}
        self._held = 0
        try:
            if self._zip:
                with zipfile.ZipFile(path) as packed:
                    inside = packed.infolist()
                if any(one.flag_bits & LOCKED for one in inside):
                    raise NoDirectory("It is locked with a password.")
                names = [one.filename for one in inside]
            elif path.is_dir():
                names = [one.name for one in sorted(path.iterdir()) if one.is_file()]
            else:
                names = [path.name]
                self._names["services"] = path.name
        except (OSError, zipfile.BadZipFile):
            raise NoDirectory("It cannot be opened, or is no zip.") from None
        for one in names:
            base = one.rsplit("/", 1)[-1].casefold()
            if base.endswith(".csv"):
                self._names.setdefault(base.removesuffix(".csv"), one)

    def name_of(self, *names: str) -> str:
        """Return the file of the first of these tables that is there, "" for none."""
        return next((self._names[one] for one in names if one in self._names), "")

    def rows(self, report: Report, *names: str) -> Iterator[Row]:
        """Give the rows of a table, nothing where it is not there."""
        if name := self.name_of(*names):
            yield from self.read(name, report)

    def of(
        self, report: Report, wanted: Set[Any], column: str, *names: str
    ) -> defaultdict[Any, list[Row]]:
        """Return the rows of a table that belong to these, by whose they are.

        A row that says nothing of whose it is belongs to nobody, also not to a service without id.
        """
        found: defaultdict[Any, list[Row]] = defaultdict(list)
        for row in self.rows(report, *names):
            whose = row.get(column)
            if not whose or whose not in wanted or len(found[whose]) >= MOST_OF_ONE:
                continue
            if self.holds(row, report):
                found[whose].append(row)
        return found

    def holds(self, row: Row, report: Report) -> bool:
        """Say whether a row beside the services is kept: all of them together are bounded."""
        if self._held > MOST_KEPT:
            return False
        self._held += BESIDE + sum(map(len, row.values()))
        if self._held > MOST_KEPT:
            report.broke_off("the tables beside the services say too much: not all was read")
        return self._held <= MOST_KEPT

    def read(self, name: str, report: Report) -> Iterator[Row]:
        """Give the rows of a file, as far as it can be read. Raises `NoDirectory`."""
        line = 0
        try:
            with self._opened(name, report) as file:
                reader = csv.reader(file)
                heads = [one.strip().casefold() for one in next(reader, [])]
                for cells in reader:
                    line = reader.line_num
                    if any(cells):
                        row = dict(zip(heads, cells, strict=False))
                        yield row | {"id": row.get("id", "")}
        except csv.Error:
            report.broke_off(f"the table {_plain(name)} breaks after line {line}")
        except UNREADABLE:
            report.broke_off(f"the table {_plain(name)} could not be read to its end")

    @contextmanager
    def _opened(self, name: str, report: Report) -> Iterator[TextIO]:
        with self._bytes(name) as file:
            encoding = encoding_of(file)
        if encoding == "cp1252":
            report.repair(0, _plain(name), "it is no UTF-8: it was read as Windows-1252")
        with (
            self._bytes(name) as file,
            io.TextIOWrapper(file, encoding, "replace", newline="") as words,
        ):
            yield words

    @contextmanager
    def _bytes(self, name: str) -> Iterator[IO[bytes]]:
        if not self._zip:
            place = self._path / name if self._path.is_dir() else self._path
            with place.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(self._path) as packed:
            if packed.getinfo(name).file_size > LARGEST_TABLE:
                raise NoDirectory("A table in it is too large.")
            with packed.open(name) as file:
                yield file


def _plain(name: str) -> str:
    """Return which table it is, in letters that can be shown."""
    base = name.rsplit("/", 1)[-1].casefold().removesuffix(".csv")
    return "".join(one for one in base if one.isascii() and (one.isalnum() or one == "_"))[:40]
