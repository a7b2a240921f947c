"""The chain of a scope: what tells two who hold it whether they hold the same, in the same order.

Each operation is tied to all before it, with everything that is said in it: the body by the hash
that was taken when it was captured. Who knows the end of a chain for true can be shown any part of
it and believe that part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from linkworker.oplog.operations import Operation

START = ""
"""The checksum of a scope of which nothing is known."""

SHORT = 8
"""Letters by which a sum is known again that is told for each person, and is chance, which cannot
be packed: of 4,000 million sums that differ one begins like another."""


def begins_as(said: str, kept: str) -> bool:
    """Say whether a sum that is kept for a place is the one of which the beginning was told."""
    return len(said) >= SHORT and kept.startswith(said)


def chain(before: str, operations: Iterable[Operation]) -> list[str]:
    """Return a scope's checksum after each of these operations."""
    sums: list[str] = []
    for op in operations:
        line = f"{before}\n{op.said}".encode()
        before = hashlib.blake2b(line, digest_size=16).hexdigest()
        sums.append(before)
    return sums


def checksum(before: str, operations: Iterable[Operation]) -> str:
    """Return a scope's checksum after all of these operations."""
    return [before, *chain(before, operations)][-1]
