"""Work that a second process does while this one does its own."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")


@contextmanager
def meanwhile(work: Callable[[Given], Found], given: Given) -> Iterator[Callable[[], Found]]:
    """Begin `work(given)` in a second process, and lend what waits for its answer.

    Both must be things that pickle can carry; what the work raises, the waiting raises. Where no
    second process can be had, or it was killed, the work is done here instead.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A process made anew is the same on Windows, macOS and Linux; a forked one would hold this
    # one's open files.
    pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=_leave_ctrl_c_to_the_first)
    try:
        begun = pool.submit(work, given)
    except OSError:
        begun = None

    def answer() -> Found:
        if begun is not None:
            try:
                return begun.result()
            except (OSError, BrokenProcessPool):
                pass  # done here instead
        return work(given)

    try:
        yield answer
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _leave_ctrl_c_to_the_first() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
