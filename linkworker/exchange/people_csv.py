"""Importing people from a table: who is added, who is here already, and what has to be asked.

Look first (`people_plan.plan_import`), then `run_import`. Whoever is likely here already is asked
about and never merged in silence; a row's fault is told and the next row read; everything added is
one act, and one undo takes it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from linkworker.caseload import audit, people, reaching, support
from linkworker.caseload.matching import Known, everybody
from linkworker.exchange.people_differences import (
    Difference,
    add_notes,
    add_tie,
    differences,
    fill,
    with_row,
)
from linkworker.exchange.people_plan import ImportPlan, plan_import
from linkworker.exchange.people_rows import Draft
from linkworker.rules.same_person import Facts, Likeness, Register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linkworker.store import Store, WriteTx

__all__ = ["Decision", "ImportPlan", "ImportReport", "RowTold", "plan_import", "run_import"]

Decision = Literal["add", "fill", "take", "leave"]
"""What somebody decided about an unclear row.

`add`: it is another person, or what could not be read may stay out. `fill`: it is the person who
is here; add what their record has not. `take`: the same, and where their record says otherwise
the list is right. `leave`: do nothing with it.
"""


_MEND = "Put it right in the file and import it again: who is here already is not added twice."
_TAKE_OR_MEND = (
    "Put it right in the file and import it again; or decide: add takes the row as far as it can "
    "be read, leave passes over it."
)
_SAME_OR_NOT = (
    "Decide: fill adds to their record what it has not, add makes this another person, leave does "
    "nothing."
)
_OR_TAKE = " Take is fill, and puts what the list says in place of what their record says."
_FIRST_DECIDE = "That row has to be decided first."
"""What can be done about a row; it stands after why."""


@dataclass(frozen=True, slots=True)
class RowTold:
    """A row that was not simply added, and why. `person_id` is who it may be, "" for nobody."""

    row: int
    why: str
    person_id: str = ""
    like_row: int = 0
    """The earlier row of the file that may be the same person, 0 for none."""
    differences: tuple[Difference, ...] = ()
    """What the row says and the record of that person does not say so."""
    doubts: tuple[str, ...] = ()
    """What could not be read of the row itself, as sentences."""
    likeness: Likeness | None = None
    """How like that person it is; None where it is only doubtful in itself."""
    waits: bool = False
    """Whether `like_row` is itself unclear, and has to be decided first."""

    def as_json(self) -> dict[str, Any]:
        """Return the row as JSON holds it."""
        told: dict[str, Any] = {"row": self.row, "why": self.why}
        if self.person_id:
            told["person"] = self.person_id
        if self.like_row:
            told["like_row"] = self.like_row
        if self.differences:
            told["differs"] = [one.as_json() for one in self.differences]
        return told


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do."""

    rows: int = 0
    """Rows that hold something, headings and instructions not counted."""
    added: int = 0
    same: int = 0
    """Rows about somebody who is here, with nothing that the record has not."""
    filled: int = 0
    left: int = 0
    unclear: list[RowTold] = field(default_factory=list)
    refused: list[RowTold] = field(default_factory=list)
    rows_added: list[int] = field(default_factory=list)
    rows_same: list[int] = field(default_factory=list)
    """The numbers of the rows behind `added` and `same`."""

    @property
    def complete(self) -> bool:
        """Say whether nothing is left to ask or to mend."""
        return not (self.unclear or self.refused)

    def as_json(self) -> dict[str, Any]:
        """Return the report as one JSON object."""
        return {
            "rows": self.rows,
            "added": self.added,
            "same": self.same,
            "filled": self.filled,
            "left": self.left,
            "unclear": [row.as_json() for row in self.unclear],
            "refused": [row.as_json() for row in self.refused],
        }


@dataclass(slots=True)
class _Import:
    """One run: who is known by now, what is to be written, and what is told."""

    known: dict[str, Known]
    register: Register
    report: ImportReport
    adding: dict[str, Draft] = field(default_factory=dict)
    """By "row 2", which stands in `known` for the person whom that row will have added."""
    filling: list[tuple[Draft, str, bool]] = field(default_factory=list)
    """A row, whose record it is to fill (a person's id, or "row 2"), and whether it is right."""
    is_who: dict[str, str] = field(default_factory=dict)
    """By "row 3", the person of whom that row was decided to tell."""
    undecided: set[str] = field(default_factory=set)
    """Rows, "row 4", that are asked about: a later one may tell of the same person."""


def run_import(
    store: Store,
    plan: ImportPlan,
    decisions: Mapping[int, Decision] | None = None,
    *,
    dry_run: bool = False,
    begin_on: date | None = None,
) -> ImportReport:
    """Import the people of a plan and return what became of each row.

    `decisions` answer, by row number, what an earlier run called unclear. A `dry_run` writes
    nothing. With `begin_on` a support period begins on that day for everybody who is added.

    Raises `MadeUpOnly` in a made-up store, `NotATable` where no column holds a name, and whatever
    the store refuses; then nothing was written.
    """
    store.refuse_made_up()
    with store.read() as tx:
        here, today = everybody(tx), tx.today
    drafts = plan.drafts(today)
    run = _placed(here, drafts, decisions or {})
    if dry_run or not (run.adding or run.filling):
        return run.report
    with store.write("imported people") as tx:
        # Placing takes a while, in which others write. Whoever came meanwhile is looked at again:
        # the same list read by two programs at once would else be added twice.
        here_now = everybody(tx)
        if here_now != here:
            run = _placed(here_now, drafts, decisions or {})
        added = {row: _add(tx, draft, begin_on) for row, draft in run.adding.items()}
        for draft, who, take in run.filling:
            fill(tx, draft, added.get(who, who), take=take)
        if run.adding or run.filling:
            audit.record_imported(tx, len(run.adding), len(run.filling))
    return run.report


def _placed(
    here: Iterable[Known], drafts: Iterable[Draft], decisions: Mapping[int, Decision]
) -> _Import:
    """Decide of every row what becomes of it, over against those who are here."""
    run = _Import({one.person_id: one for one in here}, Register(), ImportReport())
    for known in run.known.values():
        run.register.add(known.person_id, known.facts)
    for draft in drafts:
        run.report.rows += 1
        _place(run, draft, decisions.get(draft.row))
    return run


def _place(run: _Import, draft: Draft, decision: Decision | None) -> None:
    """Decide what a row is, and keep it to be written, or tell why not."""
    report = run.report
    if draft.refused:
        report.refused.append(RowTold(draft.row, f"{draft.refused} {_MEND}"))
    elif decision == "leave":
        report.left += 1
    elif decision == "add":
        _take(run, draft)
    else:
        _place_undecided(run, draft, decision)


def _place_undecided(run: _Import, draft: Draft, decision: Decision | None) -> None:
    """Place a row that is nobody new by anybody's word; `decision` is fill, take or none yet."""
    report = run.report
    doubts = list(draft.unclear)
    alike = run.register.alike(draft.facts)
    found, likeness = alike[0] if alike else ("", None)
    who = run.is_who.get(found, found)
    known = run.known.get(who)
    if known and decision and who not in run.undecided:
        report.filled += 1
        run.filling.append((draft, who, decision == "take"))
        run.known[who] = with_row(known, draft, take=decision == "take")
        run.is_who[_key(draft)] = who
        run.register.add(_key(draft), draft.facts)
        return
    news = differences(draft, known) if known else ()
    if likeness and likeness.verdict == "same" and not (doubts or news or who in run.undecided):
        report.same += 1
        report.rows_same.append(draft.row)
        return
    if doubts and not likeness:
        doubts.append(_TAKE_OR_MEND)
    if likeness:
        doubts.append(_likely(run, who, likeness, news))
    if not doubts:
        _take(run, draft)
        return
    here = not _is_row(run, who)
    like_row = 0 if here or not who else int(who.removeprefix("row "))
    report.unclear.append(
        RowTold(
            draft.row,
            " ".join(doubts),
            who if here else "",
            like_row,
            news,
            draft.unclear,
            likeness,
            who in run.undecided,
        )
    )
    _know(run, draft)
    run.undecided.add(_key(draft))


def _key(draft: Draft) -> str:
    return f"row {draft.row}"


def _is_row(run: _Import, who: str) -> bool:
    return who in run.adding or who in run.undecided


def _take(run: _Import, draft: Draft) -> None:
    run.report.added += 1
    run.report.rows_added.append(draft.row)
    run.adding[_key(draft)] = draft
    _know(run, draft)


def _know(run: _Import, draft: Draft) -> None:
    """Hold later rows against this one too."""
    key = _key(draft)
    run.known[key] = with_row(Known(key, Facts()), draft)
    run.register.add(key, draft.facts)


def _likely(run: _Import, who: str, likeness: Likeness, news: Iterable[Difference]) -> str:
    """Say who a row may be, without a name and without what a cell held."""
    sure = "is" if likeness.verdict == "same" else "is likely"
    is_row = _is_row(run, who)
    whose = f"{who.capitalize()} of this file" if is_row else f"Somebody who is here (id {who})"
    said = f"{whose} {sure} the same person. {likeness.in_words()}"
    if who in run.undecided:
        return f"{said} {_FIRST_DECIDE} {_SAME_OR_NOT}"
    if lacking := ", ".join(dict.fromkeys(one.label for one in news if not one.recorded)):
        said += f" Their record has not this: {lacking}."
    if others := ", ".join(dict.fromkeys(one.label for one in news if one.recorded)):
        said += f" Their record says otherwise: {others}."
    return f"{said} {_SAME_OR_NOT}{_OR_TAKE if others else ''}"


def _add(tx: WriteTx, draft: Draft, begin_on: date | None) -> str:
    said = {name: value for name, value in draft.person.items() if value and name != "died"}
    person_id = people.add_person(tx, **said)
    for kind, value in draft.reaches:
        reaching.add_reach(tx, person_id, value, kind=kind)
    if draft.address:
        reaching.add_address(tx, person_id, **draft.address)
    for tie in draft.ties:
        add_tie(tx, person_id, tie)
    add_notes(tx, person_id, draft.notes)
    died = draft.person["died"]
    if isinstance(died, date):
        support.record_whereabouts(tx, person_id, "died", since=died)
    elif begin_on:
        support.begin(tx, person_id, on=begin_on)
    return person_id
