"""Opening the app, on one's own records or on made-up people."""

from __future__ import annotations

from linkworker.shell.opening import folder_of
from linkworker.shell.usage import Typed


def open_app(typed: Typed) -> int:
    """Open the app over the records in the folder; return its exit status."""
    import gc
    from pathlib import Path

    gc.disable()  # importing makes much and drops nothing; the app enables it at its first frame
    from linkworker.app import run

    named = typed.value("--passphrase-file")
    return run(
        folder_of(typed),
        Path(named) if named else None,
        screen_reader=typed.has("--screen-reader"),
    )
