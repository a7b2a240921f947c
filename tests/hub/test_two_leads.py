"""What leads decide at the same moment, and what is killed half-way: one decision stands, whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from linkworker.hub import leading
from linkworker.hub.ledger import Ledger
from linkworker.hub.members import Members
from tests.hub import cluster, places
from tests.hub.places import Member, Place

PARTS = ("person:terry", "person:terry:team", "person:terry:restricted")


class Killed(BaseException):
    """The hub's process ended here."""


@pytest.fixture(params=[places.near, cluster.near], ids=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with request.param(tmp_path / "hub") as made:
        yield made


@pytest.fixture
def ann(place: Place) -> Member:
    """Ann, who walks with Terry."""
    ann = place.member("ann")
    ann.device.put("Person", "terry", called="Terry")
    ann.sync()
    return ann


def test_of_two_leads_who_hand_somebody_over_at_once_the_later_decides(
    place: Place, ann: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben, cat = place.member("ben"), place.member("cat")
    hub, decide = place.hub, Ledger.decide

    def meanwhile(*said: Any, **more: Any) -> None:
        monkeypatch.undo()
        leading.hand_over(hub.ledger, hub.members, "terry", cat.worker)
        decide(*said, **more)

    monkeypatch.setattr(Ledger, "decide", meanwhile)
    leading.hand_over(hub.ledger, hub.members, "terry", ben.worker)
    assert [hub.ledger.holders(part) for part in PARTS] == [{ben.worker}] * 3
    for who in (ann, ben, cat):
        who.sync()
    stands = [who.device.row("person", "terry") is not None for who in (ann, ben, cat)]
    assert stands == [False, True, False]


@pytest.mark.parametrize("what", ["handed over", "gave cover"])
def test_no_decision_stands_without_who_decided_it(
    place: Place, ann: Member, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    ben, hub = place.member("ben"), place.hub

    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    monkeypatch.setattr(Members, "note", killed)
    monkeypatch.setattr(Members, "tell", killed)
    with suppress(Killed):
        if what == "handed over":
            leading.hand_over(hub.ledger, hub.members, "terry", ben.worker, "leave", "grace")
        else:
            soon = hub.now_ms() + 3_600_000
            leading.cover(hub.ledger, hub.members, "terry", ben.worker, soon, "leave", "grace")
    noted = [(one.who, one.reason) for one in hub.audit.lines() if one.what == what]
    assert noted == [("grace", "leave")]
    assert ben.worker in hub.ledger.holders("person:terry")


def test_whom_a_leavers_laptop_begins_while_they_are_taken_out_is_held_by_nobody(
    place: Place, ann: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, leaves = place.hub, Members.leaves
    place.member("grace", "lead")

    def meanwhile(*said: Any) -> None:
        ann.device.put("Person", "joan", called="Joan")
        ann.sync()
        leaves(*said)

    monkeypatch.setattr(Members, "leaves", meanwhile)
    assert leading.leaver(hub.ledger, hub.members, ann.worker) == 2
    assert hub.ledger.held_by(ann.worker) == set()
    ann.sync()
    assert ann.device.row("person", "joan") is None
