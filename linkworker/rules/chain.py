"""A chain of hashes: each link is made of what it holds and of the link before it.

One taken out, put in or changed anywhere but at the very end shows. Whoever can write them all anew
can make a new chain: it shows a careless hand, not a patient one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def link(last: str, *parts: str) -> str:
    """Return the link that holds `parts` and follows `last` ("" for the first)."""
    return hashlib.sha256("\x00".join((last, *parts)).encode()).hexdigest()


def holds(links: Iterable[tuple[str, ...]]) -> bool:
    """Say whether each follows from the one before. Each is its parts and, last, its link."""
    last = ""
    for *parts, made in links:
        if made != link(last, *parts):
            return False
        last = made
    return True
