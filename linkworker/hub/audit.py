"""The hub's audit: every read, grant, refusal and lead's action, in lines that are only added.

Each line carries a hash over itself and the line before, so that a line that was changed or taken
out shows. Nothing that anybody said stands here: ids, places in a scope, and a lead's reason.

A read is one line for a page, written before the page leaves. Refusals are counted and written
together, or whoever knocks often enough would fill the disk.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from linkworker.hub.database import Database
from linkworker.oplog.replica import Part

REFUSALS_EVERY_MS = 60_000
"""How long refusals of one kind are counted before they are written."""

MOST_KINDS = 1_000
"""How many kinds of refusals are counted side by side before they are written all the same."""


@dataclass(frozen=True)
class Line:
    """One line."""

    seq: int
    at: int
    """When (ms)."""
    who: str
    what: str
    about: str
    reason: str
    chain: str
    """SHA-256 over the line and the one before, in hexadecimal."""


def add(tx: Any, now: int, who: str, what: str, about: str, reason: str = "") -> None:
    """Add a line in a transaction of the database's one writer."""
    last = tx.remembered.get(("audit", "last"))
    if last is None:
        last = tx.one("SELECT seq, chain FROM hub_audit ORDER BY seq DESC LIMIT 1", ()) or (0, "")
    seq = int(last[0]) + 1
    chain = _chain(str(last[1]), (seq, now, who, what, about, reason))
    tx.remembered["audit", "last"] = (seq, chain)
    tx.execute(
        "INSERT INTO hub_audit (seq, at, who, what, about, reason, chain) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (seq, now, who, what, about, reason, chain),
    )


def _chain(before: str, line: tuple[Any, ...]) -> str:
    said = json.dumps([before, *line], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


class Audit:
    """The audit of one hub, for what is not written together with something else."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms
        self._refused: dict[tuple[str, str, str], int] = {}
        self._since = now_ms()
        self._lock = threading.Lock()

    def note(self, who: str, what: str, about: str, reason: str = "") -> None:
        """Add what was done."""
        with self._database.writing() as tx:
            add(tx, self._now_ms(), who, what, about, reason)

    def was_read(self, worker: str, laptop: str, parts: Iterable[Part]) -> None:
        """Add what a page gives away: from where to where of which scope; for no part, nothing."""
        given = {part.scope: [part.after + 1, part.after + len(part.operations)] for part in parts}
        if given:
            self.note(worker, "read", json.dumps(given, ensure_ascii=False), laptop)

    def was_refused(self, who: str, what: str, about: str = "") -> None:
        """Count a refusal; it is written with others, within a minute of the next or at the end."""
        with self._lock:
            if not self._refused:
                self._since = self._now_ms()
            key = (who, what, about)
            self._refused[key] = self._refused.get(key, 0) + 1
            waits = (
                self._now_ms() - self._since < REFUSALS_EVERY_MS and len(self._refused) < MOST_KINDS
            )
        if not waits:
            self.write_refusals()

    def write_refusals(self) -> None:
        """Write what was counted."""
        with self._lock:
            counted, self._refused = self._refused, {}
        if not counted:
            return
        with self._database.writing() as tx:
            for (who, what, about), number in counted.items():
                add(tx, self._now_ms(), who, f"refused: {what}", about, f"{number} times")

    def lines(self, after: int = 0, most: int = 1_000) -> list[Line]:
        """Return the lines behind a place, in their order."""
        with self._database.reading() as tx:
            return [
                Line(*row)
                for row in tx.rows(
                    "SELECT seq, at, who, what, about, reason, chain FROM hub_audit "
                    "WHERE seq > ? ORDER BY seq LIMIT ?",
                    (after, most),
                )
            ]

    def everything(self) -> Iterator[Line]:
        """Give all lines, in their order."""
        seq = 0
        while page := self.lines(seq):
            yield from page
            seq = page[-1].seq

    def first_broken(self) -> int | None:
        """Return the place of the first line that is not the one that was written, or None."""
        before, seq = "", 0
        for line in self.everything():
            said = (line.seq, line.at, line.who, line.what, line.about, line.reason)
            if line.seq != seq + 1 or line.chain != _chain(before, said):
                return seq + 1
            before, seq = line.chain, line.seq
        return None
