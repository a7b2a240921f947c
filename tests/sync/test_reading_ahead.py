"""The next page is asked for while one is taken in: what goes wrong then harms nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linkworker.oplog.wire import Pulled
from linkworker.sync.refusals import HubNotReachable
from linkworker.sync.session import Pages, Session
from tests.hub import places
from tests.hub.places import Member

NAMES = [f"w{number}" for number in range(12)]
SMALL = Pages(first=300, smallest=300, largest=700)
"""So that a few colleagues come in several pages."""


class Busy:
    """A hub that notes who asks, and may be out of reach from some question on."""

    def __init__(self, hub: Any, dies_at: int = 0) -> None:
        self._hub = hub
        self._dies_at = dies_at
        self._turn = threading.Lock()
        self.asked_by: list[str] = []

    def pull(self, *question: Any) -> Pulled:
        assert self._turn.acquire(blocking=False), "two ask on one line at once"
        try:
            self.asked_by.append(threading.current_thread().name)
            if len(self.asked_by) == self._dies_at:
                raise HubNotReachable
            answer: Pulled = self._hub.pull(*question)
            return answer
        finally:
            self._turn.release()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hub, name)


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Member]:
    """Somebody new in the team, whose laptop has nothing yet of the colleagues in it."""
    with places.near(tmp_path / "hub") as place:
        first = place.member("ann")
        for name in NAMES:
            first.device.put("Worker", name, name=name)
        first.sync()
        yield place.member("ben")


def here(member: Member) -> list[str]:
    return [one for one in NAMES if member.device.row("worker", one) is not None]


def test_pages_asked_for_ahead_bring_the_same_and_no_page_twice(second: Member) -> None:
    hub = Busy(second.hub)
    Session(second.replica, hub, SMALL, reads_ahead=True).sync()
    assert here(second) == NAMES
    assert len(set(hub.asked_by)) > 2, "most questions were asked beside the taking in"
    alone = Busy(second.hub)
    Session(second.replica, alone, SMALL).sync()
    assert not alone.asked_by, "both hold the same"


def test_a_line_that_is_cut_while_a_page_is_taken_in_keeps_that_page(second: Member) -> None:
    with pytest.raises(HubNotReachable):
        Session(second.replica, Busy(second.hub, dies_at=2), SMALL, reads_ahead=True).sync()
    assert here(second), "what had come is taken in"
    assert here(second) != NAMES
    Session(second.replica, Busy(second.hub), SMALL, reads_ahead=True).sync()
    assert here(second) == NAMES


def test_what_was_asked_ahead_from_a_place_where_one_does_not_stand_is_asked_again(
    second: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = iter([()])
    take = second.replica.take
    monkeypatch.setattr(second.replica, "take", lambda parts: take(next(pages, parts)))
    Session(second.replica, Busy(second.hub), SMALL, reads_ahead=True).sync()
    assert here(second) == NAMES
