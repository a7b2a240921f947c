"""What has not reached the team yet, and how this laptop stands with its hub.

"Sent" is said only of what the hub holds. What is counted is what somebody did, as undo counts it,
not the rows that it made; that somebody was looked up goes along and is not counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from linkworker.caseload.reading import NAME, Named
from linkworker.clock import from_text

if TYPE_CHECKING:
    from linkworker.store import ReadTx

MOST_COUNTED = 500
"""Acts. The status line is asked every second, also while ten years of notes are first sent:
counting them all would take a tenth of a second each time, at which somebody is typing."""

MOST_SPELLED = 6
"""Characters as which one character is spelled in JSON at most."""


@dataclass(frozen=True)
class Standing:
    """How a laptop that belongs to a team stands with it, for the status line."""

    not_sent: int
    """Acts that the hub does not hold yet; one more than `MOST_COUNTED` stands for any more."""
    differences: int
    """Differences that wait to be settled."""
    reached_at: datetime
    """When the hub was last reached."""
    role: str
    """The worker's place in the team, as the hub last said it; or one of `rules.places.OUT`."""
    told: int = 0
    """Of how much the hub told this worker since they last looked."""


@dataclass(frozen=True)
class KeptBack:
    """What came and is not shown, or went and is not in the record yet."""

    parked: int
    """Writes of a newer linkworker, kept until this one is as new."""
    aside: int
    """Writes that name another person's record than the one they came with: kept and not shown."""
    with_lead: int
    """Writes about somebody who is no longer held: a team lead lets them in."""


@dataclass(frozen=True)
class NotSent(Named):
    """What of one person waits to be sent; a `person_id` of "" stands for the laptop's own."""

    count: int
    """Acts that wait."""
    since: datetime
    """When the oldest of them was written, by this laptop's clock."""


@dataclass(frozen=True)
class TooLongToSend(Named):
    """How many notes of one person are longer than one write may be, and stay on this laptop."""

    count: int


_WAITS = "o.hub_seq IS NULL AND o.kind <> 'void' AND o.tbl <> 'audit_event'"

_NOT_SENT = f"""SELECT {NAME}, count(DISTINCT o.act), min(o.stamp)
FROM sync_op o LEFT JOIN person p ON o.scope GLOB 'person:*' AND p.id = substr(o.scope, 8,
    instr(substr(o.scope, 8) || ':', ':') - 1)
WHERE o.dev = (SELECT dev FROM sync_device) AND {_WAITS}
GROUP BY p.id ORDER BY min(o.stamp), p.id"""


def standing(tx: ReadTx) -> Standing | None:
    """Return how this laptop stands with its team, None where it belongs to none."""
    found = tx.one(
        "SELECT reached_at, role, told - told_read FROM sync_hub WHERE joined_at IS NOT NULL"
    )
    if found is None:
        return None
    reached, role, told = found
    # By what waits alone: SQLite would go through all acts there ever were, once a second.
    waiting = "sync_op o INDEXED BY sync_op_unsent"
    acts = f"SELECT DISTINCT o.act FROM {waiting} WHERE {_WAITS} LIMIT {MOST_COUNTED + 1}"
    waits = tx.value(f"SELECT count(*) FROM ({acts})")
    differences = tx.value("SELECT count(*) FROM sync_open")
    return Standing(int(waits), int(differences), from_text(reached), role, int(told))


def kept_back(tx: ReadTx) -> KeptBack:
    """Return how much is parked here, and how much of what was sent waits for a lead."""
    from linkworker.oplog.two_scopes import WRONG_SCOPE

    aside = tx.value("SELECT count(*) FROM sync_parked WHERE reason = ?", (WRONG_SCOPE,))
    parked = tx.value("SELECT count(*) FROM sync_parked") - aside
    with_lead = tx.value("SELECT count(*) FROM sync_op WHERE hub_seq = 0 AND kind <> 'void'")
    return KeptBack(int(parked), int(aside), int(with_lead))


def not_sent(tx: ReadTx) -> list[NotSent]:
    """Return what waits to be sent, by person, whoever waits longest first."""
    return tx.rows(_NOT_SENT, (), _waiting)


def too_long(tx: ReadTx) -> list[TooLongToSend]:
    """Return whose notes are too long to be sent: an older release kept longer ones.

    How many bytes there are is in the head of a row: no words are read but of what is long.
    """
    from linkworker.oplog.limits import MOST_BODY
    from linkworker.oplog.outgoing import body_sql
    from linkworker.oplog.shapes import shapes_of
    from linkworker.schema.describing import shapes

    found = " UNION ALL ".join(
        f"SELECT person_id FROM {shape.name} WHERE hidden_at IS NULL "
        f"AND octet_length(words) > {MOST_BODY // MOST_SPELLED} "
        f"AND length({body_sql(shape)}) > {MOST_BODY}"
        for shape in shapes_of(shapes()).values()
        if shape.name in ("note", "kept_apart")
    )
    return tx.rows(
        f"SELECT {NAME}, count(*) FROM ({found}) JOIN person p ON p.id = person_id "
        "GROUP BY p.id ORDER BY p.id",
        (),
        TooLongToSend,
    )


def _waiting(*row: Any) -> NotSent:
    id_, called, given, family, description = (one or "" for one in row[:5])
    since = datetime.fromtimestamp(row[6] / 1000, UTC)
    return NotSent(id_, called, given, family, description, row[5], since)


_NOT_SENT_YET = """SELECT DISTINCT h.tbl, h.pk FROM json_each(?) asked
CROSS JOIN sync_head h ON h.tbl = asked.value ->> 0 AND h.pk = asked.value ->> 1
CROSS JOIN sync_op o ON o.dev = (SELECT dev FROM sync_device)
    AND h.op = o.dev || ':' || o.n AND o.n = CAST(substr(h.op, instr(h.op, ':') + 1) AS INTEGER)
WHERE o.hub_seq IS NULL"""
"""Asked of each record by its key: what waits may be ten years of notes, on a first sync."""


def not_sent_yet(tx: ReadTx, records: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return which of some records, by table and id, the hub does not hold as they stand here.

    None, where this laptop belongs to no team: nothing is to be sent there.
    """
    if tx.value("SELECT 1 FROM sync_hub WHERE joined_at IS NOT NULL") is None:
        return frozenset()
    if tx.value("SELECT 1 FROM sync_op WHERE hub_seq IS NULL LIMIT 1") is None:
        return frozenset()
    return frozenset(tx.rows(_NOT_SENT_YET, (json.dumps(list(records)),)))


def is_sent(tx: ReadTx, table: str, row_id: str) -> bool:
    """Say whether the hub holds all that this laptop wrote of a record."""
    return not tx.value(
        "SELECT 1 FROM sync_op WHERE hub_seq IS NULL AND tbl = ? AND pk = ? "
        "AND dev = (SELECT dev FROM sync_device)",
        (table, row_id),
    )
