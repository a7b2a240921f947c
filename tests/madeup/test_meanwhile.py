"""Half of many years is told by a second process: what comes of it must not depend on that one."""

from __future__ import annotations

import os
import signal
from datetime import date
from time import sleep

import pytest

from linkworker.madeup import stories
from linkworker.madeup.meanwhile import meanwhile
from linkworker.madeup.patch import PATCHES, load


def process_that_did(_given: int) -> int:
    """Return the number of the process in which this is done."""
    return os.getpid()


def be_killed_once(first: int) -> int:
    """Kill the process in which this is done, unless it is the first one."""
    if os.getpid() != first:
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        sleep(60)
    return first


def refuse(_given: int) -> int:
    """Fail."""
    raise ValueError("what went wrong there")


def test_another_process_does_it() -> None:
    with meanwhile(process_that_did, 0) as answer:
        assert answer() != os.getpid()


def test_where_the_other_process_is_killed_it_is_done_here() -> None:
    with meanwhile(be_killed_once, os.getpid()) as answer:
        assert answer() == os.getpid()


def test_where_no_other_process_can_be_had_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more_processes(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor.submit", no_more_processes)
    with meanwhile(process_that_did, 0) as answer:
        assert answer() == os.getpid()


def test_what_goes_wrong_in_the_other_process_is_told_here() -> None:
    with (
        meanwhile(refuse, 0) as answer,
        pytest.raises(ValueError, match="what went wrong there"),
    ):
        answer()


@pytest.mark.parametrize("key", PATCHES)
def test_two_processes_tell_what_one_tells(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    patch, today = load(key), date(2026, 6, 15)
    alone = stories.tell_all(patch, seed=3, today=today, years=0.3)
    monkeypatch.setattr(stories, "_MUCH_TO_TELL", 1)
    assert stories.tell_all(patch, seed=3, today=today, years=0.3) == alone


@pytest.mark.parametrize("key", PATCHES)
def test_the_halves_are_as_large_and_hold_everybody_once(key: str) -> None:
    patch = load(key)
    first, second = stories.halves_of(patch)
    everybody = [card.key for card in (*first, *second)]
    assert sorted(everybody) == sorted(card.key for card in patch.people if card.story != "hand")
    assert abs(len(first) - len(second)) <= 2


@pytest.mark.parametrize("key", PATCHES)
def test_partners_are_told_of_in_the_same_half(key: str) -> None:
    for half in stories.halves_of(load(key)):
        here = {card.key for card in half}
        told = {card.key for both in stories.halves_of(load(key)) for card in both}
        for card in half:
            partners = {tie.other for tie in card.ties if tie.is_partner and tie.other in told}
            assert partners <= here
