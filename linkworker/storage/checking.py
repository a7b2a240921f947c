"""`check`: is everything whole? Says what was looked at, and never changes anything."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from linkworker import cipher
from linkworker.storage.connections import RECORDS
from linkworker.storage.migrating import version_of


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
    people: int
    notes: int
    drafts: int
    not_sent: int

    def as_json(self) -> dict[str, Any]:
        """Return the findings as one JSON object."""
        return asdict(self)


def check(connection: Any, folder: Path, capture: bool) -> Checked:
    """Look at the open store; `capture` says whether its schema was proved at the start."""
    faults = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    faults += [
        str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"
    ]
    with (folder / RECORDS).open("rb") as file:
        plain = file.read(len(cipher.PLAIN_HEADER)) == cipher.PLAIN_HEADER
    encrypted = not plain and str(connection.execute("PRAGMA cipher_status").fetchone()[0]) == "1"
    last, counted = connection.execute(
        "SELECT d.n, (SELECT count(*) FROM sync_op o WHERE o.dev = d.dev) FROM sync_device d"
    ).fetchone()
    docs, indexed = connection.execute(
        "SELECT (SELECT count(*) FROM search_doc), (SELECT count(*) FROM search_fts_docsize)"
    ).fetchone()
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM person WHERE hidden_at IS NULL),"
        " (SELECT count(*) FROM note WHERE hidden_at IS NULL),"
        " (SELECT count(*) FROM draft),"
        " (SELECT count(*) FROM sync_op WHERE hub_seq IS NULL)"
    ).fetchone()
    operations, search = last == counted, docs == indexed
    return Checked(
        ok=encrypted and not faults and capture and operations and search,
        encrypted=encrypted,
        whole=not faults,
        faults=tuple(faults),
        capture=capture,
        operations=operations,
        search=search,
        schema=version_of(connection),
        people=counts[0],
        notes=counts[1],
        drafts=counts[2],
        not_sent=counts[3],
    )
