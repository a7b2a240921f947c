"""From a file, a folder or a zip to the services in it, whatever of it is whole.

JSON: a list, a page (`contents` in 3.0, `content` in 1.0), one service, an organisation with its
services. Tables: the CSV data package of 3.0, as a folder, a zip, or its `services.csv` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from linkworker.exchange.directory import documents, tables
from linkworker.exchange.directory.entry import (
    MOST_KEPT,
    MOST_SERVICES,
    Entry,
    NoDirectory,
    Place,
    Report,
)
from linkworker.exchange.directory.mapping import MOST_PARTS, Reader
from linkworker.text import folded

Stands = Callable[[str], bool]
"""Whether an entry of this id of the feed stands here."""


def read_file(
    path: Path, report: Report, today: date, stands: Stands = lambda _: False
) -> list[Entry]:
    """Return the entries of a file, a folder or a zip. Raises `NoDirectory`."""
    return entries(_raws_of(path, report), report, today, stands)


def _raws_of(path: Path, report: Report) -> Iterator[Any]:
    if not path.exists():
        raise NoDirectory("There is no such file or folder.", "Look at its name.")
    if path.is_dir() or path.suffix.casefold() in (".zip", ".csv"):
        yield from tables.services(path, report)
        return
    if not path.is_file():
        raise NoDirectory("It is no file.")
    yield from documents.services_of(path, report)


def entries(
    raws: Iterator[Any], report: Report, today: date, stands: Stands = lambda _: False
) -> list[Entry]:
    """Return services as entries; one that stands there twice is one.

    Of ids that differ it keeps the one that stands here, with what the team knows of it; else the
    first in their order, so that a feed that gives them in another order is the same feed.
    """
    reader = Reader(report, today)
    found: dict[str, Entry] = {}
    by_name: dict[tuple[str, ...], str] = {}
    kept = 0
    for row, raw in enumerate(raws, 1):
        if row > MOST_SERVICES:
            report.broke_off(f"only the first {MOST_SERVICES} services are taken in")
            break
        report.rows = row
        entry = reader.read(row, raw)
        if entry is None:
            continue
        kept += entry.size()
        if kept > MOST_KEPT:
            report.broke_off(f"only the first {row - 1} services are taken in: they say too much")
            break
        if entry.source_id in found:
            report.leave_out(row, "its id stood there before: what both say was joined")
            report.joined.add(entry.source_id)
            found[entry.source_id] = _joined(found[entry.source_id], entry)
            continue
        alike = _told_by(entry)
        if alike in by_name:
            report.leave_out(row, "name, organisation and place stood there before: joined")
            report.joined.update((by_name[alike], entry.source_id))
            other = found.pop(by_name[alike])
            kept_id = min(other.source_id, entry.source_id, key=lambda one: (not stands(one), one))
            found[kept_id] = replace(_joined(other, entry), source_id=kept_id)
            by_name[alike] = kept_id
            continue
        by_name[alike] = entry.source_id
        found[entry.source_id] = entry
    if not found and report.whole:  # else a file that is empty by mistake would end everything
        report.broke_off("no service could be read in it: nothing is marked as gone")
    return list(found.values())


def _told_by(entry: Entry) -> tuple[str, ...]:
    """Return what makes two entries one although their ids differ."""
    where = sorted({one.postcode or folded(one.address) for one in entry.places})
    return folded(entry.name), folded(entry.organisation), folded(entry.times), *where


def _joined(first: Entry, second: Entry) -> Entry:
    """Return two as one: the later looked at says what it says, the other fills what is empty."""
    newer, older = first, second
    if (second.checked_on or date.min) > (first.checked_on or date.min):
        newer, older = second, first
    said: dict[str, Any] = {
        name: getattr(newer, name) or getattr(older, name) for name in Entry.__dataclass_fields__
    }
    said["source_id"] = first.source_id
    said["places"] = _all_places(newer.places, older.places)
    return Entry(**said)


def _all_places(newer: tuple[Place, ...], older: tuple[Place, ...]) -> tuple[Place, ...]:
    known = {one.postcode or one.address for one in newer}
    more = (one for one in older if (one.postcode or one.address) not in known)
    return (*newer, *more)[:MOST_PARTS]
