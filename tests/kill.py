"""Kills a real process with SIGKILL while it works on a real store, and looks what is left.

    python -m tests.kill --kills 300

Each kill is one of: while notes and drafts are written, locked and undone; while a store is set
up; while the passphrase is changed. What had been acknowledged must be there, whole; what had not
may be there or not, but never half. `tests/store/test_kill.py` runs a few of each.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from linkworker import schema
from linkworker.store import Store
from linkworker.vault import Cost, WrongPassphrase

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
ONE = "lane and back on a thursday"
TWO = "soup ran out at half past ten"
MARKS = 5
FRESH_EVERY = 25
"""Kills after which a new store is begun, so that looking at it stays quick."""


class Lost(Exception):
    """Something acknowledged is not there, or something is there by half."""


@dataclass
class Tally:
    """What was seen over all kills."""

    kills: dict[str, int] = field(default_factory=dict)
    notes: int = 0
    drafts: int = 0

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} while {name}" for name, count in self.kills.items())
        return f"{kinds}; {self.notes} notes and {self.drafts} drafts acknowledged, 0 lost"


def kill_in(work: Callable[[Callable[[str], None]], None], seconds: float) -> list[str]:
    """Run `work` in a process of its own, kill it `seconds` after it first spoke, and return all
    that it had said. `work` gets a function that says one line and returns when it is said."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(ear)
            work(lambda line: os.write(mouth, f"{line}\n".encode()) and None)
            status = 0
        except BaseException as error:
            os.write(mouth, f"fault {type(error).__name__} {error}\n".encode())
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


def while_writing(folder: Path, key: bytes, chance: random.Random, tally: Tally) -> None:
    """Kill while notes with their marks, drafts, undo and locks go on; look that all is there."""
    seed = chance.random()
    seconds = chance.uniform(0.0, 0.25)

    def write(say: Callable[[str], None]) -> None:
        own = random.Random(seed)
        store = Store.at(folder)
        store.unlock_with_key(key)
        say("open")
        person = ""
        number = 0
        while True:
            number += 1
            words = f"note {number} " + "lane and back " * own.randrange(1, 200)
            person, note = write_note(store, person, words.strip())
            say(f"note {note} {len(words.strip())}")
            store.save_draft("the draft", "note", [person], f"draft {number}", {})
            say(f"draft {number}")
            if own.random() < 0.1:
                store.undo()
                store.redo()
            if own.random() < 0.05:
                store.lock()
                store.unlock_with_key(key)

    said = kill_in(write, seconds)
    store = Store.at(folder)
    store.unlock_with_key(key)
    with store.read() as tx:
        kept = dict(tx.rows("SELECT id, length(words) FROM note WHERE hidden_at IS NULL"))
        hidden = {id_ for (id_,) in tx.rows("SELECT id FROM note WHERE hidden_at IS NOT NULL")}
        torn = tx.rows(
            "SELECT n.id FROM note n LEFT JOIN note_mark m ON m.note_id = n.id "
            "GROUP BY n.id HAVING count(m.id) <> ?",
            (MARKS,),
        )
    drafts = [line.split()[1] for line in said if line.startswith("draft")]
    notes = [line.split()[1:] for line in said if line.startswith("note")]
    for place, (id_, length) in enumerate(notes):
        # Killed between an undo and its redo: the last note is taken back, and still there.
        if kept.get(id_) != int(length) and not (place == len(notes) - 1 and id_ in hidden):
            raise Lost(f"note {place} of {len(notes)} of the last process")
    if torn:
        raise Lost("a note without all of its marks")
    if drafts:
        (draft,) = store.drafts()
        if int(draft.words.split()[1]) < int(drafts[-1]):
            raise Lost("the draft")
    if not store.check().ok:
        raise Lost(f"check: {store.check()}")
    store.lock()
    tally.notes += len(notes)
    tally.drafts += len(drafts)


def while_setting_up(folder: Path, chance: random.Random) -> None:
    """Kill while a store is made; what is left is nothing, or a store that opens."""

    def set_up(say: Callable[[str], None]) -> None:
        say("begin")
        Store.create(folder, ONE, worker_name="Ann", cost=CHEAP)
        say("made")

    said = kill_in(set_up, chance.uniform(0.0, 0.25))
    store = Store.at(folder)
    if store.state == "none":
        if "made" in said:
            raise Lost("a store that was made")
        store, _ = Store.create(folder, ONE, worker_name="Ann", cost=CHEAP)
    else:
        store.unlock(ONE)
    if not store.check().ok or not store.worker_id:
        raise Lost("half a store")
    store.lock()


def while_changing_the_passphrase(folder: Path, chance: random.Random) -> None:
    """Kill while the passphrase goes to and fro; exactly one opens, and it is the right one."""
    store, _ = Store.create(folder, ONE, worker_name="Ann", cost=CHEAP)
    store.lock()

    def change(say: Callable[[str], None]) -> None:
        own = Store.at(folder)
        now, then = ONE, TWO
        while True:
            say(f"to {then}")
            own.change_passphrase(now, then, cost=CHEAP)
            say(f"is {then}")
            now, then = then, now

    said = kill_in(change, chance.uniform(0.0, 0.15))
    settled = next((line[3:] for line in reversed(said) if line.startswith("is ")), ONE)
    under_way = said[-1][3:] if said[-1].startswith("to ") else settled
    opening = []
    for passphrase in (ONE, TWO):
        store = Store.at(folder)
        try:
            store.unlock(passphrase)
        except WrongPassphrase:
            continue
        opening.append(passphrase)
        store.lock()
    if len(opening) != 1 or opening[0] not in (settled, under_way):
        raise Lost(f"{len(opening)} passphrases open the store")


def kill_often(kills: int, seed: int, place: Path) -> Tally:
    """Kill `kills` times, two thirds of them while writing. Raises `Lost` at the first loss."""
    chance = random.Random(seed)
    tally = Tally()
    key = b""
    folder = place
    for number in range(kills):
        if number % FRESH_EVERY == 0:
            shutil.rmtree(folder / "writing", ignore_errors=True)
            folder = place / str(number)
            folder.mkdir()
            store, _ = Store.create(folder / "writing", ONE, worker_name="Ann", cost=CHEAP)
            write_note(store, "", "the first")  # and what is slow to import is imported now
            key = store._connections().key
            store.lock()
        kind = ("writing", "writing", "setting up", "writing", "writing", "changing")[number % 6]
        tally.kills[kind] = tally.kills.get(kind, 0) + 1
        if kind == "writing":
            while_writing(folder / "writing", key, chance, tally)
        elif kind == "setting up":
            while_setting_up(folder / f"new {number}", chance)
        else:
            while_changing_the_passphrase(folder / f"changed {number}", chance)
    return tally


def main() -> int:
    """Run the command line; 0 where nothing was lost."""
    options = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    options.add_argument("--kills", type=int, default=300)
    options.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    told = options.parse_args()
    if not hasattr(os, "fork"):
        print("skipped: this system cannot fork a process to kill", file=sys.stderr)
        return 0
    print(f"seed {told.seed}", flush=True)
    with tempfile.TemporaryDirectory() as place:
        try:
            print(kill_often(told.kills, told.seed, Path(place)))
        except Lost as lost:
            print(f"LOST: {lost}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
