"""The hub under a team: syncs a second on both databases, and whether a full hub is slower.

The load is made on the same machine, so the hub has about half of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path

from benchmarks import laptops
from benchmarks.caseloads import Caseloads
from benchmarks.measuring import Figure, in_turn, ratio_figure
from linkworker.oplog.capture import body_hash
from linkworker.oplog.operations import Operation
from linkworker.oplog.replica import Cursor
from linkworker.sync.far import FarHub
from linkworker.sync.reaching import Line
from linkworker.sync.syncing import sync
from tests.hub import cluster, places
from tests.hub.places import FarPlace, Place

LAPTOPS = 6
SYNCS = 15
"""Of each laptop in one measurement: each sends a note and asks what is new."""

FEW, MANY = 10, 1_000
PEOPLE, NOTES = 20, 60
"""Of each caseload that is on the hub already, and of the one that is synced."""

Lent = Callable[..., AbstractContextManager[FarPlace]]


def databases(caseloads: Caseloads) -> dict[str, Lent]:
    """Return how a hub is lent on each database that is here; in a smoke run on SQLite alone."""
    kinds: dict[str, Lent] = {"SQLite": places.far}
    if cluster.is_there() and not caseloads.small:
        kinds["PostgreSQL"] = cluster.far
    return kinds


class _Laptop:
    """As much of a laptop as the hub sees: it shows its token, sends a note and asks."""

    def __init__(self, place: FarPlace, bare: str, number: int) -> None:
        member = place.member(f"coordinator{number}")
        self._token, self._dev = member.token, member.device.dev
        self._authority = place.hub.certificates.authority
        self.urls = (place.url, bare)
        self._person = f"person-{number}"
        self._n = 0
        self._at = Cursor()

    def sync(self, url: str) -> None:
        """Sync once, on a connection of its own."""
        line = Line(url, self._authority, self._token)
        hub = FarHub(line)
        try:
            hub.greet(self._dev, "0" * 32)
            if url == self.urls[0]:
                self._n += 1
            hub.push([self._note(max(self._n, 1))])
            answer = hub.pull(1, {f"person:{self._person}": self._at}, (), 64 * 1024)
            for part in answer.parts:  # its own note, at its place: the bare server has none
                self._at = Cursor(part.after + len(part.operations), part.checksum)
        finally:
            line.close()

    def _note(self, n: int) -> Operation:
        words = f"We walked to the shop and back, and met nobody. Day {n}."
        body = json.dumps({"note": {"words": words}, "person": {"person_id": self._person}})
        return Operation(
            dev=self._dev,
            n=n,
            act=f"{self._dev}:{n}",
            stamp=n,
            scope=f"person:{self._person}",
            tbl="note",
            pk=f"{self._person}-{n}",
            kind="put",
            body=body,
            base={},
            hash=body_hash(body),
            schema_v=1,
            actor="somebody",
        )


def load(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure a team that syncs at once, on each database, beside a server that does nothing."""
    syncs = 1 if caseloads.small else SYNCS
    for database, lent in databases(caseloads).items():
        with ExitStack() as open_:
            place = open_.enter_context(lent(laptops.folder_of(caseloads, "hub")))
            bare = open_.enter_context(_bare(place.hub.certificates.chain))
            team = [_Laptop(place, bare, number) for number in range(LAPTOPS)]
            ours, theirs = (partial(_at_once, team, syncs, side) for side in (0, 1))
            pairs = in_turn(ours, theirs, min(runs, 7))
        each = sorted(ours for ours, _ in pairs)[len(pairs) // 2]
        yield ratio_figure(
            f"load-{database.lower()}",
            f"a sync of {LAPTOPS} at once, {database}: {1000 / each:.0f} a second",
            "a bare server, the same calls",
            "ms",
            pairs,
            None,
        )


def _at_once(team: list[_Laptop], syncs: int, side: int) -> float:
    """Return the ms of a sync where all sync at once: with the hub (0), with the bare one (1)."""
    failed: list[BaseException] = []

    def work(laptop: _Laptop) -> None:
        try:
            for _ in range(syncs):
                laptop.sync(laptop.urls[side])
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(one,)) for one in team]
    begun = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if failed:
        raise failed[0]
    return (time.perf_counter() - begun) * 1000 / (len(team) * syncs)


@contextmanager
def _bare(certificate: Path) -> Iterator[str]:
    """Lend a bare server; the address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.floors.bare_hub", str(certificate)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield f"https://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait(10)


def growth(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure the first sync of one caseload from a hub that has few others, and one with many."""
    few, many = (2, 4) if caseloads.small else (FEW, MANY)
    texts = laptops.texts(caseloads, NOTES)
    for database, lent in databases(caseloads).items():
        with ExitStack() as open_:
            hubs = []
            for already in (few, many):
                place = open_.enter_context(lent(laptops.folder_of(caseloads, "hub")))
                store = laptops.enrolled(laptops.empty(caseloads), place)
                laptops.fill(store, PEOPLE, texts)
                sync(store)
                dev = store.replica().device()
                store.lock()
                _fill(place, dev, already)
                hubs.append(place)
            full, new = (partial(_first, caseloads, place) for place in reversed(hubs))
            pairs = in_turn(full, new, runs)
        yield ratio_figure(
            f"growth-{database.lower()}",
            f"a first sync, {many:,} caseloads on the hub, {database}",
            f"{few} caseloads there",
            "ms",
            pairs,
            1.1,
        )


def _first(caseloads: Caseloads, place: Place) -> float:
    store = laptops.enrolled(laptops.empty(caseloads), place)
    begun = time.perf_counter()
    sync(store)
    took = (time.perf_counter() - begun) * 1000
    store.lock()
    return took


def _fill(place: Place, dev: str, caseloads: int) -> None:
    """Lay copies of what a laptop sent beside it, each another worker's, with people of their own.

    Nobody asks for them, so only their places and sizes are theirs.
    """
    with place.hub.database.writing() as tx:
        scopes = [scope for (scope,) in tx.rows(_SCOPES, (dev,))]
        for number in range(caseloads):
            tx.execute(
                "INSERT INTO hub_op (dev, n, hash, scope, seq, hub_time, worker, state, wire) "
                f"SELECT dev || '-{number}', n, hash, scope || '-{number}', seq, hub_time, "
                f"worker || '-{number}', state, wire FROM hub_op WHERE dev = ? "
                "AND state = 'taken'",
                (dev,),
            )
            for scope in scopes:
                tx.execute(
                    "INSERT INTO hub_scope (scope, seq, checksum) "
                    f"SELECT scope || '-{number}', seq, checksum FROM hub_scope WHERE scope = ?",
                    (scope,),
                )
                tx.execute(
                    "INSERT INTO hub_grant (worker, scope, since, until, reason) "
                    f"SELECT worker || '-{number}', scope || '-{number}', since, until, reason "
                    "FROM hub_grant WHERE scope = ?",
                    (scope,),
                )


_SCOPES = "SELECT DISTINCT scope FROM hub_op WHERE dev = ? AND state = 'taken'"
