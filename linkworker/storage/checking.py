"""`check`: is everything whole? Says what was looked at, and never changes anything."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from linkworker import cipher
from linkworker.refusal import Refused
from linkworker.rules import chain
from linkworker.schema.describing import shapes
from linkworker.storage import left_log, privacy, searching
from linkworker.storage.connections import RECORDS, Connections


@dataclass(frozen=True)
class Checked:
    """What `check` found. `ok` only if each of the others is as it should be."""

    ok: bool
    encrypted: bool
    """The file does not begin as a plain database does, and SQLCipher vouches for the key."""
    whole: bool
    """Every page has its own seal, and SQLite finds no fault in the structure."""
    faults: tuple[str, ...]
    """What SQLite or SQLCipher said, by page and table; never a value."""
    capture: bool
    """The capture triggers are those of this release."""
    operations: bool
    """The operations of this device count from 1 without a gap."""
    search: bool
    """Each searched text of the records is in the index as it stands, and nothing else is."""
    audit: bool
    """Each event of the audit follows from the one before it, and none that was kept is gone."""
    log: bool
    """At this opening no log was found that is damaged or of other records."""
    kept_logs: tuple[str, ...]
    """The logs that were set aside or copied, by name, at this opening or an earlier one."""
    private: bool | None
    """No other account can read the folder and its files; None where the system does not say."""
    made_private: tuple[str, ...]
    """What others could read until this opening, by name."""
    schema: int
    people: int | None
    """How many there are; None, here and below, where damage keeps them from being counted."""
    notes: int | None
    drafts: int | None
    not_sent: int | None

    def as_json(self) -> dict[str, Any]:
        """Return the findings as one JSON object."""
        return asdict(self)


def check(
    connections: Connections,
    folder: Path,
    capture: bool,
    made_private: tuple[str, ...] = (),
    log: bool = True,
) -> Checked:
    """Look at the open store; `capture` and `log` say what was seen at the start.

    Slow by purpose (seconds for ten years of notes): it reads everything.
    """
    faults: list[str] = []

    def ask(sql: str) -> list[Any]:
        """Return the rows of a query; none, and a fault more, where it met a damaged page."""
        try:
            with connections.reader() as connection:
                return list(connection.execute(sql))
        except Refused as refusal:
            faults.append(type(refusal).__name__)
            return []

    def number(sql: str) -> int | None:
        rows = ask(sql)
        return int(rows[0][0]) if rows else None

    faults += [str(row[0]) for row in ask("PRAGMA cipher_integrity_check")]
    faults += [str(row[0]) for row in ask("PRAGMA integrity_check") if row[0] != "ok"]
    with (folder / RECORDS).open("rb") as file:
        plain = file.read(len(cipher.PLAIN_HEADER)) == cipher.PLAIN_HEADER
    encrypted = not plain and number("PRAGMA cipher_status") == 1
    last = number("SELECT n FROM sync_device")
    spread = ask(
        "SELECT min(n), max(n), count(DISTINCT n) FROM sync_op "
        "WHERE dev = (SELECT dev FROM sync_device)"
    )
    operations = bool(last is not None and spread) and tuple(spread[0]) in (
        (1, last, last),
        (None, None, last),
    )
    awry = number(f"SELECT count(*) FROM ({searching.awry_sql(shapes())})")
    search = awry == 0 and _index_holds(connections, faults)
    events = ask(
        "SELECT id, worker_id, coalesce(at, ''), what, person_id, reason, chain "
        "FROM audit_event ORDER BY rowid"
    )
    kept = ask("SELECT pk FROM sync_op WHERE tbl = 'audit_event' AND kind = 'put' ORDER BY pk")
    audit = chain.holds(events) and sorted(event[0] for event in events) == [pk for (pk,) in kept]
    open_still = privacy.open_to_others(folder)
    private = None if open_still is None else not open_still
    people = number("SELECT count(*) FROM person WHERE hidden_at IS NULL")
    notes = number("SELECT count(*) FROM note WHERE hidden_at IS NULL")
    drafts = number("SELECT count(*) FROM draft")
    not_sent = number("SELECT count(*) FROM sync_op WHERE hub_seq IS NULL")
    return Checked(
        ok=encrypted
        and not faults
        and capture
        and operations
        and search
        and audit
        and log
        and private is not False,
        encrypted=encrypted,
        whole=not faults,
        faults=tuple(faults),
        capture=capture,
        operations=operations,
        search=search,
        audit=audit,
        log=log,
        kept_logs=left_log.kept_logs(folder),
        private=private,
        made_private=made_private,
        schema=number("PRAGMA user_version") or 0,
        people=people,
        notes=notes,
        drafts=drafts,
        not_sent=not_sent,
    )


def _index_holds(connections: Connections, faults: list[str]) -> bool:
    """Say whether the index has each word where it stands, and no other (FTS5's own check).

    It is asked for by a write that writes nothing (https://www.sqlite.org/fts5.html, 6.4), so it
    takes a turn as a writer does; a fault of the index itself counts as one of the file.
    """
    try:
        with connections.reader() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.execute(
                    "INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)"
                )
            except dbapi2.DatabaseError as error:
                if getattr(error, "sqlite_errorname", "") == "SQLITE_CORRUPT_VTAB":
                    return False
                raise
    except Refused as refusal:
        faults.append(type(refusal).__name__)
        return False
    return True
