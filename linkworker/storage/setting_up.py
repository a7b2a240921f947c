"""Setting up a store so that being killed half-way leaves nothing half made.

Everything is made in a folder within the folder; then the key files are moved into place and, last,
the records. A start that finds the key in place and the records still waiting moves them too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linkworker import folders, vault
from linkworker.storage.connections import RECORDS
from linkworker.storage.faults import in_plain_words

BEING_MADE = "being-made"
"""The folder in which a new store is made."""


@contextmanager
def setting_up(folder: Path) -> Iterator[Path]:
    """Lend a private folder to make a store in; what is in it at the end moves to `folder`.

    Raises `AlreadyThere` where `folder` holds records or a key file; what an earlier, broken-off
    try left is cleared away. Faults of the disk come out in plain words.
    """
    if vault.exists(folder) or (folder / RECORDS).exists():
        raise folders.AlreadyThere
    folders.make_private_folder(folder)
    place = folder / BEING_MADE
    try:
        if place.exists():
            shutil.rmtree(place)
        folders.make_private_folder(place)
        yield place
    except BaseException as error:
        shutil.rmtree(place, ignore_errors=True)
        raise in_plain_words(error) from None
    try:
        _move(place, folder)
    except OSError as error:  # what waits is moved at the next start
        raise in_plain_words(error) from None


def finish_setting_up(folder: Path) -> None:
    """Move what a set-up left waiting when it was cut off between its two moves."""
    place = folder / BEING_MADE
    if (place / RECORDS).exists() and vault.exists(folder):
        _move(place, folder)


def _move(place: Path, folder: Path) -> None:
    """Move the records last: a key without records is finished later, the reverse never is."""
    for one in sorted(place.iterdir(), key=lambda one: one.name == RECORDS):
        one.replace(folder / one.name)
    folders.flush_folder(folder)
    place.rmdir()
