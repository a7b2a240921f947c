"""One Anki collection, run by the Python of a folder where Anki is installed; nothing of ours.

It reads a command a line on standard input (JSON) and answers each with a line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from anki.collection import Collection
from anki.sync_pb2 import SyncCollectionResponse as Said


class Laptop:
    """A collection, and the server that it syncs with."""

    def __init__(self, url: str, name: str, password: str) -> None:
        self._url, self._name, self._password = url, name, password
        self._collection: Any = None
        self._auth: Any = None

    def open(self, path: str) -> dict[str, Any]:
        """Open a collection, made where there is none, and log in."""
        self._collection = Collection(path)
        self._auth = self._collection.sync_login(self._name, self._password, self._url)
        return {}

    def close(self) -> dict[str, Any]:
        """Close it."""
        self._collection.close()
        return {}

    def meet(self) -> dict[str, Any]:
        """Become the same as the server by one whole copy, as a first meeting asks."""
        required = self._collection.sync_collection(self._auth, False).required
        if required != Said.NO_CHANGES:
            upload = required in (Said.FULL_SYNC, Said.FULL_UPLOAD)
            self._collection.close_for_full_sync()
            self._collection.full_upload_or_download(
                auth=self._auth, server_usn=None, upload=upload
            )
            self._collection.reopen(after_full_sync=True)
        return {}

    def add(self, texts: list[str]) -> dict[str, Any]:
        """Add a note for each text."""
        kind = self._collection.models.by_name("Basic")
        for text in texts:
            note = self._collection.new_note(kind)
            note["Front"] = text
            self._collection.add_note(note, 1)
        return {}

    def sync(self) -> dict[str, Any]:
        """Sync in chunks, the usual way; say how long it took and how many notes are there then."""
        begun = time.perf_counter()
        said = self._collection.sync_collection(self._auth, False)
        took = time.perf_counter() - begun
        if said.required not in (Said.NO_CHANGES, Said.NORMAL_SYNC):
            raise SystemExit("Anki asked for a whole copy where a usual sync was measured")
        return {"seconds": took, "notes": self._collection.note_count()}


def main() -> None:
    """Do what is asked, until nothing more is."""
    laptop = Laptop(*sys.argv[1:4])
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(getattr(laptop, asked.pop("do"))(**asked)), flush=True)


if __name__ == "__main__":
    main()
