"""Every check of linkworker, in the order in which they are quick: `python3 go.py tests`.

Words after it go to pytest, which then runs alone: `python3 go.py tests -k marks`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def steps() -> list[tuple[str, list[str]]]:
    """Return what is run before the tests, by name; the benchmarks are only seen to work."""
    python = [sys.executable, "-m"]
    found = [
        ("format", [*python, "ruff", "format", "--check", "."]),
        ("lint", [*python, "ruff", "check", "."]),
        ("house", [*python, "pytest", "-q", "-p", "no:cacheprovider", "tests/test_house.py"]),
        ("types", [*python, "mypy"]),
    ]
    if (ROOT / "benchmarks" / "__main__.py").exists():
        found.append(("benchmarks", [*python, "benchmarks", "--smoke"]))
    return found


def workers() -> str:
    """Return how many tests run side by side: half the cores of a large machine, at least two."""
    return str(max(2, (os.cpu_count() or 2) // 2))


def run(name: str, command: Sequence[str]) -> bool:
    """Run one step, saying its name and seconds; return whether it passed."""
    print(f"-- {name}", flush=True)
    began = time.monotonic()
    passed = subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    print(
        f"-- {name}: {'ok' if passed else 'FAILED'}, {time.monotonic() - began:.1f} s", flush=True
    )
    return passed


def main(words: Sequence[str]) -> int:
    """Run everything, or pytest alone with `words`; return the exit status.

    pytest comes last and its own summary ends what is printed, unless something before it failed:
    then that is said once more.
    """
    pytest = [sys.executable, "-m", "pytest"]
    if words:
        return subprocess.run([*pytest, *words], cwd=ROOT, check=False).returncode
    failed = [name for name, command in steps() if not run(name, command)]
    print("-- tests", flush=True)
    status = subprocess.run([*pytest, "-n", workers()], cwd=ROOT, check=False).returncode
    if failed:
        print(f"Failed before the tests: {', '.join(failed)}", file=sys.stderr)
    return status or bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
