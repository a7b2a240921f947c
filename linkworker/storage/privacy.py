"""Whether others on this computer can read a store's folder, and seeing to it that they cannot.

Files are made private; but a copy, a restored backup or a stray `chmod` can open them again. So it
is put right at every unlocking, and said. Windows keeps its rights elsewhere: there nothing is
looked at and nothing is claimed.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

OURS = (
    "*.db",
    "*.db-wal",
    "*.db-shm",
    "keys*.json",
    "tries.*",
    "missed.json",
    "look.json",
    "*.lock",
    "*.log",
)
"""The files of a store by their names; others that lie in the same folder are left alone."""

OTHERS = stat.S_IRWXG | stat.S_IRWXO

FOLDER = "the folder"
"""What stands for the folder itself among the names."""


def open_to_others(folder: Path) -> tuple[str, ...] | None:
    """Return what others may read or enter, by name; None where this system does not say so."""
    if os.name != "posix":
        return None
    return tuple(name for name, path in _kept(folder) if _mode(path) & OTHERS)


def make_private(folder: Path) -> tuple[str, ...]:
    """Close to others what is open to them (0700, 0600); return what was, by name.

    What belongs to another account cannot be closed: `open_to_others` still names it afterwards.
    """
    found = open_to_others(folder) or ()
    for name, path in _kept(folder) if found else ():
        if name in found:
            with contextlib.suppress(OSError):
                path.chmod(0o700 if name == FOLDER else 0o600)
    return found


def notice_of(found: tuple[str, ...]) -> str | None:
    """Return the sentence that tells somebody what was found open; None where nothing was."""
    if not found:
        return None
    return (
        "Other accounts of this computer could read the folder of the records; that is closed now. "
        "Without the passphrase they could read nothing in it."
    )


def _kept(folder: Path) -> list[tuple[str, Path]]:
    files = {one for pattern in OURS for one in folder.glob(pattern)}
    found = [(one.name, one) for one in sorted(files) if one.is_file() and not one.is_symlink()]
    return [(FOLDER, folder), *found]


def _mode(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_mode
    return 0
