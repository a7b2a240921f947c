"""Every check of linkworker, in the order in which they are quick: `python3 go.py tests`.

Words after it go to pytest, which then runs alone: `python3 go.py tests -k marks`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def steps() -> list[tuple[str, list[str]]]:
    """Return what is run before the tests, by name; the benchmarks are only seen to work."""
    python = [sys.executable, "-m"]
    found = [
        ("format", [*python, "ruff", "format", "--check", "."]),
        ("lint", [*python, "ruff", "check", "."]),
        ("types", [*python, "mypy"]),
    ]
    if (ROOT / "benchmarks" / "__main__.py").exists():
        found.append(("benchmarks", [*python, "benchmarks", "--smoke"]))
    return found


def workers() -> str:
    """Return how many tests run side by side: each core of a small machine, half of a large one."""
    cores = os.cpu_count() or 2
    return str(max(2, min(cores, 4), cores // 2))


def run(name: str, command: Sequence[str]) -> tuple[bool, str]:
    """Run one step; return whether it passed, and what it printed under its name and seconds."""
    began = time.monotonic()
    ran = subprocess.run(
        command,
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    passed = ran.returncode == 0
    seconds = time.monotonic() - began
    return passed, f"-- {name}: {'ok' if passed else 'FAILED'}, {seconds:.1f} s\n{ran.stdout}"


def run_steps() -> list[str]:
    """Run the steps, two at a time since each keeps one core busy; return which failed."""
    failed = []
    with ThreadPoolExecutor(2) as two:
        ran = {name: two.submit(run, name, command) for name, command in steps()}
        for name, step in ran.items():
            passed, printed = step.result()
            print(printed, flush=True)
            if not passed:
                failed.append(name)
    return failed


def main(words: Sequence[str]) -> int:
    """Run everything, or pytest alone with `words`; return the exit status.

    pytest comes last and its own summary ends what is printed, unless something before it failed:
    then that is said once more.
    """
    pytest = [sys.executable, "-m", "pytest"]
    if words:
        return subprocess.run([*pytest, *words], cwd=ROOT, check=False).returncode
    failed = run_steps()
    print("-- tests", flush=True)
    status = subprocess.run([*pytest, "-n", workers()], cwd=ROOT, check=False).returncode
    if failed:
        print(f"Failed before the tests: {', '.join(failed)}", file=sys.stderr)
    return status or bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
