"""Run the benchmarks and print their table."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks import (
    directory,
    finding,
    hub_load,
    keys,
    making,
    memory,
    saving,
    starting,
    sync_day,
    sync_first,
    sync_rough,
    sync_small,
)
from benchmarks.caseloads import Caseloads
from benchmarks.measuring import Figure

BENCHMARKS = {
    "first-frame": starting.first_frame,
    "rows": starting.todays_rows,
    "unlock": starting.unlocked,
    "arrow": keys.arrow,
    "held": keys.held,
    "open-person": keys.open_person,
    "typing": keys.typing,
    "find": finding.find,
    "find-100k": finding.find_much,
    "directory": directory.taking_in,
    "box": directory.finding,
    "suggestions": directory.suggestions,
    "save": saving.save,
    "memory": memory.memory,
    "first-use": making.first_use,
    "years": making.years,
    "sync-first": sync_first.first,
    "sync-day-bytes": sync_day.size,
    "sync-day": sync_day.speed,
    "sync-cut": sync_rough.cut,
    "sync-keys": sync_rough.keys,
    "hub-load": hub_load.load,
    "hub-growth": hub_load.growth,
    "sync-capture": sync_small.capture,
    "sync-nothing": sync_small.nothing,
}


def line(figure: Figure) -> str:
    """Return one line of the table."""
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    aim = "" if figure.aim is None else f"{figure.aim:g}"
    said = {True: "reached", False: "NOT REACHED", None: "not judged"}[figure.reached]
    return (
        f"{figure.what:<46} {_short(figure.ours)} {_short(figure.floor)} {figure.unit:<4} "
        f"{ratio:>6} {aim:>6} {said:<12} {figure.floor_is}"
    )


def _short(value: float) -> str:
    return f"{value:>8.3f}" if value < 10 else f"{value:>8.1f}"


def _end_what_was_started() -> None:
    """Have the programs that are being measured end with this one, also when it is told to stop.

    A bare Textual app whose terminal has gone runs on, and takes a whole core from what is next.
    """
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _: sys.exit(128 + number))


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--runs", type=int, default=9, help="pairs of each figure (9)")
    parser.add_argument(
        "--smoke", action="store_true", help="one pair each on small caseloads: does it all run"
    )
    parser.add_argument(
        "--anki",
        type=Path,
        metavar="PYTHON",
        help="a Python that has Anki, the peer of sync; else it is fetched into the run's folder",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    args = parser.parse_args()
    unknown = set(args.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    _end_what_was_started()
    figures: list[Figure] = []
    with Caseloads(small=args.smoke, anki=args.anki) as caseloads:
        print(
            f"{'figure':<46} {'ours':>8} {'floor':>8} {'unit':<4} {'ratio':>6} {'aim':>6} "
            f"{'':<12} the floor is"
        )
        for name in args.names or BENCHMARKS:
            for figure in BENCHMARKS[name](caseloads, 1 if args.smoke else args.runs):
                figures.append(figure)
                print(line(figure), flush=True)
    if args.json:
        args.json.write_text(
            json.dumps([{**asdict(f), "reached": f.reached} for f in figures], indent=1) + "\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
