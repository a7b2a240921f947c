"""What is remembered of a sync: what went and came, why it failed, and when the hub was reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from linkworker.store import Store
from linkworker.sync import refusals
from linkworker.sync.reaching import Line
from linkworker.sync.syncing import OWN_FAULT, Stopped, Trip
from tests.conftest import OwnClock


@pytest.fixture
def member(store: Store, terry: str, clock: OwnClock) -> Store:
    """A laptop with something to send, whose hub was last reached an hour ago."""
    store.belonging.begin("https://127.0.0.1:9", "", "x")
    store.belonging.joined("North team", "coordinator")
    clock.on(hours=1)
    return store


def reached(store: Store) -> str | None:
    membership = store.belonging.now()
    return membership.reached_at if membership else None


def answers(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def post(line: Line, path: str, said: dict[str, object]) -> object:
        raise error

    monkeypatch.setattr(Line, "post", post)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (refusals.NoNetwork, "There is no network."),
        (refusals.HubNotReachable, "The team's hub does not answer."),
        (refusals.LogInPage, "This looks like a Wi-Fi log-in page"),
        (refusals.LookedInto, "This network looks into encrypted connections"),
        (refusals.NotOfToday, "By this laptop's clock"),
        (lambda: refusals.Removed("Grace"), "removed from the team by Grace"),
        (lambda: refusals.AskedToWait(50, "14:05"), "wait until 14:05"),
    ],
)
def test_why_it_failed_is_remembered_in_plain_words(
    member: Store, monkeypatch: pytest.MonkeyPatch, error: Callable[[], Exception], said: str
) -> None:
    before = reached(member)
    answers(monkeypatch, error())
    with pytest.raises(refusals.NotReached):
        Trip(member).run()
    (run,) = member.belonging.runs()
    assert said in run.failed
    assert (run.sent, run.received) == (0, 0)
    assert reached(member) == before


def test_a_fault_that_nobody_foresaw_is_no_sync_that_came_off(
    member: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reached(member)
    answers(monkeypatch, RuntimeError("what Terry said"))
    with pytest.raises(RuntimeError):
        Trip(member).run()
    (run,) = member.belonging.runs()
    assert run.failed == OWN_FAULT
    assert reached(member) == before


def test_one_that_was_stopped_before_it_reached_the_hub_reached_nothing(member: Store) -> None:
    before = reached(member)
    trip = Trip(member)
    trip.stop()
    with pytest.raises(Stopped):
        trip.run()
    assert member.belonging.runs() == []
    assert reached(member) == before


def test_one_that_was_cut_after_something_had_gone_reached_the_hub(
    member: Store, clock: OwnClock
) -> None:
    before = reached(member)
    member.belonging.ran(3, 0, 0, 0, "The team's hub does not answer.")
    assert reached(member) != before
