"""What an import would read: the columns as recognised, for somebody to look at and correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from linkworker.exchange.people_columns import FIELDS, NAMING, field_of, recognised
from linkworker.exchange.people_rows import Draft, draft_of, not_read, shown_heading
from linkworker.exchange.table_file import (
    MOST_COLUMNS,
    SEPARATORS,
    NotATable,
    Record,
    decoded,
    records,
)
from linkworker.text import one_line

_HEADINGS_WITHIN = 15
"""Rows in which the headings are looked for: some exports begin with a title and a date."""
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading as shown, what it was taken for (None: left out), and examples.

    The examples are what people wrote: show them on the screen, never in a log or a refusal.
    """

    heading: str
    field: str | None
    samples: tuple[str, ...] = ()
    filled: int = 0
    """Rows that say something in it."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A table that was read, and how its columns are understood. Change it with `corrected`."""

    columns: tuple[Column, ...]
    rows: tuple[Record, ...]
    """Every row below the headings that holds something, instructions left out."""

    def corrected(self, fields: Mapping[int, str | None]) -> ImportPlan:
        """Return the plan with columns, counted from 0, given other fields (None: left out).

        Raises `NotATable` for a column that is not there or a field that nothing is called.
        """
        columns = list(self.columns)
        for place, target in fields.items():
            if not 0 <= place < len(columns) or (target is not None and target not in FIELDS):
                raise NotATable(
                    "The columns were not changed.",
                    "There is no such column, or nothing of that name can be imported.",
                    f"Fields are: {', '.join(sorted(FIELDS))}.",
                )
            columns[place] = replace(columns[place], field=target)
        return replace(self, columns=tuple(columns))

    def drafts(self, today: date) -> list[Draft]:
        """Return what each row says, in order; a row that cannot be read is refused in its place.

        Raises `NotATable` where no column holds a name.
        """
        _need_a_name(column.field for column in self.columns)
        columns = [(column.heading, column.field) for column in self.columns]
        return [
            not_read(record.number, record.fault)
            if record.fault
            else draft_of(record.number, record.cells, columns, today)
            for record in self.rows
        ]

    def columns_as_json(self) -> list[dict[str, Any]]:
        """Return headings and fields, without the examples."""
        return [{"heading": column.heading, "field": column.field} for column in self.columns]

    @property
    def left_out(self) -> list[Column]:
        """The columns that say something and come in nowhere: never passed over in silence."""
        return [column for column in self.columns if column.field is None and column.filled]

    def left_out_as_json(self) -> list[dict[str, Any]]:
        """Return headings that come in nowhere, and in how many rows each says something."""
        return [{"heading": one.heading, "rows": one.filled} for one in self.left_out]


def plan_import(content: bytes) -> ImportPlan:
    """Read a file of people. Raises `NotATable` where it is none, in plain words.

    The separator and the row of headings are those with which most columns are known.
    """
    text = decoded(content)
    best: tuple[int, int, str, int] = (0, 0, "", 0)
    for order, separator in enumerate(SEPARATORS):
        for place, record in enumerate(_first(text, separator)):
            known = sum(target is not None for target in recognised(record.cells))
            best = max(best, (known, -order * _HEADINGS_WITHIN - place, separator, place))
    known, _, separator, headings_at = best
    if not known:
        raise _no_names()
    everything = list(records(text, separator))
    headings, rows = everything[headings_at], everything[headings_at + 1 :]
    if len(headings.cells) > MOST_COLUMNS:
        raise NotATable(
            "The file was not imported.",
            f"It has more than {MOST_COLUMNS} columns.",
            "Export it again with the columns that are needed.",
        )
    fields = recognised(headings.cells)
    _need_a_name(fields)
    rows = [record for record in rows if not record.blank]
    if rows and _is_instructions(rows[0]):
        del rows[0]
    return ImportPlan(_columns(headings.cells, fields, rows), tuple(rows))


def _first(text: str, separator: str) -> list[Record]:
    found: list[Record] = []
    for record in records(text, separator):
        found.append(record)
        if len(found) == _HEADINGS_WITHIN:
            break
    return found


def _columns(
    headings: Sequence[str], fields: Sequence[str | None], rows: Sequence[Record]
) -> tuple[Column, ...]:
    columns = []
    for place, (heading, target) in enumerate(zip(headings, fields, strict=True)):
        cells = [record.cells[place] for record in rows if len(record.cells) > place]
        filled = [cell for cell in cells if cell.strip()]
        samples = tuple(one_line(cell)[:40] for cell in filled[:_SAMPLES])
        shown = shown_heading(heading) or f"column {place + 1}"
        columns.append(Column(shown, target, samples, len(filled)))
    return tuple(columns)


def _is_instructions(record: Record) -> bool:
    """Say whether a row tells how to fill in the table ("Required: DD/MM/YYYY")."""
    cells = [cell.strip().casefold() for cell in record.cells if cell.strip()]
    told = sum(
        cell.startswith(("required", "optional", "mandatory", "format:", "e.g.", "example:"))
        or cell in ("dd/mm/yyyy", "yyyy-mm-dd", "free text", "text", "date", "string")
        or field_of(cell) is not None
        for cell in cells
    )
    return bool(cells) and told * 2 > len(cells)


def _need_a_name(fields: Any) -> None:
    if NAMING.isdisjoint(filter(None, fields)):
        raise _no_names()


def _no_names() -> NotATable:
    return NotATable(
        "The file was not imported.",
        "None of its columns is known to hold a name.",
        'It needs a row of headings, such as "First name" and "Surname".',
    )
