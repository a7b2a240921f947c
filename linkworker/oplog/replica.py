"""One laptop's side of sync, as the database sees it: what to send, what came, what was let go.

Nothing here speaks to a network. Whoever does calls these in any order, as often as the network
makes it; each is one transaction, and each may be cut short by a crash at any point:

- An operation counts as sent only when the hub has said that it holds it.
- A part of a scope is taken in only if it begins where this laptop stands, and its operations and
  the new cursor are kept together or not at all. What comes late or twice is ignored.
- A scope is let go of only when nothing of it waits to be sent.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from linkworker.oplog import applying, forking, handing_back, outgoing, wiping
from linkworker.oplog.applying import Applied
from linkworker.oplog.chain import START, begins_as, chain
from linkworker.oplog.following import KEEP_PLACE, follow
from linkworker.oplog.handing_back import PROVEN_EVERY, Answer, Claim, Offer
from linkworker.oplog.operations import Forked, Operation
from linkworker.oplog.shapes import Shape
from linkworker.oplog.showing import row_as_put
from linkworker.refusal import Refused

PIECE = 210
"""Operations taken in between two looks whether it is enough: 20 to 50 ms
(docs/decisions, 0023)."""


@dataclass(frozen=True)
class Cursor:
    """How far a scope is known: the number of its last operation, and the sum of all of them."""

    seq: int = 0
    checksum: str = START

    def is_at(self, kept: str) -> bool:
        """Say whether the sum that is kept for this place is this one, or begins as it does."""
        return begins_as(self.checksum, kept)


@dataclass(frozen=True)
class Part:
    """Some operations of a scope, in the hub's order, and where the scope stands after them."""

    scope: str
    after: int
    operations: tuple[Operation, ...]
    checksum: str
    """The scope's checksum at the end of this part."""
    proofs: tuple[str, ...] = ()
    """The hub's seals on the places within it (`handing_back`), after each `PROVEN_EVERY`
    operations and at its end."""


@dataclass(frozen=True)
class Taken:
    """What the hub says it holds of a device: all numbers up to `last_n`, the new ones numbered."""

    last_n: int
    numbered: tuple[tuple[int, int, int], ...]
    """(n, hub_seq, hub_time) of each; hub_seq 0: it is with a team lead."""
    places: tuple[tuple[int, str, str], ...] = ()
    """Where the scopes stand now that are held (`following`): the number of the last operation
    that was taken in, the beginning of the scope's checksum there, and the hub's seal on it."""


class Disagrees(Refused):
    """What the hub gives of a scope does not agree with itself, also read again whole; or it always
    says that there is more, and nothing comes."""

    def __init__(self, scope: str) -> None:
        super().__init__(
            "What is new could not be fetched.",
            "What the hub gives does not agree with itself.",
            "Nothing is lost. Tell your team lead that the hub wants looking at.",
        )
        self.scope = scope
        """Which, where it is known of one."""


class NotSentYet(Exception):
    """Of a scope that is to be read again whole something was written meanwhile: send it first."""

    def __init__(self, scope: str, applied: Applied) -> None:
        """`applied` is what was taken in before it was met with."""
        super().__init__(scope)
        self.scope = scope
        self.applied = applied


class Waiting:
    """A part that is being taken in: how far, with the scope's checksum there and its proof."""

    def __init__(self, part: Part, sums: Sequence[str]) -> None:
        """`sums` are the scope's checksums after each of the part's operations."""
        self.part = part
        self._sums = sums
        self._taken = 0

    @property
    def after(self) -> int:
        """The number of the last operation that was taken in."""
        return self.part.after + self._taken

    @property
    def is_over(self) -> bool:
        """Whether all of it is taken in."""
        return self._taken == len(self.part.operations)

    @property
    def checksum(self) -> str:
        """The scope's checksum after the last operation that was taken in."""
        return self._sums[self._taken - 1]

    @property
    def proof(self) -> str:
        """The hub's seal on that place, "" where it gave none."""
        proofs = self.part.proofs
        number = len(proofs) - 1 if self.is_over else self._taken // PROVEN_EVERY - 1
        return proofs[number] if 0 <= number < len(proofs) else ""

    def next(self, most: int) -> tuple[Operation, ...]:
        """Return the next operations, and count them as taken in: up to where there is a proof."""
        most = max(PROVEN_EVERY, most - most % PROVEN_EVERY)
        operations = self.part.operations[self._taken : self._taken + most]
        self._taken += len(operations)
        return operations


def digest(cursors: Mapping[str, Cursor]) -> str:
    """Return one digest over all cursors: equal digests have nothing to say to each other."""
    lines = "\n".join(f"{scope} {at.seq} {at.checksum}" for scope, at in sorted(cursors.items()))
    return hashlib.blake2b(lines.encode(), digest_size=16).hexdigest()


_SCOPES = """WITH RECURSIVE one (scope) AS (SELECT min(scope) FROM sync_op UNION ALL
    SELECT (SELECT min(scope) FROM sync_op WHERE scope > one.scope) FROM one
    WHERE one.scope IS NOT NULL)
SELECT scope FROM one WHERE scope IS NOT NULL AND scope <> ? UNION SELECT scope FROM sync_cursor"""
"""Every scope, found by the index one after the other: a hundred among ten thousand rows."""


class Replica:
    """A laptop's records as sync needs them.

    `transaction` lends the connection that writes, in a transaction, with capture off and foreign
    keys not enforced; it keeps or takes back everything at the end. `reading` lends a view, where
    looking is cheaper than that.
    """

    def __init__(
        self,
        transaction: Callable[[], AbstractContextManager[Any]],
        shapes: Mapping[str, Shape],
        after_wipe: Callable[[Any, str, set[tuple[str, str]]], None],
        reading: Callable[[], AbstractContextManager[Any]] | None = None,
    ) -> None:
        self.piece = PIECE
        self._transaction = transaction
        self._reading = reading or transaction
        self._shapes = shapes
        self._after_wipe = after_wipe

    def device(self) -> str:
        """Return this laptop's device id."""
        with self._reading() as connection:
            return outgoing.device(connection)[0]

    def digest(self) -> str:
        """Return the digest of all that stands here, as the hub makes its own (`digest`)."""
        at = self.cursors()
        for scope in self.known_scopes():
            if not scope.startswith("audit:"):
                at.setdefault(scope, Cursor())
        return digest(at)

    def greeted(self, epoch: str, last_n: int) -> None:
        """Hear which hub this is, and how far it holds this device.

        Another `epoch` than the last one is a hub that was brought back from an older backup, or
        another hub. So is one that holds less of this device than it acknowledged: an older copy of
        it was put back, and nobody said so.
        """
        with self._reading() as connection:
            (was,) = connection.execute("SELECT epoch FROM sync_device").fetchone()
            dev, _ = outgoing.device(connection)
            (acknowledged,) = connection.execute(
                "SELECT max(n) FROM sync_op WHERE dev = ? AND hub_seq IS NOT NULL", (dev,)
            ).fetchone()
        if was != epoch or (acknowledged or 0) > last_n:
            self.begin_anew(epoch, last_n)

    def begin_anew(self, epoch: str, last_n: int) -> None:
        """Begin anew with a hub.

        What it does not hold is sent again, what it gave out is kept to be handed back (`claims`),
        and everything is read again.
        """
        with self._transaction() as connection:
            (was,) = connection.execute("SELECT epoch FROM sync_device").fetchone()
            dev, _ = outgoing.device(connection)
            handing_back.keep(connection, was)
            connection.execute(
                "UPDATE sync_op SET hub_seq = NULL, hub_time = NULL WHERE dev = ? AND n > ?",
                (dev, last_n),
            )
            connection.execute("DELETE FROM sync_cursor")
            connection.execute("UPDATE sync_device SET epoch = ?", (epoch,))

    def unsent(self, most_bytes: int) -> list[Operation]:
        """Return the first unsent operations, of about `most_bytes` together; at least one."""
        page: list[Operation] = []
        size = 0
        with self._reading() as connection:
            for op in outgoing.unsent(connection, self._shapes):
                size += len(op.body or "") + 300
                if page and size > most_bytes:
                    break
                page.append(op)
        return page

    def acknowledged(self, taken: Taken) -> None:
        """Note what the hub says it holds, and where the scopes stand with it."""
        with self._transaction() as connection:
            dev, _ = outgoing.device(connection)
            held = applying.acknowledge(connection, dev, taken.numbered, self._shapes)
            follow(connection, held, taken.places)

    def cursors(self) -> dict[str, Cursor]:
        """Return how far each scope is known."""
        with self._reading() as connection:
            return {
                scope: Cursor(seq, sum_)
                for scope, seq, sum_ in connection.execute(
                    "SELECT scope, hub_seq, checksum FROM sync_cursor"
                )
            }

    def look_at(self, parts: Sequence[Part]) -> None:
        """Work out what taking these in will need, on whichever thread has the time."""
        for part in parts:
            for op in part.operations:
                _ = op.said
                if op.kind == "put" and op.tbl in self._shapes:
                    row_as_put(self._shapes[op.tbl], op)

    def take(self, parts: Sequence[Part]) -> tuple[Applied, list[str]]:
        """Take parts in; nothing of one that does not begin where this laptop stands.

        Returns what changed, and the scopes in which this laptop and the hub differ: their cursors
        go back to the beginning, and they are read again whole. Many pieces go in one transaction,
        until it is `enough`: nobody who writes meanwhile waits long. Raises `Forked` where these
        records are a copy of others in use (`go_on_as`), and `NotSentYet`.
        """
        total, differing, waiting = Applied(), [], deque[Waiting]()
        at = self.cursors()
        for part in parts:
            stands = at.get(part.scope, Cursor())
            if part.after != stands.seq or not part.operations:
                continue
            sums = chain(stands.checksum, part.operations)
            if sums[-1] == part.checksum:
                waiting.append(Waiting(part, sums))
            else:
                differing.append(part.scope)
        if differing:
            with self._transaction() as connection:
                connection.executemany(
                    "DELETE FROM sync_cursor WHERE scope = ?", [(one,) for one in differing]
                )
        while waiting:
            try:
                applied = self._take_some(waiting)
            except Forked as fork:
                if fork.dev == self.device():
                    raise
                scope, let_go = self._read_anew(fork)
                if not let_go:
                    raise NotSentYet(scope, total) from None
                differing.append(scope)
                break  # what waits besides is asked for again
            self.came(applied)
            total.add(applied)
        return total, differing

    def _read_anew(self, fork: Forked) -> tuple[str, bool]:
        """Let go of the scope in which a number of another device stands for what the hub has
        otherwise, to read it again; return it, and False while something of it is not sent.

        A hub and a laptop were both put back from a backup, and that laptop wrote under the number
        anew. What stands here was handed back to the hub before, and waits for a lead.
        """
        with self._transaction() as connection:
            (scope,) = connection.execute(
                "SELECT scope FROM sync_op WHERE dev = ? AND n = ?", (fork.dev, fork.n)
            ).fetchone()
            let_go = not wiping.unsent_in(connection, scope)
            if let_go:
                self._let_go(connection, scope, wiping.wipe(connection, scope, self._shapes))
        return str(scope), let_go

    def came(self, applied: Applied) -> None:
        """Hear of what was just taken in and is kept; a store tells its watchers."""

    def enough(self, taken: int) -> bool:
        """Say whether to keep what was taken in of so many operations before more is."""
        return taken >= self.piece

    def _take_some(self, waiting: deque[Waiting]) -> Applied:
        """Take in from the front of what waits, in one transaction."""
        applied, taken = Applied(), 0
        with self._transaction() as connection:
            dev, n = outgoing.device(connection)
            while waiting and (not taken or not self.enough(taken)):
                operations, places = self._next_of(connection, waiting)
                ahead = [op.n for op in operations if op.dev == dev and op.n > n]
                if ahead:  # this laptop wrote what it has never written: it is a copy
                    raise Forked(dev, min(ahead))
                applied.add(applying.apply(connection, operations, self._shapes))
                connection.executemany(
                    KEEP_PLACE, [(scope, *place) for scope, place in places.items()]
                )
                taken += len(operations)
        return applied

    def _next_of(
        self, connection: Any, waiting: deque[Waiting]
    ) -> tuple[list[Operation], dict[str, tuple[int, str, str]]]:
        """Return the next piece of what waits, and where each scope stands after it.

        Small scopes are taken in together: around each statement the search index writes out what
        it has, and with a piece for each person that was a third of a first sync.
        """
        operations: list[Operation] = []
        places: dict[str, tuple[int, str, str]] = {}
        while waiting and len(operations) < self.piece:
            one = waiting[0]
            place = (
                places.get(one.part.scope)
                or connection.execute(
                    "SELECT hub_seq FROM sync_cursor WHERE scope = ?", (one.part.scope,)
                ).fetchone()
            )
            if one.after != (place[0] if place else 0):
                waiting.popleft()
                continue
            operations += one.next(self.piece - len(operations))
            places[one.part.scope] = (one.after, one.checksum, one.proof)
            if one.is_over:
                waiting.popleft()
        return operations, places

    # -- what the hub forgot

    def claims(self) -> list[Claim]:
        """Return what the hub gave out in an earlier life, of which it is not known what it has."""
        with self._reading() as connection:
            return handing_back.claims(connection)

    def look_anew(self, claim: Claim) -> Claim:
        """Look at all of a claim once more."""
        with self._transaction() as connection:
            return handing_back.look_anew(connection, claim)

    def given(self, claim: Claim) -> list[Operation]:
        """Return the operations of a claim in their order; none where they are not whole."""
        with self._reading() as connection:
            return handing_back.given(connection, claim)

    def offer(self, claim: Claim, operations: list[Operation], most_bytes: int) -> Offer | None:
        """Return the last of a claim's operations, of about `most_bytes` together (`page`)."""
        with self._reading() as connection:
            return handing_back.page(connection, claim, operations, self._shapes, most_bytes)

    def looked_at(
        self, claim: Claim, offer: Offer | None = None, answer: Answer | None = None
    ) -> Claim:
        """Note what the hub said of an offer; return what is left of the claim.

        Without an answer nothing of it is left: the hub knows all of it.
        """
        with self._transaction() as connection:
            return handing_back.looked_at(connection, claim, offer, answer)

    def went_through(self) -> None:
        """Hear that a whole sync went through: what was handed back has been read again.

        Also what an earlier sync handed back that broke off before its end.
        """
        with self._reading() as connection:
            if not handing_back.is_claimed(connection):
                return
        with self._transaction() as connection:
            handing_back.through(connection)

    # -- whose it is

    def go_on_as(self, dev: str, first_n: int) -> int:
        """Go on as another device (`forking`); return how many operations are numbered anew.

        The hub keeps what came under the old id, so what is unsent below `first_n` is there.
        """
        with self._transaction() as connection:
            return forking.go_on_as(connection, dev, first_n)

    def let_go(self, scope: str) -> bool:
        """Let go of a scope that is no longer held; False while something of it is unsent."""
        with self._transaction() as connection:
            if wiping.unsent_in(connection, scope):
                return False
            self._let_go(connection, scope, wiping.wipe(connection, scope, self._shapes))
        return True

    def erase(self, scopes: Sequence[str]) -> None:
        """Erase scopes for good, sent or not."""
        with self._transaction() as connection:
            for scope in scopes:
                gone = wiping.erase(connection, scope, self._shapes)
                self._let_go(connection, scope, gone)

    def _let_go(self, connection: Any, scope: str, gone: set[tuple[str, str]]) -> None:
        """After a wipe: what else is kept of it, and what others have of the rows that went."""
        self._after_wipe(connection, scope, gone)
        applying.show_again(connection, gone, self._shapes)

    def known_scopes(self) -> set[str]:
        """Return the scopes of which anything stands here."""
        with self._reading() as connection:
            return {row[0] for row in connection.execute(_SCOPES, (wiping.VOID,))}
