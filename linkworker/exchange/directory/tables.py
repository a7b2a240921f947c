"""The tabular data package of Open Referral UK 3.0: CSV files that name each other's rows.

`services.csv` is read row by row, so many services at most; of the other tables only what belongs
to one of them is kept, so a table of a million rows costs no more memory than one of a thousand.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from linkworker.exchange.directory.entry import MOST_SERVICES, Report
from linkworker.refusal import Refused

MOST_OF_ONE = 200
"""Rows of one table that belong to one service at most."""
LARGEST_TABLE = 512 * 1024 * 1024
"""Bytes that a table of a zip may have unpacked."""
LARGEST_CELL = 1_000_000

Row = dict[str, Any]
Refuses = Callable[[str], Refused]


def services(path: Path, report: Report, refuse: Refuses) -> Iterator[Row]:
    """Give the services of a package with what belongs to them, in the shape of the JSON.

    Raises what `refuse` makes of a reason.
    """
    package = _Package(path, refuse)
    first = package.name_of("services", "service")
    if not first:
        raise refuse("There is no services.csv in it.")
    csv.field_size_limit(LARGEST_CELL)
    kept = list(_kept(package, first, report))
    ids = {row["id"] for row in kept}
    organisations = {
        row["id"]: row
        for row in package.rows(report, "organizations", "organisations")
        if row.get("id") in {one.get("organization_id") for one in kept}
    }
    of = {
        name: package.of(report, ids, "service_id", name)
        for name in ("cost_options", "languages", "service_areas", "contacts")
    }
    at = package.of(report, ids, "service_id", "service_at_location", "service_at_locations")
    schedules = package.of(report, ids, "service_id", "schedules")
    used = {row.get("location_id") for rows in at.values() for row in rows}
    locations = {
        row["id"]: row for row in package.rows(report, "locations") if row.get("id") in used
    }
    addresses = package.of(report, used, "location_id", "addresses", "physical_addresses")
    access = package.of(report, used, "location_id", "accessibility")
    people = {row.get("id") for rows in of["contacts"].values() for row in rows}
    phones = package.of(report, people, "contact_id", "phones")
    terms = {row.get("id"): row for row in package.rows(report, "taxonomy_terms")}
    attributes = package.of(report, ids, "link_id", "attributes", "attribute")
    for row in kept:
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

    def __init__(self, path: Path, refuse: Refuses) -> None:
        self._path = path
        self._refuse = refuse
        self._zip = path.is_file() and path.suffix.casefold() == ".zip"
        self._names: dict[str, str] = {}
        try:
            if self._zip:
                with zipfile.ZipFile(path) as packed:
                    names = [one.filename for one in packed.infolist()]
            elif path.is_dir():
                names = [one.name for one in sorted(path.iterdir()) if one.is_file()]
            else:
                names = [path.name]
                self._names["services"] = path.name
        except (OSError, zipfile.BadZipFile):
            raise refuse("It cannot be opened, or is no zip.") from None
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
        self, report: Report, wanted: set[Any], column: str, *names: str
    ) -> defaultdict[Any, list[Row]]:
        """Return the rows of a table that belong to these, by whose they are."""
        found: defaultdict[Any, list[Row]] = defaultdict(list)
        for row in self.rows(report, *names):
            whose = row.get(column)
            if whose in wanted and len(found[whose]) < MOST_OF_ONE:
                found[whose].append(row)
        return found

    def read(self, name: str, report: Report) -> Iterator[Row]:
        """Give the rows of a file. Raises `Refuses` where it cannot be read at all."""
        with self._opened(name) as file:
            reader = csv.reader(file)
            try:
                heads = [one.strip().casefold() for one in next(reader, [])]
                for cells in reader:
                    if any(cells):
                        row = dict(zip(heads, cells, strict=False))
                        yield row | {"id": row.get("id", "")}
            except csv.Error:
                report.broke_off(f"the table {_plain(name)} breaks at line {reader.line_num}")
            except (OSError, zipfile.BadZipFile, EOFError):
                report.broke_off(f"the table {_plain(name)} could not be read to its end")

    @contextmanager
    def _opened(self, name: str) -> Iterator[TextIO]:
        if not self._zip:
            place = self._path / name if self._path.is_dir() else self._path
            with place.open(encoding="utf-8-sig", errors="replace", newline="") as file:
                yield file
            return
        with zipfile.ZipFile(self._path) as packed:
            if packed.getinfo(name).file_size > LARGEST_TABLE:
                raise self._refuse("A table in it is too large.")
            with packed.open(name) as raw:
                yield io.TextIOWrapper(raw, "utf-8-sig", "replace", newline="")


def _plain(name: str) -> str:
    """Return which table it is, in letters that can be shown."""
    base = name.rsplit("/", 1)[-1].casefold().removesuffix(".csv")
    return "".join(one for one in base if one.isascii() and (one.isalnum() or one == "_"))[:40]
