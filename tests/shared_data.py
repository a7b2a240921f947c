"""Finds the published test data that is kept beside the project and never copied into it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def shared_data(folder: str = "") -> Path:
    """Return a folder of the shared data; the test is skipped, saying so, where it is absent."""
    root = Path(os.environ.get("LINKWORKER_SHARED_DATA") or BESIDE)
    found = root / folder if folder else root
    if not found.exists():
        pytest.skip(f"the shared test data is not here: {found} (LINKWORKER_SHARED_DATA)")
    return found
