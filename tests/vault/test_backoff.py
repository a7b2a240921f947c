"""Guessing at the unlock screen: it waits, it is never wiped, and the clock does not help."""

from __future__ import annotations

import json
import math
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from linkworker import vault
from linkworker.folders import DiskFull, held
from linkworker.vault import backoff
from tests.vault.conftest import CHEAP, PASSPHRASE, Hours, Made


def guess(made: Made, hours: Hours, said: str = "not the passphrase") -> None:
    with pytest.raises(vault.WrongPassphrase):
        vault.unlock(made.folder, said, clock=hours.clock, counter=hours.counter)


def unlock(made: Made, hours: Hours) -> vault.Unlocked:
    return vault.unlock(made.folder, PASSPHRASE, clock=hours.clock, counter=hours.counter)


def wait(made: Made, hours: Hours) -> int:
    with pytest.raises(vault.TooSoon) as caught:
        unlock(made, hours)
    return caught.value.seconds


def test_two_misses_cost_nothing(made: Made, hours: Hours) -> None:
    guess(made, hours)
    guess(made, hours)
    assert unlock(made, hours).data_key == made.data_key


def test_from_the_third_miss_on_each_wait_is_twice_the_one_before(made: Made, hours: Hours) -> None:
    waits = []
    for _ in range(14):
        guess(made, hours)
        waits.append(0 if backoff.read(made.folder).misses < 3 else wait(made, hours))
        hours.pass_by(waits[-1])
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


def test_even_the_right_passphrase_waits_and_then_opens_everything(
    made: Made, hours: Hours
) -> None:
    for _ in range(4):
        guess(made, hours)
        hours.pass_by(1)
    assert wait(made, hours) == 1
    hours.pass_by(1)
    assert unlock(made, hours).data_key == made.data_key
    guess(made, hours)
    guess(made, hours)
    assert unlock(made, hours).data_key == made.data_key


def test_starting_the_app_again_does_not_shorten_the_wait(made: Made, hours: Hours) -> None:
    for _ in range(5):
        guess(made, hours)
        hours.pass_by(8)
    guess(made, hours)
    assert backoff.read(made.folder).misses == 6  # on the disk, not in this process
    assert wait(made, hours) == 8


def test_a_try_that_was_killed_half_way_counts(
    made: Made, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linkworker.vault import slots

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(slots, "derive", killed)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            unlock(made, hours)
    assert wait(made, hours) == 1


def three_times_eight(made: Made, hours: Hours) -> None:
    for _ in range(6):
        guess(made, hours)
        hours.pass_by(8)
    hours.pass_by(-8)
    assert wait(made, hours) == 8


def test_a_clock_set_forward_opens_nothing_early(made: Made, hours: Hours) -> None:
    three_times_eight(made, hours)
    hours.wall += timedelta(days=400)
    assert wait(made, hours) == 8


def test_a_clock_set_back_neither_unlocks_nor_locks_for_years(made: Made, hours: Hours) -> None:
    three_times_eight(made, hours)
    hours.wall -= timedelta(days=400)
    assert wait(made, hours) == 8
    hours.ticks += 8
    assert unlock(made, hours).data_key == made.data_key


def test_a_clock_set_back_over_a_restart_waits_once_more_and_not_for_years(
    made: Made, hours: Hours
) -> None:
    three_times_eight(made, hours)
    hours.wall -= timedelta(days=400)
    hours.ticks = 3.0  # the machine was started anew
    assert wait(made, hours) == 8
    hours.pass_by(8)
    assert unlock(made, hours).data_key == made.data_key


def test_a_restart_and_a_clock_set_forward_together_open_nothing_early(
    made: Made, hours: Hours
) -> None:
    three_times_eight(made, hours)
    for _ in range(5):
        hours.wall += timedelta(days=1)
        hours.ticks -= 10
        assert wait(made, hours) == 8
    assert backoff.read(made.folder).misses == 6


def test_after_a_restart_the_wait_begins_anew_and_then_everything_opens(
    made: Made, hours: Hours
) -> None:
    three_times_eight(made, hours)
    hours.ticks = 3.0
    hours.wall += timedelta(seconds=5)
    assert wait(made, hours) == 8
    hours.pass_by(5)
    assert wait(made, hours) == 3
    hours.pass_by(3)
    assert unlock(made, hours).data_key == made.data_key


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"misses": -5, "wall": 0, "counter": 0}',
        b'{"misses": 9, "wall": NaN, "counter": 0}',
        b'{"misses": 9, "wall": 0, "counter": Infinity}',
        b'{"misses": 1e999, "wall": 0, "counter": 0}',
        b"\xff\xfe",
    ],
)
def test_a_damaged_count_locks_nobody_out(made: Made, hours: Hours, kept: bytes) -> None:
    (made.folder / backoff.FILE).write_bytes(kept)
    assert unlock(made, hours).data_key == made.data_key


def test_a_count_beyond_all_bounds_waits_no_longer_than_the_longest(
    made: Made, hours: Hours
) -> None:
    kept = {"misses": 10**300, "wall": hours.wall.timestamp(), "counter": hours.ticks}
    (made.folder / backoff.FILE).write_text(json.dumps(kept))
    assert wait(made, hours) == backoff.LONGEST_SECONDS
    assert math.isfinite(backoff.read(made.folder).wait)


def test_the_recovery_key_never_waits(made: Made, hours: Hours) -> None:
    three_times_eight(made, hours)
    assert vault.unlock_with_recovery(made.folder, made.recovery_key).data_key == made.data_key
    vault.set_passphrase(made.folder, made.data_key, "a new one, fourteen", cost=CHEAP)
    opened = vault.unlock(
        made.folder, "a new one, fourteen", clock=hours.clock, counter=hours.counter
    )
    assert opened.data_key == made.data_key


def test_a_new_passphrase_does_not_wait_for_who_guessed_while_it_was_chosen(
    made: Made, hours: Hours
) -> None:
    vault.unlock_with_recovery(made.folder, made.recovery_key, clock=hours.clock)
    three_times_eight(made, hours)
    new = "eleven came to the library and one held the wool"
    vault.set_passphrase(made.folder, made.data_key, new, cost=CHEAP)
    opened = vault.unlock(made.folder, new, clock=hours.clock, counter=hours.counter)
    assert opened.data_key == made.data_key


def test_many_who_try_at_once_are_counted_one_after_the_other(made: Made, hours: Hours) -> None:
    def attempt(_: int) -> type[Exception] | None:
        try:
            backoff.begin_try(made.folder, hours.clock, hours.counter)
        except vault.TooSoon as refused:
            return type(refused)
        return None

    with ThreadPoolExecutor(12) as together:
        said = list(together.map(attempt, range(12)))
    assert said.count(None) == backoff.FREE_MISSES + 1
    assert backoff.read(made.folder).misses == backoff.FREE_MISSES + 1


def test_a_try_that_cannot_be_counted_is_not_made_and_the_recovery_key_still_opens(
    made: Made, hours: Hours
) -> None:
    (made.folder / backoff.FILE).mkdir()
    for said in (PASSPHRASE, "not the passphrase"):
        with pytest.raises(backoff.CannotCount):
            vault.unlock(made.folder, said, clock=hours.clock, counter=hours.counter)
    found = vault.unlock_with_recovery(made.folder, made.recovery_key)
    assert found.data_key == made.data_key


def test_a_folder_that_another_program_never_lets_go_of_is_waited_for_a_little_and_then_said(
    made: Made, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "PATIENCE", 0.1)
    with (
        held(made.folder, backoff.LOCK),
        pytest.raises(backoff.CannotCount, match="another program"),
    ):
        unlock(made, hours)
    assert unlock(made, hours).data_key == made.data_key


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
def test_a_pipe_in_the_place_of_the_count_keeps_nobody_waiting(made: Made, hours: Hours) -> None:
    os.mkfifo(made.folder / backoff.FILE)
    assert backoff.read(made.folder) == backoff.Tries()
    assert unlock(made, hours).data_key == made.data_key


def test_a_full_disk_gives_no_free_tries(
    made: Made, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr(backoff, "write_whole", full)
    with pytest.raises(DiskFull, match="could not be opened"):
        unlock(made, hours)
