"""Faults of the database and the disk, told apart from faults of the program."""

from __future__ import annotations

from sqlcipher3 import dbapi2

from linkworker import cipher


def in_plain_words(error: BaseException) -> BaseException:
    """Return the refusal for a fault of database or disk; any other error as it is."""
    if isinstance(error, dbapi2.Error | OSError):
        return cipher.plain_error(error)
    return error


def was_interrupted(error: BaseException) -> bool:
    """Return whether a statement ended because somebody asked it to."""
    return getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT" or (
        isinstance(error, dbapi2.OperationalError) and str(error) == "interrupted"
    )
