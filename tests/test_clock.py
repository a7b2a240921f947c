"""Ids: each is another, they grow with time, and what is made together is nearly alike."""

from __future__ import annotations

import re
from uuid import UUID

from linkworker.clock import uuid7_ids
from tests.conftest import OwnClock


def test_ids_are_of_version_seven_each_is_another_and_they_grow_also_when_the_clock_is_set_back(
    clock: OwnClock,
) -> None:
    make = uuid7_ids(clock)
    made = [make() for _ in range(5_000)]  # more than the counter of a millisecond holds
    clock.on(seconds=3)
    made += [make() for _ in range(10)]
    clock.on(hours=-8)
    made += [make() for _ in range(10)]
    assert made == sorted(set(made))
    assert {UUID(one).version for one in made} == {7}
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in made)
    ends = {one.replace("-", "")[-16:] for one in made}
    assert len(ends) == len(made), "a laptop is named by the end of an id"


def test_two_who_make_ids_at_one_moment_make_others(clock: OwnClock) -> None:
    one, other = uuid7_ids(clock), uuid7_ids(clock)
    ends = {make()[19:] for make in (one, other) for _ in range(100)}
    assert len(ends) == 200


def test_what_is_made_within_a_second_ends_nearly_alike_and_an_hour_later_by_new_chance(
    clock: OwnClock,
) -> None:
    make = uuid7_ids(clock)
    first, second = (int(make().replace("-", "")[-16:], 16) for _ in range(2))
    assert second - first == 1
    clock.on(hours=1)
    assert abs(int(make().replace("-", "")[-16:], 16) - second) > 1_000
