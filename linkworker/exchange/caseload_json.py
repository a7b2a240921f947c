"""A caseload as JSON, whole: what one laptop gives out, and empty records take in again.

    {"format": "linkworker caseload", "version": 1, "schema": 1,
     "people": [{"id": …, "name": …, "given": …, "note": [{"id": …, "words": …}], …}],
     "workers": [{"id": …, "name": …}]}

A person holds the columns of their own row and, under the name of each table, its rows; what each
is says docs/data.md. What is empty is left out. Nothing in it tells when or where it was written,
so the same records always give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from linkworker import schema
from linkworker.caseload import audit, whole_record
from linkworker.exchange.caseload_rows import MOST_REFUSED, Reader, Refusal, TooManyRefused
from linkworker.refusal import Refused
from linkworker.rules.shown_names import shown_name

if TYPE_CHECKING:
    from linkworker.schema.describing import TableShape
    from linkworker.store import Store

FORMAT = "linkworker caseload"
VERSION = 1
LARGEST = 80_000_000
"""Bytes of a file that is taken in; ten years of sixty people are some 30 MB."""

MOST_PIECES = 5_000_000
"""Objects, lists and commas in a file; a small file of nothing else would fill the memory."""


class NotACaseload(Refused):
    """The file is not what `export_caseload` wrote."""


class NewerFormat(Refused):
    """The file was written by a newer linkworker."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was imported.",
            "The file was written by a newer version of linkworker.",
            "Update linkworker on this computer first.",
        )


class NotEmpty(Refused):
    """There are, or were, people in these records."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was imported.",
            "These records have held people already, and two caseloads are never mixed.",
            "Set up new records in an empty folder with 'linkworker new', and import there.",
        )


@dataclass(frozen=True)
class Exported:
    """The document, and how many parts kept apart are not in it."""

    document: dict[str, Any]
    kept_apart_left_out: int


@dataclass(slots=True)
class CaseloadReport:
    """What a caseload's import did, or would do."""

    people: int = 0
    """People in the file."""
    added: int = 0
    """People added."""
    rows: int = 0
    """Rows added, the people's own among them."""
    refused: list[Refusal] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the report as one JSON object; `row` says where in the file a row stands."""
        refused = [{"row": one.where, "why": one.why} for one in self.refused]
        return {
            "people": self.people,
            "added": self.added,
            "rows": self.rows,
            "refused": refused,
        }


def export_people(store: Store, person_id: str = "", *, with_kept_apart: bool = False) -> Exported:
    """Return one person, or everybody, as a document; the audit keeps that they were given out.

    `with_kept_apart` is the right to the parts kept apart: without it they are not read, and how
    many they are is said.
    """
    from linkworker.schema.describing import shape_of, shapes_of_a_record

    with store.write("exported", person=person_id, quiet=True) as tx:
        given = whole_record.give_out(tx, person_id, with_kept_apart=with_kept_apart)
    shapes = {shape.name: shape for shape in shapes_of_a_record()}
    person_shape, worker_shape = shape_of("Person"), shape_of("Worker")
    people = []
    for record in given.records:
        own = record.person
        name = shown_name(own["called"], own["given"], own["family"], own["description"])
        person = {"id": own["id"], "name": name} | _filled(person_shape, own)
        for table, shape in shapes.items():
            if rows := record.tables.get(table):
                person[table] = [_filled(shape, row) for row in rows]
        people.append(person)
    document = {
        "format": FORMAT,
        "version": VERSION,
        "schema": schema.VERSION,
        "people": people,
        "workers": [_filled(worker_shape, row) for row in given.workers],
    }
    return Exported(document, given.kept_apart_left_out)


def _filled(shape: TableShape, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's columns in order, without the empty ones and without whose row it is."""
    return {
        column.name: row[column.name]
        for column in shape.columns
        if row[column.name] not in (None, "", []) and column.name != "person_id"
    }


def import_caseload(store: Store, content: bytes, *, dry_run: bool = False) -> CaseloadReport:
    """Take an exported caseload into empty records, in one act that one undo takes back.

    A row that cannot be is refused with its place and the reason, and so is what hangs on it; the
    others come in. Raises `MadeUpOnly`, `NotEmpty`, `NotACaseload` and `NewerFormat`, and then
    nothing was written.
    """
    store.refuse_made_up()
    document = _document(content)
    with store.read() as tx:
        if not whole_record.is_empty(tx):
            raise NotEmpty
    reader = Reader()
    try:
        reader.read(document["people"], document.get("workers", []))
    except TooManyRefused:
        raise _no_caseload(f"More than {MOST_REFUSED:,} of its rows are damaged.") from None
    report = CaseloadReport(
        people=len(document["people"]),
        added=sum(shape.name == "person" for shape, _ in reader.rows),
        rows=sum(shape.name != "worker" for shape, _ in reader.rows),
        refused=reader.refused,
    )
    if not dry_run and report.added:
        with store.write("imported a caseload") as tx:
            if not whole_record.is_empty(tx):  # somebody was written down while the file was read
                raise NotEmpty
            for shape, row in reader.rows:
                whole_record.take_in(tx, shape, row)
            audit.record_imported(tx, report.added)
    return report


def _document(content: bytes) -> dict[str, Any]:
    """Return the document in a file. Raises `NotACaseload` and `NewerFormat`."""
    if len(content) > LARGEST:
        raise _no_caseload(f"The file is larger than {LARGEST // 1_000_000} MB.")
    if sum(map(content.count, (b"{", b"[", b","))) > MOST_PIECES:
        raise _no_caseload("It has more pieces than any caseload has.")
    try:
        document = json.loads(
            content.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_once
        )
    except (ValueError, RecursionError):
        raise _no_caseload("It is not JSON, or it is damaged.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _no_caseload("It is not a caseload that linkworker exported.")
    versions = (document.get("version"), document.get("schema"))
    if not all(type(version) is int and version > 0 for version in versions):
        raise _no_caseload("It does not say of which version it is.")
    if document["version"] > VERSION or document["schema"] > schema.VERSION:
        raise NewerFormat
    if not isinstance(document.get("people"), list):
        raise _no_caseload("It has no list of people.")
    if not isinstance(document.get("workers", []), list):
        raise _no_caseload("What should be its list of workers is none.")
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object's fields; one that says a field twice may mean either, and is damaged."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field stands there twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError("not a number of JSON")


def _no_caseload(why: str) -> NotACaseload:
    return NotACaseload(
        "Nothing was imported.", why, "Use a file that 'linkworker export caseload' wrote."
    )
