"""Importing people from a table: who is added, who is here already, and what has to be asked.

Look first (`people_plan.plan_import`), then `run_import`. Whoever is likely here already is asked
about and never merged in silence; a row's fault is told and the next row read; everything added is
one act, and one undo takes it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from linkworker.caseload import audit, connections, people, reaching, support
from linkworker.caseload.matching import FROM_A_LIST, Known, everybody, lines_of
from linkworker.caseload.notes import note_from_a_list
from linkworker.exchange.people_plan import ImportPlan, plan_import
from linkworker.exchange.people_rows import Draft
from linkworker.rules.numbers import gb_phone
from linkworker.rules.same_person import Facts, Likeness, Register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linkworker.store import Store, WriteTx

__all__ = ["Decision", "ImportPlan", "ImportReport", "RowTold", "plan_import", "run_import"]

Decision = Literal["add", "fill", "leave"]
"""What somebody decided about an unclear row.

`add`: it is another person, or what could not be read may stay out. `fill`: it is the person who
is here; add what their record has not. `leave`: do nothing with it.
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
"""What can be done about a row; it stands after why."""


@dataclass(frozen=True, slots=True)
class RowTold:
    """A row that was not simply added, and why. `person_id` is who it may be, "" for nobody."""

    row: int
    why: str
    person_id: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the row as JSON holds it."""
        told: dict[str, Any] = {"row": self.row, "why": self.why}
        return told | ({"person": self.person_id} if self.person_id else {})


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
    filling: list[tuple[Draft, Known]] = field(default_factory=list)


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
        for draft, known in run.filling:
            person_id = added.get(known.person_id, known.person_id)
            _fill(tx, draft, replace(known, person_id=person_id))
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
        _place_undecided(run, draft, fill=decision == "fill")


def _place_undecided(run: _Import, draft: Draft, *, fill: bool) -> None:
    report = run.report
    doubts = list(draft.unclear)
    alike = run.register.alike(draft.facts)
    who, likeness = alike[0] if alike else ("", None)
    known = run.known.get(who)
    if likeness and known and fill:
        report.filled += 1
        run.filling.append((draft, known))
        run.known[who] = _with(known, draft)
        return
    here = who not in run.adding
    news = _news(draft, known) if known else ()
    if likeness and likeness.verdict == "same" and not doubts and not news:
        report.same += 1
        return
    if doubts and not likeness:
        doubts.append(_TAKE_OR_MEND)
    if likeness:
        doubts.append(_likely(who, likeness, news, here=here))
    if doubts:
        report.unclear.append(RowTold(draft.row, " ".join(doubts), who if here else ""))
        return
    _take(run, draft)


def _take(run: _Import, draft: Draft) -> None:
    run.report.added += 1
    key = f"row {draft.row}"
    run.adding[key] = draft
    run.known[key] = _with(Known(key, Facts(), frozenset(), has_address=False), draft)
    run.register.add(key, draft.facts)


def _with(known: Known, draft: Draft) -> Known:
    """Return what is known of somebody once a row was added or filled in."""
    ours, theirs = known.facts, draft.facts
    facts = replace(
        theirs if ours == Facts() else ours,
        called=ours.called or theirs.called,
        other_names=tuple(dict.fromkeys((*ours.other_names, *_new_names(theirs, ours)))),
        born=ours.born or theirs.born,
        nhs_number=ours.nhs_number or theirs.nhs_number,
        phones=ours.phones | theirs.phones,
    )
    return replace(
        known,
        facts=facts,
        emails=known.emails | _emails(draft),
        has_address=known.has_address or bool(draft.address),
        lines=known.lines.union(*(lines_of(words) for _, words in draft.notes)),
    )


def _emails(draft: Draft) -> frozenset[str]:
    return frozenset(way.strip().casefold() for kind, way in draft.reaches if kind == "e-mail")


def _new_names(theirs: Facts, ours: Facts) -> tuple[str, ...]:
    """Return the name that somebody likes and other names, as far as the record has them not."""
    have = {name.casefold() for name in (ours.given, ours.called, *ours.other_names)}
    liked = (theirs.called,) if ours.called else ()
    return tuple(
        name for name in (*liked, *theirs.other_names) if name and name.casefold() not in have
    )


def _new_notes(draft: Draft, known: Known) -> list[tuple[str, str]]:
    return [(head, words) for head, words in draft.notes if not lines_of(words) <= known.lines]


def _likely(who: str, likeness: Likeness, news: Iterable[str], *, here: bool) -> str:
    """Say who a row may be, without a name and without what a cell held."""
    sure = "is" if likeness.verdict == "same" else "is likely"
    whose = f"Somebody who is here (id {who})" if here else f"{who.capitalize()} of this file"
    said = f"{whose} {sure} the same person. {likeness.in_words()}"
    if lacking := ", ".join(news):
        said += f" Their record has not this: {lacking}."
    return f"{said} {_SAME_OR_NOT}"


def _news(draft: Draft, known: Known) -> tuple[str, ...]:
    """Return what a row has and the person's record has not."""
    theirs, ours = draft.facts, known.facts
    return tuple(
        name
        for name, is_new in (
            ("NHS number", bool(theirs.nhs_number) and not ours.nhs_number),
            ("birth date", theirs.born is not None and ours.born is None),
            ("phone number", not theirs.phones <= ours.phones),
            ("e-mail address", not _emails(draft) <= known.emails),
            ("address", bool(draft.address) and not known.has_address),
            ("the name they like", bool(theirs.called) and not _is_called(theirs, ours)),
            ("another name", bool(_new_names(theirs, ours))),
            ("a note", bool(_new_notes(draft, known))),
        )
        if is_new
    )


def _is_called(theirs: Facts, ours: Facts) -> bool:
    """Say whether the record has a name they like, or this is the first name that it has."""
    return bool(ours.called) or theirs.called.casefold() == ours.given.casefold()


def _add(tx: WriteTx, draft: Draft, begin_on: date | None) -> str:
    said = {name: value for name, value in draft.person.items() if value and name != "died"}
    person_id = people.add_person(tx, **said)
    for kind, value in draft.reaches:
        reaching.add_reach(tx, person_id, value, kind=kind)
    if draft.address:
        reaching.add_address(tx, person_id, **draft.address)
    for tie in draft.ties:
        connections.add_tie(
            tx,
            person_id,
            tie.name,
            relationship=tie.relationship,
            phone=tie.phone,
            roles=list(tie.roles),
        )
    _note(tx, person_id, draft.notes)
    died = draft.person["died"]
    if isinstance(died, date):
        support.record_whereabouts(tx, person_id, "died", since=died)
    elif begin_on:
        support.begin(tx, person_id, on=begin_on)
    return person_id


def _note(tx: WriteTx, person_id: str, notes: Iterable[tuple[str, str]]) -> None:
    for heading, words in notes:
        note_from_a_list(tx, person_id, f"{FROM_A_LIST}“{heading}”:\n{words}")


def _fill(tx: WriteTx, draft: Draft, known: Known) -> None:
    """Add to somebody's record what it has not; what it has stays as it is."""
    news = _news(draft, known)
    said = {"NHS number": "nhs_number", "birth date": "born", "the name they like": "called"}
    values = {said[name]: draft.person[said[name]] for name in news if name in said}
    if names := _new_names(draft.facts, known.facts):
        values["other_names"] = "; ".join((*known.facts.other_names, *names))
    if values:
        people.change_person(tx, known.person_id, **values)
    for kind, value in draft.reaches:
        number = gb_phone(value).value
        if kind == "e-mail":
            is_here = value.strip().casefold() in known.emails
        else:
            is_here = number in known.facts.phones
        if not is_here:
            reaching.add_reach(tx, known.person_id, value, kind=kind)
    if "address" in news:
        reaching.add_address(tx, known.person_id, **draft.address)
    _note(tx, known.person_id, _new_notes(draft, known))
