"""Whether there still is a terminal to be seen in."""

from __future__ import annotations

import sys


def is_gone() -> bool:
    """Return whether the terminal was closed: its other end is no longer there.

    Closing a window sends SIGHUP as a rule; a lost connection, or a program that was started
    apart from its terminal's session, is told nothing. Not known on Windows, where a closed
    console ends its programs.
    """
    if sys.platform == "win32" or sys.__stdin__ is None:
        return False
    import select

    ends = select.poll()
    ends.register(sys.__stdin__.fileno(), 0)
    return any(happened & select.POLLHUP for _, happened in ends.poll(0))
