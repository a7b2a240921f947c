"""Killed at any moment: everything acknowledged is there, nothing is there by half."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

KILLS = 30
"""20 of them while notes are written. `python -m tests.kill --kills 300` for more."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process to kill")
def test_a_process_killed_at_any_moment_loses_nothing_that_it_had_acknowledged() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.kill",
            "--kills",
            str(KILLS),
            "--copies",
            "0",
            "--seed",
            "2611",
        ],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "0 lost" in done.stdout


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process to kill")
def test_a_process_killed_inside_the_copy_before_a_migration_or_a_rescue_loses_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill", "--kills", "0", "--copies", "8", "--seed", "2611"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "8 kills inside copies, 0 lost" in done.stdout
