"""The caseloads that the benchmarks run on, made once a run in a folder that goes away with it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType

from linkworker import cipher, schema
from linkworker.caseload import timeline
from linkworker.madeup.demo import prepare
from linkworker.storage.connections import RECORDS
from linkworker.store import Store

PASSPHRASE = "bicycle kettle fieldfare chapel ribbon"


@dataclass(frozen=True)
class Fullest:
    """The person with the most entries."""

    name: str
    count: int
    newest: str
    """The first words of their newest entry, as the story begins with them."""


class Caseloads:
    """Made-up caseloads, each made when it is first asked for. `small` is for a smoke run."""

    def __init__(self, *, small: bool, anki: Path | None = None) -> None:
        """`anki` is the Python of a folder in which Anki is installed, if there is one."""
        self.small = small
        self.place = Path(tempfile.mkdtemp(prefix="linkworker-benchmarks-"))
        """The folder of the run."""
        self._anki = anki
        self._anki_sought = anki is not None or small
        self._stores: dict[str, Store] = {}

    def __enter__(self) -> Caseloads:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for store in self._stores.values():
            store.lock()
        shutil.rmtree(self.place, ignore_errors=True)

    @property
    def years(self) -> float:
        """How many years of made-up life there are."""
        return 0.25 if self.small else 10

    def anki(self) -> Path | None:
        """Return the Python that has Anki, installed when it is first asked for.

        None where it cannot be fetched, and in a smoke run.
        """
        if not self._anki_sought:
            from benchmarks.anki import install

            self._anki_sought = True
            self._anki = install(self.place / "anki-python")
        return self._anki

    def bytecode_folder(self) -> Path:
        """Return the folder in which the programs that are measured keep their bytecode."""
        return self.place / "bytecode"

    def ten_years_folder(self) -> Path:
        """Return a folder with ten years of made-up people, for a program to open."""
        folder = self.place / "demo"
        if not folder.exists():
            prepare(folder, years=self.years)
        return folder

    def ten_years(self) -> Store:
        """Return an open store of ten years, apart from the one that programs open."""
        return self._open("ten-years", lambda folder: prepare(folder, years=self.years))

    def hundred_thousand(self) -> Store:
        """Return an open store of 100,000 notes: those of ten years, told again and again.

        Each repeats the words of one of the ten years' notes, at a time of its own; the index is as
        large and its words as common as they would be.
        """
        return self._open("hundred-thousand", self._make_hundred_thousand)

    def own_folder(self) -> Path:
        """Return a folder of one's own records, ten years of them, behind a passphrase.

        They are a backup of the made-up ones under the key of a store that was set up with one.
        """
        folder = self.place / "own"
        if not folder.exists():
            store, _ = Store.create(folder, PASSPHRASE, worker_name="A. Coordinator")
            key = store._connections().key
            store.lock()
            (folder / RECORDS).unlink()
            source = self.ten_years()._connections().another()
            cipher.backup(source, folder / RECORDS, key)
            source.close()
        return folder

    def fullest(self) -> Fullest:
        """Return the person with the most entries in the folder that programs open."""
        with self._looking() as store, store.read() as tx:
            person, name, count = tx.rows(
                "SELECT p.id, p.called, count(*) FROM person p JOIN note n ON n.person_id = p.id "
                "WHERE p.called <> '' GROUP BY p.id ORDER BY count(*) DESC LIMIT 1"
            )[0]
            newest = next(one for one in timeline.timeline(tx, person) if one.words)
        return Fullest(str(name), int(count), " ".join(newest.words.split()[:3]))

    @contextmanager
    def _looking(self) -> Iterator[Store]:
        store = Store.at(self.ten_years_folder())
        store.unlock_made_up()
        try:
            yield store
        finally:
            store.lock()

    def _open(self, name: str, make: Callable[[Path], object]) -> Store:
        if name not in self._stores:
            make(self.place / name)
            store = Store.at(self.place / name)
            store.unlock_made_up()
            self._stores[name] = store
        return self._stores[name]

    def _make_hundred_thousand(self, folder: Path) -> None:
        prepare(folder, years=self.years)
        store = Store.at(folder)
        store.unlock_made_up()
        with store.read() as tx:
            told = tx.rows("SELECT person_id, words FROM note WHERE words <> ''")
        wanted = 1_000 if self.small else 100_000
        with store.in_bulk():
            for begun in range(len(told), wanted, 1_000):
                with store.write("tell again") as tx:
                    for number in range(begun, min(begun + 1_000, wanted)):
                        person, words = told[number % len(told)]
                        at = tx.now - timedelta(minutes=37 * number)
                        tx.add(schema.Note(person_id=person, words=words, happened_at=at))
        store.lock()
