"""Taking what is left out of a damaged database, row by row, into a new file.

SQLCipher seals every page, so a damaged page is known and never read as something else. After one
such page a connection reads no more (its statements all fail), and no build has SQLite's own
`.recover`. So a table is read in pieces; a piece that fails is read again in halves, on a fresh
connection each time, until what is lost is known by row. What was lost here, the hub may have.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from linkworker import cipher, save_marks, write_ahead
from linkworker.folders import AlreadyThere, flush_folder, make_private_file
from linkworker.write_ahead import log_of

PIECE = 512
"""Rows read at once."""

BLOCK = 4096
"""Bytes: a page of the database, and what is left out where the disk itself cannot read."""

LARGEST_ROWID = (1 << 63) - 1

Row = tuple[Any, ...]


@dataclass(frozen=True)
class SavedTable:
    """What became of one table."""

    name: str
    saved: int
    """Rows in the new file."""
    lost: int | None
    """Rows that could not be read; None where nothing is left that says how many there were."""


@dataclass(frozen=True)
class Salvaged:
    """What became of a database."""

    tables: tuple[SavedTable, ...]
    left_out: bool = False
    """Whether a log lay beside it that does not belong to it, and was left out."""

    @property
    def saved(self) -> int:
        """Return the rows saved, over all tables."""
        return sum(table.saved for table in self.tables)

    @property
    def whole(self) -> bool:
        """Say whether no row was lost."""
        return all(table.lost == 0 for table in self.tables)


def salvage(path: Path, key: bytes, target: Path, target_key: bytes | None = None) -> Salvaged:
    """Save every readable row of the damaged database at `path` to a new one at `target`.

    The damaged file is not touched: the work is done on a copy, for which there must be room. A log
    of another file, or one that goes on from another copy of this one, is left out. The new file
    has the same tables, indexes, triggers and `user_version`, and the same key unless `target_key`
    is given; search indexes are made anew. Rows whose parent was lost are kept. Slow: for a thread.
    Raises `AlreadyThere`, `CannotRead` (the first page, or the list of tables, is
    damaged: only a backup helps), `DiskFull`, `ReadOnlyFolder`.
    """
    if target.exists():
        raise AlreadyThere
    work = target.with_name(f".{target.name}.work")
    part = target.with_name(f".{target.name}.part")
    cipher.remove_database(work)
    cipher.remove_database(part)
    try:
        _copy_what_reads(path, work)
        left_out = save_marks.is_of_another_time(path, key)
        if not left_out:
            _copy_what_reads(log_of(path), log_of(work))
            # Asked of the copy, which reads where the disk does not. Where the key is not proven,
            # the file's own log would look like another's.
            if write_ahead.proves_key(work, key) and write_ahead.is_foreign(work, key):
                log_of(work).unlink()
                left_out = True
        damaged = _Damaged(work, key)
        new = cipher.open_encrypted(part, target_key or key, create=True)
        try:
            found = Salvaged(tuple(_save_all(damaged, new)), left_out)
        finally:
            new.close()
            damaged.close()
        os.replace(part, target)
        flush_folder(target.parent)
    except (dbapi2.Error, OSError) as error:
        raise cipher.plain_error(error) from None
    finally:
        cipher.remove_database(work)
        cipher.remove_database(part)
    return found


class _Damaged:
    """The damaged database: a connection that is opened anew after every error."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._connection: Any = None

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[Row] | None:
        """Return the rows of a query, or None where it met a damaged page."""
        if self._connection is None:
            try:
                self._connection = cipher.open_encrypted(self._path, self._key, cut_short=True)
            except cipher.Damaged:  # the list of tables itself
                raise cipher.CannotRead from None
        try:
            rows: list[Row] = self._connection.execute(sql, values).fetchall()
        except dbapi2.DatabaseError:
            self.close()
            return None
        return rows

    def close(self) -> None:
        """Close the connection; the next read opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _save_all(damaged: _Damaged, new: Any) -> Iterator[SavedTable]:
    """Build the new database: tables and rows first, then what is derived from them."""
    schema = damaged.read("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    version = damaged.read("PRAGMA user_version")
    if schema is None or version is None:
        raise cipher.CannotRead
    made: dict[str, list[tuple[str, str]]] = {}
    for kind, name, sql in schema:
        made.setdefault(kind, []).append((name, sql))
    virtual = [(n, s) for n, s in made.get("table", ()) if s.upper().startswith("CREATE VIRTUAL")]
    shadows = tuple(f"{name}_" for name, _ in virtual)
    new.execute("PRAGMA foreign_keys=OFF")
    new.execute("BEGIN IMMEDIATE")
    for name, sql in made.get("table", ()):
        if (name, sql) in virtual or name.startswith(("sqlite_", *shadows)):
            continue
        new.execute(sql)
        yield _save_table(damaged, new, name, sql)
    for kind in ("index", "view"):  # a full-text index may read its words in a view
        for _, sql in made.get(kind, ()):
            new.execute(sql)
    for name, sql in virtual:
        new.execute(sql)
        _index_anew(damaged, new, name)
    for _, sql in made.get("trigger", ()):
        new.execute(sql)
    new.execute(f"PRAGMA user_version={int(version[0][0])}")
    new.execute("COMMIT")


def _index_anew(damaged: _Damaged, new: Any, name: str) -> None:
    """Fill a full-text index from its table, with the settings that it had (secure-delete)."""
    quoted = _quoted(name)
    settings = damaged.read(f"SELECT k, v FROM {_quoted(name + '_config')} WHERE k <> 'version'")
    for setting, value in settings or [("secure-delete", 1)]:
        new.execute(f"INSERT INTO {quoted}({quoted}, rank) VALUES (?, ?)", (setting, value))
    new.execute(f"INSERT INTO {quoted}({quoted}) VALUES ('rebuild')")


def _save_table(damaged: _Damaged, new: Any, name: str, sql: str) -> SavedTable:
    """Copy every readable row of one table."""
    table = _quoted(name)
    info = damaged.read(f"PRAGMA table_xinfo({table})") or []
    columns = [_quoted(row[1]) for row in info if row[6] == 0]  # the others are computed
    without_rowid = "WITHOUT ROWID" in sql.upper().rsplit(")", 1)[-1]
    if without_rowid:
        key = [_quoted(row[1]) for row in sorted(info, key=lambda row: row[5]) if row[5]]
    else:
        key = ["_rowid_"]
        columns.insert(0, "_rowid_")
    known = _keys(damaged, name, key)
    if known:
        pieces = _by_list(damaged, table, columns, key, known)
    elif without_rowid:
        pieces = _from_both_ends(damaged, table, columns, key)
    else:
        pieces = _by_feeling(damaged, table, columns)
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT OR IGNORE INTO {table}({', '.join(columns)}) VALUES ({marks})"
    saved, strays = 0, False
    keys, places = set(known or ()), [columns.index(one) for one in key]
    for piece in pieces:
        strays = strays or any(tuple(row[at] for at in places) not in keys for row in piece)
        before = new.total_changes
        new.executemany(insert, piece)
        saved += new.total_changes - before
    # A row without a key: the index that gave the keys lacks some itself, so nobody knows.
    return SavedTable(name, saved, None if known is None or strays else len(known) - saved)


def _keys(damaged: _Damaged, name: str, key: list[str]) -> list[Row] | None:
    """Return the keys of all rows, in order, from any whole index or the table itself.

    None where nothing is left that has them all.
    """
    table = _quoted(name)
    wanted = ", ".join(key)
    for row in damaged.read(f"PRAGMA index_list({table})") or []:
        if row[4]:  # an index of some rows only
            continue
        held = f"{table} INDEXED BY {_quoted(row[1])}"
        keys = damaged.read(f"SELECT {wanted} FROM {held} ORDER BY {wanted}")
        if keys is not None:
            return keys
    return damaged.read(f"SELECT {wanted} FROM {table} NOT INDEXED ORDER BY {wanted}")


def _by_list(
    damaged: _Damaged, table: str, columns: list[str], key: list[str], known: list[Row]
) -> Iterator[list[Row]]:
    """Give the readable rows, piece by piece of the keys known to be there, then halves of pieces.

    Each piece begins where the one before it ends, and the first and the last have no other end:
    so rows that the index lacked are read too, before, between and after those that it has.
    """
    bound, marks = f"({', '.join(key)})", f"({', '.join('?' * len(key))})"
    select = f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED WHERE "

    def read(after: Row, keys: list[Row], to_the_end: bool) -> list[Row] | None:
        up_to = () if to_the_end else keys[-1]
        ends = [f"{bound} > {marks}"] * bool(after) + [f"{bound} <= {marks}"] * bool(up_to)
        return damaged.read(select + (" AND ".join(ends) or "1"), (*after, *up_to))

    ends = range(0, len(known), PIECE)
    waiting = [(known[at - 1] if at else (), known[at : at + PIECE]) for at in ends]
    while waiting:
        after, keys = waiting.pop()
        rows = read(after, keys, keys[-1] == known[-1])
        if rows is None and len(keys) == 1:  # perhaps it is only its neighbours that do not read
            rows = damaged.read(f"{select}{bound} = {marks}", keys[0])
        if rows is not None:
            yield rows
        elif len(keys) > 1:
            half = len(keys) // 2
            waiting += [(after, keys[:half]), (keys[half - 1], keys[half:])]


def _by_feeling(damaged: _Damaged, table: str, columns: list[str]) -> Iterator[list[Row]]:
    """Give the readable rows where no index says which there were: forward, and over each gap."""
    sql = (
        f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED "
        "WHERE _rowid_ >= ? ORDER BY _rowid_ LIMIT ?"
    )
    at, limit = -LARGEST_ROWID - 1, PIECE
    while True:
        rows = damaged.read(sql, (at, limit))
        if rows is not None:
            yield rows
            if len(rows) < limit or rows[-1][0] == LARGEST_ROWID:
                return
            at, limit = rows[-1][0] + 1, PIECE
        elif limit > 1:
            limit //= 2
        else:
            beyond = _beyond_the_gap(damaged, sql, at)
            if beyond is None:
                return
            at, limit = beyond, PIECE


def _beyond_the_gap(damaged: _Damaged, sql: str, unread: int) -> int | None:
    """Return the least row id after `unread` from which something reads, found in steps that
    double and then halve; None where nothing after it reads."""
    low, step = unread, 1
    while damaged.read(sql, (low + step, 1)) is None:
        low, step = low + step, step * 2
        if low + step > LARGEST_ROWID:
            return None
    high = low + step
    while high - low > 1:
        middle = (low + high) // 2
        if damaged.read(sql, (middle, 1)) is None:
            low = middle
        else:
            high = middle
    return high


def _from_both_ends(
    damaged: _Damaged, table: str, columns: list[str], key: list[str]
) -> Iterator[list[Row]]:
    """Give the readable rows of a table without row ids: up to the gap from either end."""
    for way, over in (("ASC", ">"), ("DESC", "<")):
        order = ", ".join(f"{one} {way}" for one in key)
        places = [columns.index(one) for one in key]
        last: tuple[Any, ...] = ()
        limit = PIECE
        while True:
            after = ""
            if last:
                after = f"WHERE ({', '.join(key)}) {over} ({', '.join('?' * len(key))})"
            rows = damaged.read(
                f"SELECT {', '.join(columns)} FROM {table} {after} ORDER BY {order} LIMIT {limit}",
                last,
            )
            if rows is None:
                if limit == 1:
                    break
                limit //= 2
                continue
            yield rows
            if len(rows) < limit:
                return
            last = tuple(rows[-1][place] for place in places)


def _copy_what_reads(source: Path, target: Path) -> None:
    """Copy a file block by block, zeros for a block that the disk cannot read."""
    if not source.exists():
        return
    make_private_file(target)
    with open(source, "rb", buffering=0) as old, open(target, "r+b") as copy:
        size = os.fstat(old.fileno()).st_size
        for at in range(0, size, BLOCK):
            wanted = min(BLOCK, size - at)
            data = b""
            with contextlib.suppress(OSError):
                old.seek(at)
                data = old.read(wanted) or b""
            copy.write(data.ljust(wanted, b"\0"))


def _quoted(name: str) -> str:
    """Return a name as SQL takes it, whatever it is."""
    return '"' + name.replace('"', '""') + '"'
