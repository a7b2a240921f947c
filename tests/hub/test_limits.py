"""Whoever asks too often is told to wait, and nobody at work ever is."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from linkworker.hub.limits import ADDRESS, LAPTOP, TRIES, Limits, Rate, TooOften
from linkworker.rules.invite import read_invite
from tests.hub import cluster, places
from tests.hub.places import FarPlace, Place
from tests.hub.test_refusals import asked

_INVITED = count(1)


@pytest.fixture(scope="module", params=[places.near, cluster.near], ids=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    with request.param(tmp_path_factory.mktemp("hubs") / "hub") as made:
        yield made


@pytest.fixture
def served(tmp_path: Path) -> Iterator[FarPlace]:
    with places.far(tmp_path / "hub", "--plain") as made:
        yield made


class Time:
    """Milliseconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_800_000_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def time(place: Place) -> Iterator[Time]:
    with place.hub.database.writing() as tx:
        tx.execute("DELETE FROM hub_try")
    return Time()


def invited(place: Place) -> bytes:
    code = place.hub.invite(f"Dot {next(_INVITED)}", "coordinator", "a lead")
    return read_invite(code).secret


def fails(limits: Limits, address: str, secret: bytes = b"x" * 16) -> None:
    limits.may_try(address, secret)
    limits.tried(address, secret, joined=False)


def test_so_many_at_once_and_then_one_at_a_time() -> None:
    rate, full_at, passed = Rate(5, 100), 0, 0
    for now in range(1_000_000, 1_001_000, 10):
        try:
            full_at = rate.after(full_at, now)
        except TooOften:
            continue
        passed += 1
    assert passed == 5 + 9


def test_who_waits_as_long_as_they_were_told_is_heard() -> None:
    full_at = 0
    for _ in range(TRIES.at_once):
        full_at = TRIES.after(full_at, 1_234)
    with pytest.raises(TooOften) as told:
        TRIES.after(full_at, 1_777)
    with pytest.raises(TooOften):
        TRIES.after(full_at, 1_777 + (told.value.wait_seconds - 1) * 1_000)
    TRIES.after(full_at, 1_777 + told.value.wait_seconds * 1_000)


def test_a_clock_that_was_put_back_keeps_nobody_out_for_longer_than_one_call() -> None:
    with pytest.raises(TooOften) as told:
        LAPTOP.after(1 << 50, 1_000)
    assert told.value.wait_seconds == 1


def test_a_first_sync_on_the_worst_line_and_a_day_of_work_meet_no_limit(place: Place) -> None:
    time = Time()
    limits = Limits(place.hub.database, time)
    for _ in range(12_000 * 1_100 // (8 * 1_024)):  # all at once, in the smallest pages
        limits.laptop_asks("ann")
    for _ in range(24 * 60 * 6):  # every ten seconds, with three calls
        time.now += 10_000
        for _ in range(3):
            limits.laptop_asks("ann")


def test_a_laptop_that_never_stops_asking_waits_and_others_go_on(place: Place) -> None:
    limits = Limits(place.hub.database, Time())
    for _ in range(LAPTOP.at_once):
        limits.laptop_asks("ann")
    with pytest.raises(TooOften):
        limits.laptop_asks("ann")
    limits.laptop_asks("ben")


@pytest.mark.parametrize(
    ("first", "then", "same"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
    ],
)
def test_an_address_is_one_machine_or_the_network_of_one_office(
    place: Place, first: str, then: str, same: bool
) -> None:
    limits = Limits(place.hub.database, Time())
    for _ in range(ADDRESS.at_once):
        limits.stranger_asks(first)
    if not same:
        limits.stranger_asks(then)
        return
    with pytest.raises(TooOften):
        limits.stranger_asks(then)


def test_tries_that_failed_count_over_all_processes_and_after_a_new_start(
    place: Place, time: Time
) -> None:
    one, other = (Limits(place.hub.database, time) for _ in range(2))
    for number in range(TRIES.at_once):
        fails((one, other)[number % 2], "192.0.2.7")
    for limits in (one, other, Limits(place.hub.database, time)):
        with pytest.raises(TooOften) as told:
            limits.may_try("192.0.2.7", b"y" * 16)
        assert told.value.wait_seconds == 60
    other.may_try("192.0.2.8", b"y" * 16)
    time.now += 60_000
    one.may_try("192.0.2.7", b"y" * 16)


def test_one_invite_is_tried_so_often_from_wherever(place: Place, time: Time) -> None:
    limits = Limits(place.hub.database, time)
    secret = invited(place)
    for number in range(TRIES.at_once):
        fails(limits, f"192.0.2.{number}", secret)
    with pytest.raises(TooOften):
        limits.may_try("198.51.100.1", secret)
    limits.may_try("198.51.100.1", invited(place))


def test_a_whole_team_joins_from_one_room(place: Place, time: Time) -> None:
    limits = Limits(place.hub.database, time)
    for _ in range(100):
        secret = invited(place)
        limits.stranger_asks("192.0.2.7")
        limits.stranger_asks("192.0.2.7")
        limits.may_try("192.0.2.7", secret)
        limits.tried("192.0.2.7", secret, joined=True)


def test_what_was_counted_is_forgotten_when_it_counts_no_more(place: Place, time: Time) -> None:
    limits = Limits(place.hub.database, time)
    fails(limits, "192.0.2.7")
    time.now += 60_000
    fails(limits, "192.0.2.8")
    with place.hub.database.reading() as tx:
        assert tx.rows("SELECT who FROM hub_try", ()) == [("address:192.0.2.8",)]


def test_behind_a_proxy_nobody_pays_for_another_at_the_same_address(
    place: Place, time: Time
) -> None:
    limits = Limits(place.hub.database, time, addresses=False)
    for _ in range(ADDRESS.at_once + 1):
        limits.stranger_asks("192.0.2.7")
    for _ in range(TRIES.at_once + 1):
        fails(limits, "192.0.2.7")


def test_who_guesses_invites_is_told_how_long_to_wait_and_the_team_beside_them_goes_on(
    served: FarPlace,
) -> None:
    ann = served.member("ann")
    secret = invited(served).hex()
    said = {"secret": "0" * 32, "token": "ab" * 32, "dev": "d1", "worker_id": "w"}
    forged = {"X_Forwarded_For": "198.51.100.1"}
    for _ in range(TRIES.at_once):
        assert asked(served, "POST", "/v1/join", json.dumps(said).encode(), **forged)[0] == 403
    right = json.dumps({**said, "secret": secret}).encode()
    connection = http.client.HTTPConnection("127.0.0.1", int(served.url.rpartition(":")[2]))
    connection.request("POST", "/v1/join", right, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["error"]) == (429, "too-often")
    assert 0 < int(answer.getheader("Retry-After") or "") <= 60
    connection.close()
    for _ in range(ADDRESS.at_once):
        status, _ = asked(served, "POST", "/v1/told", b"{}", b"z" * 32)
        if status == 429:
            break
        assert status == 401
    assert asked(served, "GET", "/v1/hub")[0] == 429
    ann.device.put("Person", "terry", called="Terry")
    assert ann.sync().sent == 1
