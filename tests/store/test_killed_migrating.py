"""Killed inside a migration: the copy from before is there, it opens afterwards, nothing is lost.

The chain of migrations is this test's own: two later ones after those of this release.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from linkworker import cipher, schema
from linkworker.oplog.capture import Capturing
from linkworker.storage import migrating
from linkworker.store import Store
from tests.kill.inside_copies import notes_in
from tests.kill.process import CHEAP, ONE, write_note

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only POSIX kills at a moment")

OLD = schema.VERSION
NEW = OLD + 2
LATER = {
    OLD + 1: "CREATE TABLE later (id TEXT PRIMARY KEY, words TEXT NOT NULL)"
    "\n--;\nINSERT INTO later SELECT id, words FROM note"
    "\n--;\nCREATE INDEX later_words ON later (words)",
    NEW: "CREATE TABLE later_still (id TEXT PRIMARY KEY)"
    "\n--;\nINSERT INTO later_still SELECT id FROM later",
}
STATEMENTS = 5
"""How many statements the two have."""

NOTES = 40
AT_RANDOM = 12
"""Kills at moments drawn by chance, in the copying, the migrating, or the opening after it."""


class Older:
    """Records of this release, which a release with two more migrations is about to open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        store, _ = Store.create(folder, ONE, worker_name="Ann", cost=CHEAP)
        chance = random.Random(7)
        person = ""
        for _ in range(NOTES):
            words = "".join(chance.choices("abcdefghijklmnopqrst ", k=9000)).strip()
            person, _ = write_note(store, person, words)
        store.save_draft("d", "note", [person], "half a sentence", {})
        self.key = store._connections().key
        store.lock()
        self.notes = self.in_file(folder / "records.db")[1]

    def in_file(self, path: Path) -> tuple[int, dict[str, int]]:
        """Return the number of the last migration of a file, and its notes with their length."""
        connection = cipher.connect(path, self.key)
        try:
            return migrating.version_of(connection), notes_in(connection)
        finally:
            connection.close()

    def opened(self, folder: Path) -> None:
        store = Store.at(folder)
        store.unlock_with_key(self.key)
        store.lock()

    def look(self, folder: Path) -> None:
        """Look at what a kill left, open it, and look again."""
        copy = folder / migrating.BEFORE_MIGRATION.format(version=NEW)
        version, notes = self.in_file(folder / "records.db")
        assert notes == self.notes
        assert version in (OLD, NEW), "all of the migrations, or none"
        if version == NEW:
            assert self.in_file(copy) == (OLD, self.notes), "the copy came first"
        elif copy.exists():
            assert self.in_file(copy) == (OLD, self.notes), "there is no half copy"
        store = Store.at(folder)
        store.unlock_with_key(self.key)
        assert store.reading_only is None
        assert [draft.words for draft in store.drafts()] == ["half a sentence"]
        with store.read() as tx:
            assert dict(tx.rows("SELECT id, length(words) FROM later")) == self.notes
            assert tx.value("SELECT count(*) FROM later_still") == NOTES
            assert tx.value("SELECT count(*) FROM sync_op WHERE tbl LIKE 'later%'") == 0
        checked = store.check()
        assert checked.whole
        assert checked.operations
        assert checked.search
        with store.write("added") as tx:
            tx.add(schema.Person(called="Joan"))
        store.lock()
        assert self.in_file(copy) == (OLD, self.notes)
        assert [one.name for one in folder.iterdir() if ".new" in one.name] == []


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Older:
    made = Older(tmp_path / "records")
    sql = migrating.migration_sql
    monkeypatch.setattr(schema, "VERSION", NEW)
    monkeypatch.setattr(migrating, "migration_sql", lambda number: LATER.get(number) or sql(number))
    seen = shutil.copytree(made.folder, tmp_path / "seen")
    made.opened(seen)
    connection = cipher.connect(seen / "records.db", made.key)
    fingerprint = migrating.fingerprint_of(connection)
    connection.close()
    monkeypatch.setattr(migrating, "expected_fingerprint", lambda: fingerprint)
    return made


def child(work: Callable[[], object]) -> int:
    """Run `work` in a process of its own; return its id."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return pid


def was_killed(pid: int) -> bool:
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    assert os.WEXITSTATUS(status) == 0, "it failed by itself"
    return False


def test_killed_before_each_statement_of_the_migrations_everything_is_there(
    older: Older, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = [0]
    kill_at = [0]

    def migrate(connection: cipher.Connection, capturing: Capturing) -> None:
        def count(statement: str) -> None:
            begun[0] += 1
            if begun[0] == kill_at[0]:
                os.kill(os.getpid(), signal.SIGKILL)

        connection.set_trace_callback(count)
        whole(connection, capturing)
        connection.set_trace_callback(None)

    whole = migrating.migrate
    monkeypatch.setattr(migrating, "migrate", migrate)
    kills = 0
    for step in range(1, 100):
        folder = shutil.copytree(older.folder, tmp_path / f"at {step}")
        begun[0], kill_at[0] = 0, step
        if not was_killed(child(partial(older.opened, folder))):
            break
        kills += 1
        kill_at[0] = 0
        older.look(folder)
        shutil.rmtree(folder)
    assert kills > STATEMENTS, "in them, before them and after them"


def test_killed_at_any_moment_of_the_first_start_of_a_later_release_everything_is_there(
    older: Older, tmp_path: Path
) -> None:
    chance = random.Random(2611)
    began = time.monotonic()
    assert not was_killed(
        child(lambda: older.opened(shutil.copytree(older.folder, tmp_path / "timed")))
    )
    lasts = time.monotonic() - began
    kills = 0
    for number in range(AT_RANDOM):
        folder = shutil.copytree(older.folder, tmp_path / f"at {number}")
        pid = child(partial(older.opened, folder))
        time.sleep(chance.uniform(0, lasts))
        os.kill(pid, signal.SIGKILL)
        if was_killed(pid):
            kills += 1
        else:  # the one that was timed was slower than this: a busy machine
            lasts *= 0.8
        older.look(folder)
        shutil.rmtree(folder)
    assert kills, "some came before it was over"
