"""From a file, a folder or a zip to the services in it, whatever of it is whole.

JSON: a list, a page (`contents` in 3.0, `content` in 1.0), one service, an organisation with its
services. Tables: the CSV data package of 3.0, as a folder, a zip, or its `services.csv` alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from linkworker.exchange.directory import tables
from linkworker.exchange.directory.entry import MOST_SERVICES, Entry, Place, Report
from linkworker.exchange.directory.mapping import Raw, Reader
from linkworker.refusal import Refused
from linkworker.text import folded

LARGEST = 64 * 1024 * 1024
"""Bytes of a JSON file or page that are read: as objects it takes some ten times as much."""

LISTS = ("contents", "content", "services", "data", "items", "results", "records")
"""Under what services stand in a page."""


class NoDirectory(Refused):
    """What was named is no directory that can be read."""

    def __init__(self, why: str, to_do: str = "") -> None:
        super().__init__(
            "Nothing was taken in, and nothing changed.",
            why,
            to_do
            or "Name a file or feed of Open Referral UK 3.0 or 1.0: JSON, or its CSV package.",
        )


def read_file(path: Path, report: Report, today: date) -> list[Entry]:
    """Return the entries of a file, a folder or a zip. Raises `NoDirectory`."""
    return entries(_raws_of(path, report), report, today)


def _raws_of(path: Path, report: Report) -> Iterator[Any]:
    if not path.exists():
        raise NoDirectory("There is no such file or folder.", "Look at its name.")
    if path.is_dir() or path.suffix.casefold() in (".zip", ".csv"):
        yield from tables.services(path, report, NoDirectory)
        return
    if not path.is_file():
        raise NoDirectory("It is no file.")
    if path.stat().st_size > LARGEST:
        raise NoDirectory(
            f"It has more than {LARGEST // 1024 // 1024} MB.",
            "Take it in in pieces, or from the feed's address, page by page.",
        )
    yield from services_in(path.read_bytes(), report)


def services_in(content: bytes, report: Report) -> Iterator[Any]:
    """Give the services of one JSON document, as far as it is whole. Raises `NoDirectory`."""
    yield from listed(document(content, report))


def document(content: bytes, report: Report) -> Any:
    """Return a JSON document; of one that ends half way the services before its end."""
    said = _decoded(content, report)
    try:
        return json.loads(said)
    except RecursionError:
        raise NoDirectory("Its parts stand in each other too deep to be read.") from None
    except ValueError:
        found = _before_its_end(said)
    if not found:
        raise NoDirectory("It is neither JSON nor a CSV package, or ends at its beginning.")
    report.broke_off(f"the file ends or breaks after {len(found)} services; those were read")
    return found


def listed(found: Any) -> list[Any]:
    """Return the services that stand in a document. Raises `NoDirectory` where none can."""
    if isinstance(found, list):
        return found
    if isinstance(found, Mapping):
        raw = Raw(found)
        for name in LISTS:
            value = raw.get(name)
            if isinstance(value, list):
                if name == "services" and raw.get("name"):  # an organisation with its services
                    owner = {key: one for key, one in found.items() if key != "services"}
                    return [{"organization": owner, **one} for one in value if _is_object(one)]
                return value
        if any(raw.get(name) is not None for name in ("name", "service")):
            return [found]
        if raw.get("totalitems", "totalelements", "totalpages", "empty") is not None:
            return []  # a page with nothing on it
    raise NoDirectory("There are no services in it.")


def entries(raws: Iterator[Any], report: Report, today: date) -> list[Entry]:
    """Return services as entries; one that stands there twice is one."""
    reader = Reader(report, today)
    found: dict[str, Entry] = {}
    by_name: dict[tuple[str, ...], str] = {}
    for row, raw in enumerate(raws, 1):
        if row > MOST_SERVICES:
            report.broke_off(f"only the first {MOST_SERVICES} services are taken in")
            break
        report.rows = row
        entry = reader.read(row, raw)
        if entry is None:
            continue
        if entry.source_id in found:
            report.leave_out(row, "its id stood there before: what both say was joined")
            found[entry.source_id] = _joined(found[entry.source_id], entry)
            continue
        alike = _told_by(entry)
        if alike in by_name:
            report.leave_out(row, "name, organisation and place stood there before: joined")
            found[by_name[alike]] = _joined(found[by_name[alike]], entry)
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
    return (*newer, *(one for one in older if (one.postcode or one.address) not in known))


def _is_object(one: Any) -> bool:
    return isinstance(one, Mapping)


def _decoded(content: bytes, report: Report) -> str:
    """Return text of whatever encoding: UTF-8, with a mark of UTF-16, else as Windows wrote it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise NoDirectory("Its letters cannot be read: it is no UTF-8 and no UTF-16.") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        if wrong.start >= len(content) - 4:  # cut in the middle of a letter
            return content[: wrong.start].decode("utf-8-sig")
    report.repair(0, "encoding", "it is no UTF-8: it was read as Windows-1252")
    return content.decode("cp1252", "replace")


def _before_its_end(said: str) -> list[Any]:
    """Return the whole objects of the first list of a document that breaks off."""
    decoder = json.JSONDecoder()
    at = said.find("[", 0, 100_000)
    found: list[Any] = []
    while 0 <= at < len(said):
        at += 1
        while at < len(said) and said[at] in " \t\r\n,":
            at += 1
        if at >= len(said) or said[at] != "{":
            break
        try:
            one, at = decoder.raw_decode(said, at)
        except (ValueError, RecursionError):
            break
        found.append(one)
        at -= 1
    return found
