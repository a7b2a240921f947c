"""A first sync where it is not alone: on a line that is cut again and again, and under the keys."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from benchmarks import laptops
from benchmarks.caseloads import PASSPHRASE, Caseloads
from benchmarks.keys import press
from benchmarks.measuring import Figure, p95
from benchmarks.starting import THE_DOOR, app, bytecode_kept
from benchmarks.terminal import NotShown, Terminal
from linkworker.clock import system_clock
from linkworker.store import Store
from linkworker.sync.refusals import HubNotReachable
from linkworker.sync.syncing import sync
from tests.hub import places
from tests.hub.places import Place
from tests.hub.proxy import Proxy, proxy

CUT = (40_000, 250_000)
"""Bytes after which a connection is cut, each time another number between these."""

MOST_SYNCS = 5_000
KEYS, LINE = 240, 40
"""Keys that are typed from the beginning of the first sync on, and how many on a line."""

TIMES = 3
"""Caseloads that a first sync brings while keys are typed: one is through in two seconds."""

BETWEEN_KEYS = 0.03
"""Seconds of quiet before the next key, of each of two apps in turn: as fast as one types."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""Typed in turn, each line from another one on: no line begins as one before it."""

SEEN_SECONDS = 5.0
"""After which a letter that was typed counts as lost."""


def cut(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure the first sync through a line that is cut, and through the same line left alone."""
    people, notes = laptops.sizes(caseloads)
    chance = random.Random(7)
    with (
        places.far(laptops.folder_of(caseloads, "hub")) as place,
        proxy(int(place.url.rpartition(":")[2])) as between,
    ):
        _fill_hub(caseloads, place, people, laptops.texts(caseloads, notes))
        url = f"https://127.0.0.1:{between.port}"
        times: list[tuple[float, float]] = []
        carried: list[tuple[float, float]] = []
        cuts: list[int] = []
        for _ in range(min(runs, 3)):
            whole = _through(caseloads, place, between, url, notes, None)
            rough = _through(caseloads, place, between, url, notes, chance)
            times.append((rough[0], whole[0]))
            carried.append((rough[1] / 1e6, whole[1] / 1e6))
            cuts.append(rough[2])
    what = f"first sync cut {statistics.median(cuts):.0f} times, each after 40 to 250 kB"
    for name, told, unit, pairs in (
        ("cut", what, "s", times),
        ("cut-carried", "what came for it", "MB", carried),
    ):
        ours, floor = (statistics.median(one[side] for one in pairs) for side in (0, 1))
        ratio = statistics.median(first / second for first, second in pairs)
        yield Figure(name, told, "the same line, not cut", unit, ours, floor, ratio, 2, len(pairs))


def _fill_hub(caseloads: Caseloads, place: Place, people: int, texts: Sequence[str]) -> None:
    store = laptops.enrolled(laptops.empty(caseloads), place)
    laptops.fill(store, people, texts)
    sync(store)
    store.lock()


def _through(
    caseloads: Caseloads,
    place: Place,
    between: Proxy,
    url: str,
    notes: int,
    chance: random.Random | None,
) -> tuple[float, float, int]:
    """Return the seconds until a first sync is through, the bytes that came, and how many cuts."""
    between.cut_after = None
    store = laptops.enrolled(laptops.empty(caseloads), place, url=url)
    before, begun, cuts = between.answered_bytes, time.perf_counter(), -1
    done = False
    while not done:
        cuts += 1
        if cuts > MOST_SYNCS:
            raise AssertionError("the first sync is never through")
        between.cut_after = chance.randint(*CUT) if chance else None
        with suppress(HubNotReachable):
            sync(store)
            done = True
    took = time.perf_counter() - begun
    with store.read() as tx:
        if tx.value("SELECT count(*) FROM note") != notes:
            raise AssertionError("not everything came")
    store.lock()
    return took, between.answered_bytes - before, cuts


def keys(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure keys in a new note while the first sync goes on, and while nothing does.

    Two apps in turn, a letter each, from the key to the letter in sight: of one the hub holds
    `TIMES` whole caseloads that it has not yet, so that there is time to type, and the other has
    nothing to fetch.
    """
    people, notes = laptops.sizes(caseloads)
    with places.far(laptops.folder_of(caseloads, "hub")) as place:
        _fill_hub(caseloads, place, people, laptops.texts(caseloads, notes * TIMES))
        busy = laptops.enrolled(_with_somebody(caseloads, "A. Coordinator"), place)
        busy.lock()
        calm = _with_somebody(caseloads, "B. Coordinator")
        laptops.enrolled(calm, place, "B. Coordinator")
        sync(calm)
        calm.lock()
        pressed: list[tuple[datetime, float, float]] = []
        with _writing(caseloads, calm) as floor, _writing(caseloads, busy) as ours:
            typed = ""
            for number in range(5 if caseloads.small else KEYS):
                typed += _LETTERS[(number + number // LINE) % len(_LETTERS)]
                at = system_clock()
                pressed.append((at, _typed(ours, typed), _typed(floor, typed)))
                if len(typed) == LINE:
                    typed = ""
                    for terminal in (ours, floor):
                        press(terminal, "enter")
            ours.send("f5")
            ours.when_shown(r"fetched \d")
        over = _through_at(busy)
    meanwhile = [one for one in pressed if one[0] < over] or pressed[:1]
    during, alone = [one[1] for one in meanwhile], [one[2] for one in pressed]
    for name, what, measured in (
        ("keys-usual", "a key in a note while a first sync goes on", statistics.median),
        ("keys-p95", "the same, p95", p95),
        ("keys-slowest", "the same, the slowest", max),
    ):
        ours_ms, floor_ms = measured(during), measured(alone)
        yield Figure(
            name,
            what,
            "no sync meanwhile",
            "ms",
            ours_ms,
            floor_ms,
            ours_ms / floor_ms,
            1.5,
            len(during),
        )


def _with_somebody(caseloads: Caseloads, worker: str) -> Store:
    store = laptops.empty(caseloads, worker)
    laptops.fill(store, 1, [])
    return store


def _typed(terminal: Terminal, line: str) -> float:
    """Type the last letter of a line, and return the ms until the whole line is in sight."""
    sent = seen = terminal.send(line[-1])
    while f" {line}" not in terminal.text:
        came = terminal.read(SEEN_SECONDS)
        if came is None:
            raise NotShown(f"{line!r} is not in sight:\n{terminal.text}")
        seen = came
    while terminal.read(BETWEEN_KEYS) is not None:
        pass
    return (seen - sent) * 1000


def _through_at(store: Store) -> datetime:
    """Return when the first sync of an app was over, by what it remembers."""
    store.unlock(PASSPHRASE)
    try:
        return min(datetime.fromisoformat(run.at) for run in store.belonging.runs() if run.received)
    finally:
        store.lock()


def _writing(caseloads: Caseloads, store: Store) -> Terminal:
    """Open the app on a store, to where a note is typed."""
    terminal = Terminal(app(store.folder), env=bytecode_kept(caseloads))
    terminal.when_shown(THE_DOOR)
    terminal.settle(1.0)
    terminal.send(PASSPHRASE)
    terminal.settle(0.1)
    terminal.send("enter")
    terminal.when_shown("^ Today  ")
    terminal.send("f3")
    terminal.when_shown("Person 1")
    terminal.send("ctrl+n")
    terminal.when_shown("Note about|Person 1")
    terminal.settle(0.2, 1.0)
    return terminal
