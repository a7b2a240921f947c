"""Whatever is done in whatever order, the store holds what a plain list would hold."""

from __future__ import annotations

import copy
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from linkworker import folders, schema
from linkworker.clock import uuid7_ids
from linkworker.oplog.undo import NothingToUndo
from linkworker.store import Store
from linkworker.text import clean, one_line
from tests.conftest import CHEAP, PASSPHRASE

WORDS = st.text(max_size=60)
Kept = dict[str, dict[str, str]]


class AnyOrder(RuleBasedStateMachine):
    """One laptop, one store, and beside it dictionaries that are right by their simplicity."""

    people = Bundle("people")
    made_once: Path | None = None

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 11, 27, 10, 5, tzinfo=UTC)
        self.place = Path(tempfile.mkdtemp())
        if AnyOrder.made_once is None:
            AnyOrder.made_once = Path(tempfile.mkdtemp()) / "records"
            store, _ = Store.create(AnyOrder.made_once, PASSPHRASE, worker_name="Ann", cost=CHEAP)
            store.lock()
        shutil.copytree(AnyOrder.made_once, self.place / "records")
        self.ids = uuid7_ids(self.clock)
        self.store = self.another()
        self.kept: dict[str, Kept] = {"person": {}, "note": {}}
        self.drafts: dict[str, str] = {}
        self.undo_to: list[dict[str, Kept]] = []
        self.redo_to: list[dict[str, Kept]] = []

    def clock(self) -> datetime:
        return self.now

    def another(self) -> Store:
        store = Store.at(self.place / "records", clock=self.clock, ids=self.ids)
        store.unlock(PASSPHRASE)
        return store

    def act(self) -> None:
        """Remember how it was, for undo."""
        self.undo_to.append(copy.deepcopy(self.kept))
        self.redo_to.clear()

    @initialize(target=people)
    def somebody(self) -> str:
        return self.add_person("Terry")

    @rule(target=people, called=WORDS)
    def add_person(self, called: str) -> str:
        self.act()
        with self.store.write("added") as tx:
            person = tx.add(schema.Person(called=called)).id
        self.kept["person"][person] = {"called": one_line(called), "place": ""}
        return person

    @rule(person=people, words=WORDS)
    def write_note(self, person: str, words: str) -> None:
        self.act()
        with self.store.write("a note", person=person) as tx:
            note = tx.add(schema.Note(person_id=person, words=words)).id
        self.kept["note"][note] = {"words": clean(words)}

    @rule(person=people, place=WORDS)
    def move(self, person: str, place: str) -> None:
        if self.kept["person"].get(person, {"place": one_line(place)})["place"] == one_line(place):
            return  # nobody there, or no change: no act
        self.act()
        with self.store.write("moved", person=person) as tx:
            tx.change(schema.Person, person, place=place)
        self.kept["person"][person]["place"] = one_line(place)

    @rule()
    def undo(self) -> None:
        if not self.undo_to:
            with pytest.raises(NothingToUndo):
                self.store.undo()
            return
        self.store.undo()
        self.redo_to.append(copy.deepcopy(self.kept))
        self.kept = self.undo_to.pop()

    @rule()
    def redo(self) -> None:
        if not self.redo_to:
            with pytest.raises(NothingToUndo):
                self.store.redo()
            return
        self.store.redo()
        self.undo_to.append(copy.deepcopy(self.kept))
        self.kept = self.redo_to.pop()

    @rule(name=st.sampled_from("ab"), words=WORDS)
    def save_draft(self, name: str, words: str) -> None:
        self.store.save_draft(name, "note", [], words, {"place": words})
        self.drafts[name] = clean(words)

    @rule(name=st.sampled_from("ab"))
    def drop_draft(self, name: str) -> None:
        self.store.drop_draft(name)
        self.drafts.pop(name, None)

    @rule(words=WORDS)
    def search(self, words: str) -> None:
        self.store.search(words)

    @rule()
    def lock_and_unlock(self) -> None:
        self.store.lock()
        self.store.unlock(PASSPHRASE)

    @rule()
    def go_on_in_another_process(self) -> None:
        before, self.store = self.store, self.another()
        before.lock()

    @rule(days=st.integers(-400, 400))
    def change_the_clock(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(person=people)
    def an_act_that_fails(self, person: str) -> None:
        with pytest.raises(ZeroDivisionError), self.store.write("half", person=person) as tx:
            tx.add(schema.Person(called="nobody"))
            tx.add(schema.Note(person_id=person, words="nothing"))
            raise ZeroDivisionError

    @rule()
    def the_disk_is_full(self) -> None:
        raw = self.store._connections().writer
        raw.execute("PRAGMA max_page_count=1")  # no more than there are
        with pytest.raises(folders.DiskFull), self.store.write("too much") as tx:
            for _ in range(40):
                tx.add(schema.Person(called="nobody", description="lane and back " * 2000))
        raw.execute("PRAGMA max_page_count=1000000")

    @invariant()
    def the_store_holds_what_was_written(self) -> None:
        with self.store.read() as tx:
            people = tx.rows("SELECT id, called, place FROM person WHERE hidden_at IS NULL")
            notes = tx.rows("SELECT id, words FROM note WHERE hidden_at IS NULL")
        assert {i: {"called": c, "place": p} for i, c, p in people} == self.kept["person"]
        assert {i: {"words": w} for i, w in notes} == self.kept["note"]
        assert {draft.id: draft.words for draft in self.store.drafts()} == self.drafts

    def teardown(self) -> None:
        assert self.store.check().ok
        self.store.lock()
        shutil.rmtree(self.place)


AnyOrder.TestCase.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, print_blob=True
)
TestAnyOrder = AnyOrder.TestCase
