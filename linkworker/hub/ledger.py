"""The ledger: every operation that the team's laptops sent, in one order for each scope.

Invariants, which hold for both databases and are tested against both:

- A device's numbers are taken without a gap; the same number with other content is refused.
- What was acknowledged is durable, and is never numbered twice.
- A scope's numbers run from 1 without a gap, in the order in which they were taken: whoever reads
  up to k has everything up to k, now and always.
- Nothing of a scope is given to a worker without a grant at that moment; whoever has reports only
  has no grant of a person. Each part of a person is a scope (`scopes`), and a grant of one
  opens no other.
- Nobody writes another organisation's notes, be they granted to read.
- What is pushed without a grant is kept in quarantine for a team lead; it is never refused and
  never lost. What is pushed about an erased person, into another worker's own scope, or as the
  notes of an organisation that is not here, keeps its number and nothing else (`believing`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from linkworker import scopes
from linkworker.hub import audit, grants, identifying, merging, unreadable
from linkworker.hub.believing import (
    THE_HUB,
    is_erased,
    is_nobodys,
    waits_for_a_lead,
    with_known_base,
)
from linkworker.hub.database import Database
from linkworker.hub.giving import PlaceNotKnown, part_of, seal, standing, stands
from linkworker.hub.holding import TEAM, Holding
from linkworker.hub.lives import Lives
from linkworker.hub.unreadable import is_there
from linkworker.oplog.chain import START, checksum
from linkworker.oplog.operations import Forked, Operation
from linkworker.oplog.replica import Cursor, Part, Taken, digest
from linkworker.oplog.wire import Pulled

_COUNTED = (
    ("operations", "hub_op"),
    ("people", "hub_scope WHERE scope LIKE 'person:%' AND scope NOT LIKE 'person:%:%'"),
    ("quarantine", "hub_op WHERE state = 'quarantine'"),
)


class Ledger(Holding, Lives):
    """The hub's operations and grants, in one database."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self.database = database
        self.now_ms = now_ms
        """The present instant (ms)."""

    # -- taking in

    def push(self, dev: str, worker: str, operations: Sequence[Operation]) -> Taken:
        """Take a device's operations in, in the order of their numbers; stop at a gap.

        What is there already is skipped, so that sending again is always safe. Raises `Forked`
        where a number is already another operation's.
        """
        now = self.now_ms()
        numbered: list[tuple[int, int, int]] = []
        with self.database.writing() as tx:
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
            places = tuple(self._places(tx, worker, now, operations, numbered))
        return Taken(last, tuple(numbered), places)

    def _places(
        self,
        tx: Any,
        worker: str,
        now: int,
        operations: Sequence[Operation],
        numbered: Sequence[tuple[int, int, int]],
    ) -> Iterator[tuple[int, str, str]]:
        """Give where the scopes stand that were written to and are held (`following`)."""
        held = self._held(tx, worker, now)
        for op, (n, seq, _) in zip(operations, numbered, strict=False):
            at = tx.remembered.get(("place", op.scope))
            if at is not None and at.seq == seq and op.scope in held:
                yield n, at.checksum, seal(tx, op.scope, at)

    def _again(self, tx: Any, op: Operation) -> tuple[int, int, int]:
        seq, time, wire, sender, hash_ = tx.one(
            "SELECT seq, hub_time, wire, worker, hash FROM hub_op WHERE dev = ? AND n = ?",
            (op.dev, op.n),
        )
        if not is_nobodys(tx, op, sender) and not is_there(op, hash_, wire):
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
        self._number(tx, op, THE_HUB, self.now_ms())
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
        now = self.now_ms()
        with self.database.reading(worker, now) as tx:
            held = self._held(tx, worker, now)
            may_keep = held | grants.own_audit(tx, worker) | {TEAM}  # who left keeps it too
            asked = set(cursors) | set(known)
            gone = {scope for (scope,) in tx.rows("SELECT scope FROM hub_erased", ())}
            erased = {one for one in asked if gone & {one, scopes.part(scopes.person_of(one))}}
            parts: list[Part] = []
            unknown: set[str] = set()
            held_up: list[unreadable.Row] = []
            left, more = most_bytes, False
            stand = stands(tx, held)
            for scope in sorted(held):
                at, there = cursors.get(scope, Cursor()), stand.get(scope, Cursor())
                if at.seq == there.seq and (not at.seq or at.is_at(there.checksum)):
                    continue  # of most there is nothing new
                try:
                    part, rest, row = part_of(tx, scope, at, left)
                except PlaceNotKnown:
                    unknown.add(scope)
                    continue
                more = more or rest
                held_up += [row] if row else []
                if part is None:
                    continue
                parts.append(part)
                left -= sum(len(op.body or "") + 300 for op in part.operations)
                if left <= 0:
                    more = True
                    break
        if held_up:
            unreadable.note(self.database, held_up, now)
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
            held_up=frozenset(row.scope for row in held_up),
        )

    def digest(self, worker: str) -> str:
        """Return the digest of everything that a worker holds now (`replica.digest`)."""
        now = self.now_ms()
        with self.database.reading(worker, now) as tx:
            return digest(stands(tx, self._held(tx, worker, now)))

    def standing(self, worker: str, places: Sequence[int], said: str) -> dict[str, Cursor] | None:
        """Return where a worker's laptop stands that does not name its scopes (`giving`)."""
        now = self.now_ms()
        with self.database.reading(worker, now) as tx:
            return standing(tx, stands(tx, self._held(tx, worker, now)), places, said)

    # -- what there is, and what waits

    def counts(self) -> dict[str, int]:
        """Return how many operations are held, of how many people, and how many wait for a lead."""
        with self.database.reading() as tx:
            return {what: int(tx.value(f"SELECT count(*) FROM {of}", ())) for what, of in _COUNTED}

    def scopes_of(self, person: str) -> set[str]:
        """Return every scope of a person of which there is anything, also what waits for a lead."""
        with self.database.reading() as tx:
            return grants.scopes_of(tx, person)

    def erase(self, scope: str) -> None:
        """Erase a scope for good: its operations keep their numbers and nothing else."""
        with self.database.writing() as tx:
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
        audit.add(tx, self.now_ms(), "the hub", "erased", scope)

    def erase_again(self, scopes: set[str]) -> None:
        """Erase what is on the list and not erased here: a backup was put back, or an end came."""
        if not scopes:
            return
        with self.database.reading() as tx:
            here = {scope for (scope,) in tx.rows("SELECT scope FROM hub_erased", ())}
        for scope in sorted(scopes - here):
            self.erase(scope)

    def quarantined(self) -> list[Operation]:
        """Return what was pushed without a grant and waits for a team lead."""
        return [op for op, _ in self.quarantined_by()]

    def quarantined_by(self) -> list[tuple[Operation, str]]:
        """Return the same, each with the worker who sent it."""
        with self.database.reading() as tx:
            waiting = tx.rows(
                "SELECT wire, worker FROM hub_op WHERE state = 'quarantine' ORDER BY dev, n", ()
            )
        return [(op, worker) for wire, worker in waiting if (op := unreadable.read(wire))]

    def route(self, dev: str, n: int) -> None:
        """Let a quarantined operation into its scope, for whoever holds it now."""
        with self.database.writing() as tx:
            self._route(tx, dev, n)
            self._keep_places(tx)

    def _route(self, tx: Any, dev: str, n: int) -> None:
        row = tx.one(
            "SELECT wire FROM hub_op WHERE dev = ? AND n = ? AND state = 'quarantine'", (dev, n)
        )
        op = unreadable.read(row[0]) if row else None
        if op is not None:
            at = self._next(tx, op)
            tx.execute(
                "UPDATE hub_op SET seq = ?, checksum = ?, state = 'taken' WHERE dev = ? AND n = ?",
                (at.seq, at.checksum, dev, n),
            )

    def _is_erased(self, tx: Any, scope: str) -> bool:
        return is_erased(tx, scope)
