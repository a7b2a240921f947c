"""Faults of the database and the disk, told apart from faults of the program."""

from __future__ import annotations

from sqlcipher3 import dbapi2

from linkworker import cipher


def in_plain_words(error: BaseException) -> BaseException:
    """Return the refusal for a fault of database or disk; any other error as it is.

    SQLAlchemy's wrapping is known by its `orig`, so that reading need not import it.
    """
    wrapped = getattr(error, "orig", None)
    if isinstance(error, dbapi2.Error | OSError) or isinstance(wrapped, dbapi2.Error):
        return cipher.plain_error(error)
    return error


def was_interrupted(error: BaseException) -> bool:
    """Return whether a statement ended because somebody asked it to."""
    return getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT" or (
        isinstance(error, dbapi2.OperationalError) and str(error) == "interrupted"
    )
