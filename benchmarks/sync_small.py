"""What sync costs where there is little to do: a write noted, and a sync with nothing to say."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import partial

import zstandard

from benchmarks import laptops
from benchmarks.caseloads import Caseloads
from benchmarks.measuring import Figure, in_turn
from linkworker import schema
from linkworker.oplog.wire import Question, question_to_wire
from linkworker.store import Store
from linkworker.sync.syncing import sync
from tests.hub import places
from tests.hub.proxy import proxy

WRITES = 2_000
MOST_MS = 0.15
MOST_BYTES = 1_000


def capture(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure what an operation for each write costs: the same writes with and without.

    By the processor: the disk is waited for once an act, with or without.
    """
    store = laptops.empty(caseloads)
    (person,) = laptops.fill(store, 1, [])
    writes = 50 if caseloads.small else WRITES
    for kind in ("insert", "update"):
        pairs = in_turn(
            partial(_written, store, person, kind, writes, capturing=True),
            partial(_written, store, person, kind, writes, capturing=False),
            runs,
        )
        extra = sorted(ours - floor for ours, floor in pairs)[len(pairs) // 2]
        floor = sorted(floor for _, floor in pairs)[len(pairs) // 2]
        yield Figure(
            f"capture-{kind}",
            f"an operation noted at each {kind}",
            f"the {kind} itself, in an act of many",
            "ms",
            extra,
            floor,
            None,
            MOST_MS,
            len(pairs),
        )
    store.lock()


def _written(store: Store, person: str, kind: str, writes: int, *, capturing: bool) -> float:
    """Return the ms of one write of many in an act; nothing of it is kept."""
    state = store._connections().writer_state
    spent = 0.0
    try:
        with store.write("many writes", quiet=True) as tx:
            made = [schema.Strength(person_id=person, words=f"mends {n}") for n in range(writes)]
            if kind == "update":
                for row in made:
                    tx.add(row)
            state.capturing = capturing
            begun = time.thread_time()
            for number, row in enumerate(made):
                if kind == "insert":
                    tx.add(row)
                else:
                    tx.change(schema.Strength, str(row.id), words=f"mended {number}")
            spent = time.thread_time() - begun
            state.capturing = True
            raise _TakenBack
    except _TakenBack:
        pass
    finally:
        state.capturing = True
    return spent * 1000 / writes


class _TakenBack(Exception):
    """Ends an act whose writes were only measured."""


def nothing(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure the bytes, both ways, of a sync with nothing to do on a whole caseload's scopes."""
    with (
        places.far(laptops.folder_of(caseloads, "hub"), "--plain") as place,
        proxy(int(place.url.rpartition(":")[2])) as between,
    ):
        url = f"http://127.0.0.1:{between.port}"
        store = laptops.enrolled(laptops.empty(caseloads), place, url=url)
        people = laptops.fill(store, laptops.PEOPLE, [])
        with store.write("kept apart") as tx:
            for person in people:
                tx.add(schema.KeptApart(person_id=person, note_id=person, words="a line"))
        sync(store)
        sync(store)
        found = []
        for _ in range(min(runs, 5)):
            before = between.asked_bytes + between.answered_bytes
            sync(store)
            time.sleep(0.2)  # the last of it may still be carried
            found.append(between.asked_bytes + between.answered_bytes - before)
        cursors = store.replica().cursors()
        store.lock()
    asked = json.dumps(question_to_wire(Question(1, cursors, frozenset(cursors), 1 << 16)))
    packed = len(zstandard.ZstdCompressor(3).compress(asked.encode()))
    yield Figure(
        "nothing",
        f"a sync with nothing to do, {len(cursors)} scopes",
        "a question with every cursor, packed",
        "B",
        sorted(found)[len(found) // 2],
        packed,
        None,
        MOST_BYTES,
        len(found),
    )
