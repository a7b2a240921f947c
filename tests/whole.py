"""Asks the real command whether a store is whole: `linkworker check --json`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def assert_whole(folder: Path, passphrase: str = "") -> dict[str, Any]:
    """Fail unless `check` calls the records in `folder` whole; return what it said.

    Made-up people need no passphrase.
    """
    with tempfile.TemporaryDirectory() as place:
        asked = [sys.executable, "-m", "linkworker", "check", "--json", "--data", str(folder)]
        if passphrase:
            secret = Path(place) / "passphrase"
            secret.write_text(passphrase, encoding="utf-8")
            secret.chmod(0o600)
            asked += ["--passphrase-file", str(secret)]
        ran = subprocess.run(
            asked,
            cwd=ROOT,
            env=os.environ | {"HOME": place},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert ran.returncode == 0, f"{folder.name}: {ran.stdout}{ran.stderr}"
    told: dict[str, Any] = json.loads(ran.stdout)
    assert told["ok"] is True, told
    return told


def stores_under(place: Path) -> list[Path]:
    """Return every folder under `place` that holds a whole store: records and a key file."""
    found = (one.parent for one in sorted(place.rglob("records.db")))
    return [folder for folder in found if (folder / "keys.json").exists()]
