"""Not one byte of what was written is on the disk outside encryption, whatever happened."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PASSPHRASE
from tests.store.canary import CANARY, traces, traces_of_process, traces_under

WORK = """
import sys
from pathlib import Path
from linkworker import cipher, schema, vault
from linkworker.store import Store

words, passphrase = sys.stdin.readline().strip(), sys.stdin.readline().strip()
folder = Path(sys.argv[1])
cheap = vault.Cost(64, 1, 1)
store, recovery_key = Store.create(folder, passphrase, worker_name=words, cost=cheap)
with store.write("added " + words) as tx:
    person = tx.add(schema.Person(called=words, given=words, family=words)).id
for number in range(60):
    with store.write("a note", person=person) as tx:
        note = tx.add(schema.Note(person_id=person, words=f"{words} {number} " * 40))
        tx.add(schema.NoteMark(person_id=person, note_id=note.id, words=words, kind="+"))
        tx.add(schema.KeptApart(person_id=person, note_id=note.id, words=words))
store.save_draft("d", "note", [person], words * 50, {"place": words})
store.save_draft("d", "note", [person], words * 2, {"place": words})
store.drop_draft("d")
store.save_draft("e", "note", [person], words, {"place": words})
store.undo()
store.redo()
assert store.search(words.split()[0])
with store.read() as tx:
    # a sort larger than its memory
    tx.rows("SELECT n.words FROM note n, note m, (VALUES (1), (2)) ORDER BY n.words, random()")
cipher.backup(store._connections().writer, folder / "backup.db", bytes(range(32)))
store.change_passphrase(passphrase, "quite another " + passphrase, cost=cheap)
try:
    with store.write("wrong", person=person) as tx:
        tx.add(schema.Strength(person_id="nobody", words=words))
except Exception as refused:
    print(type(refused).__name__, refused)
print("ready", recovery_key, flush=True)
what_next = sys.stdin.readline().strip()
if what_next == "crash":
    from datetime import UTC, datetime
    from linkworker.widgets import crash
    try:
        raise ValueError(words)
    except ValueError as error:
        crash.write_down(error, folder, "1A2B", datetime.now(UTC))
    import os
    os.abort()
store.lock()
print("locked", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of its own, in which everything that a process writes anywhere must land."""
    home = tmp_path / "home"
    for name in ("tmp", "cache", "data", "cwd"):
        (home / name).mkdir(parents=True)
    return home


@pytest.fixture
def worker(home: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that does everything a store can do, with the canary, and then waits."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, str(home / "data" / "records")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home / "cwd",
        env={
            "HOME": str(home),
            "TMPDIR": str(home / "tmp"),
            "SQLITE_TMPDIR": str(home / "tmp"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_DATA_HOME": str(home / "data"),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2])]),
            "PATH": os.environ["PATH"],
        },
    )
    assert process.stdin is not None
    process.stdin.write(f"{CANARY}\n{PASSPHRASE}\n")
    process.stdin.flush()
    yield process
    process.kill()
    process.communicate()


def told(worker: subprocess.Popen[str], what_next: str) -> None:
    assert worker.stdin is not None
    worker.stdin.write(what_next + "\n")
    worker.stdin.flush()


def heard(worker: subprocess.Popen[str], awaited: str) -> str:
    """Return all that the process said up to the line that begins with `awaited`."""
    assert worker.stdout is not None
    said = ""
    for line in worker.stdout:
        said += line
        if line.startswith(awaited):
            return said
    assert worker.stderr is not None
    raise AssertionError(f"it ended: {said}{worker.stderr.read()}")


def secrets_of(said: str) -> tuple[str, ...]:
    """The canary, the passphrase and the recovery key that was printed."""
    recovery_key = said.rsplit("ready ", 1)[1].strip()
    return (CANARY, PASSPHRASE, recovery_key.replace("-", ""))


def test_the_search_for_traces_sees_what_it_looks_for(tmp_path: Path) -> None:
    assert traces(b"... QUILLFEATHER ...")
    assert traces("feather".encode("utf-16-le"))
    assert not traces(os.urandom(1_000_000))
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "log").write_text("the brookwater file")
    assert list(traces_under(tmp_path)) == [str(tmp_path / "below" / "log")]
    (tmp_path / "Quillfeather.txt").touch()
    assert len(traces_under(tmp_path)) == 2


def test_nothing_is_readable_while_the_store_is_open_and_after_it_is_locked(
    worker: subprocess.Popen[str], home: Path
) -> None:
    said = heard(worker, "ready")
    secrets = secrets_of(said)
    assert not traces(said.encode(), [CANARY, PASSPHRASE])
    assert traces_under(home, secrets) == {}
    if sys.platform == "linux":
        assert traces_of_process(worker.pid, secrets) == []
    told(worker, "lock")
    heard(worker, "locked")
    assert traces_under(home, secrets) == {}
    assert sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) > 100_000


@pytest.mark.skipif(os.name != "posix", reason="kills with SIGKILL")
def test_nothing_is_readable_after_the_process_was_killed(
    worker: subprocess.Popen[str], home: Path
) -> None:
    secrets = secrets_of(heard(worker, "ready"))
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert (home / "data" / "records" / "records.db-wal").stat().st_size > 0
    assert traces_under(home, secrets) == {}


@pytest.mark.skipif(os.name != "posix", reason="aborts as POSIX does")
def test_nothing_is_readable_after_a_crash_and_in_its_log(
    worker: subprocess.Popen[str], home: Path
) -> None:
    secrets = secrets_of(heard(worker, "ready"))
    told(worker, "crash")
    _, complaints = worker.communicate()
    assert worker.returncode == -signal.SIGABRT
    assert "ValueError" in (home / "data" / "records" / "problems.log").read_text()
    assert not traces(complaints.encode(), secrets)
    assert traces_under(home, secrets) == {}
    assert not [path for path in home.rglob("*") if path.name.startswith("core")]
