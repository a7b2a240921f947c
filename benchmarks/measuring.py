"""Measuring in pairs: ours and its floor in turn, so that a noisy machine harms both alike."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    `ours` and `floor` are medians in `unit`; `ratio` is the median of the ratios of the pairs, or
    None where the aim is an absolute one and the floor stands beside it for judgement. Where the
    floor is not to be had, `aim` is None and nothing is judged.
    """

    name: str
    what: str
    floor_is: str
    unit: str
    ours: float
    floor: float
    ratio: float | None
    aim: float | None
    runs: int

    @property
    def reached(self) -> bool | None:
        """Whether the figure is within its aim; None where it has none."""
        if self.aim is None:
            return None
        return (self.ours if self.ratio is None else self.ratio) <= self.aim


def in_turn(
    ours: Callable[[], float], floor: Callable[[], float], runs: int
) -> list[tuple[float, float]]:
    """Measure the two alternately, after one of each that is not counted; return the pairs.

    Where one pair is all that is asked for (a smoke run), it is only to be seen that both run.
    """
    if runs > 1:
        ours()
        floor()
    pairs = []
    for number in range(runs):
        gc.collect()
        if number % 2:
            second = floor()
            first = ours()
        else:
            first = ours()
            second = floor()
        pairs.append((first, second))
    return pairs


def ratio_figure(
    name: str,
    what: str,
    floor_is: str,
    unit: str,
    pairs: list[tuple[float, float]],
    aim: float | None,
) -> Figure:
    """Return the figure for pairs of (ours, floor), judged by the median of their ratios."""
    return Figure(
        name,
        what,
        floor_is,
        unit,
        statistics.median(ours for ours, _ in pairs),
        statistics.median(floor for _, floor in pairs),
        statistics.median(ours / floor for ours, floor in pairs),
        aim,
        len(pairs),
    )


def p95(values: list[float]) -> float:
    """Return the 95th percentile: of 100 values, the 95th from below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
