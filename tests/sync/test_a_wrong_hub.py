"""A hub that answers wrongly, by a fault or on purpose: it holds up and takes nothing away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from linkworker.oplog.replica import Disagrees
from linkworker.oplog.wire import Pulled
from linkworker.sync.erasing import ErasesMany
from linkworker.sync.session import Session
from tests.hub import places
from tests.hub.places import Member, Place


class Wrong:
    """A hub whose answers to `pull` are changed on the way."""

    def __init__(self, hub: Any, change: Callable[[Pulled], Pulled]) -> None:
        self._hub = hub
        self._change = change
        self.asked = 0

    def pull(self, *question: Any) -> Pulled:
        self.asked += 1
        assert self.asked < 50, "it asks without end"
        return self._change(self._hub.pull(*question))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hub, name)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with places.near(tmp_path / "hub") as made:
        yield made


@pytest.fixture
def ann(place: Place) -> Member:
    """Ann, whose hub has something for her, and who has somebody whom it has not."""
    ann, ben = place.member("ann"), place.member("ben")
    ann.device.put("Person", "terry", called="Terry")
    ann.sync()
    ben.device.put("Worker", "w1", name="One")
    ben.sync()
    return ann


@pytest.mark.parametrize(
    "change",
    [
        lambda said: replace(said, parts=(), more=True),
        lambda said: replace(
            said, parts=tuple(replace(one, after=one.after + 7) for one in said.parts), more=True
        ),
        lambda said: replace(
            said, parts=tuple(replace(one, checksum="another") for one in said.parts)
        ),
    ],
    ids=["always more and nothing", "never from where one stands", "a sum that is not theirs"],
)
def test_what_leads_nowhere_is_given_up_and_said_and_comes_from_a_right_hub(
    ann: Member, change: Callable[[Pulled], Pulled]
) -> None:
    right, ann.hub = ann.hub, Wrong(ann.hub, change)
    with pytest.raises(Disagrees) as said:
        ann.sync()
    assert "does not agree with itself" in said.value.why
    assert ann.device.shown("person", "terry")["called"] == "Terry"
    ann.hub = right
    ann.sync()
    assert ann.device.shown("worker", "w1")["name"] == "One"


@pytest.fixture
def people(ann: Member) -> list[str]:
    """Eight people more, whom the hub has too."""
    people = [f"p{number}" for number in range(8)]
    for person in people:
        ann.device.put("Person", person, called=person)
    ann.sync()
    ann.device.put("Worker", "w9", name="Nine")  # or there would be nothing to ask
    return people


def names(people: list[str]) -> frozenset[str]:
    return frozenset(f"person:{one}{part}" for one in people for part in ("", ":restricted"))


def stand_here(ann: Member, people: list[str]) -> int:
    return sum(ann.device.row("person", one) is not None for one in people)


def test_a_hub_that_erases_everybody_at_once_is_not_believed_until_somebody_agrees(
    ann: Member, people: list[str]
) -> None:
    ann.hub = Wrong(ann.hub, lambda said: replace(said, erased=names(people)))
    with pytest.raises(ErasesMany) as said:
        ann.sync()
    assert "8 of the 9 people" in said.value.why
    assert "team lead" in said.value.to_do
    assert stand_here(ann, people) == 8
    assert ann.device.shown("worker", "w1")["name"] == "One", "all else came"
    ann.device.put("Worker", "w8", name="Eight")
    assert Session(ann.replica, ann.hub, erases_many=True).sync().erased == 8
    assert stand_here(ann, people) == 0


def test_two_people_are_erased_without_a_question(ann: Member, people: list[str]) -> None:
    ann.hub = Wrong(ann.hub, lambda said: replace(said, erased=names(people[:2])))
    assert ann.sync().erased == 2
    assert stand_here(ann, people) == 6


def test_one_in_each_of_many_answers_is_not_everybody(ann: Member, people: list[str]) -> None:
    left = iter(people)

    def one_more(said: Pulled) -> Pulled:
        one = next(left, "")
        return replace(said, erased=names([one] if one else []), more=bool(one))

    ann.hub = Wrong(ann.hub, one_more)
    with pytest.raises((ErasesMany, Disagrees)):
        ann.sync()
    assert stand_here(ann, people) == 5


def test_the_team_and_a_workers_own_are_never_erased(ann: Member) -> None:
    ann.sync()
    right = ann.hub
    own = f"worker:{ann.device.worker}"
    ann.hub = Wrong(right, lambda said: replace(said, erased=frozenset({"team", own})))
    ann.device.put("Worker", "w2", name="Two")
    ann.sync()
    ann.hub = right
    ann.device.put("Worker", "w3", name="Three")
    assert ann.sync().sent == 1
    for row in ("w1", "w2", "w3"):
        assert ann.device.row("worker", row) is not None
