"""The list of erased scopes, in a file that is in no backup.

A hub that was put back from an older backup would know again who was erased since. So the list lies
beside the records, and is applied each time the hub opens.
"""

from __future__ import annotations

from pathlib import Path

from linkworker import folders

ERASED = "erased.txt"
MOST_BYTES = 16 * 1024 * 1024


class ErasedList:
    """The erased scopes of one hub, one a line, in the order of their names."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def scopes(self) -> set[str]:
        """Return them; none where nobody was erased yet."""
        if not self._path.exists():
            return set()
        return set(folders.read_file(self._path, MOST_BYTES).decode("utf-8").split("\n")) - {""}

    def add(self, scopes: set[str]) -> None:
        """Add scopes; when this returns they are on the disk."""
        before = self.scopes()
        if not scopes <= before:
            lines = "".join(f"{scope}\n" for scope in sorted(before | scopes))
            folders.write_whole(self._path, lines.encode())
