"""The mark that every save leaves, by which a log is known to go with the file that it lies beside.

SQLite lays a log over whatever file has its name: an older copy of the same records, put back under
a newer log of theirs, would open as a mix of two times. So each save draws a new mark at random and
keeps the one before it beside it. The file by itself holds the mark with which it was brought up to
date last, and the first save in the log says after which mark it came.

The mark stands in the one row of `sync_device`, which every act writes anyway. SQLCipher leaves a
page the same bytes in the log and in the file, so both are read here without opening either.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from linkworker.folders import plain_os_error
from linkworker.sealed_pages import PAGE, SALT_BYTES, is_sealed, opened, seal_key_of
from linkworker.write_ahead import frames, has_log, log_of, salts_of, tries

__all__ = ["begin_save", "is_of_another_time"]

SIGN = bytes.fromhex("fe6c77ff6d61726b")
"""What a mark begins with. Two of its bytes are in no text of ours: UTF-8 has them not."""

PART = 8
"""Bytes of the sign, of the mark before, and of the mark itself."""

NEW_MARK = (
    f"UPDATE sync_device SET mark = CAST(substr(mark, 1, {PART}) || "
    f"substr(mark, {2 * PART + 1}, {PART}) || randomblob({PART}) AS BLOB)"
)


class _Mark(NamedTuple):
    page: int
    """The number of the page on which it stands."""
    before: bytes
    mark: bytes


def begin_save(connection: Any) -> None:
    """Begin a transaction that writes, with a mark of its own.

    At its beginning, so that a page that is written out half-way has the new mark too.
    """
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(NEW_MARK)


def is_of_another_time(path: Path, key: bytes) -> bool:
    """Say whether the log beside the database at `path` goes on from another state of the file.

    Reads only, and is right also while another program writes: a log that has begun anew meanwhile
    is read again. False where a page that is damaged, or half written by a program that was
    killed, leaves it open. Raises `Refused`.
    """
    try:
        return has_log(path) and all(_parts(path, key) for _ in tries())
    except OSError as error:
        raise plain_os_error(error) from None


def _parts(path: Path, key: bytes) -> bool:
    """Say whether file and log part, as they stand now."""
    log = log_of(path)
    salts = salts_of(log)
    with open(path, "rb") as file:
        seal_key = seal_key_of(key, file.read(SALT_BYTES))
        first = next(_marks(log, key, seal_key), None)
        if first is None:
            return False
        file.seek((first.page - 1) * PAGE)
        page = file.read(PAGE)
    if not page.strip(b"\0"):  # the file had no such page when the log was begun
        found = None
    elif not is_sealed(seal_key, first.page, page):
        return False
    else:
        found = _mark_in(first.page, opened(key, page))
    stands = bytes(PART) if found is None else found.mark
    if stands == first.before or any(one.mark == stands for one in _marks(log, key, seal_key)):
        return False
    return salts == salts_of(log)


def _marks(log: Path, key: bytes, seal_key: bytes) -> Iterator[_Mark]:
    """Give the marks of the saves in a log, in order, up to the first frame that is not whole."""
    page = 0
    for place, frame in enumerate(frames(log), 1):
        if frame.number != place or not is_sealed(seal_key, frame.page, frame.data):
            return
        if frame.page == 1 or page not in (0, frame.page):
            continue
        found = _mark_in(frame.page, opened(key, frame.data))
        if found is not None:
            page = found.page
            yield found


def _mark_in(number: int, page: bytes) -> _Mark | None:
    at = page.find(SIGN)
    if at < 0:
        return None
    before, mark = (page[at + part * PART : at + (part + 1) * PART] for part in (1, 2))
    return _Mark(number, before, mark)
