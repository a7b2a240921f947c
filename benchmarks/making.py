"""Making people up: the demo's first use until its rows stand, and ten years of notes.

Wall and processor time stand side by side: on a machine that does other things only the second is
the program's own.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.caseloads import Caseloads
from benchmarks.measuring import Figure
from benchmarks.starting import HELLO, PEOPLE_TODAY, demo
from benchmarks.terminal import Terminal
from linkworker import cipher
from linkworker.storage.connections import RECORDS
from linkworker.store import Store

LONGEST = 300.0
"""Seconds after which it is given up."""

Spent = tuple[float, float]
"""Seconds by the clock on the wall, and of the processor."""


def _until(command: list[str], pattern: str) -> Spent:
    """Return what a program spends until its screen shows `pattern`."""
    with Terminal(command) as terminal:
        shown = terminal.when_shown(pattern, LONGEST)
        return shown - terminal.start, terminal.processor_seconds()


def _figures(
    name: str, what: str, floor_is: str, aim: float, pairs: list[tuple[Spent, Spent]]
) -> Iterator[Figure]:
    for side, clock in ((0, "wall"), (1, "processor")):
        ours = statistics.median(one[side] for one, _ in pairs)
        floor = statistics.median(one[side] for _, one in pairs)
        told = f"{what}, {clock}"
        yield Figure(f"{name}-{clock}", told, floor_is, "s", ours, floor, None, aim, len(pairs))


def first_use(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure `linkworker demo` where there is nothing yet, to the rows of Today."""
    if not sys.platform.startswith("linux"):
        return
    pairs = []
    for _ in range(min(runs, 3)):
        with tempfile.TemporaryDirectory() as place:
            ours = _until(demo(Path(place) / "demo"), PEOPLE_TODAY)
        pairs.append((ours, _until(HELLO, "hello there")))
    yield from _figures("first-use", "demo's first use to rows", "a bare Textual hello", 5, pairs)


def years(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure `linkworker demo --years 10` where there is nothing yet, to the rows of Today.

    The floor writes and proves the finished file once: its pages sealed, no row made.
    """
    if not sys.platform.startswith("linux"):
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "demo"
        ours = _until([*demo(folder), "--years", f"{caseloads.years:g}"], PEOPLE_TODAY)
        store = Store.at(folder)
        store.unlock_made_up()
        source = store._connections().another()
        begun, spent = time.monotonic(), time.process_time()
        cipher.backup(source, Path(place) / RECORDS, store._connections().key)
        floor = time.monotonic() - begun, time.process_time() - spent
        source.close()
        store.lock()
    what = f"demo --years {caseloads.years:g} to rows"
    yield from _figures("years", what, "its pages sealed and written once", 30, [(ours, floor)])
