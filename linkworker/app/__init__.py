"""The app itself: `LinkworkerApp`, and `run`, which the command line calls.

`application` has the places and the keys that work everywhere, `opening` what happens at the door:
fetching the store, unlocking, locking, leaving.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

from linkworker.app.application import LinkworkerApp
from linkworker.refusal import Refused

__all__ = ["LinkworkerApp", "NoPassphraseFile", "read_passphrase", "run"]


class NoPassphraseFile(Refused):
    """The file that should hold the passphrase cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            "The passphrase was not read.",
            "The file named for it cannot be opened.",
            "Check the name after --passphrase-file, or leave it out and type the passphrase.",
        )


def read_passphrase(path: Path) -> str:
    """Return the first line of a passphrase file, without its line end."""
    try:
        return path.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise NoPassphraseFile from None


def run(
    data: Path,
    passphrase_file: Path | None = None,
    made_up: bool = False,
    screen_reader: bool = False,
    prepare_made_up: Callable[[], Path] | None = None,
) -> int:
    """Open the app over the store in `data` and return the exit status.

    `passphrase_file` holds the passphrase on its first line. `made_up` opens a made-up store
    without asking. `prepare_made_up` makes a made-up caseload if there is none yet and returns its
    folder: it is called in a thread when somebody beginning chooses to try. Raises `Refused` where
    the passphrase file cannot be read.
    """
    gc.disable()
    passphrase = read_passphrase(passphrase_file) if passphrase_file is not None else None
    app = LinkworkerApp(
        data,
        passphrase=passphrase,
        made_up=made_up,
        screen_reader=screen_reader,
        prepare_made_up=prepare_made_up,
    )
    try:
        status = app.run()
    finally:
        app.put_away()
    return app.return_code or status or 0
