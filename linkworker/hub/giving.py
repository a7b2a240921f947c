"""What is given out of one scope, a page at a time, within a transaction of the ledger.

The hub seals the places up to which it gives: what such a seal covers it takes back after a restore
(`lives`), whoever hands it back. It seals only checksums that it kept itself, never one that a
laptop says.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from linkworker.hub.unreadable import Row, read_at
from linkworker.oplog.handing_back import PROVEN_EVERY
from linkworker.oplog.operations import Operation
from linkworker.oplog.replica import Cursor, Part, digest

SEAL = "seal"
"""The name under which the hub keeps the key of its seal, in its records and every backup."""

SEAL_BYTES = 32


MOST_ROWS = 4_000
"""Writes of one scope in one answer."""


MOST_ASKED = 500
"""Scopes that one question to the database names."""


class PlaceNotKnown(Exception):
    """A laptop stands at a place of a scope that is not here, or not with what came before it."""


def stands(tx: Any, scopes: Collection[str]) -> dict[str, Cursor]:
    """Return how far each of these scopes goes of which there is anything.

    Asked of those alone, and of many at once: of all that a hub has it would grow with the team.
    """
    asked = sorted(scopes)
    found: dict[str, Cursor] = {}
    for first in range(0, len(asked), MOST_ASKED):
        some = asked[first : first + MOST_ASKED]
        marks = ", ".join("?" for _ in some)
        for scope, seq, sum_ in tx.rows(
            f"SELECT scope, seq, checksum FROM hub_scope WHERE scope IN ({marks})", tuple(some)
        ):
            found[scope] = Cursor(seq, sum_)
    return found


def standing(
    tx: Any, ends: Mapping[str, Cursor], places: Sequence[int], said: str
) -> dict[str, Cursor] | None:
    """Return where a laptop stands that says no more than its place in each scope, by their names.

    `ends` are how far they go here (`stands`). None where `said`, the digest of all that stands at
    these places, is another: it must name them.
    """
    if len(ends) != len(places):
        return None
    found: dict[str, Cursor] = {}
    for scope, seq in zip(sorted(ends), places, strict=True):
        found[scope] = ends[scope] if seq == ends[scope].seq else Cursor()
        if seq and not found[scope].seq:
            rows = tx.rows("SELECT checksum FROM hub_op WHERE scope = ? AND seq = ?", (scope, seq))
            if not rows:
                return None
            found[scope] = Cursor(seq, rows[0][0])
    return found if digest(found) == said else None


def part_of(
    tx: Any, scope: str, at: Cursor, most_bytes: int
) -> tuple[Part | None, bool, Row | None]:
    """Return what comes after a cursor, at least one write where there is one; whether there is
    more than `most_bytes` allows; and the row that cannot be read and holds up what is behind it.

    Raises `PlaceNotKnown`.
    """
    operations: list[Operation] = []
    sums: list[str] = []
    rows = tx.rows(
        "SELECT wire, seq, hub_time, checksum, dev, n FROM hub_op WHERE scope = ? AND seq >= ? "
        f"ORDER BY seq LIMIT {MOST_ROWS + 1}",
        (scope, at.seq),
    )
    if at.seq > 0:
        if not rows or rows[0][1] != at.seq or not at.is_at(rows[0][3]):
            raise PlaceNotKnown
        del rows[0]
    size, more, held_up = 0, len(rows) >= MOST_ROWS, None
    for wire, seq, time, sum_, dev, n in rows:
        op = read_at(wire, dev, n, scope, seq, time)
        if op is None:
            more, held_up = False, Row(dev, n, scope, seq)
            break
        size += len(op.body or "") + 300
        if operations and size > most_bytes:
            more = True
            break
        operations.append(op)
        sums.append(sum_)
    if not operations:
        return None, False, held_up
    seals = tuple(
        seal(tx, scope, Cursor(at.seq + number, sum_))
        for number, sum_ in enumerate(sums, 1)
        if number % PROVEN_EVERY == 0 or number == len(sums)
    )
    part = Part(scope, at.seq, tuple(operations), sums[-1], tuple(filter(None, seals)))
    return part, more, held_up


def seal(tx: Any, scope: str, at: Cursor) -> str:
    """Return the hub's seal on a place of a scope, "" where it has never begun a life."""
    if ("meta", SEAL) not in tx.remembered:
        found = tx.value("SELECT value FROM hub_meta WHERE name = ?", (SEAL,))
        tx.remembered["meta", SEAL] = found
    key = tx.remembered["meta", SEAL]
    if key is None:
        return ""
    said = json.dumps([scope, at.seq, at.checksum]).encode()
    return hmac.new(bytes.fromhex(key), said, hashlib.sha256).hexdigest()[:32]
