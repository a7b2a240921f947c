"""Kills a real process with SIGKILL while it works on a real store, and looks what is left.

    python -m tests.kill --kills 300 --copies 12

`--kills` fall at any moment, `--copies` inside the long copies before a migration and in a rescue.
`tests/store/test_kill.py` runs a few of each.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.kill import at_any_moment, inside_copies
from tests.kill.process import Lost


def main() -> int:
    """Run the command line; 0 where nothing was lost."""
    options = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    options.add_argument("--kills", type=int, default=300)
    options.add_argument("--copies", type=int, default=12)
    options.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    told = options.parse_args()
    if not hasattr(os, "fork"):
        print("skipped: this system cannot fork a process to kill", file=sys.stderr)
        return 0
    print(f"seed {told.seed}", flush=True)
    with tempfile.TemporaryDirectory() as place:
        try:
            if told.kills:
                print(at_any_moment.kill_often(told.kills, told.seed, Path(place)), flush=True)
            if told.copies:
                print(inside_copies.kill_often(told.copies, told.seed, Path(place) / "copies"))
        except Lost as lost:
            print(f"LOST: {lost}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
