"""Opening an encrypted SQLite database (SQLCipher), and its faults in plain words.

The only place that hands a key to a database. Laptop and hub both open through `connect`. Nothing
of SQLAlchemy is imported here: reading starts without it. `salvage` takes what is left from a
damaged file; `folders` says where files may lie.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from linkworker import write_ahead
from linkworker.folders import (
    AlreadyThere,
    DiskFull,
    DiskTrouble,
    NetworkPath,
    ReadOnlyFolder,
    flush_folder,
    make_private_file,
    plain_os_error,
    read_file,
)
from linkworker.network_drives import is_network_path
from linkworker.refusal import Refused

__all__ = [
    "AlreadyThere",
    "Busy",
    "BusyHere",
    "CannotRead",
    "Connection",
    "Damaged",
    "DiskFull",
    "DiskTrouble",
    "FolderInTheWay",
    "NetworkPath",
    "NoDatabase",
    "NotEncrypted",
    "NotKept",
    "ReadOnlyFolder",
    "backup",
    "checkpoint",
    "connect",
    "open_encrypted",
    "plain_error",
    "remove_database",
]

KEY_BYTES = 32
"""Length of a data key. Any other length SQLCipher would silently take as a passphrase."""

PLAIN_HEADER = b"SQLite format 3\x00"
"""How a database without encryption begins (https://www.sqlite.org/fileformat2.html, 1.3)."""

ROOM_TO_OPEN = 256 * 1024
"""Bytes that should be free on the disk for a database to open and shut."""

BUSY_SECONDS = 5.0
"""How long a statement waits for another writer before it is refused."""


class CannotRead(Refused):
    """The first page made no sense: a key that is not its own, or damage. Nothing was changed.

    Where a log stands beside the file, the key is proved by reading alone, before SQLite sees
    either: closing would bring the log into the file, whosever log it is.

    The two look alike, so a passphrase is proved by the key file (`vault`), never by this.
    """

    def __init__(self) -> None:
        super().__init__(
            "The records could not be opened.",
            "The file is damaged, or it does not belong with this key file.",
            "Nothing was changed and nothing new was made. Keep the folder as it is, and restore "
            "the latest backup into another, empty folder.",
        )


class Damaged(Refused):
    """A page in the middle did not read as it was written."""

    def __init__(self) -> None:
        super().__init__(
            "A part of the records could not be read.",
            "The file is damaged in one place; the disk may be failing.",
            "Close linkworker and type 'linkworker rescue FOLDER': it saves all that still reads "
            "to a new folder, and leaves this one as it is.",
        )


class NoDatabase(Refused):
    """There is no database where one should be."""

    def __init__(self) -> None:
        super().__init__(
            "The records are not in this folder.",
            "The key file is here, but the file of records is missing or empty.",
            "Look whether it was moved, or restore the latest backup into another, empty folder. "
            "Nothing new was made.",
        )


class FolderInTheWay(Refused):
    """A folder has the name of a file that SQLite lays beside the database."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "The records were not opened.",
            f"A folder stands where a file called {name} belongs.",
            "Move that folder away and open the records again. The records were not touched.",
        )


class NotEncrypted(Refused):
    """The file is a plain SQLite database, or this build could not encrypt one."""

    def __init__(self) -> None:
        super().__init__(
            "The file was not opened.",
            "It is not encrypted, so it is not one that linkworker made.",
            "Look how it came to be there before it is used. linkworker never writes such a file.",
        )


class Busy(Refused):
    """Somebody else was writing for longer than a statement waits."""

    def __init__(self) -> None:
        super().__init__(
            "That was not saved yet.",
            "Another linkworker on this computer is writing to the same records.",
            "Wait a moment and do it again, or close the other one.",
        )


class BusyHere(Busy):
    """Another thread of this program had the writer for longer than that."""

    def __init__(self) -> None:
        Refused.__init__(
            self,
            "That was not saved yet.",
            "linkworker itself is still busy with something else in the records.",
            "Wait a moment and do it again.",
        )


class NotKept(Refused):
    """The database refused a change, by one of its own rules. The change was taken back whole."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "That was not saved.",
            f"The records would not take it ({code}).",
            "What was saved before is unharmed. Please tell whoever looks after linkworker the "
            "code in brackets.",
        )


_NAMES = {
    "file is not a database": "SQLITE_NOTADB",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "database or disk is full": "SQLITE_FULL",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "database is locked": "SQLITE_BUSY",
    "database table is locked": "SQLITE_LOCKED",
    "disk I/O error": "SQLITE_IOERR",
    "unable to open database file": "SQLITE_CANTOPEN",
}
"""SQLite's own fixed sentences, for the errors of a backup, which come without a code."""


def plain_error(error: BaseException) -> Refused:
    """Return the refusal that says a database error in plain words.

    Takes what `sqlcipher3` raised, what SQLAlchemy wrapped around it (its `orig`), or an
    `OSError`. Only the name of the code is passed on: a message may hold what was being written.
    """
    if isinstance(error, Refused):
        return error
    origin = getattr(error, "orig", None)
    if isinstance(origin, BaseException):
        return plain_error(origin)
    if isinstance(error, OSError):
        return plain_os_error(error)
    name = getattr(error, "sqlite_errorname", "") or _NAMES.get(str(error), type(error).__name__)
    primary = "_".join(name.split("_")[:2])
    match primary:
        case "SQLITE_NOTADB":
            return CannotRead()
        case "SQLITE_CORRUPT":
            return Damaged()
        case "SQLITE_FULL":
            return DiskFull()
        case "SQLITE_READONLY" | "SQLITE_PERM":
            return ReadOnlyFolder()
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return Busy()
        case "SQLITE_IOERR" | "SQLITE_CANTOPEN" | "SQLITE_PROTOCOL":
            return DiskTrouble(name)
    return NotKept(name)


def connect(path: Path, key: bytes, *, create: bool = False) -> Connection:
    """Open the encrypted database at `path` with its 32-byte data key, ready for use.

    Autocommit is on (`isolation_level=None`): callers say BEGIN IMMEDIATE to write, BEGIN to read.
    The connection may pass between threads, one at a time. Only `create=True` makes a file, and
    then only where there is none.

    Raises `ValueError` for a key of another length (a fault of the program), and `NetworkPath`,
    `NoDatabase`, `AlreadyThere`, `NotEncrypted`, `FolderInTheWay`, `CannotRead`,
    `Damaged`, `ReadOnlyFolder`, `DiskFull`, `Busy`.
    """
    if is_network_path(path.parent):
        raise NetworkPath
    connection = open_encrypted(path, key, create=create)
    try:
        if connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
            raise DiskTrouble("no write-ahead log")
        for setting in (
            "synchronous=FULL",  # one fsync a saved note: what was acknowledged is on the disk
            "foreign_keys=ON",
            "secure_delete=ON",
            "recursive_triggers=ON",  # or REPLACE would delete without the delete triggers
            "cache_size=-16384",  # 16 MiB
        ):
            connection.execute(f"PRAGMA {setting}")
        if sys.platform == "darwin":  # fsync there stops at the drive's own cache
            connection.execute("PRAGMA fullfsync=ON")
            connection.execute("PRAGMA checkpoint_fullfsync=ON")
    except (dbapi2.Error, Refused) as error:
        connection.close()
        raise _opening_error(path, error) from None
    return connection


def _opening_error(path: Path, error: BaseException) -> Refused:
    """Return the refusal for an error while opening.

    The shared memory of the log needs a little room even to read; that there is none SQLite calls
    an input or output error.
    """
    refusal = plain_error(error)
    if isinstance(refusal, DiskTrouble):
        with contextlib.suppress(OSError):
            if shutil.disk_usage(path.parent).free < ROOM_TO_OPEN:
                return DiskFull("The records could not be opened.")
    return refusal


def open_encrypted(
    path: Path, key: bytes, *, create: bool = False, cut_short: bool = False
) -> Connection:
    """Open a database file with its key and prove that it reads; no journal, no other settings.

    For `connect`, for backups (one file, which may lie on a stick or a share) and for salvage.
    With `cut_short`, which salvage alone asks for, also a file that has lost its end: SQLite
    refuses it by its length, and reads what is there only where the schema may be written.
    A log beside it that is another file's is refused (`write_ahead.set_aside` takes it away).
    Raises as `connect` does, but for `NetworkPath`.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a data key has {KEY_BYTES} bytes")
    if create:
        make_private_file(path)
    else:
        _refuse_unfit(path)
        _refuse_unproved(path, key)
    uri = path.absolute().as_uri() + ("?mode=rwc" if create else "?mode=rw")
    try:
        connection = dbapi2.connect(
            uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
    except dbapi2.Error as error:
        raise plain_error(error) from None
    try:
        # Else SQLCipher's C code writes to standard error, over the screen.
        connection.execute("PRAGMA cipher_log_level=NONE")
        _give_key(connection, key)
        if cut_short:
            connection.execute("PRAGMA writable_schema=ON")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        version = connection.execute("PRAGMA cipher_version").fetchone()
        status = connection.execute("PRAGMA cipher_status").fetchone()
        if not (version and version[0] and status and str(status[0]) == "1"):
            raise NotEncrypted
        connection.execute("PRAGMA temp_store=MEMORY")  # a sorter's file would be plaintext
    except (dbapi2.Error, Refused) as error:
        connection.close()
        raise _opening_error(path, error) from None
    return connection


def checkpoint(connection: Connection) -> bool:
    """Bring the write-ahead log home into the database and cut it to nothing.

    For lock and exit. Returns False when a reader or writer was in the way; the log then stays,
    encrypted as the database is, and nothing is lost. It does not wait for one: a lid that closes
    has no time for that.
    """
    try:
        connection.execute("PRAGMA busy_timeout=0")
        blocked = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except dbapi2.Error as error:
        refusal = plain_error(error)
        if isinstance(refusal, Busy):
            return False
        raise refusal from None
    finally:
        with contextlib.suppress(dbapi2.Error):
            connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
    return not blocked


def backup(source: Connection, target: Path, key: bytes) -> None:
    """Copy an open database, whole and as of one moment, to a new file under another key.

    A plain copy of an open database's file may lack its tables: they are still in the log. The
    copy is one file without a log, opened again and checked page by page before it takes its
    name; `user_version` is kept. Others may read and write meanwhile. Slow (about a second for
    100 MB): for a thread. Raises `AlreadyThere`, `DiskFull`, `ReadOnlyFolder`, `Damaged`.
    """
    if target.exists():
        raise AlreadyThere
    part = target.with_name(f".{target.name}.part")
    remove_database(part)
    try:
        copy = open_encrypted(part, key, create=True)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()
        _test_open(part, key)
        with open(part, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, target)
        flush_folder(target.parent)
    except (dbapi2.Error, OSError, Refused) as error:
        remove_database(part)
        raise plain_error(error) from None


def _test_open(path: Path, key: bytes) -> None:
    """Open a finished copy and check every page's tag and every table's shape."""
    copy = open_encrypted(path, key)
    try:
        bad_pages = copy.execute("PRAGMA cipher_integrity_check").fetchall()
        shape = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        copy.close()
    if bad_pages or shape != "ok":
        raise Damaged


def remove_database(path: Path) -> None:
    """Remove an unfinished database file and what SQLite may have laid beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()


def _give_key(connection: Connection, key: bytes) -> None:
    """Hand over the raw key by the C call, since a trace callback sees a PRAGMA, and forget it."""
    raw = bytearray(b"x'" + key.hex().encode() + b"'")
    try:
        connection.set_key(raw)
    finally:
        raw[:] = bytes(len(raw))


def _refuse_unfit(path: Path) -> None:
    """Refuse a file that SQLite would take for a new database, or a plain one, or read-only."""
    try:
        header = read_file(path, len(PLAIN_HEADER))
    except FileNotFoundError:
        raise NoDatabase from None
    except OSError as error:
        raise plain_os_error(error) from None
    if not header:
        raise NoDatabase
    if header == PLAIN_HEADER:
        raise NotEncrypted
    for beside in ("-wal", "-shm"):
        name = path.name + beside
        if path.with_name(name).is_dir():
            raise FolderInTheWay(name)  # SQLite would open it, and call it read-only later
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise ReadOnlyFolder  # SQLite would open it to read, and fail at the first note


def _refuse_unproved(path: Path, key: bytes) -> None:
    """Refuse, having written nothing, a key or a log that does not belong to this file."""
    if not write_ahead.has_log(path):
        return
    if not write_ahead.proves_key(path, key) or write_ahead.is_foreign(path, key):
        raise CannotRead
