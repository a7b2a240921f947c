"""Several organisations may walk with one person: whose notes are whose, and who is let in by which
word (docs/decisions, 0021)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from linkworker.caseload.reading import rows
from linkworker.scopes import OUR_TEAM

if TYPE_CHECKING:
    from linkworker.store import ReadTx


def own_organisation(tx: ReadTx) -> str:
    """Return the id of the organisation whose notes are written on this laptop."""
    return str(tx.value("SELECT organisation FROM sync_hub WHERE is_joining = 0") or OUR_TEAM)


_OF_OTHERS = """SELECT x.id, coalesce(nullif(o.name, ''), 'another organisation')
    FROM ({rows}) x LEFT JOIN organisation o ON o.id = x.organisation
    WHERE x.organisation <> ?2"""
_ROWS = " UNION ALL ".join(
    f"SELECT id, organisation FROM {table} WHERE id IN (SELECT value FROM json_each(?1))"
    for table in ("note", "contact")
)


def of_others(tx: ReadTx, ids: Iterable[str]) -> dict[str, str]:
    """Return what other organisations are called by the ids of those notes and contacts that they
    wrote; empty where all are our own."""
    if tx.value("SELECT 1 FROM organisation LIMIT 1") is None:
        return {}
    asked = (json.dumps(sorted(set(ids))), own_organisation(tx))
    return {str(id_): str(name) for id_, name in tx.rows(_OF_OTHERS.format(rows=_ROWS), asked)}


@dataclass(frozen=True)
class LetIn:
    """Somebody of another organisation who walks with a person too, by the person's own word."""

    decision_id: str
    with_whom: str
    """By name, with their organisation."""
    opens: str
    """The parts of the record: "record, notes of North team"."""
    for_what: str
    how_given: str
    """How the person agreed, in the words of whoever heard it; "" where they were not asked."""
    why_not: str
    """Why they were not asked: somebody was to be kept safe. "" where they were."""
    on: date | None
    until: date | None


_LET_IN = """SELECT d.id, d.with_whom, d.opens, d.for_what, d.how_given, d.why_not, d."on", d.until
    FROM sharing_decision d WHERE d.person_id = ?1 AND d.hidden_at IS NULL AND d.withdraws = ''
    AND d.until >= ?2 AND NOT EXISTS (SELECT 1 FROM sharing_decision later
        WHERE later.withdraws = d.id AND later.hidden_at IS NULL)
    ORDER BY d.with_whom, d."on", d.id"""


def let_in(tx: ReadTx, person_id: str) -> list[LetIn]:
    """Return who of other organisations is let in to a person now, by which word and how long."""
    return rows(tx, LetIn, _LET_IN, (person_id, tx.today.isoformat()))
