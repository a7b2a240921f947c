"""The hub's own process is killed again and again under six laptops: no promise is broken."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from linkworker.oplog.operations import Operation
from linkworker.oplog.replica import Taken
from linkworker.sync.far import FarHub
from linkworker.sync.reaching import Line
from linkworker.sync.refusals import NotReached
from linkworker.sync.session import Pages, Session
from tests.hub import cluster, places
from tests.hub.places import Place, Serving

LAPTOPS, KILLS, WRITES = 6, 8, 40
SMALL = Pages(first=2_000, smallest=700, largest=8_000)
"""So that a sync is many calls, and most kills meet one half-way."""


class Promises(FarHub):
    """A hub over the network; what it promised to have is remembered."""

    def __init__(self, line: Line, promised: Counter[tuple[str, int]]) -> None:
        super().__init__(line)
        self._promised = promised

    def push(self, operations: Sequence[Operation]) -> Taken:
        taken = super().push(operations)
        self._promised.update((operations[0].dev, n) for n, _, _ in taken.numbered)
        return taken


@pytest.mark.parametrize("kind", [places.near, cluster.near], ids=["sqlite", "postgresql"])
@pytest.mark.parametrize("seed", [1])
def test_nothing_is_lost_doubled_or_promised_and_missing(
    kind: Callable[[Path], AbstractContextManager[Place]], seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    with kind(tmp_path / "hub") as place:
        serving = Serving(tmp_path / "hub", "--port", "0")
        url, port = serving.url, str(serving.port)
        promised: Counter[tuple[str, int]] = Counter()
        members = [place.member(f"w{number}-") for number in range(LAPTOPS)]
        done, cuts, faults = threading.Event(), Counter[str](), []

        def work(number: int) -> None:
            member, mine = members[number], random.Random(f"{seed} {number}")
            line = Line(url, place.hub.certificates.authority, member.token)
            session = Session(member.replica, Promises(line, promised), SMALL)
            member.device.put("Person", f"p{number}", called="a beginning")
            written = 1
            try:
                while True:
                    if written < WRITES:
                        member.device.put("Note", f"n{number}-{written}", person_id=f"p{number}")
                        member.device.put("Worker", f"t{number}-{written}", name="x" * 200)
                        written += 1
                    elif done.is_set():
                        return
                    try:
                        session.sync()
                    except NotReached as cut:
                        cuts[type(cut).__name__] += 1
                        time.sleep(mine.random() / 10)
            except BaseException as fault:
                faults.append(fault)
            finally:
                line.close()

        threads = [threading.Thread(target=work, args=(number,)) for number in range(LAPTOPS)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(KILLS):
                time.sleep(0.1 + chance.random() / 2)
                serving.process.kill()
                serving.process.communicate()
                serving = Serving(tmp_path / "hub", "--port", port)
        finally:
            done.set()
            for thread in threads:
                thread.join(120)
        for _ in range(2):
            for member in members:
                line = Line(url, place.hub.certificates.authority, member.token)
                Session(member.replica, FarHub(line)).sync()
                line.close()
        serving.process.terminate()
        serving.process.communicate(timeout=30)
        assert faults == []
        assert sum(cuts.values()) >= KILLS // 2, "hardly a kill met a sync"

        wrote = {(m.device.dev, n) for m in members for n in range(1, m.device.number + 1)}
        assert len(wrote) == LAPTOPS * (2 * WRITES - 1)
        with place.hub.database.reading() as tx:
            held = tx.rows("SELECT dev, n, seq, scope FROM hub_op", ())
        assert {(dev, n) for dev, n, _, _ in held} == wrote  # nothing lost
        assert len(held) == len(wrote)  # nothing doubled
        assert promised.keys() <= wrote
        for scope in {scope for *_, scope in held}:  # no gap in any scope
            numbers = sorted(seq for _, _, seq, whose in held if whose == scope)
            assert numbers == list(range(1, len(numbers) + 1))
        for member in members:
            assert member.device.unsent() == []
            (there,) = member.device.connection.execute(
                "SELECT count(*) FROM worker WHERE id GLOB 't*'"
            ).fetchone()
            assert there == LAPTOPS * (WRITES - 1)  # everybody has what the team shares
