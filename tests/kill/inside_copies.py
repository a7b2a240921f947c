"""Killed inside the long copies: before a migration, and in a rescue.

The process is killed once a file that it is writing has grown to a size drawn by chance, so that
each kill falls inside.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from linkworker import cipher, schema
from linkworker.clock import uuid7_ids
from linkworker.storage import migrating
from linkworker.storage.rescuing import rescue
from linkworker.store import Store
from tests.kill.process import CHEAP, ONE, Lost, at_least, kill_when, write_note

PAGE = 4096
"""Bytes of a page of the database."""

NOTES = 60
LETTERS = 12_000
"""Notes, and letters in each: large enough that no copy is over before it can be killed."""

Everything = dict[str, int]
"""The notes by id, with their length."""


def made(folder: Path) -> tuple[bytes, Everything]:
    """Make large records; return their key and the notes in them."""
    store, _ = Store.create(folder, ONE, worker_name="Ann", cost=CHEAP)
    chance = random.Random(7)
    person, notes = "", {}
    for _ in range(NOTES):
        words = "".join(chance.choices("abcdefghijklmnopqrst ", k=LETTERS)).strip()
        person, note = write_note(store, person, words)
        with store.read() as tx:
            notes[note] = int(tx.value("SELECT length(words) FROM note WHERE id = ?", (note,)))
    key = store._connections().key
    store.lock()
    return key, notes


def as_a_later_release() -> None:
    """Be a release that has one more migration, from here on."""
    first = migrating.migration_sql
    later = "CREATE TABLE later (id TEXT PRIMARY KEY)"
    schema.VERSION = 2
    migrating.migration_sql = lambda number: first(number) if number == 1 else later


def notes_in(connection: Any) -> Everything:
    """Return the notes of an open database."""
    return dict(connection.execute("SELECT id, length(words) FROM note").fetchall())


def while_copying(place: Path, chance: random.Random, key: bytes, notes: Everything) -> None:
    """Kill inside the copy before a migration; records and copy are whole after the next start."""
    copy = place / "records-before-2.db"
    copy.unlink(missing_ok=True)
    part = ".records-before-2.new.part"
    size = (place / "records.db").stat().st_size

    def open_it() -> None:
        as_a_later_release()
        Store.at(place).unlock_with_key(key)

    kill_when(open_it, at_least(place, part, chance.randrange(1, size * 3 // 4)))
    if copy.exists():
        raise Lost("the kill came after the copy")
    records = cipher.connect(place / "records.db", key)
    if (migrating.version_of(records), notes_in(records)) != (1, notes):
        raise Lost("the records were touched before their copy was whole")
    records.close()


def after_copying(place: Path, key: bytes, notes: Everything) -> None:
    """Open as the later release, and look that records and copy have everything."""
    as_a_later_release()
    store = Store.at(place)
    store.unlock_with_key(key)
    found = store.check()
    if not (found.whole and found.encrypted and found.operations and found.search):
        raise Lost(f"check: {found}")
    store.lock()
    for name, version in (("records.db", 2), ("records-before-2.db", 1)):
        kept = cipher.open_encrypted(place / name, key)
        if (migrating.version_of(kept), notes_in(kept)) != (version, notes):
            raise Lost(name)
        kept.close()
    if left := sorted(one.name for one in place.iterdir() if ".new" in one.name):
        raise Lost(f"half a copy was left lying: {left}")


def while_rescuing(place: Path, new: Path, chance: random.Random, key: bytes) -> None:
    """Kill inside a rescue; the damaged folder is as it was, and the next try saves as much."""
    before = {one.name: one.read_bytes() for one in place.iterdir() if one.is_file()}
    size = len(before["records.db"])
    inside = chance.choice(
        (
            at_least(new, "being-made-*/.records.db.work", chance.randrange(1, size)),
            at_least(new, "being-made-*/.records.db.part", chance.randrange(1, size // 2)),
            at_least(new, "being-made-*/records.db", 1),
            at_least(new, "being-made-*/keys.json", 1),
        )
    )
    kill_when(lambda: rescue(place, key, new, uuid7_ids()), inside)
    if {one.name: one.read_bytes() for one in place.iterdir() if one.is_file()} != before:
        raise Lost("the damaged folder was touched")
    store = Store.at(new)
    if store.state == "none":
        rescue(place, key, new, uuid7_ids())
    store.unlock_with_key(key)  # finishes what was cut off between its moves
    store.lock()
    if sorted(one.name for one in new.iterdir() if one.name.startswith((".", "being"))):
        raise Lost("half a rescue was left lying")


def rescued(new: Path, key: bytes) -> Everything:
    """Return the notes of rescued records, which are whole."""
    store = Store.at(new)
    store.unlock_with_key(key)
    if not store.check().ok:
        raise Lost(f"check: {store.check()}")
    with store.read() as tx:
        notes = dict(tx.rows("SELECT id, length(words) FROM note"))
    store.lock()
    return notes


def kill_often(kills: int, seed: int, place: Path) -> str:
    """Kill `kills` times, half of them in a rescue. Raises `Lost` at the first loss."""
    chance = random.Random(seed)
    folder = place / "records"
    key, notes = made(folder)
    data = bytearray((folder / "records.db").read_bytes())
    for _ in range(kills // 2):
        while_copying(folder, chance, key, notes)
    spoilt = place / "spoilt"
    spoilt.mkdir(mode=0o700)
    for name in ("keys.json", "keys-copy.json"):
        if (folder / name).exists():
            (spoilt / name).write_bytes((folder / name).read_bytes())
    at = len(data) // PAGE // 2 * PAGE
    data[at : at + PAGE] = bytes(PAGE)
    (spoilt / "records.db").write_bytes(data)
    rescue(spoilt, key, place / "unkilled", uuid7_ids())
    expected = rescued(place / "unkilled", key)
    if not len(notes) * 0.9 <= len(expected) <= len(notes):
        raise Lost(f"{len(expected)} notes of {len(notes)}")
    for number in range(kills - kills // 2):
        while_rescuing(spoilt, place / f"new {number}", chance, key)
        if rescued(place / f"new {number}", key) != expected:
            raise Lost("a rescue after a kill saved less")
    after_copying(folder, key, notes)
    return f"{kills} kills inside copies, 0 lost"
