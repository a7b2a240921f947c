"""Laptops of a team with a real hub, for what is measured of sync: records, enrolled, ready to go.

The hub is served as a team's is, encrypted, by a process of its own (`tests.hub.places`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from benchmarks.caseloads import PASSPHRASE, Caseloads
from linkworker import schema
from linkworker.clock import uuid7_ids
from linkworker.storage.bulk import many_acts
from linkworker.store import Store
from linkworker.sync.joining import join
from linkworker.vault import Cost
from tests.hub.places import Place

PEOPLE, NOTES = 60, 12_000
NOTE_LETTERS = 1_000
"""Letters of a note: a visit of about an hour, written down the same day."""

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
"""What the passphrase costs is measured elsewhere (`starting`)."""

_NUMBERS = count(1)


def texts(caseloads: Caseloads, number: int) -> list[str]:
    """Return so many notes' texts of about `NOTE_LETTERS` letters, no two the same.

    They are put together of the words of made-up notes.
    """
    with caseloads.ten_years().read() as tx:
        told = [
            str(row[0]) for row in tx.rows("SELECT words FROM note WHERE words <> '' ORDER BY id")
        ]
    found: list[str] = []
    pieces = _again_and_again(told)
    while len(found) < number:
        text = f"{len(found) + 1}"
        while len(text) < NOTE_LETTERS:
            text += "\n" + next(pieces)
        found.append(text[:NOTE_LETTERS].strip())
    return found


def _again_and_again(told: Sequence[str]) -> Iterator[str]:
    """Give the texts over and over, each time in steps of another width, so that no two meet."""
    for step in count(1):
        for first in range(step):
            yield from told[first::step]


def sizes(caseloads: Caseloads) -> tuple[int, int]:
    """Return how many people and notes a whole caseload has here."""
    return (4, 40) if caseloads.small else (PEOPLE, NOTES)


def empty(caseloads: Caseloads, name: str = "A. Coordinator") -> Store:
    """Return open records with nobody in them, in a folder of the run."""
    folder = caseloads.place / f"laptop-{next(_NUMBERS)}"
    store, _ = Store.create(folder, PASSPHRASE, worker_name=name, cost=CHEAP)
    return store


def enrolled(store: Store, place: Place, name: str = "A. Coordinator", url: str = "") -> Store:
    """Have a laptop join the team; those of one name are one worker's."""
    join(store, place.hub.invite(name, "coordinator", "a benchmark"), url or address(place))
    return store


def address(place: Place) -> str:
    """Return where the hub is served."""
    return str(getattr(place, "url", ""))


def fill(store: Store, people: int, notes: Sequence[str]) -> list[str]:
    """Write so many people and their notes, an act each; return the people's ids."""
    with many_acts(store._connections(), store._watchers):
        ids = []
        for number in range(people):
            store.ids = uuid7_ids(store.clock)  # nobody meets sixty people within a second
            with store.write("a person") as tx:
                ids.append(str(tx.add(schema.Person(called=f"Person {number + 1}")).id))
        for number, words in enumerate(notes):
            person = ids[number % people]
            with store.write("a note", person=person) as tx:
                tx.add(schema.Note(person_id=person, words=words, happened_at=tx.now))
    return ids


def folder_of(caseloads: Caseloads, what: str) -> Path:
    """Return a new folder's name in the folder of the run."""
    return caseloads.place / f"{what}-{next(_NUMBERS)}"
