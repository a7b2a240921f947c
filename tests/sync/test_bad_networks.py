"""A store, a real hub, and a bad network between them: it takes longer, and nothing is lost."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.store import Store
from linkworker.sync import reaching
from linkworker.sync.joining import join
from linkworker.sync.refusals import HubNotReachable
from linkworker.sync.syncing import sync
from tests.hub import places
from tests.hub.places import FarPlace
from tests.hub.proxy import Proxy, proxy

NOTES = 300
CUT = (40_000, 250_000)
MOST_SYNCS = 200


@dataclass
class Road:
    place: FarPlace
    proxy: Proxy
    ann: Store

    @property
    def url(self) -> str:
        return f"{self.place.url.partition(':')[0]}://127.0.0.1:{self.proxy.port}"

    def held(self) -> int:
        return self.place.hub.ledger.counts()["operations"]


@pytest.fixture
def road(
    tmp_path: Path, make_store: Callable[..., Store], request: pytest.FixtureRequest
) -> Iterator[Road]:
    options = getattr(request, "param", ())
    ann = make_store("ann")
    chance = random.Random(5)
    with ann.write("a person") as tx:
        terry = str(tx.add(schema.Person(called="Terry")).id)
        for _ in range(NOTES):  # words that no packing makes much smaller
            words = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=1_000))
            tx.add(schema.Note(person_id=terry, words=words, happened_at=tx.now))
    with places.far(tmp_path / "hub", *options) as place:
        port = int(place.url.rpartition(":")[2])
        with proxy(port) as between:
            road = Road(place, between, ann)
            join(ann, place.hub.invite("Ann", "lead", "a test"), road.url)
            yield road


def until_done(store: Store, cuts: Callable[[], int], between: Proxy) -> int:
    """Sync again and again until one is through; return how often it was cut."""
    for tried in range(MOST_SYNCS):
        between.cut_after = cuts()
        try:
            sync(store)
        except HubNotReachable:
            continue
        return tried
    raise AssertionError(f"a sync is not through after {MOST_SYNCS} tries")


def notes(store: Store) -> list[tuple[str, str]]:
    with store.read() as tx:
        return [tuple(row) for row in tx.rows("SELECT id, words FROM note ORDER BY id")]  # type: ignore[misc]  # two texts each


def test_cut_every_40_to_250_kb_the_first_sync_still_finishes_and_all_is_there_once(
    road: Road, make_store: Callable[..., Store]
) -> None:
    chance = random.Random(7)
    sync(road.ann)
    assert road.held() == NOTES + 2
    other = make_store("other")
    join(other, road.place.hub.invite("Ann", "lead", "a test"), road.url)
    cuts = until_done(other, lambda: chance.randint(*CUT), road.proxy)
    assert cuts >= 1
    assert notes(other) == notes(road.ann)
    assert other.check().ok


@pytest.mark.parametrize("road", [("--plain",)], indirect=True)  # all that comes back is answers
def test_an_answer_lost_after_the_hub_has_it_is_asked_for_again_and_nothing_is_doubled(
    road: Road,
) -> None:
    for answers in range(3):  # the greeting, what was sent, what was fetched
        with road.ann.write("another person") as tx:
            tx.add(schema.Person(called=f"Joan {answers}"))
        road.proxy.passes_answers = answers
        road.proxy.loses_answers = 1
        with suppress(HubNotReachable):  # or it is asked for again at once
            sync(road.ann)
        assert road.proxy.loses_answers == 0
    sync(road.ann)
    assert road.ann.unsent() == 0
    assert road.held() == NOTES + 2 + 3
    assert road.ann.check().ok


def test_a_network_that_swallows_everything_is_given_up_and_said(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaching, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(reaching, "ANSWER_SECONDS", 0.3)
    road.proxy.swallows = True
    with pytest.raises(HubNotReachable):
        sync(road.ann)
    (run, *_) = road.ann.belonging.runs()
    assert "does not answer" in run.failed
    assert road.ann.unsent() == NOTES + 2
    road.proxy.swallows = False
    monkeypatch.undo()  # a busy machine may take longer than that over an answer
    sync(road.ann)
    assert road.ann.unsent() == 0
    assert road.ann.belonging.runs()[0].failed == ""


def test_a_slow_network_gets_there(road: Road) -> None:
    road.proxy.bytes_a_second = 200_000
    sync(road.ann)
    assert road.ann.unsent() == 0


def test_joining_again_after_the_answer_was_lost_is_joining(
    road: Road, make_store: Callable[..., Store]
) -> None:
    other = make_store("other")
    code = road.place.hub.invite("Ben", "coordinator", "a test")
    real = other.belonging.joined

    def dies(name: str, role: str, organisation: str) -> None:
        raise KeyboardInterrupt

    other.belonging.joined = dies  # type: ignore[method-assign]  # the laptop dies here
    with pytest.raises(KeyboardInterrupt):
        join(other, code, road.url)
    other.belonging.joined = real  # type: ignore[method-assign]  # as it was
    assert join(other, code, road.url).name == "Ben"
    sync(other)
    assert [one.laptops for one in road.place.hub.members.everybody() if one.name == "Ben"] == [1]
