"""A log that a killed program left beside the records: looked at before anything is opened with it.

What does not belong is set aside under another name, never deleted, and the person is told.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from linkworker import save_marks, write_ahead
from linkworker.refusal import Refused


def set_aside_if_foreign(records: Path, data_key: bytes) -> str | None:
    """Set aside a log that is another file's, or goes on from another state of this one.

    Returns the sentence that says so, None where none was set aside.

    Looks only where the key is that of the records: with any other nothing is touched. A start
    without a log, which is every start after a lock, costs one look at the folder.
    """
    if not (records.exists() and write_ahead.has_log(records)):
        return None
    if not write_ahead.proves_key(records, data_key):
        return None
    if write_ahead.is_foreign(records, data_key):
        whose = "of other records"
    elif save_marks.is_of_another_time(records, data_key):
        whose = "of another copy of these records"
    else:
        return None
    aside = write_ahead.set_aside(records)
    return (
        f"Beside the records lay the log {whose}. It was not used, and is kept as "
        f"{aside.name}. If you put back a backup over records in use, the notes written after that "
        "backup are not in these records."
    )


def keep_if_damaged(records: Path, writer: Any) -> str | None:
    """Keep a copy of a log that SQLite could not read to its end; return the sentence for it.

    For a connection just opened, before anything is written: the next write would go over what
    could not be read. Where another program is writing, the log is not one that was left.
    """
    if not write_ahead.unread_saves(records):
        return None
    try:
        writer.execute("BEGIN IMMEDIATE")  # now nobody is in the middle of a save
    except dbapi2.Error:
        return None
    try:
        unread = write_ahead.unread_saves(records)
        if not unread:
            return None
        kept = write_ahead.keep_copy(records).name
    except Refused as refusal:
        kept = ""
        said = f"It could not be copied: {refusal.why}"
    else:
        said = f"A copy of it is kept as {kept}."
    finally:
        writer.execute("ROLLBACK")
    return (
        f"linkworker had stopped without locking, and its log of what was saved last is damaged: "
        f"{unread} {'save' if unread == 1 else 'saves'} at its end could not be read. {said} Look "
        "whether your last notes are there."
    )


def kept_logs(folder: Path) -> tuple[str, ...]:
    """Return the names of the logs that were set aside or copied, oldest first by number."""
    return tuple(sorted(one.name for one in folder.glob("*-set-aside-*.db-wal")))
