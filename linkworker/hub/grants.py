"""What the table of grants says of a worker, asked within a transaction of whoever decides."""

from __future__ import annotations

from typing import Any

from linkworker.hub.merging import REASON
from linkworker.hub.roles import Right, may

NOW = "since <= ? AND (until IS NULL OR until > ?)"
"""Of a grant: it holds at an instant, which is given twice."""


def may_hold(tx: Any, worker: str) -> bool:
    """Say whether a worker may hold people; who is in no team's list (a test's) may."""
    role = tx.value("SELECT role FROM hub_worker WHERE id = ?", (worker,))
    return role is None or may(role, Right.HOLD)


def has_left(tx: Any, worker: str) -> bool:
    """Say whether a worker was of the team and is no more."""
    return tx.value("SELECT left_at FROM hub_worker WHERE id = ?", (worker,)) is not None


def names_of(tx: Any, worker: str) -> set[str]:
    """Return the ids that a worker has on their laptops."""
    rows = tx.rows("SELECT alias FROM hub_alias WHERE worker = ?", (worker,))
    return {worker, *(alias for (alias,) in rows)}


def own_audit(tx: Any, worker: str) -> set[str]:
    """Return the scopes that a worker may write and never reads."""
    return {f"audit:{name}" for name in names_of(tx, worker)}


def own_people(tx: Any, worker: str, now: int) -> set[str]:
    """Return the people's scopes that a worker holds without an end: whom they cover for a while,
    or opened for a day, or hold as another record of somebody, is somebody else's to be handed
    over."""
    rows = tx.rows(
        f"SELECT scope FROM hub_grant WHERE worker = ? AND {NOW} AND until IS NULL "
        "AND scope LIKE 'person:%' AND reason <> ?",
        (worker, now, now, REASON),
    )
    return {scope for (scope,) in rows}


def scopes_of(tx: Any, person: str) -> set[str]:
    """Return every scope of a person of which there is anything, also what waits for a lead."""
    own = f"person:{person}"
    return {
        str(scope)
        for table in ("hub_op", "hub_scope", "hub_grant")
        for (scope,) in tx.rows(
            f"SELECT DISTINCT scope FROM {table} WHERE scope = ? OR (scope > ? AND scope < ?)",
            (own, f"{own}:", f"{own};"),
        )
    }
