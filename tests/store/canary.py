"""Looks for a canary: words that must stand in no file, argument or log outside encryption."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

CANARY = "Quillfeather Brookwater"
"""A name and a sentence's worth of words that occur nowhere else."""


def traces(data: bytes, words: Iterable[str] = (CANARY,)) -> list[str]:
    """Return the six-letter pieces of `words` that stand in `data`, in any case (UTF-8, UTF-16)."""
    found = []
    lower = data.lower()
    for word in re.findall(r"\w{6,}", " ".join(words).lower()):
        for at in range(len(word) - 5):
            piece = word[at : at + 6]
            if piece.encode() in lower or piece.encode("utf-16-le") in lower:
                found.append(piece)
    return found


def traces_under(folder: Path, words: Iterable[str] = (CANARY,)) -> dict[str, list[str]]:
    """Return what stands in the names and contents of all files below `folder`."""
    words = tuple(words)
    found = {}
    for path in folder.rglob("*"):
        seen = traces(path.name.encode("utf-8", "surrogateescape"), words)
        if path.is_file():
            seen += traces(path.read_bytes(), words)
        if seen:
            found[str(path)] = seen
    return found


def traces_of_process(pid: int, words: Iterable[str] = (CANARY,)) -> list[str]:
    """Return what stands in a process's arguments and environment, and in files that it has open,
    also those that are deleted already. Linux."""
    words = tuple(words)
    found = []
    for name in ("cmdline", "environ", "comm"):
        found += traces(Path(f"/proc/{pid}/{name}").read_bytes(), words)
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        try:
            if os.path.isfile(handle) or "(deleted)" in os.readlink(handle):
                found += traces(handle.read_bytes(), words)
        except OSError:
            continue
    return found
