"""The authority of a backup comes into the folder with its records, or not at all.

Records change in one transaction, and the files of the authority beside them. So these lie ready
before the records are kept, under the life that begins with them; whoever opens the hub after it
was cut off brings them to their places where that life has begun, and else lets go of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from linkworker import folders
from linkworker.hub import certificates

READY = "putting-back.json"
"""Holds the files of the authority while a backup is put back: it is the hub's own user's alone."""

FILES = (certificates.AUTHORITY, certificates.AUTHORITY_KEY)
"""What a backup holds besides the records."""

AS_BYTES = "latin-1"
"""A letter for each byte: also a file that was damaged before it was copied comes as it was."""


def make_ready(folder: Path, life: str, files: Mapping[str, bytes]) -> None:
    """Lay ready what comes with the records of a life that is about to begin."""
    said = {"life": life, "files": {name: files[name].decode(AS_BYTES) for name in FILES}}
    folders.write_whole(folder / READY, json.dumps(said).encode("ascii"))


def finish(folder: Path, life: str) -> None:
    """Bring what lies ready to its place where its life is the one that the records are in."""
    ready = folder / READY
    if not ready.exists():
        return
    said = json.loads(ready.read_bytes())
    if said["life"] == life:
        for name, content in said["files"].items():
            folders.write_whole(folder / name, content.encode(AS_BYTES))
        (folder / certificates.SERVER).unlink(missing_ok=True)  # made anew by that authority
    ready.unlink()
