"""What goes shorter where the hub reads that is said in full where it does not get through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.store import Store
from linkworker.sync.joining import join
from linkworker.sync.refusals import LogInPage
from linkworker.sync.syncing import sync
from tests.hub import places
from tests.hub.proxy import NOT_PASSED, Proxy, proxy

SHORT_PUSH = b"Content-Encoding: lw1"
SHORT_ANSWER = b"Accept-Encoding: zstd,lw1"
BY_PLACES = b'"places"'


def of_an_older_hub(status: bytes, name: bytes) -> bytes:
    """Return how a hub refuses that knows of nothing shorter."""
    said = b'{"error":"%b","message":"-"}' % name
    head = b"HTTP/1.1 %b\r\nlinkworker-hub: 1\r\ncontent-type: application/json\r\n" % status
    return head + b"content-length: %d\r\n\r\n" % len(said) + said


NOT_UNDERSTOOD = of_an_older_hub(b"400 Bad Request", b"not-understood")
NOT_ENROLLED = of_an_older_hub(b"401 Unauthorized", b"not-enrolled")
BAD_GATEWAY = NOT_PASSED.replace(b"415 Unsupported Media Type", b"502 Bad Gateway")


@dataclass
class Team:
    """Two laptops of one worker and a hub; Ann's goes by a road that does not pass everything."""

    ann: Store
    other: Store
    road: Proxy

    def both_ways(self) -> None:
        """A day on each of the two, and a sync of Ann's: all is here, and there."""
        for laptop, name in ((self.ann, "Terry"), (self.other, "Joan")):
            with laptop.write("a person") as tx:
                tx.add(schema.Person(called=name))
        sync(self.other)
        sync(self.ann)
        assert self.ann.unsent() == 0
        sync(self.other)
        for laptop in (self.ann, self.other):
            with laptop.read() as tx:
                assert tx.rows("SELECT called FROM person ORDER BY called") == [
                    ("Joan",),
                    ("Terry",),
                ]
            assert laptop.check().ok


@pytest.fixture
def team(tmp_path: Path, make_store: Callable[..., Store]) -> Iterator[Team]:
    ann, other = make_store("ann"), make_store("other")
    with (
        places.far(tmp_path / "hub", "--plain") as place,
        proxy(int(place.url.rpartition(":")[2])) as road,
    ):
        join(ann, place.hub.invite("Ann", "lead", "a test"), f"http://127.0.0.1:{road.port}")
        join(other, place.hub.invite("Ann", "lead", "a test"), place.url)
        sync(ann)
        sync(other)
        yield Team(ann, other, road)


def test_a_hub_that_does_not_read_the_short_form_is_never_sent_it(team: Team) -> None:
    team.road.alters = (b"linkworker-hub: 1 lw1", b"linkworker-hub: 1")
    team.road.refuses = b"lw1"
    team.both_ways()
    assert team.road.altered > 2
    assert team.road.refused == 0


@pytest.mark.parametrize("refusal", [NOT_PASSED, BAD_GATEWAY, NOT_UNDERSTOOD, NOT_ENROLLED])
@pytest.mark.parametrize("refuses", [SHORT_PUSH, SHORT_ANSWER])
def test_what_is_not_passed_on_or_not_read_is_said_in_full_and_all_else_of_that_sync(
    team: Team, refuses: bytes, refusal: bytes
) -> None:
    team.road.refuses, team.road.refusal = refuses, refusal
    team.both_ways()
    assert team.road.refused == 1, "it is not tried with every call"


def test_a_hub_that_does_not_know_a_question_by_places_is_asked_by_names(team: Team) -> None:
    team.road.refuses, team.road.refusal = BY_PLACES, NOT_UNDERSTOOD
    team.both_ways()
    assert team.road.refused == 2, "as it was, and in full"


@pytest.mark.parametrize("stands", [b"x-was-coded: lw1", b"content-encoding: gzip"])
def test_an_answer_that_was_altered_on_the_way_is_asked_for_in_full(
    team: Team, stands: bytes
) -> None:
    team.road.alters = (b"content-encoding: lw1", stands)
    team.both_ways()
    assert team.road.altered == 1


def test_a_log_in_page_half_way_is_still_said_to_be_one(team: Team) -> None:
    with team.ann.write("a person") as tx:
        tx.add(schema.Person(called="Terry"))
    team.road.refuses = b"POST /v1/push"
    with pytest.raises(LogInPage):
        sync(team.ann)
    assert team.ann.unsent() > 0
    team.road.refuses = b""
    sync(team.ann)
    assert team.ann.unsent() == 0
