"""One app per store: the second is told who has it open, and changes nothing.

Two apps over one store would each keep a draft of the same note and lock at different times. Shell
commands are ordinary transactions beside the app and hold nothing. The hold is the operating
system's own lock on a file, so it ends with the process, however that ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from pathlib import Path

from linkworker.cipher import BUSY_SECONDS
from linkworker.clock import Clock, from_text, home_zone, to_text
from linkworker.folders import open_to_write, plain_os_error
from linkworker.refusal import Refused

FILE = "open.lock"
_FAR_OFF = 1 << 20
"""The byte that Windows locks: beyond what the file says, so that others can read that."""


KEYSTROKE_SECONDS = 0.1
"""How long the app's own thread waits for another writer: a key must not hang behind a program."""

BESIDE_SECONDS = 0.7
"""How long the app's other threads wait: a draft is tried again soon, and a lid may be closing."""


def waits_seconds(app: bool) -> float:
    """Return for how long a writer on this thread waits for another before it is refused."""
    if not app:
        return BUSY_SECONDS
    at_the_keys = threading.current_thread() is threading.main_thread()
    return KEYSTROKE_SECONDS if at_the_keys else BESIDE_SECONDS


class OpenElsewhere(Refused):
    """Another app has this store open."""

    def __init__(self, who: str = "") -> None:
        super().__init__(
            "The records were not opened a second time.",
            f"Another linkworker window has them open{who}.",
            "Go to that window, or close it and try again. Commands at the prompt may be used "
            "beside it.",
        )


class Hold:
    """The hold of one app on a store's folder, until `release` or the end of the process."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Take it. Raises `OpenElsewhere`, `LinkInTheWay`, `ReadOnlyFolder`, `DiskTrouble`."""
        path = folder / FILE
        try:
            self._handle: int | None = open_to_write(path)
        except OSError as error:
            raise plain_os_error(error) from None
        if not _locked(self._handle):
            self.release()
            raise OpenElsewhere(_who(path, clock))
        with contextlib.suppress(OSError):  # a full disk: the lock itself is what counts
            os.truncate(self._handle, 0)
            said = {"process": os.getpid(), "since": to_text(clock())}
            os.write(self._handle, json.dumps(said).encode("ascii"))

    def release(self) -> None:
        """Let go, once or more often."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _locked(handle: int) -> bool:
    """Lock an open file, and say whether nobody else had it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _FAR_OFF, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _who(path: Path, clock: Clock) -> str:
    """Return since when, and by which process, as the other app wrote it down."""
    try:
        said = json.loads(path.read_bytes()[:1000])
        since = from_text(str(said["since"])).astimezone(home_zone())
        process = int(said["process"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    today = clock().astimezone(home_zone()).date() == since.date()
    return f", since {since:%H:%M}{'' if today else f' on {since:%A}'} (process {process})"
