"""Reading the rows of an exported caseload: each is taken as it is, or refused with its reason.

The file may be damaged or made to harm: every value is checked against its column before anything
is written, and no reason repeats what a value was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.clock import from_text, to_text
from linkworker.exchange.allowed_values import said_wrongly

if TYPE_CHECKING:
    from linkworker.caseload.whole_record import Row
    from linkworker.schema.describing import ColumnShape, TableShape

LONGEST_WORDS = 1_000_000
LONGEST_LIST = 1_000
LARGEST_NUMBER = 1_000_000_000
MOST_REFUSED = 10_000
"""Rows refused in one file; with more of them it is no caseload, and reading on would only cost."""
EARLIEST, LATEST = date(1800, 1, 1), date(2100, 1, 1)
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken: where in the file it stands, and why."""

    where: str
    why: str


class TooManyRefused(Exception):
    """More rows than `MOST_REFUSED` cannot be taken."""


class _Fault(Exception):
    """Why a row cannot be taken."""


@dataclass(slots=True)
class _Candidate:
    """A row that is right in itself, while what it names is looked for."""

    shape: TableShape
    where: str
    row: Row


@dataclass(slots=True)
class Reader:
    """Takes a document apart; `rows` are in the order in which they may be written."""

    rows: list[tuple[TableShape, Row]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    _ids: set[tuple[str, str]] = field(default_factory=set)

    def read(self, people: list[Any], workers: list[Any]) -> None:
        """Read everybody, and the workers whom their rows name. Raises `TooManyRefused`."""
        from linkworker.schema.describing import shape_of, shapes_of_a_record

        worker_shape = shape_of("Worker")
        for place, worker in enumerate(workers):
            candidate = self._candidate(worker_shape, f"workers[{place}]", worker, {})
            if candidate:
                self._take([candidate])
        person_shape = shape_of("Person")
        shapes = {shape.name: shape for shape in shapes_of_a_record()}
        for place, person in enumerate(people):
            self._person(person_shape, shapes, f"people[{place}]", person)

    def _person(
        self, own: TableShape, shapes: Mapping[str, TableShape], where: str, person: Any
    ) -> None:
        """Take a person with all that belongs to them; without the person nothing of it comes."""
        if not isinstance(person, dict):
            self._refuse(Refusal(where, "It is not an object."))
            return
        said = {name: value for name, value in person.items() if name not in (*shapes, "name")}
        candidate = self._candidate(own, where, said, {})
        if candidate is None:
            return
        if candidate.row["hidden_at"] is not None:
            why = "They were taken out of the list, and would not be seen here."
            self._refuse(Refusal(where, why))
            return
        self._take([candidate])
        found: list[_Candidate] = []
        for table, shape in shapes.items():
            if table not in person:
                continue
            rows = person[table]
            if not isinstance(rows, list):
                self._refuse(Refusal(f"{where}.{table}", "It is not a list of rows."))
                continue
            whose = {"person_id": candidate.row["id"]}
            for place, row in enumerate(rows):
                one = self._candidate(shape, f"{where}.{table}[{place}]", row, whose)
                if one:
                    found.append(one)
        self._take(self._with_what_they_name(found))

    def _refuse(self, *those: Refusal) -> None:
        self.refused += those
        if len(self.refused) > MOST_REFUSED:
            raise TooManyRefused

    def _take(self, candidates: list[_Candidate]) -> None:
        self.rows += [(one.shape, one.row) for one in candidates]

    def _candidate(
        self, shape: TableShape, where: str, said: Any, whose: Mapping[str, str]
    ) -> _Candidate | None:
        """Return a row that is right in itself, or None once it has been refused."""
        try:
            row = _row(shape, said, whose)
            if (shape.name, row["id"]) in self._ids:
                raise _Fault("Its id was used by a row before it.")
        except _Fault as fault:
            self._refuse(Refusal(where, str(fault)))
            return None
        self._ids.add((shape.name, row["id"]))
        return _Candidate(shape, where, row)

    def _with_what_they_name(self, candidates: list[_Candidate]) -> list[_Candidate]:
        """Return the rows of one person whose rows that they name are there too.

        Refusing one may leave another dangling, so it is asked until nothing changes.
        """
        while True:
            there = {(one.shape.name, one.row["id"]) for one in candidates}
            dangling = [one for one in candidates if _dangles(one, there)]
            if not dangling:
                return candidates
            why = "It belongs to a row that is not in the file, or that was refused."
            self._refuse(*(Refusal(one.where, why) for one in dangling))
            gone = {id(one) for one in dangling}
            candidates = [one for one in candidates if id(one) not in gone]


def _dangles(one: _Candidate, there: set[tuple[str, str]]) -> bool:
    return any(
        column.names_row_of not in ("", "person")
        and one.row[column.name] is not None
        and (column.names_row_of, one.row[column.name]) not in there
        for column in one.shape.columns
    )


def _row(shape: TableShape, said: Any, whose: Mapping[str, str]) -> Row:
    if not isinstance(said, dict):
        raise _Fault("It is not an object.")
    names = {column.name for column in shape.columns}
    if not said.keys() <= names or "person_id" in said:
        raise _Fault("It has a field that is not known here.")
    said = {**said, **whose}
    row = {}
    for column in shape.columns:
        row[column.name] = _value(column, said.get(column.name))
        wrong = said_wrongly(shape.name, column.name, row[column.name])
        if wrong:
            raise _Fault(f'The field "{column.name}": {wrong}')
    if not _ID.fullmatch(row["id"] or ""):
        raise _Fault("Its id is missing, or is none.")
    if row["recorded_at"] is None:
        raise _Fault("It does not say when it was recorded.")
    return row


def _value(column: ColumnShape, value: Any) -> Any:
    """Return a value as its column takes it; what was left out is empty, not a default."""
    if value is None:
        if column.kind == "list":
            return []
        if column.may_be_null:
            return None
        if column.is_text:
            return ""
        raise _Fault(f'The field "{column.name}" is missing.')
    if not _fits(column, value):
        raise _Fault(f'The field "{column.name}" is not of its kind ({column.kind}).')
    if column.names_row_of and not _ID.fullmatch(value):
        raise _Fault(f'The field "{column.name}" is no id.')
    return value


def _fits(column: ColumnShape, value: Any) -> bool:
    match column.kind:
        case "words" | "line" | "id" | "wall time" | "time of day":
            return isinstance(value, str) and len(value) <= LONGEST_WORDS
        case "list":
            return (
                isinstance(value, list)
                and len(value) <= LONGEST_LIST
                and all(isinstance(one, str) and len(one) <= LONGEST_WORDS for one in value)
            )
        case "yes or no":
            return isinstance(value, bool)
        case "number":
            return type(value) is int and abs(value) <= LARGEST_NUMBER
        case "day":
            return _is_day(value)
        case "instant":
            return _is_instant(value)


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        return EARLIEST <= date.fromisoformat(value) < LATEST
    except ValueError:
        return False


def _is_instant(value: Any) -> bool:
    """Say whether it is an instant in the one form in which the store holds it."""
    if not isinstance(value, str) or len(value) != len("2026-11-27T10:05:00.000Z"):
        return False
    try:
        instant = from_text(value)
        return EARLIEST <= instant.date() < LATEST and to_text(instant) == value
    except (ValueError, OverflowError):
        return False
