"""Finding one person by what a caller says, for whoever may open somebody for a day.

By the NHS number, or by name and birth date, both as they stand in the record. Told is the id where
it is one person, and nothing else: nobody is listed, and that nobody is meant and that several are
is one answer. Every question is counted and stands in the audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from linkworker.hub import audit
from linkworker.hub.database import Database
from linkworker.hub.identifying import from_text
from linkworker.hub.limits import Rate, count_in
from linkworker.hub.merging import records_of
from linkworker.hub.noticing import people_with
from linkworker.hub.roles import NotForThisRole, Right, may
from linkworker.oplog.operations import NotAnOperation
from linkworker.rules.numbers import nhs_number
from linkworker.rules.same_person import Facts
from linkworker.text import folded

FINDS = Rate(10, 360_000)
"""Questions of one member of the team: ten at once, and then one every six minutes."""


@dataclass(frozen=True)
class Caller:
    """What somebody on the telephone says of whom they call about."""

    nhs_number: str
    name: str
    """First name and family name, as they stand in the record; a middle name is left out."""
    born: date | None


def find(
    database: Database,
    worker: str,
    role: str,
    said: Caller,
    may_open: Callable[[str], bool],
    now: int,
) -> str:
    """Return the id of the one person of whom that is so, "" for nobody and for several.

    `may_open` says of an id whether the worker could open it: nobody else is there for them.
    Raises `NotForThisRole` before anything is looked at, `TooOften`, and `NotAnOperation` where
    too little is said.
    """
    if not may(role, Right.OPEN):
        raise NotForThisRole
    facts = Facts(nhs_number=nhs_number(said.nhs_number).value, born=said.born)
    if not (facts.nhs_number or (facts.born and said.name.strip())):
        raise NotAnOperation("who")
    with database.writing() as tx:
        count_in(tx, f"find:{worker}", FINDS, now)
        found = {one for one in people_with(tx, facts) if _is_said_of(tx, one, said, facts)}
    found = {one for one in found if may_open(one)}
    with database.writing() as tx:
        person = min(found) if found and found <= records_of(tx, min(found)) else ""
        audit.add(tx, now, worker, "looked for somebody", person or "nobody, or several")
    return person


def _is_said_of(tx: Any, person: str, said: Caller, facts: Facts) -> bool:
    known = from_text(str(tx.value("SELECT facts FROM hub_face WHERE person = ?", (person,)) or ""))
    if known is None:
        return False
    if facts.nhs_number:
        return known.nhs_number == facts.nhs_number
    return known.born == facts.born and folded(said.name) in set(_names(known))


def _names(known: Facts) -> Iterator[str]:
    """Give what somebody is called in full, as it may be said."""
    for first in (known.given, known.called, *known.other_names):
        if first:
            yield folded(f"{first} {known.family}")
            yield folded(first)
