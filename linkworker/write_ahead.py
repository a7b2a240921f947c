"""The write-ahead log beside a database: whose it is, and how much of it still verifies.

SQLite replays a log by its checksums alone, which are no secret: it takes one that belongs to
another file, and passes over all that follows a damaged place without a word. So a log that a
killed program left is looked at here, by reading only, before the database is opened with it
(https://www.sqlite.org/fileformat2.html, 4; https://www.zetetic.net/sqlcipher/design/).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from linkworker.folders import flush_folder, plain_os_error, write_whole

__all__ = [
    "Frame",
    "has_log",
    "is_foreign",
    "keep_copy",
    "log_of",
    "proves_key",
    "set_aside",
    "unread_saves",
]

PAGE = 4096
"""Bytes of a page, as SQLCipher 4 makes them."""

SALT_BYTES = 16
"""With these the file begins; the key of the seals is drawn from them and the data key."""

SEAL_BYTES = 64
"""HMAC-SHA512, at the end of each page."""

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
    """Give the whole frames that the log now in use holds, verified or not.

    Older frames, over which it has begun anew, have other salts and are passed over. One salt of
    two is enough, or a flipped bit in the other would hide the frame. Raises `OSError`.
    """
    with open(log, "rb") as file:
        header = file.read(HEADER.size)
        if len(header) < HEADER.size:
            return
        salts = HEADER.unpack(header)[4:6]
        number = 0
        while len(frame := file.read(FRAME.size + PAGE)) == FRAME.size + PAGE:
            number += 1
            page, size, first, second, _, _ = FRAME.unpack_from(frame)
            if first == salts[0] or second == salts[1]:
                yield Frame(number, page, size != 0, frame[FRAME.size :])


def proves_key(path: Path, key: bytes) -> bool:
    """Say whether the data key is that of the database at `path`, by the seal of its first page.

    Where a power cut tore the first page while the log was brought home, the log still has it
    whole, and that counts. Reads only. Raises `Refused`.
    """
    try:
        for _ in _tries():
            with open(path, "rb") as file:
                first = file.read(PAGE)
            seal_key = _seal_key(key, first[:SALT_BYTES])
            if _is_sealed(seal_key, 1, first):
                return True
            pages = (one for one in frames(log_of(path)) if one.page == 1)
            if any(_is_sealed(seal_key, 1, one.data) for one in pages):
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
            seal_key = _seal_key(key, file.read(SALT_BYTES))
        for _ in _tries():
            some = False
            for one in frames(log_of(path)):
                some = True
                if _is_sealed(seal_key, one.page, one.data):
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


def _tries() -> Iterator[None]:
    yield
    for _ in range(TRIES - 1):
        time.sleep(WAIT_SECONDS)
        yield


def _seal_key(key: bytes, salt: bytes) -> bytes:
    """Return the key of the seals, as SQLCipher 4 draws it from a raw data key."""
    return hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, len(key))


def _is_sealed(seal_key: bytes, number: int, page: bytes) -> bool:
    """Say whether a page bears the seal of this key at this place."""
    if len(page) != PAGE:
        return False
    end = PAGE - SEAL_BYTES
    begin = SALT_BYTES if number == 1 else 0
    seal = hmac.digest(seal_key, page[begin:end] + struct.pack("<I", number), "sha512")
    return hmac.compare_digest(seal, page[end:])
