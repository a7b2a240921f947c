"""The command line as a person runs it: real processes over a real encrypted folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from linkworker import schema
from linkworker.store import Store
from tests.conftest import CHEAP, PASSPHRASE

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Shell:
    """Runs `linkworker` over one folder, as `python -m linkworker`."""

    folder: Path
    passphrase_file: Path

    def __call__(
        self, *words: str, given: str | bytes = b"", environment: Mapping[str, str] | None = None
    ) -> Ran:
        return self.bare(
            *words,
            "--data",
            str(self.folder),
            "--passphrase-file",
            str(self.passphrase_file),
            given=given,
            environment=environment,
        )

    def bare(
        self,
        *words: str,
        given: str | bytes = b"",
        environment: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Ran:
        """Run without the folder and the passphrase named, and away from any terminal."""
        done = subprocess.run(
            [sys.executable, "-m", "linkworker", *words],
            input=given.encode() if isinstance(given, str) else given,
            stdout=more.pop("stdout", subprocess.PIPE),
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=self.environment(environment),
            timeout=120,
            start_new_session=True,
            check=False,
            **more,
        )
        return Ran(done.returncode, done.stdout or b"", done.stderr.decode())

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        # Whoever runs the tests may have their own output unbuffered; a coordinator has not.
        others = ("LINKWORKER_DATA", "PYTHONUNBUFFERED")
        keep = {name: value for name, value in os.environ.items() if name not in others}
        return keep | dict(more or {})

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the records as the app does, and close them again."""
        store = Store.at(self.folder)
        store.unlock(PASSPHRASE)
        try:
            yield store
        finally:
            store.lock()

    def file(self, name: str, content: str | bytes) -> str:
        """Write a file beside the records and return its name."""
        path = self.folder.parent / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)


@pytest.fixture(scope="session")
def empty_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of records with nobody in it, made once."""
    folder = tmp_path_factory.mktemp("made-once") / "records"
    store, _ = Store.create(folder, PASSPHRASE, worker_name="Ann", cost=CHEAP)
    store.lock()
    return folder


@pytest.fixture
def shell(tmp_path: Path, empty_records: Path) -> Shell:
    """The command line over fresh, empty records."""
    shutil.copytree(empty_records, tmp_path / "records")
    passphrase_file = tmp_path / "passphrase"
    passphrase_file.write_text(PASSPHRASE + "\n")
    return Shell(tmp_path / "records", passphrase_file)


@pytest.fixture
def terry_id(shell: Shell) -> str:
    """Terry's id, in the shell's records."""
    store = Store.at(shell.folder)
    store.unlock(PASSPHRASE)
    with store.write("added somebody") as tx:
        person = tx.add(schema.Person(called="Terry", given="Terence", family="Beasley"))
    store.lock()
    return person.id
