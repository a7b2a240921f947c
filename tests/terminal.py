"""The real program in a real pseudo-terminal: what it draws, its window title, its keys. POSIX.

with Terminal(["--data", str(folder)], home) as screen:
    screen.wait_for("Your notebook is locked.")
    screen.press("words", ENTER)

The terminal itself is the one that the benchmarks drive.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import terminal
from benchmarks.terminal import NotShown

ROOT = Path(__file__).resolve().parent.parent
ENTER, ESC, TAB, CTRL_Q = "\r", "\x1b", "\t", "\x11"
_TITLE = re.compile(rb"\x1b\][012];([^\x07\x1b]*)")


class Terminal(terminal.Terminal):
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
        bare = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        super().__init__(
            [sys.executable, "-m", "linkworker", *arguments],
            size=(columns, rows),
            env=bare | {"PYTHONPATH": str(ROOT)} | dict(environment),
        )

    def __enter__(self) -> Terminal:
        return self

    @property
    def titles(self) -> list[str]:
        """Every window title it asked for."""
        return [title.decode("utf-8", "replace") for title in _TITLE.findall(self.raw)]

    def go_away(self) -> None:
        """Close the terminal under the program; no signal tells it."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self.fd)
        os.close(nowhere)

    def press(self, *keys: str) -> None:
        """Type keys, or words."""
        for key in keys:
            os.write(self.fd, key.encode())
            self.read_for(0.05)

    def wait_for(self, words: str, seconds: float = 30) -> str:
        """Read until `words` stand on the screen; return the screen."""
        until = time.monotonic() + seconds
        while words not in self.text:
            if time.monotonic() > until or not self.read_for(0.1):
                raise AssertionError(f"{words!r} did not come:\n{self.text}")
        return self.text

    def wait_for_one(self, *those: str, seconds: float = 30) -> str:
        """Read until one of `those` stands on the screen; return it."""
        until = time.monotonic() + seconds
        while True:
            found = next((words for words in those if words in self.text), "")
            if found:
                return found
            if time.monotonic() > until or not self.read_for(0.1):
                raise AssertionError(f"none of {those!r} came:\n{self.text}")

    def press_and_move(self, key: str, seconds: float = 30) -> None:
        """Press a key, and read until the cursor stands in another row: the next field has it."""
        until, before = time.monotonic() + seconds, self.screen.cursor.y
        self.press(key)
        while self.screen.cursor.y == before:
            if time.monotonic() > until or not self.read_for(0.1):
                raise AssertionError(f"the cursor stayed:\n{self.text}")

    def read_for(self, seconds: float) -> bool:
        """Read what comes within `seconds`; False once the program has ended and said all."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                self.read(left)
            except NotShown:
                return False
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
