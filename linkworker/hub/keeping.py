"""The hub's folder on its machine: who else may read it, and that nobody puts records back in it
while it is served."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from linkworker import folders
from linkworker.refusal import Refused

SERVING = "serving.lock"
"""Held by whoever serves the folder, and by whoever puts a backup back in it."""

NOT_PUT_BACK = "Nothing was put back."
NOT_BROUGHT_ON = "The hub's records are of an older release, and were not brought to this one."


class Served(Refused):
    """A backup cannot be put back, nor older tables brought on, while the hub is served."""

    def __init__(self, what: str = NOT_PUT_BACK) -> None:
        super().__init__(
            what,
            "The hub is being served: laptops write to it at this moment.",
            "Stop each 'linkworker hub serve' first, on every machine that has one.",
        )


class PuttingBack(Refused):
    """The hub cannot be served while a backup is put back."""

    def __init__(self) -> None:
        super().__init__(
            "The hub was not started.",
            "A backup is being put back in it, or it is served already.",
            "Start it again when that is over.",
        )


class OpenToOthers(Refused):
    """Others on the machine may read a file that is for the hub alone, and it cannot be mended."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "The hub was not opened.",
            f"Others on this machine may read or change {name}.",
            f"Give it to the hub's own user alone (chmod 600 {name}), and open the hub again.",
        )


def made_private(files: list[Path]) -> list[str]:
    """Take from everybody else the right to these files; return the names of those that had it.

    Windows keeps such rights otherwise, with the folder. Raises `OpenToOthers` where it cannot be.
    """
    mended = []
    for path in files if os.name == "posix" else ():
        with suppress(FileNotFoundError):
            if path.stat().st_mode & 0o077:
                try:
                    path.chmod(0o600)
                except OSError:
                    raise OpenToOthers(path.name) from None
                mended.append(path.name)
    return mended


@contextmanager
def serving(folder: Path) -> Iterator[None]:
    """Say for a while that a folder is served; several may. Raises `PuttingBack`."""
    with _held(folder, alone=False) as held:
        if not held:
            raise PuttingBack
        yield


@contextmanager
def alone(folder: Path, what: str = NOT_PUT_BACK) -> Iterator[None]:
    """See to it that nobody serves a folder meanwhile. Raises `Served`, which begins with `what`
    was not done."""
    with _held(folder, alone=True) as held:
        if not held:
            raise Served(what)
        yield


@contextmanager
def _held(folder: Path, *, alone: bool) -> Iterator[bool]:
    """Hold the lock of a folder until the end, which the system does when this program is killed;
    say whether it was to be had."""
    handle = folders.open_to_write(folder / SERVING)
    try:
        try:
            if sys.platform == "win32":  # there is no lock that several may hold
                import msvcrt

                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
                fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            yield False
            return
        yield True
    finally:
        os.close(handle)
