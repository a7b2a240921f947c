"""What a store refuses, and faults of database and disk told apart from those of the program."""

from __future__ import annotations

from sqlcipher3 import dbapi2

from linkworker import cipher
from linkworker.refusal import Refused


class StoreIsLocked(Refused):
    """Something was asked of a store that is locked."""

    def __init__(self) -> None:
        super().__init__(
            "That was not done.", "The records are locked.", "Unlock them with your passphrase."
        )


class MadeUpOnly(Refused):
    """A made-up store was asked to take in real people."""

    def __init__(self) -> None:
        super().__init__(
            "That was not done.",
            "These are made-up people, and real ones must never be mixed in with them.",
            "Start your own records first: 'linkworker new'.",
        )


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
