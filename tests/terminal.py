"""The real program in a real pseudo-terminal: what it draws, its window title, its keys. POSIX.

with Terminal(["--data", str(folder)], home) as screen:
    screen.wait_for("Your notebook is locked.")
    screen.press("words", ENTER)
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
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

ROOT = Path(__file__).resolve().parent.parent
ENTER, ESC, TAB, CTRL_Q = "\r", "\x1b", "\t", "\x11"
_TITLE = re.compile(rb"\x1b\][012];([^\x07\x1b]*)")
# pyte knows no private modes with a prefix, and would draw their letters.
_UNKNOWN = re.compile(r"\x1b\[[<>=?][0-9;:$ ]*[a-zA-Z]|\x1bP[^\x1b]*\x1b\\|\x1b_[^\x1b]*\x1b\\")


class Terminal:
    """`python -m linkworker` in a terminal of `columns` by `rows` cells."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        *,
        columns: int = 100,
        rows: int = 30,
    ) -> None:
        """Start it. `environment` is added to a bare one."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self.raw = b""
        """All that it wrote, byte by byte."""
        self._own, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        bare = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "linkworker", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=bare | {"PYTHONPATH": str(ROOT)} | dict(environment),
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        place: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._own)

    def go_away(self) -> None:
        """Close the terminal under the program; no signal tells it."""
        os.dup2(os.open(os.devnull, os.O_RDWR), self._own)

    @property
    def text(self) -> str:
        """What a person sees now, row by row."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def titles(self) -> list[str]:
        """Every window title it asked for."""
        return [title.decode("utf-8", "replace") for title in _TITLE.findall(self.raw)]

    def press(self, *keys: str) -> None:
        """Type keys, or words."""
        for key in keys:
            os.write(self._own, key.encode())
            self.read_for(0.05)

    def wait_for(self, words: str, seconds: float = 30) -> str:
        """Read until `words` stand on the screen; return the screen."""
        until = time.monotonic() + seconds
        while words not in self.text:
            if time.monotonic() > until or not self.read_for(0.1):
                raise AssertionError(f"{words!r} did not come:\n{self.text}")
        return self.text

    def press_and_move(self, key: str, seconds: float = 30) -> None:
        """Press a key, and read until the cursor stands in another row: the next field has it."""
        until, before = time.monotonic() + seconds, self._screen.cursor.y
        self.press(key)
        while self._screen.cursor.y == before:
            if time.monotonic() > until or not self.read_for(0.1):
                raise AssertionError(f"the cursor stayed:\n{self.text}")

    def read_for(self, seconds: float) -> bool:
        """Read what comes within `seconds`; False once the program has ended and said all."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not select.select([self._own], [], [], left)[0]:
                continue
            try:
                piece = os.read(self._own, 65536)
            except OSError:  # Linux says so when the other end is closed
                piece = b""
            if not piece:
                return False
            self.raw += piece
            self._rest += self._decoder.decode(piece)
            # A sequence that came in two pieces waits for its end.
            cut = self._rest.rfind("\x1b")
            whole = cut < 0 or len(self._rest) - cut > 40 or self._rest[-1:].isalpha()
            now, self._rest = (self._rest, "") if whole else (self._rest[:cut], self._rest[cut:])
            self._stream.feed(_UNKNOWN.sub("", now))
        return True

    def end(self, seconds: float = 20) -> int:
        """Wait until the program has ended by itself; return its exit status."""
        until = time.monotonic() + seconds
        while self.process.poll() is None:
            if time.monotonic() > until:
                raise AssertionError(f"it did not end:\n{self.text}")
            self.read_for(0.1)
        self.read_for(0.1)
        return self.process.returncode

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
