"""The open connections of one store: one writer, a few readers, one that searches.

A read known to be short runs on the thread that asks; the writer is one at a time. Each connection
has its own page cache, so the idle ones are kept small and few.

What another connection has written empties a page cache: all that is read then is fetched and
opened again. So the app's own thread reads by the writer where nobody writes: what the app itself
writes, if only that somebody was opened, leaves that one's pages where they are.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from linkworker import cipher
from linkworker.folders import plain_os_error, refuse_link
from linkworker.oplog.capture import Capturing, register
from linkworker.refusal import Refused
from linkworker.storage.faults import StoreIsLocked, in_plain_words
from linkworker.storage.holding import Hold, waits_seconds

RECORDS = "records.db"
"""The database's name within the store's folder."""

CACHE_KIB = 4 * 1024
"""Page cache of each reader: together they stay small beside the app itself."""

WRITE_CACHE_KIB = 4 * 1024
"""Page cache of the writer, which the app's own thread reads by."""

BULK_CACHE_KIB = 32 * 1024
"""Page cache of the writer while very much is written: the pages that many acts come back to. With
less they are sealed and opened again between the acts, which takes half as long again."""

SEARCH_CACHE_KIB = 8 * 1024
"""Page cache of the searcher: the index's own pages are read again at every letter."""

POLL_CACHE_KIB = 256
"""Page cache of a connection that only asks whether something was written."""

KEPT_READERS = 2
"""Idle readers that stay open: the screen's own, and one worker's."""


CLOSE_SECONDS = 5.0
"""How long closing waits for whoever writes or searches; then that connection closes when it comes
back. A lid that closes, and an unlocking after it, must not hang behind a long import."""


def refuse_links(path: Path) -> None:
    """Raise `LinkInTheWay` where the records at `path`, or a file SQLite keeps beside, are a link.

    SQLite writes the log beside the file at the end of the link: there nobody would look whose it
    is, nor close it to others. That the whole folder is a link does no harm. Raises `Refused`.
    """
    try:
        refuse_link(path, also_second_name=False)  # a backup may share it, and is not written over
        for beside in ("-wal", "-shm"):
            refuse_link(path.with_name(path.name + beside))
    except OSError as error:
        raise plain_os_error(error) from None


class Connections:
    """All connections to one open database, and the key to open more."""

    def __init__(
        self, path: Path, key: bytes, now_ms: Callable[[], int], hold: Hold | None = None
    ) -> None:
        """Open the writer. `hold` is let go when all is closed."""
        self._hold = hold
        self._path = path
        self._key = bytearray(key)
        self._now_ms = now_ms
        self._idle: list[Any] = []
        self._lock = threading.Lock()
        self._closed = False
        self._writer_left = False
        self._read_by: Any = None
        """The writer while it is lent for reading; `writing` is held meanwhile."""
        self._waiting = 0
        """How many wait for `writing`: the app's own thread reads by the writer only where none."""
        self.gives_way = False
        """Whether who writes looks now and then whether somebody waits, and then ends (sync)."""
        self.writing = threading.RLock()
        """Held by whoever writes."""
        self.many_acts = False
        """Whether acts wait to be kept together (`bulk`)."""
        self.searching = threading.Lock()
        """Held by whoever searches."""
        self.writer_state = Capturing(now_ms)
        try:
            self.writer = self._open(self.writer_state, WRITE_CACHE_KIB)
        except BaseException:
            if hold is not None:
                hold.release()
            raise
        self._searcher: Any = None

    def _open(self, state: Capturing, cache_kib: int = CACHE_KIB) -> Any:
        """Open one more connection. Raises `StoreIsLocked` once closing has begun."""
        key = bytes(self._key)  # before the look: closing says that it closes, then zeroes the key
        if self._closed:
            raise StoreIsLocked
        connection = cipher.connect(self._path, key)
        connection.execute(f"PRAGMA cache_size=-{cache_kib}")
        register(connection, state)
        return connection

    @contextmanager
    def reader(self) -> Iterator[Any]:
        """Lend a connection for reading; it goes back to the idle ones.

        The app's own thread, which reads shortly, is lent the writer, if nobody writes or waits to:
        reading on and on it would keep everybody else out. Not after
        an error: one that met a damaged page reads nothing more, ever. Faults of the database come
        out in plain words. It is given back on the thread that borrowed it: see `Store.read`.
        """
        at_the_keys = threading.current_thread() is threading.main_thread()
        if at_the_keys and not self._waiting and self.writing.acquire(blocking=False):
            if not self._closed and self._read_by is None and not self.writer.in_transaction:
                try:
                    with self._writer_lent() as lent:
                        yield lent
                finally:
                    self.give_back_writer()
                return
            self.writing.release()
        with self._lock:
            if self._closed:
                raise StoreIsLocked
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._open(Capturing(self._now_ms))
        kept = False
        try:
            yield connection
            kept = self._kept_idle(connection)
        except Exception as error:
            raise in_plain_words(error) from None
        finally:
            if not kept:
                connection.close()

    @contextmanager
    def _writer_lent(self) -> Iterator[Any]:
        """Lend the writer for reading, on the thread that holds `writing`."""
        lent = self._read_by = self.writer
        try:
            yield lent
            if lent is self.writer:
                _look_away(lent)
            elif not self._kept_idle(lent):
                lent.close()
        except BaseException as error:
            if lent is self.writer:
                self.take_back(error)
            else:
                lent.close()
            raise in_plain_words(error) from None
        finally:
            if self._read_by is lent:
                self._read_by = None

    def _kept_idle(self, connection: Any) -> bool:
        """End what a reader looked at, and keep it if there is room for another idle one."""
        _look_away(connection)
        with self._lock:
            kept = len(self._idle) < KEPT_READERS and not self._closed
            if kept:
                self._idle.append(connection)
        return kept

    def writer_alone(self) -> None:
        """Have a writer that nobody reads by; `writing` is held.

        Within a read, on its own thread: what is being read stays as it was, by the connection that
        began it, and another one writes.
        """
        if self._read_by is not None:
            self.writer = self._open(self.writer_state, WRITE_CACHE_KIB)
            self._read_by = None

    @contextmanager
    def turn(self, patience: float | None = None) -> Iterator[Any]:
        """Lend the writer, one thread at a time. Raises `BusyHere` where another has it too long.

        Neither another program nor another thread of this one keeps a key waiting; who nobody
        waits for may have more `patience` (seconds).
        """
        if patience is None:
            patience = waits_seconds(self._hold is not None)
        if not self._has_turn(patience):
            raise cipher.BusyHere
        try:
            if self._closed and not self.many_acts:
                raise StoreIsLocked
            self.writer_alone()
            if not self.writer.in_transaction:  # within one nobody else has the turn
                self.writer.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")
            yield self.writer
        finally:
            self.give_back_writer()

    def _has_turn(self, patience: float) -> bool:
        """Wait `patience` seconds for `writing`, and longer where it soon ends.

        So it does where it is lent for reading, and where a sync writes, which gives way.
        Only the app's own thread reads by the writer, and never waits for itself: who waits is
        another thread of this program, what is read here ends by itself, and the next is read by
        another connection while somebody waits.
        """
        if self.writing.acquire(blocking=False):
            return True
        with self._lock:
            self._waiting += 1
        try:
            until = time.monotonic() + cipher.BUSY_SECONDS
            while not self.writing.acquire(timeout=patience):
                ends_soon = self._read_by is not None or self.gives_way
                if not ends_soon or time.monotonic() >= until:
                    return False
            return True
        finally:
            with self._lock:
                self._waiting -= 1

    def give_back_writer(self) -> None:
        """Let others write; where closing could not wait for this turn, close the writer now."""
        self.writing.release()
        left = self._writer_left and not self.many_acts and self._read_by is None
        if left and self.writing.acquire(blocking=False):
            self._close_writer()

    def take_back(self, error: BaseException) -> None:
        """Undo what the writer began, after `error`; replace a writer that met a damaged page."""
        spoilt = isinstance(in_plain_words(error), cipher.Damaged | cipher.DiskTrouble)
        try:
            _look_away(self.writer)
        except dbapi2.Error:
            spoilt = True
        if spoilt:
            with contextlib.suppress(Refused):  # or the old one says at the next act what is wrong
                new = self._open(self.writer_state, WRITE_CACHE_KIB)
                self.writer.close()
                self.writer = new

    @property
    def somebody_waits(self) -> bool:
        """Whether another thread waits to write."""
        return self._waiting > 0

    @property
    def is_closed(self) -> bool:
        """Whether the store is being locked, or is."""
        return self._closed

    def another(self) -> Any:
        """Return a connection that the caller closes."""
        return self._open(Capturing(self._now_ms), POLL_CACHE_KIB)

    @property
    def key(self) -> bytes:
        """The data key, for what wraps it anew."""
        return bytes(self._key)

    @contextmanager
    def search_turn(self) -> Iterator[Any]:
        """Lend the connection that only searches, so that a search can be interrupted.

        One search at a time. Raises `StoreIsLocked`.
        """
        with self.searching:
            try:
                yield self._search_connection()
            finally:
                if self._closed:
                    self.drop_searcher()

    def _search_connection(self) -> Any:
        with self._lock:
            if self._closed:
                raise StoreIsLocked
            if self._searcher is None:
                self._searcher = self._open(Capturing(self._now_ms), SEARCH_CACHE_KIB)
            return self._searcher

    def interrupt_search(self) -> None:
        """Stop the search that is running, if one is."""
        with self._lock:
            if self._searcher is not None:
                self._searcher.interrupt()

    def drop_searcher(self) -> None:
        """Let go of a searching connection that met an error."""
        with self._lock:
            if self._searcher is not None:
                self._searcher.close()
                self._searcher = None

    def close(self) -> None:
        """Write the log into the file, close everything and forget the key.

        A search is stopped first: a connection closed under the thread that steps through it takes
        the whole process down. Who searches or writes for longer than `CLOSE_SECONDS`, and a reader
        that is lent, ends well, and its connection is closed when it comes back.
        """
        with self._lock:
            self._closed = True
        self.interrupt_search()
        until = time.monotonic() + CLOSE_SECONDS
        if self.searching.acquire(timeout=CLOSE_SECONDS):
            self.drop_searcher()
            self.searching.release()
        with self._lock:
            for connection in self._idle:
                connection.close()
            self._idle.clear()
        self._writer_left = True
        if self.writing.acquire(timeout=max(0.0, until - time.monotonic())):
            if self._read_by is None:
                self._close_writer()
            else:  # within a read of this thread, which closes it when it has ended
                self.writing.release()
        self._key[:] = bytes(len(self._key))
        if self._hold is not None:
            self._hold.release()

    def _close_writer(self) -> None:
        """Bring the log home and close the writer, whose turn the caller has, and gives up."""
        self._writer_left = False
        try:
            with contextlib.suppress(Refused):  # a full disk: the log stays, and nothing is lost
                cipher.checkpoint(self.writer)
            self.writer.close()
        finally:
            self.writing.release()


def _look_away(connection: Any) -> None:
    """End what is looked at or begun, also by a cursor that nobody read to its end.

    Such a cursor outlives a ROLLBACK (an error's own frames may hold it), and its connection then
    goes on seeing what stood before and may write no more. The driver's `rollback` resets them all,
    but only within a transaction.
    """
    if not connection.in_transaction:
        connection.execute("BEGIN")
    connection.rollback()
