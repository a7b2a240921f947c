"""A log that a killed program left beside the records: looked at before anything is opened with it.

What does not belong is set aside under another name, never deleted, and the person is told.
"""

from __future__ import annotations

from pathlib import Path

from linkworker import write_ahead


def set_aside_if_foreign(records: Path, data_key: bytes) -> str | None:
    """Set aside a log that is another file's; return the sentence that says so, None where none is.

    Looks only where the key is that of the records: with any other nothing is touched. A start
    without a log, which is every start after a lock, costs one look at the folder.
    """
    if not (records.exists() and write_ahead.has_log(records)):
        return None
    if not (
        write_ahead.proves_key(records, data_key) and write_ahead.is_foreign(records, data_key)
    ):
        return None
    aside = write_ahead.set_aside(records)
    return (
        "Beside the records lay the log of other records. It was not used, and is kept as "
        f"{aside.name}. If you put back a backup over records in use, the notes written after that "
        "backup are not in these records."
    )
