"""Histories of three laptops and a hub; and the gate: each fault put in on purpose is noticed.

`python -m tests.simulation --minutes 30 --seed N` goes on for as long as one likes.
"""

from __future__ import annotations

import pytest

from tests.simulation.checks import faults
from tests.simulation.mutations import MUTATIONS
from tests.simulation.world import World

SEEDS = range(1, 41)
STEPS = 150
MOST_SEEDS = 60
"""Histories in which a fault must be noticed at the latest."""


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_and_nothing_is_shown_that_should_not_be(seed: int) -> None:
    world = World(seed)
    world.run(STEPS)
    assert faults(world) == [], f"python -m tests.simulation --once --seed {seed}"


@pytest.mark.slow
@pytest.mark.parametrize("name", MUTATIONS)
def test_a_fault_put_in_on_purpose_is_noticed(name: str) -> None:
    with MUTATIONS[name]():
        for seed in range(1, MOST_SEEDS + 1):
            if _noticed(seed):
                return
    pytest.fail(f"{MOST_SEEDS} histories did not notice: {name}")


def _noticed(seed: int) -> bool:
    world = World(seed)
    try:
        world.run(STEPS)
    except (AttributeError, TypeError):
        raise  # the fault is put in where nothing is any more: it would be noticed in any system
    except Exception:
        return True
    return bool(faults(world))
