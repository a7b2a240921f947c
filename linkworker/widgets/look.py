"""How it looks on this laptop: kept beside the store, in plain, because the door shows it too."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from linkworker.widgets import themes

FILE_NAME = "look.json"
LARGEST_BYTES = 10_000


class Look(NamedTuple):
    """What a person chose. Nothing here says anything about anybody.

    A tuple with names: to make a dataclass takes 1 ms, on the way to the first frame.
    """

    theme: str = ""
    """One of `themes.NAMES`; "" where nobody has chosen."""
    screen_reader: bool = False
    hiding_locks: bool = False
    """Whether hiding everything locks it as well."""
    key_not_on_paper: bool = False
    """Whether a recovery key was shown and its end never typed back."""


def read(folder: Path) -> Look:
    """Return what was chosen; what cannot be read counts as not chosen."""
    path = folder / FILE_NAME
    if not path.exists():
        return Look()
    import json  # 3 ms, on the way to the first frame

    from linkworker.folders import read_file

    try:
        told = json.loads(read_file(path, LARGEST_BYTES))
    except (OSError, ValueError, RecursionError):
        return Look()
    if not isinstance(told, dict):
        return Look()
    theme = told.get("theme")
    return Look(
        theme=theme if theme in themes.NAMES else "",
        screen_reader=told.get("screen_reader") is True,
        hiding_locks=told.get("hiding_locks") is True,
        key_not_on_paper=told.get("key_not_on_paper") is True,
    )


def write(folder: Path, look: Look) -> None:
    """Keep what was chosen. Raises `Refused` where the folder cannot be written.

    Where nothing is chosen there is no file: a start that need not read one is 3 ms sooner.
    """
    import json

    from linkworker import folders

    path = folder / FILE_NAME
    if look != Look():
        folders.write_whole(path, json.dumps(look._asdict(), indent=1).encode())
        return
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise folders.plain_os_error(error) from None
