"""A process of its own that works on real records, and is killed; and what it writes there."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable
from pathlib import Path

from linkworker import schema
from linkworker.store import Store
from linkworker.vault import Cost

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
ONE = "lane and back on a thursday"
MARKS = 5
"""Marks of each note that `write_note` writes."""


class Lost(Exception):
    """Something acknowledged is not there, or something is there by half."""


def kill_in(work: Callable[[Callable[[str], None]], None], seconds: float) -> list[str]:
    """Run `work` in a process of its own, kill it `seconds` after it first spoke, and return all
    that it had said. `work` gets a function that says one line and returns when it is said."""
    ear, mouth = os.pipe()

    def say(line: str) -> None:
        os.write(mouth, f"{line}\n".encode())

    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(ear)
            work(say)
            status = 0
        except BaseException as error:
            say(f"fault {type(error).__name__} {error}")
        finally:
            os._exit(status)
    os.close(mouth)
    heard = b""
    give_up = time.monotonic() + 60
    until = None
    try:
        while (left := (until or give_up) - time.monotonic()) > 0:
            if not select.select([ear], [], [], left)[0]:
                break
            piece = os.read(ear, 65536)
            if not piece:
                break
            heard += piece
            until = until or time.monotonic() + seconds
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while piece := os.read(ear, 65536):
            heard += piece
    finally:
        os.close(ear)
    said = heard.decode().splitlines()
    faults = [line for line in said if line.startswith("fault")]
    if faults or not said:
        raise Lost(f"the process that was to be killed failed by itself: {faults}")
    return said


def kill_when(work: Callable[[], object], now: Callable[[], bool]) -> None:
    """Run `work` in a process of its own and kill it as soon as `now` says so.

    Raises `Lost` where it ended first: then nothing was shown.
    """
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    until = time.monotonic() + 120
    while not now():
        if os.waitpid(child, os.WNOHANG)[0] or time.monotonic() > until:
            raise Lost("the process ended before it could be killed")
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def at_least(folder: Path, name: str, size: int) -> Callable[[], bool]:
    """Return a question: has a file of this name (a glob's) grown to so many bytes?"""

    def grown() -> bool:
        try:
            return any(path.stat().st_size >= size for path in folder.glob(name))
        except OSError:
            return False

    return grown


def write_note(store: Store, person: str, words: str) -> tuple[str, str]:
    """Write a note with its marks in one act, about a new person if there is none yet."""
    if not person:
        with store.write("added") as tx:
            person = tx.add(schema.Person(called="Terry")).id
    with store.write("a note", person=person) as tx:
        note = tx.add(schema.Note(person_id=person, words=words))
        for ordinal in range(MARKS):
            tx.add(
                schema.NoteMark(
                    person_id=person, note_id=note.id, ordinal=ordinal, words="mends bikes"
                )
            )
    return person, note.id
