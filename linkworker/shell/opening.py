"""Opening the records from the shell: which folder, and the passphrase that nobody else sees."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from linkworker.refusal import Refused
from linkworker.shell.usage import Typed

if TYPE_CHECKING:
    from linkworker.store import Store


class NoRecords(Refused):
    """There is no store in the folder."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "There are no records in this folder.",
            "Check --data, or make them with 'linkworker new'.",
        )


class NoPassphrase(Refused):
    """The passphrase could not be asked for or read."""


def folder_of(typed: Typed) -> Path:
    """Return the folder of the records: `--data`, `LINKWORKER_DATA`, or this user's own.

    Raises `NotAFolder` where it is a file, `LinkToNowhere` where it is a link without an end.
    """
    named = typed.value("--data") or os.environ.get("LINKWORKER_DATA", "")
    if named:
        from linkworker.folders import refuse_a_file

        folder = Path(named).expanduser()
        refuse_a_file(folder)
        return folder
    from linkworker.folders import data_folder

    return data_folder() / "records"


@contextmanager
def opened(typed: Typed) -> Iterator[Store]:
    """Lend the open store; it is locked again whatever happens. Made-up people ask nothing."""
    from linkworker.store import Store

    store = Store.at(folder_of(typed))
    if store.state == "none":
        raise NoRecords
    if store.made_up:
        store.unlock_made_up()
    else:
        store.unlock(passphrase(typed))
    try:
        yield store
    finally:
        store.lock()


def passphrase(typed: Typed, *, new: bool = False) -> str:
    """Return the passphrase, from the file named or typed at the terminal; a `new` one twice."""
    if typed.has("--passphrase-file"):
        from linkworker.vault.passphrase import from_file

        return from_file(Path(typed.value("--passphrase-file")))
    _need_a_terminal()
    from getpass import getpass

    nothing_typed = NoPassphrase(
        "Nothing was done.",
        "No passphrase was typed.",
        "Type it at the terminal, or use --passphrase-file.",
    )
    try:
        given = getpass("Passphrase: ")
        if not given:
            raise nothing_typed  # Enter alone is no try
        if new and getpass("The same again: ") != given:
            raise NoPassphrase(
                "Nothing was made.", "The two passphrases are not the same.", "Try again."
            )
    except (EOFError, OSError, UnicodeError):
        raise nothing_typed from None
    return given


def _need_a_terminal() -> None:
    """Refuse where nobody can be asked, before words on standard input are taken for an answer."""
    if os.name == "nt":
        import sys

        there = sys.__stdin__ is not None and sys.__stdin__.isatty()
    else:
        try:
            os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
            there = True
        except OSError:
            there = False
    if not there:
        raise NoPassphrase(
            "The passphrase was not asked for.",
            "There is no terminal to ask at.",
            "Use --passphrase-file F, where the first line of F is the passphrase.",
        )
