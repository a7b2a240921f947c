"""How things are: staying safe, where they are, how they came, and the support as it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linkworker.caseload import organisations, safety, support
from linkworker.caseload.organisations import LetIn
from linkworker.caseload.safety import SafetyStatement
from linkworker.caseload.support import SupportEvent, WhereaboutsRow
from linkworker.screens.person.came_by import came_by
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.parts import Look, Sides, line, part, spaced, thing_row
from linkworker.widgets import phrases
from linkworker.widgets.rows import Row, flowing, heading
from linkworker.widgets.words import joined, one_line, said

if TYPE_CHECKING:
    from linkworker.store import ReadTx

ON_ITS_DAY = {"no known risks": "No risks were known"}
"""How a statement is said that holds for the day on which it was made (docs/decisions, 0015)."""

KINDS = ("safety", "whereabouts", "support", "kept apart")


def sides(tx: ReadTx, person_id: str, look: Look) -> Sides:
    """Return how things are, as rows."""
    left = spaced(
        part(
            "Staying safe",
            [_statement(one, look) for one in safety.statements(tx, person_id)],
            "Nothing has been said yet, not even that no risks are known. Enter says it; "
            "! in a note does too.",
            Thing("safety"),
        ),
        _kept_apart(tx, person_id),
    )
    right = spaced(
        part(
            "Support",
            [_event(one, look) for one in support.history(tx, person_id)],
            "Nobody walks alongside them yet. Enter begins.",
            Thing("support"),
        ),
        came_by(tx, person_id, look),
        _let_in(tx, person_id, look),
        part(
            "Where they are",
            [_whereabouts(one, look) for one in support.whereabouts(tx, person_id)],
            "At home, as far as is known. Enter says where else: hospital, prison, moved, died.",
            Thing("whereabouts"),
        ),
    )
    return left, right


def _statement(one: SafetyStatement, look: Look) -> Row:
    style = {"risk": "$risk", "what helps": "$growth"}.get(one.kind, "") if one.stands else "$soft"
    kind = ON_ITS_DAY.get(one.kind, one.kind[:1].upper() + one.kind[1:])
    when = phrases.short_day(one.said_on, look.today)
    if not one.stands:
        over = phrases.short_day(one.ended_on, look.today)
        when += f", no longer since {over}" + (f": {one.ended_words}" if one.ended_words else "")
    first = joined(one_line(kind, f"bold {style}".strip()), (f"  {when}", "$soft"))
    words = [said(one.words, style)] if one.words else []
    return thing_row(flowing(first, *words), Thing("safety", one.statement_id, one))


def _kept_apart(tx: ReadTx, person_id: str) -> list[Row]:
    if not safety.is_kept_apart(tx, person_id):
        return []
    thing = Thing("kept apart", "all")
    words = "A part is kept apart. Enter opens it, on purpose, and that is kept in the audit."
    return part("Kept apart", [thing_row(flowing(one_line(words, "$soft")), thing)], "", thing)


def _let_in(tx: ReadTx, person_id: str, look: Look) -> list[Row]:
    """Return who of other organisations walks with them too; a lead lets them in, on the hub."""
    found = organisations.let_in(tx, person_id)
    if not found:
        return []
    return [heading("Walk with them too"), *(_one_let_in(one, look) for one in found)]


def _one_let_in(one: LetIn, look: Look) -> Row:
    when = phrases.short_day(one.on, look.today) if one.on else ""
    agreed = f"agreed {when}: {one.how_given}"
    if one.why_not:
        agreed = f"not asked, {when}, to keep somebody safe: {one.why_not}"
    until = f"until {phrases.short_day(one.until, look.today)}" if one.until else ""
    parts = (f"sees {one.opens}", agreed, "" if one.why_not else f"for {one.for_what}", until)
    words = "; ".join(part for part in parts if part)
    return Row(flowing(joined(one_line(one.with_whom, "bold"), (f"  {words}", "$soft"))))


def _event(one: SupportEvent, look: Look) -> Row:
    said_as = one.kind[:1].upper() + one.kind[1:]
    if one.level is not None:
        said_as += f", level {one.level}"
    when = phrases.short_day(one.on, look.today)
    who = f", {one.worker}" if one.worker and one.worker != look.me else ""
    quiet = phrases.short_day(one.check_in_on, look.today)
    parts = (one.reason, one.own_words, f"quiet until {quiet}" if quiet else "")
    more = ", ".join(part.removesuffix(".") for part in parts if part)
    return line(f"{when}  {said_as}{who}", more, Thing("support", one.event_id, one))


def _whereabouts(one: WhereaboutsRow, look: Look) -> Row:
    when = phrases.short_day(one.since, look.today)
    if one.until:
        when += f" to {phrases.short_day(one.until, look.today)}"
    kind = one.kind[:1].upper() + one.kind[1:]
    return line(f"{when}  {kind}", one.remark, Thing("whereabouts", one.whereabouts_id, one))
