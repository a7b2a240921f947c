"""Setting up a store so that being killed half-way leaves nothing half made.

Everything is made in a folder within the folder; then the key files are moved into place and, last,
the records. A start that finds the key in place and the records still waiting moves them too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linkworker import folders
from linkworker.storage.connections import RECORDS

BEING_MADE = "being-made"
"""The folder in which a new store is made."""


@contextmanager
def setting_up(folder: Path) -> Iterator[Path]:
    """Lend a private folder to make a store in; what is in it at the end moves to `folder`.

    Raises `AlreadyThere` where `folder` holds anything but what an earlier, broken-off try left.
    """
    if folder.exists() and any(one.name != BEING_MADE for one in folder.iterdir()):
        raise folders.AlreadyThere
    folders.make_private_folder(folder)
    place = folder / BEING_MADE
    if place.exists():
        shutil.rmtree(place)
    folders.make_private_folder(place)
    try:
        yield place
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    _move(place, folder)


def finish_setting_up(folder: Path) -> None:
    """Move what a set-up left waiting when it was cut off between its two moves."""
    place = folder / BEING_MADE
    if (place / RECORDS).exists() and any(folder.glob("*.json")):
        _move(place, folder)


def _move(place: Path, folder: Path) -> None:
    """Move the records last: a key without records is finished later, the reverse never is."""
    for one in sorted(place.iterdir(), key=lambda one: one.name == RECORDS):
        one.replace(folder / one.name)
    folders.flush_folder(folder)
    place.rmdir()
