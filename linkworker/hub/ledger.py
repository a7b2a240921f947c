"""The ledger: every operation that the team's laptops sent, in one order for each scope.

Invariants, which hold for both databases and are tested against both:

- A device's numbers are taken without a gap; the same number with other content is refused.
- What was acknowledged is durable, and is never numbered twice.
- A scope's numbers run from 1 without a gap, in the order in which they were taken: whoever reads
  up to k has everything up to k, now and always.
- Nothing of a scope is given to a worker without a grant at that moment; whoever has reports only
  has no grant of a person.
- What is pushed without a grant is kept in quarantine for a team lead; it is never refused and
  never lost. What is pushed about an erased person, or into another worker's own scope, keeps its
  number and nothing else (`believing`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from linkworker.hub import audit, identifying, merging
from linkworker.hub.believing import (
    is_erased,
    is_nobodys,
    waits_for_a_lead,
    with_known_base,
)
from linkworker.hub.database import Database
from linkworker.hub.giving import PlaceNotKnown, part_of
from linkworker.hub.grants import has_left, may_hold, names_of, own_audit, own_people, scopes_of
from linkworker.hub.lives import Lives
from linkworker.hub.roles import HoldsNobody
from linkworker.oplog.chain import START, checksum
from linkworker.oplog.forking import is_same
from linkworker.oplog.operations import Forked, Operation, given
from linkworker.oplog.replica import Cursor, Part, Taken, digest
from linkworker.oplog.scoping import person_of
from linkworker.oplog.wire import Pulled

TEAM = "team"
_COUNTED = (
    ("operations", "hub_op"),
    ("people", "hub_scope WHERE scope LIKE 'person:%' AND scope NOT LIKE 'person:%:restricted'"),
    ("quarantine", "hub_op WHERE state = 'quarantine'"),
)


class Ledger(Lives):
    """The hub's operations and grants, in one database."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms

    # -- taking in

    def push(self, dev: str, worker: str, operations: Iterable[Operation]) -> Taken:
        """Take a device's operations in, in the order of their numbers; stop at a gap.

        What is there already is skipped, so that sending again is always safe. Raises `Forked`
        where a number is already another operation's.
        """
        now = self._now_ms()
        numbered: list[tuple[int, int, int]] = []
        with self._database.writing() as tx:
            last = self._last_n(tx, dev)
            after = tx.rows("SELECT n FROM hub_op WHERE dev = ? AND n > ?", (dev, last))
            handed_back = {n for (n,) in after}
            for op in operations:
                if op.dev != dev or op.n > last + 1:
                    break
                if op.n <= last:
                    numbered.append(self._again(tx, op))
                    continue
                if op.n in handed_back:
                    numbered.append(self._sent_itself(tx, op, worker, now))
                else:
                    numbered.append(self._number(tx, op, worker, now))
                last = op.n
            self._keep_places(tx)
            for (what, scope), count in list(tx.remembered.items()):
                if what == "late":
                    audit.add(
                        tx, now, worker, "sent what a lead must see", scope, f"{count} writes"
                    )
        return Taken(last, tuple(numbered))

    def _again(self, tx: Any, op: Operation) -> tuple[int, int, int]:
        seq, time, wire, sender = tx.one(
            "SELECT seq, hub_time, wire, worker FROM hub_op WHERE dev = ? AND n = ?", (op.dev, op.n)
        )
        if not is_nobodys(tx, op, sender):
            there = json.loads(wire or "{}")
            if not is_same(op, *(there.get(name) for name in ("hash", "stamp", "tbl", "pk"))):
                raise Forked(op.dev, op.n)
        return op.n, seq or 0, time

    def _number(self, tx: Any, op: Operation, worker: str, now: int) -> tuple[int, int, int]:
        scope, state, op = op.scope, "taken", with_known_base(tx, op)
        if is_nobodys(tx, op, worker):
            scope, state = "", "void"
        elif not self._may_write(tx, worker, op, now) or waits_for_a_lead(tx, op, worker):
            state = "quarantine"
            tx.remembered["late", scope] = tx.remembered.get(("late", scope), 0) + 1
        at = self._next(tx, op) if state == "taken" else None
        tx.execute(
            "INSERT INTO hub_op (dev, n, hash, scope, seq, checksum, hub_time, worker, state, "
            "wire) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(op.dev, op.n, "" if state == "void" else op.hash),
                *(scope, at and at.seq, at and at.checksum, now, worker, state),
                None if state == "void" else json.dumps(op.to_wire(), ensure_ascii=False),
            ),
        )
        return op.n, at.seq if at else 0, now

    def write_in(self, tx: Any, op: Operation) -> None:
        """Take in what the hub itself writes, in a transaction that does more besides."""
        tx.remembered["may", op.scope] = True
        self._number(tx, op, "the hub", self._now_ms())
        self._keep_places(tx)

    def _next(self, tx: Any, op: Operation) -> Cursor:
        """Return the next place in an operation's scope; `_keep_places` keeps it."""
        identifying.hear(tx, op)
        at = tx.remembered.get(("place", op.scope))
        if at is None:
            row = tx.one("SELECT seq, checksum FROM hub_scope WHERE scope = ?", (op.scope,))
            at = Cursor(*row) if row else Cursor(0, START)
        after = Cursor(at.seq + 1, checksum(at.checksum, [op]))
        tx.remembered["place", op.scope] = after
        return after

    def _keep_places(self, tx: Any) -> None:
        """Write how far the scopes stand that were numbered in this transaction."""
        for (what, scope), after in tx.remembered.items():
            if what == "place":
                tx.execute(
                    "INSERT INTO hub_scope (scope, seq, checksum) VALUES (?, ?, ?) "
                    "ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, "
                    "checksum = excluded.checksum",
                    (scope, after.seq, after.checksum),
                )

    # -- giving out

    def pull(
        self,
        ask: int,
        worker: str,
        cursors: Mapping[str, Cursor],
        known: Iterable[str],
        most_bytes: int,
    ) -> Pulled:
        """Return what a device has not seen of what its worker holds now.

        `known` are the scopes of which the device has anything. At least one operation comes where
        there is one; the rest as `most_bytes` allows.
        """
        now = self._now_ms()
        with self._database.reading(worker, now) as tx:
            held = self._held(tx, worker, now)
            may_keep = held | own_audit(tx, worker) | {TEAM}  # also who left keeps what they had
            asked = set(cursors) | set(known)
            gone = {scope for (scope,) in tx.rows("SELECT scope FROM hub_erased", ())}
            erased = {scope for scope in asked if gone & {scope, f"person:{person_of(scope)}"}}
            parts: list[Part] = []
            unknown: set[str] = set()
            left, more = most_bytes, False
            for scope in sorted(held):
                try:
                    part, rest = part_of(tx, scope, cursors.get(scope, Cursor()), left)
                except PlaceNotKnown:
                    unknown.add(scope)
                    continue
                more = more or rest
                if part is None:
                    continue
                parts.append(part)
                left -= sum(len(op.body or "") + 300 for op in part.operations)
                if left <= 0:
                    more = True
                    break
        lost = asked - may_keep - erased
        claims = [(scope, cursors[scope]) for scope in sorted(lost & set(cursors))]
        unknown.update(claims[number][0] for number in self.forgotten(claims) if claims)
        return Pulled(
            ask,
            tuple(parts),
            lost=frozenset(lost),
            erased=frozenset(erased),
            more=more,
            held=frozenset(held),
            unknown=frozenset(unknown),
        )

    def digest(self, worker: str) -> str:
        """Return the digest of everything that a worker holds now (`replica.digest`)."""
        now = self._now_ms()
        with self._database.reading(worker, now) as tx:
            at = {
                scope: Cursor(seq, sum_)
                for scope in self._held(tx, worker, now)
                for seq, sum_ in tx.rows(
                    "SELECT seq, checksum FROM hub_scope WHERE scope = ?", (scope,)
                )
            }
        return digest(at)

    # -- who may

    def grant(self, worker: str, scope: str, reason: str, until: int | None = None) -> None:
        """Let a worker hold a scope from now on, until an instant (ms) if one is given.

        What they pushed while they did not hold it comes out of quarantine: their laptop may show
        it still, and everybody who holds the scope must see the same.
        """
        self.give(worker, [scope], reason, until)

    def give(
        self,
        worker: str,
        scopes: Iterable[str],
        reason: str,
        until: int | None = None,
        *,
        alone: bool = False,
    ) -> None:
        """Grant several scopes at once, all or none; `alone`: nobody else holds them then."""
        now, scopes = self._now_ms(), list(scopes)
        with self._database.writing() as tx:
            for scope in sorted(scopes):
                if scope.startswith("person:") and not may_hold(tx, worker):
                    raise HoldsNobody
                self._grant(tx, worker, scope, reason, now, until)
                self._let_in_of(tx, worker, scope)
                for holder in self._holders(tx, scope, now) - {worker} if alone else ():
                    self._revoke(tx, holder, scope, now)
            self.even_out_in(tx, scopes)

    def _grant(
        self, tx: Any, worker: str, scope: str, reason: str, now: int, until: int | None
    ) -> None:
        tx.execute(
            "INSERT INTO hub_grant (worker, scope, since, until, reason) VALUES (?, ?, ?, ?, ?)",
            (worker, scope, now, until, reason),
        )
        ends = "" if until is None else f", until {until}"
        audit.add(tx, now, worker, "was granted", scope, f"{reason}{ends}")

    def _let_in_of(self, tx: Any, worker: str, scope: str) -> None:
        for dev, n, wire in tx.rows(
            "SELECT dev, n, wire FROM hub_op WHERE worker = ? AND scope = ? "
            "AND state = 'quarantine' ORDER BY dev, n",
            (worker, scope),
        ):
            if not waits_for_a_lead(tx, given(json.loads(wire)), worker):
                self._route(tx, dev, n)

    def even_out_in(self, tx: Any, scopes: Iterable[str]) -> None:
        """Let whoever holds one record of a person hold the others too, and nobody else."""
        now = self._now_ms()
        for worker, scope, until in merging.even_out(tx, scopes, now):
            self._grant(tx, worker, scope, merging.REASON, now, until)
            self._let_in_of(tx, worker, scope)
        self._keep_places(tx)

    def revoke(self, worker: str, scope: str) -> None:
        """End a worker's grants of a scope now."""
        self.take(worker, [scope])

    def take(self, worker: str, scopes: Iterable[str]) -> None:
        """End a worker's grants of several scopes at once, all or none."""
        now, scopes = self._now_ms(), list(scopes)
        with self._database.writing() as tx:
            for scope in sorted(scopes):
                self._revoke(tx, worker, scope, now)
            self.even_out_in(tx, scopes)

    def _revoke(self, tx: Any, worker: str, scope: str, now: int) -> None:
        tx.execute(
            "UPDATE hub_grant SET until = ? WHERE worker = ? AND scope = ? "
            "AND (until IS NULL OR until > ?)",
            (now, worker, scope, now),
        )
        audit.add(tx, now, worker, "holds no more", scope)

    def held_by(self, worker: str) -> set[str]:
        """Return the people's scopes that a worker holds now."""
        with self._database.reading() as tx:
            held = self._held(tx, worker, self._now_ms())
        return {scope for scope in held if scope.startswith("person:")}

    def own(self, worker: str) -> set[str]:
        """Return the people's scopes that are a worker's own, and not only covered for a while."""
        with self._database.reading() as tx:
            return own_people(tx, worker, self._now_ms())

    def holders(self, scope: str) -> set[str]:
        """Return the workers who hold a scope now."""
        with self._database.reading() as tx:
            return self._holders(tx, scope, self._now_ms())

    def _holders(self, tx: Any, scope: str, now: int) -> set[str]:
        rows = tx.rows(
            "SELECT worker FROM hub_grant WHERE scope = ? AND since <= ? "
            "AND (until IS NULL OR until > ?)",
            (scope, now, now),
        )
        return {worker for (worker,) in rows}

    def is_known(self, scope: str) -> bool:
        """Say whether anything of a scope was ever sent, or anybody may hold it."""
        with self._database.reading() as tx:
            return self._is_anybodys(tx, scope)

    def counts(self) -> dict[str, int]:
        """Return how many operations are held, of how many people, and how many wait for a lead."""
        with self._database.reading() as tx:
            return {what: int(tx.value(f"SELECT count(*) FROM {of}", ())) for what, of in _COUNTED}

    def scopes_of(self, person: str) -> set[str]:
        """Return every scope of a person of which there is anything, also what waits for a lead."""
        with self._database.reading() as tx:
            return scopes_of(tx, person)

    def erase(self, scope: str) -> None:
        """Erase a scope for good: its operations keep their numbers and nothing else."""
        with self._database.writing() as tx:
            self.erase_in(tx, scope)

    def erase_in(self, tx: Any, scope: str) -> None:
        """Do so in a transaction that does more besides."""
        tx.execute("INSERT INTO hub_erased (scope) VALUES (?) ON CONFLICT DO NOTHING", (scope,))
        tx.execute(
            "UPDATE hub_op SET wire = NULL, hash = '', scope = '', seq = NULL, checksum = NULL, "
            "state = 'void' WHERE scope = ?",
            (scope,),
        )
        tx.execute("DELETE FROM hub_scope WHERE scope = ?", (scope,))
        tx.execute("DELETE FROM hub_grant WHERE scope = ?", (scope,))
        tx.execute("DELETE FROM hub_told WHERE person = ?", (scope.removeprefix("person:"),))
        others = merging.records_of(tx, scope.removeprefix("person:"))
        identifying.forget(tx, scope)
        self.even_out_in(tx, {f"person:{one}" for one in others} - {scope})
        audit.add(tx, self._now_ms(), "the hub", "erased", scope)

    def erase_again(self, scopes: set[str]) -> None:
        """Erase what is on the list and not erased here: a backup was put back, or an end came."""
        if not scopes:
            return
        with self._database.reading() as tx:
            here = {scope for (scope,) in tx.rows("SELECT scope FROM hub_erased", ())}
        for scope in sorted(scopes - here):
            self.erase(scope)

    def quarantined(self) -> list[Operation]:
        """Return what was pushed without a grant and waits for a team lead."""
        return [op for op, _ in self.quarantined_by()]

    def quarantined_by(self) -> list[tuple[Operation, str]]:
        """Return the same, each with the worker who sent it."""
        with self._database.reading() as tx:
            return [
                (given(json.loads(wire)), worker)
                for wire, worker in tx.rows(
                    "SELECT wire, worker FROM hub_op WHERE state = 'quarantine' ORDER BY dev, n",
                    (),
                )
            ]

    def route(self, dev: str, n: int) -> None:
        """Let a quarantined operation into its scope, for whoever holds it now."""
        with self._database.writing() as tx:
            self._route(tx, dev, n)
            self._keep_places(tx)

    def _route(self, tx: Any, dev: str, n: int) -> None:
        row = tx.one(
            "SELECT wire FROM hub_op WHERE dev = ? AND n = ? AND state = 'quarantine'", (dev, n)
        )
        if row is not None:
            at = self._next(tx, given(json.loads(row[0])))
            tx.execute(
                "UPDATE hub_op SET seq = ?, checksum = ?, state = 'taken' WHERE dev = ? AND n = ?",
                (at.seq, at.checksum, dev, n),
            )

    def _held(self, tx: Any, worker: str, now: int) -> set[str]:
        held = {
            scope
            for (scope,) in tx.rows(
                "SELECT scope FROM hub_grant WHERE worker = ? AND since <= ? "
                "AND (until IS NULL OR until > ?)",
                (worker, now, now),
            )
        }
        team = set() if has_left(tx, worker) else {TEAM}
        return held | team | {f"worker:{name}" for name in names_of(tx, worker)}

    def _holds(self, tx: Any, worker: str, scope: str, now: int) -> bool:
        """Say whether a worker holds one scope, without asking for all of them."""
        if not scope.startswith("person:"):
            return scope in self._held(tx, worker, now)
        return bool(
            tx.value(
                "SELECT 1 FROM hub_grant WHERE worker = ? AND scope = ? AND since <= ? "
                "AND (until IS NULL OR until > ?)",
                (worker, scope, now, now),
            )
        )

    def _may_write(self, tx: Any, worker: str, op: Operation, now: int) -> bool:
        """Say whether a worker may write to an operation's scope; a new person is its maker's."""
        if ("may", op.scope) not in tx.remembered:
            tx.remembered["may", op.scope] = self._is_theirs(tx, worker, op.scope, now)
        return bool(tx.remembered["may", op.scope])

    def _is_theirs(self, tx: Any, worker: str, scope: str, now: int) -> bool:
        if scope in own_audit(tx, worker) or self._holds(tx, worker, scope, now):
            return True
        person = f"person:{person_of(scope)}"
        if scope not in (person, f"{person}:restricted") or self._is_anybodys(tx, person):
            return False
        if not may_hold(tx, worker):
            return False
        for part in (person, f"{person}:restricted"):
            self._grant(tx, worker, part, "made here", now, None)
            tx.remembered["may", part] = True
        return True

    def _is_anybodys(self, tx: Any, person: str) -> bool:
        return bool(
            tx.value("SELECT 1 FROM hub_scope WHERE scope = ?", (person,))
            or tx.value("SELECT 1 FROM hub_grant WHERE scope = ?", (person,))
        )

    def _is_erased(self, tx: Any, scope: str) -> bool:
        return is_erased(tx, scope)
