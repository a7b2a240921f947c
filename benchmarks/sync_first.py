"""The first sync of a caseload: everything a hub has of it, into empty encrypted records.

Beside it stands Anki's usual sync, in chunks, of the same number of the same texts into an empty
collection that met its server before, and the index of those texts in plain SQLite: ours arrive
encrypted, on a line that is encrypted, and can be searched at once.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from benchmarks import anki, laptops
from benchmarks.caseloads import Caseloads
from benchmarks.measuring import Figure, in_turn, ratio_figure
from benchmarks.sync_day import WAY_SECONDS
from linkworker.sync.syncing import sync
from tests.hub import places
from tests.hub.places import Place
from tests.hub.proxy import proxy

INDEX = """CREATE VIRTUAL TABLE found USING fts5(
    words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"""
"""An index that can do what ours can: whole words, and beginnings of two and three letters."""


def index_alone(folder: Path, texts: Sequence[str]) -> float:
    """Return the seconds in which plain SQLite indexes the texts and keeps them on disk."""
    path = folder / "plain.db"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(INDEX)
    begun = time.perf_counter()
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO found (words) VALUES (?)", ((text,) for text in texts))
    connection.execute("COMMIT")
    took = time.perf_counter() - begun
    connection.close()
    return took


def _first(caseloads: Caseloads, place: Place, people: int, notes: int, url: str) -> float:
    store = laptops.enrolled(laptops.empty(caseloads), place, url=url)
    begun = time.perf_counter()
    sync(store)
    took = time.perf_counter() - begun
    with store.read() as tx:
        there = tx.rows("SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM note)")
        found = tx.value("SELECT count(*) FROM search_doc WHERE tbl = 'note'")
    store.lock()
    if (*map(int, there[0]), int(found)) != (people, notes, notes):
        raise AssertionError("not everything came")
    return took


def _peer(caseloads: Caseloads, texts: Sequence[str], server: anki.Anki) -> Callable[[], float]:
    """Return what measures one first sync of Anki with a new collection."""
    writer, empty = server.met()
    writer.do("add", texts=list(texts))
    writer.sync()
    numbers = count(1)

    def once() -> float:
        laptop = server.collection(f"laptop-{next(numbers)}", empty)
        said = laptop.do("sync")
        server.close(laptop)
        if said["notes"] != len(texts) + 1:
            raise AssertionError("not everything came to Anki")
        return float(said["seconds"])

    return once


def first(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure it on this machine alone, and on a line as from a library."""
    yield from _beside(caseloads, runs, 0.0, "")
    yield from _beside(caseloads, runs, WAY_SECONDS, f", a line of {WAY_SECONDS * 2000:.0f} ms")


def _beside(caseloads: Caseloads, runs: int, way: float, line: str) -> Iterator[Figure]:
    """Measure it, the hub and Anki's server each in a process of its own on this machine."""
    people, notes = laptops.sizes(caseloads)
    texts = laptops.texts(caseloads, notes)
    python = caseloads.anki()
    with ExitStack() as lent:
        place = lent.enter_context(places.far(laptops.folder_of(caseloads, "hub")))
        store = laptops.enrolled(laptops.empty(caseloads), place)
        laptops.fill(store, people, texts)
        sync(store)
        store.lock()
        url, theirs = place.url, None
        if way:
            port = lent.enter_context(proxy(int(url.rpartition(":")[2]), way)).port
            url = f"https://127.0.0.1:{port}"
        if python:
            server = lent.enter_context(anki.serving(python, laptops.folder_of(caseloads, "anki")))
            if way:
                port = lent.enter_context(proxy(server.port, way)).port
                server.url = f"http://127.0.0.1:{port}/"
            theirs = _peer(caseloads, texts, server)
        alone: list[tuple[float, float]] = []

        def floor() -> float:
            peer = theirs() if theirs else 0.0
            index = index_alone(caseloads.place, texts)
            alone.append((peer, index))
            return peer + index

        pairs = in_turn(lambda: _first(caseloads, place, people, notes, url), floor, min(runs, 5))
    suffix = "-far" if way else ""
    what = f"first sync, {people} people and {notes:,} notes{line}"
    floor_is = "Anki's, and its text indexed" if python else "the text indexed; Anki is absent"
    aim = 1.0 if python else None
    yield ratio_figure(f"sync-first{suffix}", what, floor_is, "s", pairs, aim)
    if python:
        beside = [
            (ours, peer) for (ours, _), (peer, _) in zip(pairs, alone[-len(pairs) :], strict=True)
        ]
        name = f"sync-first-peer{suffix}"
        yield ratio_figure(name, "the same", "Anki's alone", "s", beside, None)
