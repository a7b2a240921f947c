"""A program in a real pseudo-terminal, and when its screen showed what (Linux and macOS).

The one driver there is: `tests/terminal.py` adds to it what a test of the app needs.

Each chunk of output is stamped when it is read and only then drawn, so that drawing here does not
count against the program.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pyte

KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f5": "\x1b[15~",
    "ctrl+n": "\x0e",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "ctrl+s": "\x13",
}
"""What a terminal sends for a key with a name; anything else is sent as it is."""

FRAME_GAP = 0.003
"""Seconds without output after which a frame is over."""

NEVER = 30.0
"""Seconds after which a screen that has not come is given up."""

# pyte knows no private modes with a prefix, and would draw their letters.
_UNKNOWN = re.compile(r"\x1b\[[<>=?][0-9;:$ ]*[a-zA-Z]|\x1bP[^\x1b]*\x1b\\|\x1b_[^\x1b]*\x1b\\")
_CUT_SHORT = re.compile(r"\x1b(\[[0-9;:<>=?$ ]*|[P_][^\x1b]*\x1b?)?$")


class NotShown(Exception):
    """The screen never showed what was waited for."""


class Terminal:
    """One run of a program, 120 columns by 40 rows unless said otherwise."""

    def __init__(
        self,
        command: list[str],
        *,
        size: tuple[int, int] = (120, 40),
        env: dict[str, str] | None = None,
    ) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        """The beginning of a sequence whose end has not come yet."""
        self.raw = b""
        """All that it wrote and that was drawn, byte by byte."""
        self._came: deque[tuple[float, bytes]] = deque()
        self.fd, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.start = time.monotonic()
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def text(self) -> str:
        """What a person sees now."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def send(self, key: str) -> float:
        """Press a key by its name in `KEYS`, or type text; return when."""
        os.write(self.fd, KEYS.get(key, key).encode())
        return time.monotonic()

    def read(self, timeout: float) -> float | None:
        """Draw the next output and return when it came, or None after `timeout` seconds of none."""
        if not self._came and not self._take_in(timeout):
            return None
        stamp, chunk = self._came.popleft()
        if not chunk:
            raise NotShown("the program ended:\n" + self.text)
        self.raw += chunk
        text = self._rest + self._decoder.decode(chunk)
        cut = _CUT_SHORT.search(text)
        text, self._rest = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
        self._stream.feed(_UNKNOWN.sub("", text))
        return stamp

    def _take_in(self, timeout: float) -> bool:
        """Read and stamp what comes within `timeout`, to the end of the frame that it begins.

        A terminal hands over 4 KiB at a time: were each drawn before the next is read, drawing the
        top of a frame would count against its foot.
        """
        while select.select([self.fd], [], [], max(0.0, timeout))[0]:
            try:
                chunk = os.read(self.fd, 1 << 16)
            except OSError:
                chunk = b""
            self._came.append((time.monotonic(), chunk))
            if not chunk:
                break
            timeout = FRAME_GAP
        return bool(self._came)

    def when_shown(self, pattern: str, seconds: float = NEVER) -> float:
        """Return when the screen first showed `pattern` (a regular expression).

        Raises `NotShown` with the screen as it was.
        """
        return self.when_each_shown([pattern], seconds)[0]

    def when_each_shown(self, patterns: Sequence[str], seconds: float = NEVER) -> list[float]:
        """Return when the screen first showed each of these, in any order; now, for one it shows.

        Raises `NotShown` with the screen as it was.
        """
        wanted = {pattern: re.compile(pattern, re.MULTILINE) for pattern in patterns}
        found: dict[str, float] = {}
        stamp = time.monotonic()
        end = stamp + seconds
        while True:
            text = self.text
            for pattern, one in wanted.items():
                if pattern not in found and one.search(text):
                    found[pattern] = stamp
            if len(found) == len(wanted):
                return [found[pattern] for pattern in patterns]
            came = self.read(min(max(0.0, end - time.monotonic()), 0.5))
            if came is not None:
                stamp = came
            elif time.monotonic() >= end:
                missing = ", ".join(repr(one) for one in patterns if one not in found)
                raise NotShown(f"{missing} was not shown:\n{self.text}")

    def settle(self, quiet: float = 0.3, seconds: float = 10.0) -> None:
        """Read until nothing has come for `quiet` seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(quiet) is not None:
            pass

    def memory_kb(self) -> int:
        """Return the program's resident memory in KiB (Linux)."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        raise NotShown("no memory figure on this system")

    def processor_seconds(self) -> float:
        """Return the processor time that the program has spent so far (Linux)."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size, and tell the program as a terminal does."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)
        os.kill(self.process.pid, signal.SIGWINCH)

    def kill(self) -> None:
        """Kill the program as a power cut would."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """End the program and the terminal."""
        self.kill()
        os.close(self.fd)
