"""What stands on the pages of an import: the columns of a list, and what becomes of each row.

Everything of the list is shown through `widgets.words`: what a file holds may be meant to harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from linkworker.exchange.people_columns import FIELDS
from linkworker.widgets.rows import SPACE, Row, fixed, flowing, heading, hint
from linkworker.widgets.words import joined, one_line, padded, shortened

if TYPE_CHECKING:
    from linkworker.exchange.people_csv import Decision, ImportReport, RowTold
    from linkworker.exchange.people_plan import ImportPlan
    from linkworker.exchange.people_rows import Draft

HEADING_CELLS = 20
FIELD_CELLS = 28
MOST_NAMES = 200
"""People of one kind that are listed; a longer list says how many more there are."""
LEFT_OUT = "left out"
LEAVE_OUT = "-"
"""The choice of a column that nothing is taken from."""
SAMPLES_CELLS = 60

DECIDED: Mapping[Decision, str] = {
    "add": "somebody else: added",
    "fill": "the same person: what their record has not is added",
    "take": "the same person: what the list says is taken",
    "leave": "left out",
}


@dataclass(frozen=True)
class Looked:
    """What would become of a list, with the names by which people are shown."""

    report: ImportReport
    drafts: Mapping[int, Draft]
    names: Mapping[str, str]
    """By id, those who are here."""


def column_rows(plan: ImportPlan) -> list[Row]:
    """Return the columns: what each is called, what it is taken for, what stands in it."""
    return [
        Row(
            fixed(
                joined(
                    padded(one.heading, HEADING_CELLS),
                    "  ",
                    padded(
                        FIELDS[one.field] if one.field else LEFT_OUT,
                        FIELD_CELLS,
                        "$accent" if one.field else "$care" if one.filled else "$soft",
                    ),
                    "  ",
                    shortened(" · ".join(one.samples), SAMPLES_CELLS, "$soft"),
                )
            ),
            f"column:{place}",
            place,
            height=1,
        )
        for place, one in enumerate(plan.columns)
    ]


def field_choices() -> list[tuple[str, str, str]]:
    """Return what a column may be taken for, as `ChooseScreen` shows it."""
    out = (LEAVE_OUT, "Leave it out", "nothing of it comes in")
    return [out, *((name, label, "") for name, label in FIELDS.items())]


def choices_about(told: RowTold) -> list[tuple[str, str, str]]:
    """Return what can be decided of an unclear row."""
    if told.likeness is None:
        return [
            ("add", "Add them", "without what could not be read"),
            ("leave", "Leave this row out", ""),
        ]
    same = [("fill", "The same person", "add what their record has not; nothing is written over")]
    if any(one.recorded for one in told.differences):
        same.append(("take", "The same person, and the list is right", "where the two differ"))
    return [
        *([] if told.waits else same),
        ("add", "Somebody else", "add them as another person"),
        ("leave", "Leave this row out", ""),
    ]


def summary(report: ImportReport) -> str:
    """Say in one line what will happen."""
    parts = [f"{report.added} will be added"]
    parts += [f"{report.filled} will be filled in"] * bool(report.filled)
    parts += [f"{report.same} here already"] * bool(report.same)
    parts += [f"{report.left} left out"] * bool(report.left)
    parts += [f"{len(report.unclear)} to settle"] * bool(report.unclear)
    parts += [f"{len(report.refused)} cannot be read"] * bool(report.refused)
    rows = "1 row" if report.rows == 1 else f"{report.rows} rows"
    return f"{rows}: {', '.join(parts)}."


def look_rows(
    looked: Looked, plan: ImportPlan, decisions: Mapping[int, Decision], asked: Sequence[RowTold]
) -> list[Row]:
    """Return what becomes of every row, what is to settle first. `asked` were unclear before."""
    report = looked.report
    unclear = {told.row for told in report.unclear}
    settled = [told for told in asked if told.row in decisions and told.row not in unclear]
    rows = [Row(flowing(Content.styled(summary(report), "bold")))]
    if report.unclear:
        rows += [SPACE, heading("To settle: Enter says who it is")]
        rows += [_unclear(told, looked) for told in report.unclear]
    if settled:
        rows += [SPACE, heading("Settled: Enter changes it")]
        rows += [_settled(told, decisions[told.row], looked) for told in settled]
    if report.refused:
        rows += [SPACE, heading("Cannot be read")]
        rows += [_refused(told) for told in report.refused]
    for words, numbers in (
        ("Will be added", report.rows_added),
        ("Here already", report.rows_same),
    ):
        if numbers:
            rows += [SPACE, heading(words), *_people(numbers, looked)]
    if plan.left_out:
        rows += [SPACE, heading("Columns left out; Esc goes back to them")]
        rows += [
            Row(fixed(one_line(f"{one.heading} (says something in {one.filled})")), height=1)
            for one in plan.left_out
        ]
    return rows


def _people(numbers: Sequence[int], looked: Looked) -> Iterator[Row]:
    for number in numbers[:MOST_NAMES]:
        yield Row(fixed(_who(number, looked)), height=1)
    if len(numbers) > MOST_NAMES:
        yield hint(f"and {len(numbers) - MOST_NAMES} more")


def _who(number: int, looked: Looked, style: str = "") -> Content:
    """Return the row's number and whom it tells of."""
    return joined((f"row {number}  ", "$soft"), one_line(_named(number, looked), style))


def _named(number: int, looked: Looked) -> str:
    person = looked.drafts[number].person
    names = " ".join(str(person.get(name) or "") for name in ("given", "family")).strip()
    called = str(person.get("called") or "")
    return f"{names} ({called})" if names and called else names or called


def heading_about(told: RowTold, looked: Looked) -> str:
    """Return what stands above the choices about a row: its number, its name, the question."""
    name = _named(told.row, looked)
    who = f"Row {told.row}, {name}" if name else f"Row {told.row}"
    return f"{who}: who is it?" if told.likeness else who


def _unclear(told: RowTold, looked: Looked) -> Row:
    who, lines = flowing(_who(told.row, looked, "bold")), []
    lines += [one_line(doubt, "$care") for doubt in told.doubts]
    if told.likeness is not None:
        sure = "Is" if told.likeness.verdict == "same" else "Is likely"
        other, why = _other(told, looked), told.likeness.in_words()
        lines.append(joined(f"{sure} the same person as ", other, f". {why}"))
    if told.waits:
        lines.append(Content.styled("That row is to be settled first.", "$soft"))
    lines += [
        joined(
            f"{one.label}: the list says ",
            one_line(f"“{one.listed}”", "$accent"),
            ", their record ",
            one_line(f"says “{one.recorded}”" if one.recorded else "has nothing"),
        )
        for one in told.differences
    ]
    why_unclear = flowing(*lines, indent=4)
    return Row(lambda width: [*who(width), *why_unclear(width)], f"row:{told.row}", told)


def _other(told: RowTold, looked: Looked) -> Content:
    if told.like_row:
        return Content(f"row {told.like_row} of this list")
    return joined(one_line(looked.names.get(told.person_id, ""), "bold"), ", who is here")


def _settled(told: RowTold, decision: Decision, looked: Looked) -> Row:
    words = joined(_who(told.row, looked), (f"   {DECIDED[decision]}", "$growth"))
    return Row(flowing(words), f"row:{told.row}", told)


def _refused(told: RowTold) -> Row:
    return Row(flowing(joined((f"row {told.row}  ", "$soft"), one_line(told.why))))
