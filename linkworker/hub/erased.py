"""The list of erased scopes, in a file that is in no backup.

A hub that was put back from an older backup would know again who was erased since. So the list lies
beside the records, and is applied each time the hub opens.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from linkworker import folders
from linkworker.refusal import Refused
from linkworker.scopes import is_scope

ERASED = "erased.txt"
MOST_BYTES = 16 * 1024 * 1024


class ErasedListUnread(Refused):
    """The list is not one of scopes. A hub that opened without it would know the erased again."""

    def __init__(self) -> None:
        super().__init__(
            "The hub was not opened.",
            f"The list of whoever was erased ({ERASED} in its folder) cannot be read.",
            "Put back the latest copy of that file; without it those people would be there again.",
        )


class ErasedList:
    """The erased scopes of one hub, one a line, in the order of their names."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def scopes(self) -> set[str]:
        """Return them; none where nobody was erased yet. Raises `ErasedListUnread`.

        A copy may have passed through another system: with its line ends, or its mark of Unicode.
        """
        if not self._path.exists():
            return set()
        raw = folders.read_file(self._path, MOST_BYTES)
        wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        try:
            said = raw.decode("utf-16" if wide else "utf-8-sig")
        except UnicodeDecodeError:
            raise ErasedListUnread from None
        scopes = {line.strip() for line in said.splitlines()} - {""}
        if not all(map(is_scope, scopes)):
            raise ErasedListUnread
        return scopes

    def add(self, scopes: set[str]) -> None:
        """Add scopes; when this returns they are on the disk."""
        before = self.scopes()
        if not scopes <= before:
            lines = "".join(f"{scope}\n" for scope in sorted(before | scopes))
            folders.write_whole(self._path, lines.encode())
