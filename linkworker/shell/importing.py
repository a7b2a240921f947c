"""Bringing people in from a file, at the shell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from linkworker.exchange.list_file import content_of
from linkworker.shell.opening import opened
from linkworker.shell.people import day_of
from linkworker.shell.saying import say, say_json, tell
from linkworker.shell.usage import Typed, WrongUsage

if TYPE_CHECKING:
    from linkworker.exchange.people_csv import Decision, ImportPlan, ImportReport


_DECISIONS = ("add", "fill", "take", "leave")


def import_people(typed: Typed) -> int:
    """Add people from a CSV file; who is unclear or refused is told, with status 1."""
    from linkworker.exchange.people_csv import plan_import, run_import
    from linkworker.exchange.table_file import LARGEST

    decisions = _decisions(typed)
    begun = day_of(typed.value("--begun"), "--begun")
    plan = _corrected(plan_import(content_of(Path(typed.words[-1]), LARGEST)), typed)
    dry_run = typed.has("--dry-run")
    with opened(typed) as store:
        report = run_import(store, plan, decisions, dry_run=dry_run, begin_on=begun)
    if typed.has("--json"):
        columns = {"columns": plan.columns_as_json()} if dry_run else {}
        say_json(report.as_json() | {"left_out": plan.left_out_as_json()} | columns)
    else:
        _say(report, plan, dry_run=dry_run)
    if plan.left_out and not dry_run:
        tell(
            "Some columns were left out: see “left out”. To bring one in, take the import back "
            "with 'linkworker undo' and name it: --column 'HEADING=FIELD', where the field “note” "
            "keeps its words as a first note."
        )
    if report.complete or dry_run:
        return 0
    tell(
        f"Not every row was imported: {len(report.unclear)} to decide, "
        f"{len(report.refused)} refused. See each row's reason; decide with "
        "--decide ROW=add, fill, take or leave."
    )
    return 1


def _say(report: ImportReport, plan: ImportPlan, *, dry_run: bool) -> None:
    if dry_run:
        for column in plan.columns:
            say(f"{column.heading:<42}{column.field or '(left out)'}")
        say("")
    would = "would be " if dry_run else ""
    say(f"{report.rows} rows: {report.added} {would}added, {report.same} here already.")
    for column in plan.left_out:
        rows = "1 row" if column.filled == 1 else f"{column.filled} rows"
        say(f"left out: the column “{column.heading}”, which says something in {rows}.")
    for told in report.unclear:
        say(f"row {told.row}, to decide: {told.why}")
        for one in told.differences:
            held = f"the record says “{one.recorded}”" if one.recorded else "the record has nothing"
            say(f"    {one.label}: the list says “{one.listed}”, {held}.")
    for told in report.refused:
        say(f"row {told.row}, refused: {told.why}")


def _decisions(typed: Typed) -> dict[int, Decision]:
    found: dict[int, Decision] = {}
    for given in typed.values("--decide"):
        row, _, said = given.partition("=")
        if not row.isascii() or not row.isdigit() or said not in _DECISIONS:
            raise WrongUsage(
                "A decision is a row and what to do: --decide 7=add, fill, take or leave."
            )
        found[int(row)] = said  # type: ignore[assignment]  # one of them, checked above
    return found


def _corrected(plan: ImportPlan, typed: Typed) -> ImportPlan:
    """Return the plan with the columns that were named on the command line given other fields."""
    places = {column.heading: place for place, column in enumerate(plan.columns)}
    fields: dict[int, str | None] = {}
    for given in typed.values("--column"):
        heading, _, field = given.rpartition("=")
        if heading not in places:
            raise WrongUsage("--column needs a heading of the file: --column 'Known as=called'.")
        fields[places[heading]] = field or None
    return plan.corrected(fields) if fields else plan
