"""The file of a list: named as people name files, found, and read.

A path is typed, pasted, or dragged into the window: with ~ for one's own folder, in quotation
marks, with a backslash before each space, or as a `file:` address. What stands as a file is meant.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

from linkworker.refusal import Refused

LISTS = (".csv", ".tsv", ".txt")
"""How the name of a file ends that may be a list."""
NEAR = ("Downloads", "Desktop", "Documents", "")
"""The folders of one's own in which a list most likely lies."""
MOST = 8
"""Files and folders that are offered at once."""
_LOOKED_AT = 5_000
"""Entries of a folder that are looked at."""


class NoFile(Refused):
    """The file named cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was imported.", "The file named cannot be read.", "Check its name and folder."
        )


def content_of(path: Path, most: int) -> bytes:
    """Return the bytes of a file, one more than `most` at the utmost. Raises `NoFile`."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError):  # a path with a NUL in it is a ValueError
        raise NoFile from None


def path_typed(text: str) -> Path:
    """Return the path that is meant: the first reading that is there, else the plainest."""
    readings = list(_readings(text))
    return next((path for path in readings if _is_there(path)), readings[0])


def in_short(folder: Path) -> str:
    """Return how a folder is shown: with ~ where it lies in one's own."""
    own = _own("~")
    if not folder.is_relative_to(own):
        return str(folder)
    return str(Path("~") / folder.relative_to(own))


def _readings(text: str) -> Iterator[Path]:
    plain = text.strip()
    said = [plain]
    if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "'\"":
        said.insert(0, plain[1:-1])
    if plain.casefold().startswith("file:"):
        said.insert(0, unquote(urlsplit(plain).path))
    if os.name == "posix":
        with suppress(ValueError):  # O'Brien.csv, typed as it is
            words = shlex.split(plain)
            if len(words) == 1:
                said.append(words[0])
    for one in said:
        yield _own(one)
    for one in said:
        if not _own(one).is_absolute():
            yield _own(f"~/{one}")


def _own(text: str) -> Path:
    """Return a path, with ~ for one's own folder where there is one."""
    return Path(os.path.expanduser(text))


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def offered(text: str) -> list[Path]:
    """Return how the path typed so far may go on: folders, and files that may be lists.

    While nothing is typed: the lists that lie where downloads and documents do, the newest first.
    Reads folders: for a thread.
    """
    if not text.strip():
        near = [_own(f"~/{name}") for name in NEAR]
        found = [path for folder in near for path in _entries(folder) if _may_be_list(path)]
        return sorted(found, key=_changed, reverse=True)[:MOST]
    typed = path_typed(text)
    ends = text.rstrip("'\" ").endswith(("/", os.sep))
    folder, begun = (typed, "") if ends else (typed.parent, typed.name.casefold())
    found = [
        path
        for path in _entries(folder)
        if path.name.casefold().startswith(begun)
        and (begun.startswith(".") or not path.name.startswith("."))
        and (path.is_dir() or _may_be_list(path))
    ]
    return sorted(found, key=lambda path: (path.is_dir(), path.name.casefold()))[:MOST]


def _entries(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [Path(entry.path) for entry in islice(entries, _LOOKED_AT)]
    except (OSError, ValueError):
        return []


def _may_be_list(path: Path) -> bool:
    return path.suffix.casefold() in LISTS and path.is_file()


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
