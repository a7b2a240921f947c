"""The peer: Anki's own sync server with collections that sync with it, each in its own process.

Anki is nothing that linkworker needs. It is installed from PyPI into a folder that goes away with
the run, or taken from where `--anki` says.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ABSENT = "Anki is not here: pip could not fetch it. What is measured beside it stands alone."

LAPTOP = Path(__file__).parent / "floors" / "anki_laptop.py"
WHO, PASSWORD = "coordinator", "bicycle"
STARTS_SECONDS = 20.0


def install(folder: Path) -> Path | None:
    """Install Anki into a new folder; return the Python that has it, None where it cannot be."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "anki"],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if done.returncode:
        print(ABSENT, file=sys.stderr)
        return None
    return python


class Collection:
    """One collection, open in a process of its own."""

    def __init__(self, python: Path, path: Path, url: str) -> None:
        self.path = path
        self._process = subprocess.Popen(
            [str(python), str(LAPTOP), url, WHO, PASSWORD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.do("open", path=str(path))

    def do(self, what: str, **said: Any) -> dict[str, Any]:
        """Have it do one thing (`floors.anki_laptop`) and return what it says of it."""
        ask, answer = self._process.stdin, self._process.stdout
        assert ask is not None
        assert answer is not None
        ask.write(json.dumps({"do": what, **said}) + "\n")
        ask.flush()
        line = answer.readline()
        if not line:
            raise RuntimeError(f"Anki ended while it was asked to {what}")
        return dict(json.loads(line))

    def sync(self) -> float:
        """Sync the usual way; return the seconds."""
        return float(self.do("sync")["seconds"])

    def close(self) -> None:
        """Close it and end its process."""
        with suppress(RuntimeError, BrokenPipeError):
            self.do("close")
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(10)


class Anki:
    """A running server; the collections that were opened are closed with it."""

    def __init__(self, python: Path, folder: Path) -> None:
        folder.mkdir()
        self._python, self._folder = python, folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/"
        self._server = subprocess.Popen(
            [str(python), "-m", "anki.syncserver"],
            env={
                **os.environ,
                "SYNC_USER1": f"{WHO}:{PASSWORD}",
                "SYNC_BASE": str(folder / "server"),
                "SYNC_HOST": "127.0.0.1",
                "SYNC_PORT": str(self.port),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._opened: list[Collection] = []
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + STARTS_SECONDS
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise RuntimeError("Anki's sync server did not start")

    def collection(self, name: str, like: Path | None = None) -> Collection:
        """Open a collection: a new one, or a copy of a closed one."""
        path = self._folder / f"{name}.anki2"
        if like is not None:
            shutil.copy(like, path)
        opened = Collection(self._python, path, self.url)
        self._opened.append(opened)
        return opened

    def met(self) -> tuple[Collection, Path]:
        """Return a collection that has met the server, and a closed one that has too.

        There is one note in them. From then on both sync the usual way, in chunks, and not by a
        copy of everything.
        """
        writer = self.collection("writer")
        writer.do("add", texts=["the first"])
        writer.do("meet")
        empty = self.collection("empty")
        empty.do("meet")
        self.close(empty)
        return writer, empty.path

    def close(self, collection: Collection) -> None:
        """Close one collection."""
        self._opened.remove(collection)
        collection.close()

    def end(self) -> None:
        """Close all that is open and stop the server."""
        for one in [*self._opened]:
            self.close(one)
        self._server.terminate()
        self._server.wait(10)


@contextmanager
def serving(python: Path, folder: Path) -> Iterator[Anki]:
    """Lend a running Anki server."""
    anki = Anki(python, folder)
    try:
        yield anki
    finally:
        anki.end()
