"""A hub whose clock was wrong for a while: who holds whom is as it was decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from linkworker.hub import leading
from tests.hub import cluster, places
from tests.hub.places import Member, Place

YEAR_MS = 366 * 24 * 3_600_000


@pytest.fixture(params=[places.near, cluster.near], ids=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with request.param(tmp_path / "hub") as made:
        yield made


def put(place: Place, years: int) -> None:
    """Put the clock by which the hub decides so many years ahead, or back."""
    now = place.hub.now_ms() + years * YEAR_MS
    place.hub.ledger.now_ms = lambda: now


def people(member: Member) -> set[str]:
    """Sync, and return who is on a laptop then."""
    member.sync()
    return {one.split(":")[1] for one in member.replica.known_scopes() if one.startswith("person:")}


@pytest.mark.parametrize(
    ("wrong", "then"), [(1, 0), (0, -26)], ids=["a year ahead, then right", "back in the year 2000"]
)
def test_a_clock_that_is_put_back_takes_nobody_from_anybody_and_gives_nobody_back(
    place: Place, wrong: int, then: int
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    ann.device.put("Person", "joan", called="Joan")
    ann.sync()
    put(place, wrong)
    ann.device.put("Person", "terry", called="Terry")
    ann.sync()
    leading.hand_over(place.hub.ledger, place.hub.members, "joan", ben.worker)
    assert (people(ann), people(ben)) == ({"terry"}, {"joan"})
    put(place, then)
    assert (people(ann), people(ben)) == ({"terry"}, {"joan"})
    ann.device.set("Person", "terry", called="Tel")
    ann.sync()
    assert place.hub.ledger.counts()["quarantine"] == 0, "it waits for a lead"


def test_a_cover_that_a_lead_ended_stays_so_whatever_the_clock_said_then(place: Place) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    ann.device.put("Person", "terry", called="Terry")
    ann.sync()
    soon = place.hub.now_ms() + YEAR_MS // 2
    leading.cover(place.hub.ledger, place.hub.members, "terry", ben.worker, soon, "leave")
    assert people(ben) == {"terry"}
    put(place, 1)
    place.hub.ledger.decide((), [(ben.worker, "person:terry"), (ben.worker, "person:terry:team")])
    put(place, 0)
    assert people(ben) == set()
