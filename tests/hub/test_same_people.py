"""One person whom two coordinators entered apart is noticed on the hub, and only leads are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.hub import cluster, places
from tests.hub.places import Member, Place


@pytest.fixture(params=[places.near, cluster.near], ids=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with request.param(tmp_path / "hub") as made:
        yield made


def enters(who: Member, person: str, phone: str = "", postcode: str = "", **said: Any) -> None:
    """Somebody is entered on a laptop, which then syncs."""
    if "born" in said:
        said["born"] = date.fromisoformat(said["born"])
    who.device.put("Person", person, **said)
    if phone:
        who.device.put("Reach", f"r-{person}", person_id=person, value=phone)
    if postcode:
        who.device.put("Address", f"a-{person}", person_id=person, postcode=postcode)
    who.sync()


def pairs(place: Place) -> list[tuple[str, str]]:
    place.hub.noticing.catch_up_with_all()
    with place.hub.database.reading() as tx:
        return [
            (one, other)
            for one, other in tx.rows(
                "SELECT one, other FROM hub_pair WHERE state = 'noticed' ORDER BY one, other", ()
            )
        ]


def test_two_entries_of_one_person_are_noticed_when_they_meet(place: Place) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    enters(ann, "p1", given="Terence", family="Okafor", born="1947-03-02", phone="07700 900123")
    assert pairs(place) == []
    enters(ben, "p2", given="Terry", family="Okafor", born="1947-02-03", phone="+44 7700 900123")
    enters(ben, "p3", given="Ada", family="Okafor", born="1947-03-02")
    assert pairs(place) == [("p1", "p2")]
