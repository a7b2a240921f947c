"""The lives of a hub: it begins a new one when an older backup was put back, and is told what it
forgot in between.

What a device wrote it sends again by itself. What a device sent that is gone for good stands on the
laptops that were given it, and they hand it back (`oplog.handing_back`). The hub believes no
laptop: it believes its own seal on the place up to which it gave a scope, and the chain that ties
every operation to that place. So it does not matter who hands back, in whose name the operations
are, how often, or how long after the restore.

- A handed-back operation is in its scope as if it had never been forgotten.
- It does not count among the numbers of its device, which may still live: that sends on from the
  last number that it sent itself, and what it sends then is its own.
- Of somebody who was erased nothing is taken back.
"""

from __future__ import annotations

import hmac
import json
import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from linkworker import scopes
from linkworker.hub import audit, unreadable
from linkworker.hub.believing import RESTORED
from linkworker.hub.database import Database
from linkworker.hub.giving import SEAL, SEAL_BYTES, seal
from linkworker.hub.grants import Grant, give, may_hold, own_parts
from linkworker.oplog.capture import body_hash
from linkworker.oplog.chain import START, checksum
from linkworker.oplog.handing_back import Answer, Offer
from linkworker.oplog.operations import Operation
from linkworker.oplog.replica import Cursor
from linkworker.oplog.wire import Greeting


class Lives(ABC):
    """What of a ledger knows of the hub's lives."""

    database: Database
    now_ms: Callable[[], int]

    def begin_life(self, epoch: str) -> None:
        """Note which life of the hub this is: a new one when it is made, and after a restore."""
        with self.database.writing() as tx:
            self.begin_life_in(tx, epoch)

    def begin_life_in(self, tx: Any, epoch: str) -> None:
        """Do so in a transaction that does more besides."""
        tx.execute(
            "INSERT INTO hub_meta (name, value) VALUES ('epoch', ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (epoch,),
        )
        tx.execute(
            "INSERT INTO hub_meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
            (SEAL, secrets.token_hex(SEAL_BYTES)),
        )
        tx.execute(
            "INSERT INTO hub_meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
            (RESTORED, epoch),
        )
        audit.add(tx, self.now_ms(), "the hub", "began a life", epoch)

    def greet(self, dev: str, worker: str, digest: str) -> Greeting:
        """Say which hub this is, how far it holds a device, and whether there is anything to say.

        `digest` is over all that stands on the laptop (`Replica.digest`).
        """
        with self.database.reading() as tx:
            epoch = tx.value("SELECT value FROM hub_meta WHERE name = 'epoch'", ())
            last_n = self._last_n(tx, dev)
        return Greeting(epoch or "", last_n, self.digest(worker) == digest)

    def _last_n(self, tx: Any, dev: str) -> int:
        """Return the last number that a device itself sent."""
        last = tx.value(
            "SELECT n FROM hub_op WHERE dev = ? AND handed = 0 ORDER BY n DESC LIMIT 1", (dev,)
        )
        return int(last or 0)

    # -- what the hub forgot

    def forgotten(self, claims: Sequence[tuple[str, Cursor]]) -> tuple[int, ...]:
        """Return which of these scopes, by their places, the hub does not know up to there."""
        with self.database.reading() as tx:
            return tuple(
                number
                for number, (scope, at) in enumerate(claims)
                if not self._is_erased(tx, scope) and not self._knows(tx, scope, at)
            )

    def hand_back(self, worker: str, laptop: str, offer: Offer) -> Answer:
        """Take back operations that the hub once gave out and forgot; the audit says from whom."""
        now, scope = self.now_ms(), offer.scope
        with self.database.writing() as tx:
            if not self._is_own(tx, offer):
                return Answer(believed=False, enough=False, proof="")
            at = Cursor(offer.seq - len(offer.operations), offer.before)
            taken = 0
            if not self._is_erased(tx, scope):
                taken = sum(self._take_back(tx, op, worker, now) for op in offer.operations)
                self._keep_places(tx)
                if at.seq == 0:
                    self._give_to_its_maker(tx, offer.operations[0], now)
            if taken:
                reason = f"{taken} writes, by laptop {laptop}"
                audit.add(tx, now, worker, "handed back", scope, reason)
            enough = self._is_erased(tx, scope) or self._knows(tx, scope, at)
            return Answer(True, enough, seal(tx, scope, at), self._place_of(tx, offer))

    def _place_of(self, tx: Any, offer: Offer) -> tuple[int, str]:
        """Return the last place in its scope at which something of an offer stands."""
        found = [
            tx.one(
                "SELECT seq, checksum FROM hub_op WHERE dev = ? AND n = ? AND scope = ? "
                "AND seq IS NOT NULL",
                (op.dev, op.n, offer.scope),
            )
            for op in offer.operations
        ]
        return max(((int(row[0]), str(row[1])) for row in found if row), default=(0, ""))

    def _is_own(self, tx: Any, offer: Offer) -> bool:
        """Say whether the hub once gave out just this, in this order, up to this place."""
        at = Cursor(offer.seq, offer.checksum)
        own = seal(tx, offer.scope, at)
        first = offer.seq - len(offer.operations)
        return (
            bool(own)
            and hmac.compare_digest(own.encode(), offer.proof.encode())
            and first >= 0
            and (first == 0) == (offer.before == START)
            and all(op.scope == offer.scope for op in offer.operations)
            and checksum(offer.before, offer.operations) == offer.checksum
        )

    def _knows(self, tx: Any, scope: str, at: Cursor) -> bool:
        """Say whether a scope was here as it was there, up to a place."""
        if at.seq == 0:
            return True
        found = tx.value("SELECT checksum FROM hub_op WHERE scope = ? AND seq = ?", (scope, at.seq))
        return found is not None and at.is_at(found)

    def _take_back(self, tx: Any, op: Operation, worker: str, now: int) -> bool:
        """Take one operation back; False where it is here.

        The chain covers the body by its hash. A body that is not as it was hashed (a later release
        spells it with columns more) waits for a lead, and so does what is another than the
        operation that stands under its number here.
        """
        op = replace(op, hub_seq=None, hub_time=None)
        is_whole = op.body is not None and body_hash(op.body) == op.hash
        row = tx.one(
            "SELECT state, handed, hash, wire FROM hub_op WHERE dev = ? AND n = ?", (op.dev, op.n)
        )
        if row is None or row[0] == "void":
            self._put_back(tx, op, worker, now, there=row is not None, in_sight=is_whole)
            return True
        state, handed, hash_, wire = row
        if not unreadable.is_there(op, hash_, wire):
            aside = replace(op, dev=f"{op.dev[:50]}-{op.hash[:8]}")
            known = tx.one("SELECT 1 FROM hub_op WHERE dev = ? AND n = ?", (aside.dev, aside.n))
            if known is None:
                self._put_back(tx, aside, worker, now, there=False, in_sight=False)
            return known is None
        if state == "quarantine" and is_whole:
            if handed:
                tx.execute(
                    "UPDATE hub_op SET wire = ? WHERE dev = ? AND n = ?",
                    (_spelled(op), op.dev, op.n),
                )
            self._route(tx, op.dev, op.n)
            return True
        return False

    def _put_back(
        self, tx: Any, op: Operation, worker: str, now: int, *, there: bool, in_sight: bool
    ) -> None:
        """Keep an operation; `there`: its own device emptied the number, having let go of it."""
        at = self._next(tx, op) if in_sight else None
        kept = (
            *(op.hash, op.scope, at and at.seq, at and at.checksum),
            *(now, worker, "taken" if in_sight else "quarantine", _spelled(op)),
        )
        if there:
            tx.execute(
                "UPDATE hub_op SET hash = ?, scope = ?, seq = ?, checksum = ?, hub_time = ?, "
                "worker = ?, state = ?, wire = ? WHERE dev = ? AND n = ?",
                (*kept, op.dev, op.n),
            )
        else:
            tx.execute(
                "INSERT INTO hub_op (hash, scope, seq, checksum, hub_time, worker, state, wire, "
                "dev, n, handed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                (*kept, op.dev, op.n),
            )

    def _give_to_its_maker(self, tx: Any, first: Operation, now: int) -> None:
        """Let whoever wrote first of somebody hold them, where nobody ever did by what is known."""
        person = first.scope
        whose, part = scopes.parts(person)
        if not whose or part != scopes.RECORD:
            return
        if tx.value("SELECT 1 FROM hub_grant WHERE scope = ?", (person,)):
            return
        maker = tx.value(
            "SELECT a.worker FROM hub_alias a JOIN hub_worker w ON w.id = a.worker "
            "WHERE a.alias = ? AND w.left_at IS NULL",
            (first.actor,),
        )
        if maker is not None and may_hold(tx, maker):
            for own in own_parts(tx, maker):
                give(tx, Grant(maker, scopes.part(whose, own), now, None, "made here", ""))

    def _sent_itself(self, tx: Any, op: Operation, worker: str, now: int) -> tuple[int, int, int]:
        """Take in what others handed back before its own device sent it: it is that device's."""
        self._again(tx, op)
        tx.execute("UPDATE hub_op SET handed = 0 WHERE dev = ? AND n = ?", (op.dev, op.n))
        if op.kind != "void" and not self._is_erased(tx, op.scope):
            tx.execute(
                "UPDATE hub_op SET worker = ?, wire = ? WHERE dev = ? AND n = ?",
                (worker, _spelled(op), op.dev, op.n),
            )
            if self._may_write(tx, worker, op, now):
                self._route(tx, op.dev, op.n)
        return self._again(tx, op)

    # -- what the ledger does

    @abstractmethod
    def digest(self, worker: str) -> str:
        """Return the digest of everything that a worker holds now."""

    @abstractmethod
    def _again(self, tx: Any, op: Operation) -> tuple[int, int, int]:
        """Say where an operation is that is here. Raises `Forked` where it is another."""

    @abstractmethod
    def _may_write(self, tx: Any, worker: str, op: Operation, now: int) -> bool:
        """Say whether a worker may write to an operation's scope."""

    @abstractmethod
    def _next(self, tx: Any, op: Operation) -> Cursor:
        """Return the next place in an operation's scope."""

    @abstractmethod
    def _keep_places(self, tx: Any) -> None:
        """Write how far the scopes stand that were numbered in this transaction."""

    @abstractmethod
    def _route(self, tx: Any, dev: str, n: int) -> None:
        """Let what waits for a lead into its scope."""

    @abstractmethod
    def _is_erased(self, tx: Any, scope: str) -> bool:
        """Say whether a scope was erased."""


def _spelled(op: Operation) -> str:
    return json.dumps(op.to_wire(), ensure_ascii=False)
