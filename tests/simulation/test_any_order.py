"""The same world in Hypothesis' hands, which looks for short histories that do not hold."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.simulation.checks import faults
from tests.simulation.laptops import Laptop
from tests.simulation.world import World

LAPTOP = st.integers(0, 2)


class AnyOrder(RuleBasedStateMachine):
    """Three laptops, a hub and three people; whatever anybody does next."""

    @initialize(chance=st.randoms(use_true_random=False))
    def begin(self, chance: random.Random) -> None:
        """Begin a world whose every chance can be made smaller."""
        self.world = World(chance)

    def _the(self, laptop: int) -> Laptop:
        """Return a laptop by its number; one may be gone."""
        return self.world.laptops[laptop % len(self.world.laptops)]

    @rule(laptop=LAPTOP)
    def somebody_writes(self, laptop: int) -> None:
        self.world.step(self.world.write, self._the(laptop))

    @rule(laptop=LAPTOP, times=st.integers(2, 6))
    def somebody_writes_a_lot(self, laptop: int, times: int) -> None:
        for _ in range(times):
            self.world.step(self.world.write, self._the(laptop))

    @rule(laptop=LAPTOP)
    def a_laptop_syncs(self, laptop: int) -> None:
        self.world.step(self.world.sync, self._the(laptop))

    @rule(what=st.sampled_from(["share", "take_away", "erase", "route", "join", "part"]))
    def a_lead_decides(self, what: str) -> None:
        self.world.step(getattr(self.world, what), self.world.laptops[0])

    @rule(laptop=LAPTOP, what=st.sampled_from(["set_clock", "upgrade", "copy"]))
    def a_laptop_changes(self, laptop: int, what: str) -> None:
        self.world.step(getattr(self.world, what), self._the(laptop))

    @rule(laptop=LAPTOP, what=st.sampled_from(["back_up", "put_back", "lose"]))
    def a_machine_breaks(self, laptop: int, what: str) -> None:
        self.world.step(getattr(self.world, what), self._the(laptop))

    @invariant()
    def nobody_was_sent_what_is_not_theirs(self) -> None:
        assert self.world.record.leaked == []

    @invariant()
    def nothing_came_back(self) -> None:
        assert self.world.record.came_back == []

    def teardown(self) -> None:
        """Let it come to rest: what must hold then holds."""
        if hasattr(self, "world"):
            self.world.quiet()
            assert faults(self.world) == []


def test_whatever_happens_in_whatever_order_nothing_is_lost() -> None:
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            derandomize=True,
            max_examples=40,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
