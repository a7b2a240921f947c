"""The real program in the middle of a note about Terry: where the disk fills and the lid closes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from linkworker import schema
from linkworker.store import Store
from tests.conftest import CHEAP, PASSPHRASE
from tests.terminal import ENTER, Terminal

CTRL_N, CTRL_L, CTRL_S = "\x0e", "\x0c", "\x13"


def records_of_ann(folder: Path) -> Store:
    """Make records with one person in them; return their store, locked."""
    store, _ = Store.create(folder, PASSPHRASE, worker_name="Ann", cost=CHEAP)
    with store.write("added somebody") as tx:
        tx.add(schema.Person(called="Terry Beasley", given="Terry", family="Beasley"))
    store.lock()
    return store


@contextmanager
def note_about_terry(
    records: Path, home: Path, more: Mapping[str, str] | None = None
) -> Iterator[Terminal]:
    """The app, open, with a note about Terry begun or gone on with; `more` is its environment."""
    names = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    everywhere: Mapping[str, str] = dict.fromkeys(names, str(home)) | dict(more or {})
    with Terminal(["--data", str(records)], everywhere) as terminal:
        terminal.wait_for("Type your passphrase")
        terminal.press(PASSPHRASE, ENTER)
        terminal.wait_for("Kept on this laptop")
        terminal.press(CTRL_N)
        # A draft that is all there is on Today is chosen there: then the note is about him at once.
        about = "Note about Terry Beasley"
        if terminal.wait_for_one("about whom?", about) != about:
            terminal.press("t", "e", "r", ENTER)
            terminal.wait_for(about)
        yield terminal
