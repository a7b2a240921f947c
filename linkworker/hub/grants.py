"""Who holds what, asked within a transaction of the ledger: grants, organisations, one's own ids.

A person has parts, each a scope with grants of its own (`scopes`): the record, the notes of
each organisation that walks with them, and what is kept apart. Whoever begins a person holds the
record, the notes of their own organisation, and what is kept apart of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from linkworker import scopes
from linkworker.hub import audit
from linkworker.hub.roles import Right, may

SAME_PERSON = "the same person"
"""The reason of a grant of another record of somebody (`merging`)."""

OPENED = "opened for a day: "
"""How the reason of a grant begins by which somebody was opened for a day."""

NOW = "(until IS NULL OR until > ?)"
"""Of a grant: it holds at an instant. It is never asked when it began: each holds from when it is
given, also where the hub's clock is put back afterwards."""

ENDED = 0
"""The end of a grant that was taken away: whatever the hub's clock says then, it is over."""


@dataclass(frozen=True)
class Grant:
    """That a worker holds, or held, one scope."""

    worker: str
    """By the hub's own id."""
    scope: str
    since: int
    until: int | None
    """Instants (ms); None: until it is taken away."""
    reason: str
    say_so: str
    """How the person agreed, or why it was not asked; "" where it is the holder's own work."""

    @property
    def person(self) -> str:
        """Of whom it is a part; "" where it is nobody's."""
        return scopes.person_of(self.scope)

    @property
    def is_by_say_so(self) -> bool:
        """Whether another organisation was let in by the person's own word."""
        return bool(self.say_so)

    @property
    def is_own(self) -> bool:
        """Whether its worker walks with the person themself: whom they cover for a while, opened
        for a day, or hold as another record of somebody, is somebody else's to be handed over."""
        return self.is_by_say_so or (self.until is None and self.reason != SAME_PERSON)

    @property
    def is_opening(self) -> bool:
        """Whether somebody was opened for a day: that is not to hold them."""
        return self.reason.startswith(OPENED)

    def stands(self, now_ms: int) -> bool:
        """Say whether it holds at an instant."""
        return self.until is None or self.until > now_ms


def grants_of(tx: Any, person: str) -> list[Grant]:
    """Return every grant of any part of a person, also those that have ended."""
    own = scopes.part(person)
    return [
        Grant(*row)
        for row in tx.rows(
            "SELECT worker, scope, since, until, reason, say_so FROM hub_grant WHERE scope = ? "
            "OR (scope > ? AND scope < ?) ORDER BY since, scope, worker",
            (own, f"{own}:", f"{own};"),
        )
    ]


def walk_with(tx: Any, person: str) -> set[str]:
    """Return the organisations that walk with somebody of their own, now or before; whom nobody
    ever held is the team's."""
    return {
        organisation_of(tx, one.worker)
        for one in grants_of(tx, person)
        if not one.say_so and one.reason != SAME_PERSON and one.scope == scopes.part(person)
    } or {scopes.OUR_TEAM}


def granted(tx: Any, worker: str, now: int) -> set[str]:
    """Return the scopes of which a worker has a grant at an instant."""
    rows = tx.rows(f"SELECT scope FROM hub_grant WHERE worker = ? AND {NOW}", (worker, now))
    return {scope for (scope,) in rows}


def grants_to(tx: Any, worker: str, now: int) -> list[Grant]:
    """Return the grants of people's parts that a worker has at an instant."""
    return [
        Grant(*row)
        for row in tx.rows(
            "SELECT worker, scope, since, until, reason, say_so FROM hub_grant WHERE worker = ? "
            f"AND scope LIKE 'person:%' AND {NOW} ORDER BY scope",
            (worker, now),
        )
    ]


def is_granted(tx: Any, worker: str, scope: str, now: int) -> bool:
    """Say whether a worker has a grant of one scope, without asking for all of them."""
    return bool(
        tx.value(
            f"SELECT 1 FROM hub_grant WHERE worker = ? AND scope = ? AND {NOW}",
            (worker, scope, now),
        )
    )


def give(tx: Any, grant: Grant) -> None:
    """Write a grant down, and in the audit."""
    tx.execute(
        "INSERT INTO hub_grant (worker, scope, since, until, reason, say_so) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        vars(grant).values(),
    )
    ends = "" if grant.until is None else f", until {grant.until}"
    agreed = f", {grant.say_so}" if grant.say_so else ""
    said = f"{grant.reason}{ends}{agreed}"
    audit.add(tx, grant.since, grant.worker, "was granted", grant.scope, said)


def end(tx: Any, worker: str, scope: str, now: int, *, let_in_only: bool = False) -> None:
    """End a worker's grants of a scope now, or only what a person's word opened."""
    only = " AND say_so <> ''" if let_in_only else ""
    tx.execute(
        f"UPDATE hub_grant SET until = ? WHERE worker = ? AND scope = ?{only}",
        (ENDED, worker, scope),
    )
    what = "is let in no more" if let_in_only else "holds no more"
    audit.add(tx, now, worker, what, scope)


def holders(tx: Any, scope: str, now: int) -> set[str]:
    """Return the workers who have a grant of a scope at an instant."""
    rows = tx.rows(f"SELECT worker FROM hub_grant WHERE scope = ? AND {NOW}", (scope, now))
    return {worker for (worker,) in rows}


def is_anybodys(tx: Any, scope: str) -> bool:
    """Say whether anything of a scope was ever sent, or anybody may or might hold it."""
    return bool(
        tx.value("SELECT 1 FROM hub_scope WHERE scope = ?", (scope,))
        or tx.value("SELECT 1 FROM hub_grant WHERE scope = ?", (scope,))
    )


def held_by_colleagues(
    tx: Any, worker: str, people: Iterable[str], now: int
) -> list[tuple[str, str]]:
    """Return which parts of people a worker's colleagues hold: each a worker and a scope."""
    own = organisation_of(tx, worker)
    return sorted(
        {
            (one.worker, one.scope)
            for person in people
            for one in grants_of(tx, person)
            if one.stands(now) and one.worker != worker and organisation_of(tx, one.worker) == own
        }
    )


def scopes_of(tx: Any, person: str) -> set[str]:
    """Return every scope of a person of which there is anything, also what waits for a lead."""
    own = scopes.part(person)
    return {
        str(scope)
        for table in ("hub_op", "hub_scope", "hub_grant")
        for (scope,) in tx.rows(
            f"SELECT DISTINCT scope FROM {table} WHERE scope = ? OR (scope > ? AND scope < ?)",
            (own, f"{own}:", f"{own};"),
        )
    }


def organisation_of(tx: Any, worker: str) -> str:
    """Return whose notes a worker writes; who is in no team's list (a test's) is the team's."""
    if ("organisation", worker) not in tx.remembered:
        tx.remembered["organisation", worker] = tx.value(
            "SELECT organisation FROM hub_worker WHERE id = ?", (worker,)
        )
    return tx.remembered["organisation", worker] or scopes.OUR_TEAM


def own_parts(tx: Any, worker: str) -> tuple[str, ...]:
    """Return the parts of a person that a worker may ever write, and holds of whom they begin."""
    return scopes.RECORD, organisation_of(tx, worker), scopes.KEPT_APART


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
