"""Run histories for as long as one likes: `python -m tests.simulation --minutes 30 --seed N`."""

from __future__ import annotations

import argparse
import sys
import time

from tests.simulation.checks import faults
from tests.simulation.world import World


def main() -> int:
    """Run seed after seed; say the first that fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--steps", type=int, default=150, help="things that happen in a history")
    parser.add_argument("--once", action="store_true", help="this one seed only")
    args = parser.parse_args()
    until = time.monotonic() + args.minutes * 60
    seed = args.seed
    while True:
        world = World(seed)
        world.run(args.steps)
        found = faults(world)
        if found:
            print(f"seed {seed} fails:", *found, sep="\n  ")
            return 1
        if args.once or time.monotonic() > until:
            break
        seed += 1
    print(f"seeds {args.seed} to {seed}: nothing lost, nothing shown that should not be")
    return 0


if __name__ == "__main__":
    sys.exit(main())
