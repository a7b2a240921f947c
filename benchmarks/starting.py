"""Starts: to the first frame, to today's rows, and from the derived key to the rows."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.caseloads import PASSPHRASE, Caseloads
from benchmarks.measuring import Figure, in_turn, ratio_figure
from benchmarks.terminal import Terminal

HELLO = [sys.executable, "-m", "benchmarks.floors.hello"]
PEOPLE_TODAY = r"Visits and sessions|Calls you promised|Quiet for a while"
"""Headings that stand on Today only when its rows do."""

THE_DOOR = r"[Pp]assphrase"


def bytecode_kept(caseloads: Caseloads) -> dict[str, str]:
    """Return the environment in which every start but the first is: with the bytecode kept.

    Installing keeps it, and so does the first start. Where the environment forbids that, every
    start would compile all of ours and nothing of the floor. It is kept in a folder of the run.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**env, "PYTHONPYCACHEPREFIX": str(caseloads.bytecode_folder())}


def shown(command: list[str], pattern: str, env: dict[str, str]) -> float:
    """Return the milliseconds from the start of a program until its screen shows `pattern`."""
    with Terminal(command, env=env) as terminal:
        return (terminal.when_shown(pattern) - terminal.start) * 1000


def app(folder: Path) -> list[str]:
    """Return the command that opens the app on a store of one's own."""
    return [sys.executable, "-m", "linkworker", "--data", str(folder)]


def demo(folder: Path) -> list[str]:
    """Return the command that opens the app on made-up people."""
    return [sys.executable, "-m", "linkworker", "demo", "--data", str(folder)]


def first_frame(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure to the first frame: the door, with its field for the passphrase."""
    folder, env = caseloads.own_folder(), bytecode_kept(caseloads)
    pairs = in_turn(
        lambda: shown(app(folder), THE_DOOR, env), lambda: shown(HELLO, "hello there", env), runs
    )
    yield ratio_figure(
        "first-frame", "start to first frame", "a bare Textual hello", "ms", pairs, 1.10
    )


def todays_rows(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure to today's rows in the demo, ten years of it."""
    folder, env = caseloads.ten_years_folder(), bytecode_kept(caseloads)
    pairs = in_turn(
        lambda: shown(demo(folder), PEOPLE_TODAY, env),
        lambda: shown(HELLO, "hello there", env),
        runs,
    )
    yield ratio_figure("rows", "start to Today's rows", "a bare Textual hello", "ms", pairs, 2.4)


def unlocked(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure from the moment at which the key is derived to the rows on the screen.

    A program around the app notes when the vault gave the key, by the clock that this one reads.
    """
    folder, env = caseloads.own_folder(), bytecode_kept(caseloads)

    def once() -> float:
        with tempfile.TemporaryDirectory() as place:
            stamp = Path(place) / "derived"
            command = [sys.executable, "-m", "benchmarks.derived", str(folder), str(stamp)]
            with Terminal(command, env=env) as terminal:
                terminal.when_shown(THE_DOOR)
                terminal.settle(1.0)  # the store is fetched while somebody types
                terminal.send(PASSPHRASE)
                terminal.settle(0.1)
                terminal.send("enter")
                rows = terminal.when_shown(PEOPLE_TODAY)
                return (rows - float(stamp.read_text())) * 1000

    def floor() -> float:
        with Terminal([sys.executable, "-m", "benchmarks.floors.push"], env=env) as terminal:
            terminal.when_shown("the base")
            terminal.settle(0.3)
            sent = terminal.send("enter")
            return (terminal.when_shown("pushed 1") - sent) * 1000

    pairs = in_turn(once, floor, runs)
    ours, least = (sorted(one[side] for one in pairs)[len(pairs) // 2] for side in (0, 1))
    yield Figure(
        "unlock",
        "right passphrase's key derived to rows",
        "pushing a bare screen, key to paint",
        "ms",
        ours,
        least,
        None,
        60,
        len(pairs),
    )
