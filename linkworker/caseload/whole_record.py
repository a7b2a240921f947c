"""A person's whole record, table by table as it stands, to be given out or taken in.

What was taken back is left out, except where something that stands still points at it. What is kept
apart is read only with the right to it; how many parts were left out is always said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linkworker import schema
from linkworker.caseload import audit
from linkworker.caseload.writing import need_person

if TYPE_CHECKING:
    from linkworker.schema.describing import ColumnShape, TableShape
    from linkworker.store import ReadTx, WriteTx

Row = dict[str, Any]
"""A row in plain values: text (days and instants too), numbers, yes or no, lists of text, None."""


@dataclass(frozen=True)
class WholeRecord:
    """One person and all that belongs to them: rows by table, each by id."""

    person: Row
    tables: Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Given:
    """What was asked for: the records, the workers named in them, and what was left out."""

    records: list[WholeRecord]
    workers: list[Row]
    kept_apart_left_out: int


def give_out(
    tx: WriteTx, person_id: str = "", *, with_kept_apart: bool = False, reason: str = ""
) -> Given:
    """Return one person's whole record, or everybody's, and keep in the audit that it was.

    Giving out what is kept apart is kept as having been read, too.
    """
    if person_id:
        need_person(tx, person_id)
    found = _read(tx, person_id, with_kept_apart)
    for record in found.records:
        whose = str(record.person["id"])
        audit.record(tx, "exported", whose, reason=reason)
        if record.tables.get("kept_apart"):
            audit.record(tx, "read kept apart", whose, reason=reason)
    return found


def is_empty(tx: ReadTx) -> bool:
    """Say whether nobody was ever written down here, not even somebody since taken back."""
    return tx.value("SELECT 1 FROM person LIMIT 1") is None


def take_in(tx: WriteTx, shape: TableShape, row: Row) -> None:
    """Write one row as it was given out: its id, and who recorded it when, stay as they are."""
    from linkworker.clock import from_text

    if shape.name == "worker" and _has_worker(tx, row["id"]):
        return
    values = {}
    for column in shape.columns:
        value = row[column.name]
        if value is not None and column.kind == "instant":
            value = from_text(value)
        elif value is not None and column.kind == "day":
            value = _day(value)
        values[column.name] = value
    tx.add(getattr(schema, shape.model)(**values))


def _has_worker(tx: ReadTx, worker_id: str) -> bool:
    return tx.value("SELECT 1 FROM worker WHERE id = ?", (worker_id,)) is not None


def _day(text: str) -> Any:
    from datetime import date

    return date.fromisoformat(text)


def _read(tx: ReadTx, person_id: str, with_kept_apart: bool) -> Given:
    from linkworker.schema.describing import shape_of, shapes_of_a_record

    people = _rows(tx, shape_of("Person"), "id" if person_id else "", person_id)
    people = [person for person in people if person["hidden_at"] is None]
    here = {person["id"] for person in people}
    records: dict[str, dict[str, list[Row]]] = {who: {} for who in here}
    left_out = 0
    everything: dict[str, dict[str, Row]] = {}
    shapes = shapes_of_a_record()
    for shape in shapes:
        rows = _rows(tx, shape, "person_id" if person_id else "", person_id)
        rows = [row for row in rows if row["person_id"] in here]
        if shape.scope == "restricted" and not with_kept_apart:
            left_out += sum(row["hidden_at"] is None for row in rows)
            continue
        everything[shape.name] = {row["id"]: row for row in rows}
    for table, row_id in sorted(_standing(shapes, everything)):
        row = everything[table][row_id]
        records[row["person_id"]].setdefault(table, []).append(row)
    found = [WholeRecord(person, records[person["id"]]) for person in people]
    return Given(found, _workers(tx, found), left_out)


def _standing(
    shapes: Iterable[TableShape], everything: Mapping[str, Mapping[str, Row]]
) -> set[tuple[str, str]]:
    """Return (table, id) of each row in sight, and of what a row in sight points at."""
    pointers: dict[str, list[ColumnShape]] = {
        shape.name: [column for column in shape.columns if column.names_row_of in everything]
        for shape in shapes
    }
    left = [
        (table, row_id)
        for table, rows in everything.items()
        for row_id, row in rows.items()
        if row["hidden_at"] is None
    ]
    found = set(left)
    while left:
        table, row_id = left.pop()
        for column in pointers[table]:
            target = (column.names_row_of, everything[table][row_id][column.name])
            if target not in found and target[1] in everything[target[0]]:
                found.add(target)
                left.append(target)
    return found


def _workers(tx: ReadTx, records: Iterable[WholeRecord]) -> list[Row]:
    """Return the workers whom the records name, and whoever wrote those down."""
    from linkworker.schema.describing import shape_of

    named: set[str] = set()
    for record in records:
        for row in (record.person, *(row for rows in record.tables.values() for row in rows)):
            named.update(str(row.get(name) or "") for name in _NAMING_WORKERS)
    workers = {row["id"]: row for row in _rows(tx, shape_of("Worker"))}
    found: dict[str, Row] = {}
    while named:
        worker = workers.get(named.pop())
        if worker is not None and worker["id"] not in found:
            found[worker["id"]] = worker
            named.add(str(worker["recorded_by"]))
    return [found[worker_id] for worker_id in sorted(found)]


_NAMING_WORKERS = ("recorded_by", "worker_id", "who_worker_id")


def _rows(tx: ReadTx, shape: TableShape, where: str = "", value: str = "") -> list[Row]:
    """Return the rows of a table by id, all or those whose column `where` holds `value`."""
    columns = ", ".join(f'"{column.name}"' for column in shape.columns)
    narrowed = f' WHERE "{where}" = ?' if where else ""
    params = (value,) if where else ()
    sql = f'SELECT {columns} FROM "{shape.name}"{narrowed} ORDER BY id'
    return [
        {column.name: _plain(column, cell) for column, cell in zip(shape.columns, row, strict=True)}
        for row in tx.rows(sql, params)
    ]


def _plain(column: ColumnShape, cell: Any) -> Any:
    if cell is None:
        return None
    if column.kind == "list":
        return json.loads(cell)
    return bool(cell) if column.kind == "yes or no" else cell
