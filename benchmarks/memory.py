"""Memory after a day's work: every place visited, people opened, things found, a note written."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.caseloads import Caseloads
from benchmarks.measuring import Figure, ratio_figure
from benchmarks.starting import HELLO, PEOPLE_TODAY, demo
from benchmarks.terminal import Terminal


def _day(terminal: Terminal, rounds: int) -> None:
    terminal.when_shown(PEOPLE_TODAY)
    terminal.settle()
    for _ in range(rounds):
        terminal.send("f3")
        terminal.settle()
        for _ in range(20):
            terminal.send("down")
            terminal.settle(0.05)
        terminal.send("enter")
        terminal.settle()
        for section in "123456":
            terminal.send(section)
            terminal.settle()
        terminal.send("ctrl+n")
        terminal.settle()
        terminal.send("We walked to the end of the lane and back. No steps.")
        terminal.settle()
        terminal.send("ctrl+s")
        terminal.settle()
        terminal.send("ctrl+p")
        terminal.settle()
        for letter in "kettle":
            terminal.send(letter)
            terminal.settle(0.05)
        terminal.send("esc")
        terminal.settle()
        terminal.send("esc")
        terminal.settle()
        terminal.send("f2")
        terminal.settle()


def memory(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure the resident memory after the day, in MiB."""
    if not sys.platform.startswith("linux"):
        return
    pairs = []
    for _ in range(min(runs, 3)):
        with Terminal(demo(caseloads.ten_years_folder())) as ours:
            _day(ours, 1 if caseloads.small else 5)
            used = ours.memory_kb() / 1024
        with Terminal(HELLO) as floor:
            floor.when_shown("hello there")
            floor.settle()
            pairs.append((used, floor.memory_kb() / 1024))
    yield ratio_figure(
        "memory", "memory after a scripted day", "a bare Textual app", "MiB", pairs, 3
    )
