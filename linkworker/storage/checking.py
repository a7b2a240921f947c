"""`check`: is everything whole? Says what was looked at, and never changes anything."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from linkworker import cipher
from linkworker.refusal import Refused
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
    """The search index agrees with the records."""
    schema: int
    people: int | None
    """How many there are; None, here and below, where damage keeps them from being counted."""
    notes: int | None
    drafts: int | None
    not_sent: int | None

    def as_json(self) -> dict[str, Any]:
        """Return the findings as one JSON object."""
        return asdict(self)


def check(connections: Connections, folder: Path, capture: bool) -> Checked:
    """Look at the open store; `capture` says whether its schema was proved at the start."""
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
    counted = number("SELECT count(*) FROM sync_op WHERE dev = (SELECT dev FROM sync_device)")
    operations = last is not None and last == counted
    docs = number("SELECT count(*) FROM search_doc")
    search = docs is not None and docs == number("SELECT count(*) FROM search_fts_docsize")
    people = number("SELECT count(*) FROM person WHERE hidden_at IS NULL")
    notes = number("SELECT count(*) FROM note WHERE hidden_at IS NULL")
    drafts = number("SELECT count(*) FROM draft")
    not_sent = number("SELECT count(*) FROM sync_op WHERE hub_seq IS NULL")
    return Checked(
        ok=encrypted and not faults and capture and operations and search,
        encrypted=encrypted,
        whole=not faults,
        faults=tuple(faults),
        capture=capture,
        operations=operations,
        search=search,
        schema=number("PRAGMA user_version") or 0,
        people=people,
        notes=notes,
        drafts=drafts,
        not_sent=not_sent,
    )
