"""A copy of a hub's records in one encrypted file, from either database and into either.

It holds the records, the audit and the hub's certificates, and neither the key nor the list of
erased scopes: whoever was erased since is erased again before a hub that was put back opens.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from linkworker import cipher, folders
from linkworker.hub import certificates, keeping, putting_back, upgrading
from linkworker.hub.certificates import BrokenAuthority
from linkworker.hub.database import SqliteDatabase, Tx
from linkworker.hub.house import Hub
from linkworker.hub.putting_back import FILES
from linkworker.refusal import Refused

PAGE = 2_000
"""Rows that are held in memory at once."""

BEING_READ = "backup-being-read.db"
"""A copy of a backup of an older release, encrypted as that is; gone when it was put back."""

TABLES: dict[str, tuple[str, ...]] = {
    "hub_meta": ("name",),
    "hub_op": ("dev", "n"),
    "hub_scope": ("scope",),
    "hub_grant": (),
    "hub_organisation": ("id",),
    "hub_erased": ("scope",),
    "hub_worker": ("id",),
    "hub_alias": ("alias",),
    "hub_laptop": ("id",),
    "hub_device": ("dev",),
    "hub_invite": ("secret_hash",),
    "hub_told": ("worker", "n"),
    "hub_tells": ("dev", "n"),
    "hub_face": ("person",),
    "hub_clue": ("clue", "person"),
    "hub_pair": ("one", "other"),
    "hub_introduction": ("id",),
    "hub_partner": ("id",),
    "hub_audit": ("seq",),
}
"""Every table of the hub with the key by which it is read page by page; without one, at once."""

TEAM = frozenset(
    (
        *("hub_worker", "hub_alias", "hub_laptop", "hub_device", "hub_invite", "hub_grant"),
        *("hub_told", "hub_introduction", "hub_partner"),
    )
)
"""Of these, who is in the team, who holds whom, and what was taken in: what was ended must never
begin again."""


class NoBackup(Refused):
    """The file is no backup of a hub, or was sealed with another key."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was put back.",
            "This is no backup of a hub, it is not whole, or its key is another.",
            "Name the file, and its key with --backup-key.",
        )


def backup(hub: Hub, file: Path, key: bytes) -> int:
    """Write a hub's records into a new encrypted file; return how many writes it holds.

    All of it is of one moment; laptops may go on meanwhile. Raises `AlreadyThere`, and
    `BrokenAuthority` where the authority is not there to be copied.
    """
    if file.exists():
        raise folders.AlreadyThere
    try:
        connection = cipher.connect(file, key, create=True)
        try:
            number = _fill(hub, connection)
            cipher.checkpoint(connection)
            connection.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        finally:
            connection.close()
    except BaseException:
        for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
            file.with_name(name).unlink(missing_ok=True)  # half a backup would be taken for a whole
        raise
    return number


def _fill(hub: Hub, connection: Any) -> int:
    copy = SqliteDatabase(connection)
    with hub.database.reading() as source, copy.writing() as target:
        target.execute("CREATE TABLE backup_file (name TEXT PRIMARY KEY, content BLOB NOT NULL)")
        for table in TABLES:
            _copy(source, target, table, _columns(target, table))
        for name in FILES:
            try:
                content = (hub.folder / name).read_bytes()
            except OSError:
                raise BrokenAuthority(name) from None
            target.execute("INSERT INTO backup_file (name, content) VALUES (?, ?)", (name, content))
        return int(target.value("SELECT count(*) FROM hub_op", ()))


def restore(hub: Hub, file: Path, key: bytes, epoch: str, *, team_too: bool = False) -> int:
    """Put a backup back in place of a hub's records; return how many scopes were erased again.

    The records change in one transaction, and with them the authority: all or nothing. Whoever was
    erased, by the list beside the records, by what the hub knew or by the backup, is so again. The
    audit of a hub that has one goes on as it is, and in the same folder so does its team: in it
    a laptop that was lost since, somebody who left, an invite that was used and a person who was
    handed over stay so, unless the team is to be put back too (`team_too`). A new life begins, so
    each laptop sends again what was forgotten. Raises `NoBackup`, and `Served` while laptops are
    served.
    """
    with keeping.alone(hub.folder), hub.database.alone():
        return _put_back(hub, file, key, epoch, team_too)


def _put_back(hub: Hub, file: Path, key: bytes, epoch: str, team_too: bool) -> int:
    with _opened(hub.folder, file, key) as source, hub.database.writing() as target:
        gone = hub.erased.scopes()
        gone |= {scope for (scope,) in target.rows("SELECT scope FROM hub_erased", ())}
        kept = {"hub_audit"} if target.value("SELECT max(seq) FROM hub_audit", ()) else set()
        files = source.rows("SELECT name, content FROM backup_file", ())
        if not team_too and _is_of_this_hub(hub, dict(files)):
            kept |= TEAM
        for table in TABLES:
            if table in kept:
                continue
            if table != "hub_audit":
                target.execute(f"DELETE FROM {table}")
            _copy(source, target, table, _columns(source, table))
        gone |= {scope for (scope,) in source.rows("SELECT scope FROM hub_erased", ())}
        hub.erased.add(gone)
        for scope in sorted(gone):
            hub.ledger.erase_in(target, scope)
        hub.ledger.begin_life_in(target, epoch)
        putting_back.make_ready(hub.folder, epoch, dict(files))
    putting_back.finish(hub.folder, epoch)
    return len(gone)


def _is_of_this_hub(hub: Hub, files: dict[str, bytes]) -> bool:
    """Say whether a backup is an earlier one of the hub in whose folder it is put back."""
    here = (hub.folder / certificates.AUTHORITY).read_bytes()
    return bytes(files.get(certificates.AUTHORITY, b"")) == here


@contextmanager
def _opened(folder: Path, file: Path, key: bytes) -> Iterator[Tx]:
    """Lend a backup to read, if it is whole; one of an older release as it would be of this one."""
    with _read(file, key) as connection:
        form = _form_of(connection)
        if form == upgrading.FORM:
            yield Tx(connection.execute)
    if form != upgrading.FORM:
        with _copied(folder, file) as copy, _read(copy, key) as connection:
            upgrading.bring_on(connection)
            yield Tx(connection.execute)


@contextmanager
def _read(file: Path, key: bytes) -> Iterator[Any]:
    if not file.is_file():
        raise NoBackup
    try:
        connection = cipher.open_encrypted(file, key)
    except Refused:
        raise NoBackup from None
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _copied(folder: Path, file: Path) -> Iterator[Path]:
    """Lend a copy of a backup in the hub's own folder, where it may be changed."""
    copy = folder / BEING_READ
    try:
        shutil.copyfile(file, copy)
        copy.chmod(0o600)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _form_of(connection: Any) -> int:
    """Return the form of a whole backup's tables. Raises `NoBackup`."""
    try:
        form = upgrading.form_of(connection)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
        checked = connection.execute("PRAGMA quick_check").fetchone()
    except dbapi2.DatabaseError:
        raise NoBackup from None
    named = {"backup_file", *(TABLES if form == upgrading.FORM else ())}
    if checked != ("ok",) or not named <= tables:
        raise NoBackup
    return form


def _columns(tx: Tx, table: str) -> list[str]:
    return [str(row[1]) for row in tx.rows(f"PRAGMA table_info({table})", ())]


def _copy(source: Tx, target: Tx, table: str, columns: list[str]) -> None:
    names = ", ".join(columns)
    marks = ", ".join("?" for _ in columns)
    for row in _rows(source, table, columns, names):
        target.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)


def _rows(source: Tx, table: str, columns: list[str], names: str) -> Iterator[tuple[Any, ...]]:
    key = TABLES[table]
    if not key:
        yield from source.rows(f"SELECT {names} FROM {table}", ())
        return
    order, at = ", ".join(key), [columns.index(name) for name in key]
    marks = ", ".join("?" for _ in key)
    page = source.rows(f"SELECT {names} FROM {table} ORDER BY {order} LIMIT {PAGE}", ())
    while page:
        yield from page
        last = [page[-1][index] for index in at]
        page = source.rows(
            f"SELECT {names} FROM {table} WHERE ({order}) > ({marks}) ORDER BY {order} "
            f"LIMIT {PAGE}",
            last,
        )
