"""Killed at any moment: while notes and drafts are written, locked and undone; while a store is set
up; while the passphrase is changed.

What had been acknowledged must be there, whole; what had not may be there or not, but never half.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from linkworker.store import Store
from linkworker.vault import WrongPassphrase
from tests.kill.process import CHEAP, MARKS, ONE, Lost, kill_in, write_note

TWO = "soup ran out at half past ten"
FRESH_EVERY = 25
"""Kills after which a new store is begun, so that looking at it stays quick."""


@dataclass
class Tally:
    """What was seen over all kills."""

    kills: dict[str, int] = field(default_factory=dict)
    notes: int = 0
    drafts: int = 0

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} while {name}" for name, count in self.kills.items())
        return f"{kinds}; {self.notes} notes and {self.drafts} drafts acknowledged, 0 lost"


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
