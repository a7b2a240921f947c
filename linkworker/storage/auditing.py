"""How an audit event is written.

By plain SQL: unlocking must not wait for the tables' own classes to be imported. Each event holds a
hash over itself and the one before it (`rules.chain`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linkworker.clock import Ids, to_text
from linkworker.rules import chain as chains
from linkworker.text import clean

_INSERT = (
    "INSERT INTO audit_event (id, recorded_at, recorded_by, hidden_at, worker_id, at, what, "
    "person_id, reason, chain) VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?, ?)"
)


def write_event(
    raw: Any,
    ids: Ids,
    worker_id: str,
    now: datetime,
    what: str,
    person_id: str,
    reason: str,
    at: datetime,
) -> str:
    """Write one event behind the last, within the caller's transaction; return its id."""
    # By the order of writing: an id follows the clock, which may have been set back since.
    last = raw.execute("SELECT chain FROM audit_event ORDER BY rowid DESC LIMIT 1").fetchone()
    event_id, reason = ids(), clean(reason)  # cleaned first: the hash is over what is kept
    then = to_text(at)
    link = chains.link(last[0] if last else "", event_id, worker_id, then, what, person_id, reason)
    values = (to_text(now), worker_id, worker_id, then, what, person_id, reason, link)
    raw.execute(_INSERT, (event_id, *values))
    return event_id
