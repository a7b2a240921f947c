"""A hub without a network, and stores that sync with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from linkworker import cipher
from linkworker.clock import Clock, milliseconds
from linkworker.hub.database import SqliteDatabase
from linkworker.hub.ledger import Ledger
from linkworker.oplog.handing_back import Answer, Offer
from linkworker.oplog.operations import Operation
from linkworker.oplog.replica import Cursor, Taken
from linkworker.oplog.wire import Greeting, Pulled
from linkworker.store import Store
from linkworker.sync.session import Session, Synced


def parts_of(person: str) -> tuple[str, str, str]:
    """The record, the team's notes, and what is kept apart."""
    return f"person:{person}", f"person:{person}:team", f"person:{person}:restricted"


class Near:
    """The hub, called as one calls a function, for one worker."""

    def __init__(self, ledger: Ledger, worker: str, anew: str = "") -> None:
        """`anew` is the device id that a laptop is given which was brought back from a copy."""
        self.ledger = ledger
        self.worker = worker
        self.anew = anew

    def greet(self, dev: str, digest: str) -> Greeting:
        return self.ledger.greet(dev, self.worker, digest)

    def push(self, operations: Sequence[Operation]) -> Taken:
        return self.ledger.push(operations[0].dev, self.worker, operations)

    def pull(
        self, ask: int, cursors: Mapping[str, Cursor], known: Iterable[str], most_bytes: int
    ) -> Pulled:
        return self.ledger.pull(ask, self.worker, cursors, known, most_bytes)

    def forgotten(self, claims: Sequence[tuple[str, Cursor]]) -> Sequence[int]:
        return self.ledger.forgotten(claims)

    def hand_back(self, offer: Offer) -> Answer:
        return self.ledger.hand_back(self.worker, "a laptop", offer)

    def new_device(self) -> str:
        assert self.anew, "no laptop was copied"
        return self.anew


class Team:
    """A hub on an encrypted file, and whoever syncs with it."""

    def __init__(self, folder: Path, clock: Clock, *, epoch: str = "first") -> None:
        connection = cipher.connect(folder / "hub.db", bytes(32), create=True)
        self.ledger = Ledger(SqliteDatabase(connection), lambda: milliseconds(clock()))
        self.ledger.begin_life(epoch)

    def sync(self, store: Store, anew: str = "") -> Synced:
        return Session(store.replica(), Near(self.ledger, store.worker_id, anew)).sync()
