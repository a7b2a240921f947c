"""Find as you type: every beginning that somebody types on the way to a word, newest first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from benchmarks.caseloads import Caseloads
from benchmarks.measuring import Figure, in_turn, p95
from linkworker import cipher
from linkworker.storage.connections import RECORDS
from linkworker.storage.searching import match_expression
from linkworker.store import Store

TYPED = (
    "kettle",
    "bowls club",
    "mends bicycles",
    "rang no answer",
    "the bus",
    "knit and natter",
    "interpreter",
    "saturday",
    "o'brien",
    "allotment",
)
"""What is typed, a letter at a time."""


def beginnings() -> list[str]:
    """Return every beginning of what is typed, from the second letter on."""
    return [words[:end] for words in TYPED for end in range(2, len(words) + 1)]


def _timed(search: Callable[[str], object]) -> float:
    times = []
    for words in beginnings():
        begun = time.perf_counter()
        search(words)
        times.append((time.perf_counter() - begun) * 1000)
    return p95(times)


def _figures(name: str, store: Store, runs: int, aim: float) -> Iterator[Figure]:
    raw = cipher.connect(store.folder / RECORDS, store._connections().key)

    def bare(words: str) -> object:
        return raw.execute(
            "SELECT rowid FROM search_fts WHERE search_fts MATCH ? ORDER BY rowid DESC LIMIT 20",
            (match_expression(words),),
        ).fetchall()

    pairs = in_turn(lambda: _timed(store.search), lambda: _timed(bare), runs)
    with store.read() as tx:
        notes = tx.value("SELECT count(*) FROM note")
    raw.close()
    ours = sorted(first for first, _ in pairs)[len(pairs) // 2]
    floor = sorted(second for _, second in pairs)[len(pairs) // 2]
    yield Figure(
        name,
        f"find as you type, p95, {notes:,} notes",
        "the index's row numbers only, by the bare driver",
        "ms",
        ours,
        floor,
        None,
        aim,
        len(pairs),
    )


def find(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure on ten years of notes."""
    yield from _figures("find", caseloads.ten_years(), runs, 8)


def find_much(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure on 100,000 notes."""
    yield from _figures("find-100k", caseloads.hundred_thousand(), runs, 16)
