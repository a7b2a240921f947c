"""Who holds what, of a ledger: grants are given and taken, and it is asked who may write where.

Each part of a person is a scope (`scopes`), and a grant of one opens no other. Whoever has reports
only has no grant of a person. Nobody writes another organisation's notes, be they granted to read.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any

from linkworker import scopes
from linkworker.hub import audit, grants, merging, unreadable
from linkworker.hub.believing import waits_for_a_lead
from linkworker.hub.database import Database
from linkworker.hub.grants import Grant
from linkworker.hub.roles import HoldsNobody
from linkworker.oplog.operations import Operation

TEAM = "team"

Noted = tuple[str, str, str, str]
"""What the audit keeps of a decision: whose it was, what it was, about whom, and why."""


class Holding(ABC):
    """What of a ledger knows who holds what."""

    database: Database
    now_ms: Callable[[], int]

    def grant(
        self, worker: str, scope: str, reason: str, until: int | None = None, say_so: str = ""
    ) -> None:
        """Let a worker hold a scope from now on, until an instant (ms) if one is given.

        `say_so` is how the person agreed, where another organisation is let in.
        """
        self.decide([Grant(worker, scope, self.now_ms(), until, reason, say_so)])

    def revoke(self, worker: str, scope: str) -> None:
        """End a worker's grants of a scope now."""
        self.decide((), [(worker, scope)])

    def decide(
        self,
        gives: Iterable[Grant],
        takes: Iterable[tuple[str, str]] = (),
        *,
        to_alone: str = "",
        noted: Noted | None = None,
    ) -> None:
        """Give grants and take others, each a worker and a scope, and note in the audit who decided
        what, all at once or nothing.

        `to_alone` is a worker of whose colleagues none holds the people of these grants then. It is
        asked as it is written: of two decisions at once the later one stands. Raises `HoldsNobody`.
        """
        gives, takes = list(gives), list(takes)
        with self.database.writing() as tx:
            if to_alone:
                people = {one.person for one in gives}
                takes += grants.held_by_colleagues(tx, to_alone, people, self.now_ms())
            for grant in gives:
                self.give_in(tx, grant)
            for worker, scope in sorted(takes):
                grants.end(tx, worker, scope, self.now_ms())
            self.even_out_in(tx, {one.scope for one in gives} | {scope for _, scope in takes})
            if noted is not None:
                audit.add(tx, self.now_ms(), *noted)

    def give_in(self, tx: Any, grant: Grant) -> None:
        """Give a grant in a transaction that does more besides.

        What its worker pushed while they did not hold it comes out of quarantine: their laptop may
        show it still, and everybody who holds the scope must see the same.
        """
        if grant.scope.startswith("person:") and not grants.may_hold(tx, grant.worker):
            raise HoldsNobody
        grants.give(tx, grant)
        if scopes.parts(grant.scope)[1] not in grants.own_parts(tx, grant.worker):
            return  # to be read: what they wrote there is another organisation's still
        waiting = tx.rows(
            "SELECT dev, n, wire FROM hub_op WHERE worker = ? AND scope = ? "
            "AND state = 'quarantine' ORDER BY dev, n",
            (grant.worker, grant.scope),
        )
        for dev, n, wire in waiting:
            op = unreadable.read(wire)
            if op and not waits_for_a_lead(tx, op, grant.worker):
                self._route(tx, dev, n)
        self._keep_places(tx)

    def even_out_in(self, tx: Any, of: Iterable[str]) -> None:
        """Let whoever holds one record of a person hold the others too, and nobody else."""
        now = self.now_ms()
        for worker, scope, until in merging.even_out(tx, of, now):
            self.give_in(tx, Grant(worker, scope, now, until, merging.REASON, ""))
        self._keep_places(tx)

    def held_by(self, worker: str) -> set[str]:
        """Return the people's scopes that a worker holds now."""
        with self.database.reading() as tx:
            held = self._held(tx, worker, self.now_ms())
        return {scope for scope in held if scope.startswith("person:")}

    def holders(self, scope: str) -> set[str]:
        """Return the workers who hold a scope now."""
        with self.database.reading() as tx:
            return grants.holders(tx, scope, self.now_ms())

    def grants_of(self, person: str) -> list[Grant]:
        """Return every grant of any part of a person, also those that have ended."""
        with self.database.reading() as tx:
            return grants.grants_of(tx, person)

    def walk_with(self, person: str) -> set[str]:
        """Return the organisations that walk with somebody of their own (`grants.walk_with`)."""
        with self.database.reading() as tx:
            return grants.walk_with(tx, person)

    def grants_to(self, worker: str) -> list[Grant]:
        """Return the grants of people's parts that a worker has now."""
        with self.database.reading() as tx:
            return grants.grants_to(tx, worker, self.now_ms())

    def is_known(self, scope: str) -> bool:
        """Say whether anything of a scope was ever sent, or anybody may hold it."""
        with self.database.reading() as tx:
            return grants.is_anybodys(tx, scope)

    # -- who may write

    def _held(self, tx: Any, worker: str, now: int) -> set[str]:
        own = {f"worker:{name}" for name in grants.names_of(tx, worker)}
        team = set() if grants.has_left(tx, worker) else {TEAM}
        return grants.granted(tx, worker, now) | team | own

    def _may_write(self, tx: Any, worker: str, op: Operation, now: int) -> bool:
        """Say whether a worker may write an operation to its scope.

        Whoever holds somebody's record may add to what is kept apart of them and to the notes of
        their own organisation, held or not: what they heard must reach those who may read it.
        """
        if self._may_change(tx, worker, op.scope, now):
            return True
        person, part = scopes.parts(op.scope)
        adds = op.kind == "put" and part in (
            scopes.KEPT_APART,
            grants.organisation_of(tx, worker),
        )
        return adds and self._may_change(tx, worker, scopes.part(person), now)

    def _may_change(self, tx: Any, worker: str, scope: str, now: int) -> bool:
        if ("may", scope) not in tx.remembered:
            tx.remembered["may", scope] = self._is_theirs(tx, worker, scope, now)
        return bool(tx.remembered["may", scope])

    def _is_theirs(self, tx: Any, worker: str, scope: str, now: int) -> bool:
        """Say whether a scope is a worker's to change; a new person is whoever begins them."""
        person, part = scopes.parts(scope)
        if not person:
            return scope in grants.own_audit(tx, worker) | self._held(tx, worker, now)
        own = grants.own_parts(tx, worker)
        if part not in own:  # another organisation's notes may be read, and are never written
            return False
        if grants.is_granted(tx, worker, scope, now):
            return True
        if grants.is_anybodys(tx, scopes.part(person)) or not grants.may_hold(tx, worker):
            return False
        for one in own:
            grants.give(tx, Grant(worker, scopes.part(person, one), now, None, "made here", ""))
            tx.remembered["may", scopes.part(person, one)] = True
        return True

    # -- what the ledger does

    @abstractmethod
    def _keep_places(self, tx: Any) -> None:
        """Write how far the scopes stand that were numbered in this transaction."""

    @abstractmethod
    def _route(self, tx: Any, dev: str, n: int) -> None:
        """Let what waits for a lead into its scope."""
