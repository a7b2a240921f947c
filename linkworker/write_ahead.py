"""The write-ahead log beside a database: whose it is, and how much of it still verifies.

SQLite replays a log by its checksums alone, which are no secret: it takes one that belongs to
another file, and passes over all that follows a damaged place without a word. So a log that a
killed program left is looked at here, by reading only, before the database is opened with it
(https://www.sqlite.org/fileformat2.html, 4; https://www.zetetic.net/sqlcipher/design/).
"""

from __future__ import annotations

import contextlib
import os
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from linkworker.folders import flush_folder, plain_os_error, write_whole
from linkworker.sealed_pages import PAGE, SALT_BYTES, is_sealed, seal_key_of

__all__ = [
    "Frame",
    "frames",
    "has_log",
    "is_foreign",
    "keep_copy",
    "log_of",
    "proves_key",
    "salts_of",
    "set_aside",
    "tries",
    "unread_saves",
]

HEADER = struct.Struct(">8I")
FRAME = struct.Struct(">6I")

TRIES = 3
"""How often a log that does not verify is read: another program may be writing just now."""

WAIT_SECONDS = 0.05


class Frame(NamedTuple):
    """One frame of a log: a page as it was to become."""

    number: int
    """Its place in the log, from 1."""
    page: int
    commits: bool
    """Whether this frame ends something that was saved."""
    data: bytes


def log_of(path: Path) -> Path:
    """Return where the log of the database at `path` lies."""
    return path.with_name(path.name + "-wal")


def frames(log: Path) -> Iterator[Frame]:
    """Give the whole frames that the log now in use holds, verified or not; none without a log.

    Older frames, over which it has begun anew, have other salts and are passed over. One salt of
    two is enough, or a flipped bit in the other would hide the frame. Raises `OSError`.
    """
    with contextlib.suppress(FileNotFoundError), open(log, "rb") as file:
        salts = _salts(file)
        if salts is None:
            return
        number = 0
        while len(frame := file.read(FRAME.size + PAGE)) == FRAME.size + PAGE:
            number += 1
            page, size, first, second, _, _ = FRAME.unpack_from(frame)
            if first == salts[0] or second == salts[1]:
                yield Frame(number, page, size != 0, frame[FRAME.size :])


def salts_of(log: Path) -> tuple[int, int] | None:
    """Return the two salts that a log has until it begins anew; None where there is none."""
    try:
        with open(log, "rb") as file:
            return _salts(file)
    except FileNotFoundError:
        return None


def _salts(file: BinaryIO) -> tuple[int, int] | None:
    header = file.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    first, second = HEADER.unpack(header)[4:6]
    return first, second


def proves_key(path: Path, key: bytes) -> bool:
    """Say whether the data key is that of the database at `path`, by the seal of its first page.

    Where a power cut tore the first page while the log was brought home, the log still has it
    whole, and that counts. Reads only. Raises `Refused`.
    """
    try:
        for _ in tries():
            with open(path, "rb") as file:
                first = file.read(PAGE)
            seal_key = seal_key_of(key, first[:SALT_BYTES])
            if is_sealed(seal_key, 1, first):
                return True
            pages = (one for one in frames(log_of(path)) if one.page == 1)
            if any(is_sealed(seal_key, 1, one.data) for one in pages):
                return True
    except OSError as error:
        raise plain_os_error(error) from None
    return False


def is_foreign(path: Path, key: bytes) -> bool:
    """Say whether the log beside the database at `path` holds pages, and none sealed for it.

    One that verifies is enough: a log that is damaged in places is this file's own. Reads only.
    Raises `Refused`.
    """
    try:
        if not has_log(path):
            return False
        with open(path, "rb") as file:
            seal_key = seal_key_of(key, file.read(SALT_BYTES))
        for _ in tries():
            some = False
            for one in frames(log_of(path)):
                some = True
                if is_sealed(seal_key, one.page, one.data):
                    return False
            if not some:
                return False
    except OSError as error:
        raise plain_os_error(error) from None
    return True


def has_log(path: Path) -> bool:
    """Say whether there is a log that holds anything beside the database at `path`."""
    log = log_of(path)
    try:
        return log.is_file() and log.stat().st_size > HEADER.size
    except FileNotFoundError:
        return False


def unread_saves(path: Path) -> int:
    """Return how many saves stand in the log after the place to which SQLite could read it.

    For a database that is open, with nobody writing. How far SQLite came stands in the shared
    memory beside the log (https://www.sqlite.org/walformat.html, 2.1). Work that was never
    finished has no frame that ends it, and is not counted. Raises `Refused`.
    """
    try:
        if not has_log(path):
            return 0
        with open(path.with_name(path.name + "-shm"), "rb") as file:
            (read,) = struct.unpack_from("=I", file.read(PAGE), 16)
        return sum(one.commits and one.number > read for one in frames(log_of(path)))
    except OSError as error:
        raise plain_os_error(error) from None


def keep_copy(path: Path) -> Path:
    """Copy the log as it stands under a name that is free; return it. Raises `Refused`."""
    aside = name_aside(path)
    try:
        write_whole(aside, log_of(path).read_bytes())
    except OSError as error:
        raise plain_os_error(error) from None
    return aside


def set_aside(path: Path) -> Path:
    """Rename the log so that nothing is replayed from it; return its new name. Never over another.

    It stays encrypted, under the key of whatever it belongs to. Raises `Refused`.
    """
    aside = name_aside(path)
    try:
        os.replace(log_of(path), aside)
        flush_folder(path.parent)
    except OSError as error:
        raise plain_os_error(error) from None
    return aside


def name_aside(path: Path) -> Path:
    """Return a name that is free for a log of `path` that is set aside or copied."""
    number = 1
    while (aside := path.with_name(f"{path.stem}-set-aside-{number}.db-wal")).exists():
        number += 1
    return aside


def tries() -> Iterator[None]:
    """Give each turn at reading a log that another program may be writing just now."""
    yield
    for _ in range(TRIES - 1):
        time.sleep(WAIT_SECONDS)
        yield
