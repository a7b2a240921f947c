"""Setting up a store so that being killed half-way leaves nothing half made.

Everything is made in a folder within the folder, under a name of its own and with the folder held
against other programs; then the key files are moved into place and, last, the records. Who was cut
off between the two is helped at the next unlocking: the data key proves then that what waits and
the key file belong together. Nothing is ever moved over something that is there.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

from linkworker import cipher, folders, vault
from linkworker.network_drives import is_network_path
from linkworker.refusal import Refused
from linkworker.storage.connections import RECORDS
from linkworker.storage.faults import in_plain_words
from linkworker.storage.privacy import OURS

BEING_MADE = "being-made"
"""How the name of a folder begins in which a new store is made."""

NO_OTHER_THINGS = (*OURS, f"{BEING_MADE}*", ".*.new", ".DS_Store", "desktop.ini")
"""What may lie in a folder before a store is made in it; the last two are laid there by macOS and
Windows when somebody looks into it."""

LOCK = "set-up.lock"
"""On Windows, held by the program that sets up."""

PATIENCE = 2.0
"""Seconds for which an unlocking waits for a set-up that is just moving the records into place."""


class BeingSetUp(Refused):
    """Another program is making a store in the folder."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing new was made.",
            "Another linkworker is setting up records in this folder at this moment.",
            "Go to that window and finish there, or name another folder.",
        )


class HoldsOtherThings(Refused):
    """The folder is somebody's for something else, and would be closed to all others."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing new was made.",
            "That folder holds other things, and the folder of the records is for them alone.",
            "Name a new folder, such as 'records' inside that one.",
        )


class NotSetUp(Refused):
    """What was made does not stand in the folder as it was made."""

    def __init__(self) -> None:
        super().__init__(
            "The records were not set up.",
            "Something else has written in the folder meanwhile, and what stands there now does "
            "not belong together.",
            "Set them up again in a new folder.",
        )


@contextmanager
def setting_up(folder: Path) -> Iterator[Path]:
    """Lend a private folder to make a store in; what is in it at the end moves to `folder`.

    Raises `AlreadyThere` where `folder` holds records or a key file, `HoldsOtherThings` where it
    holds anything that is no part of a store (it is made private), `BeingSetUp` where another
    program is at it; what an earlier, broken-off try left is cleared away. Faults of the disk come
    out in plain words.
    """
    refuse_unfit_folder(folder)
    try:
        folders.make_private_folder(folder)
        with folders.held(folder, LOCK):
            if _holds_a_store(folder):
                raise folders.AlreadyThere
            for left in _places(folder):
                shutil.rmtree(left)
            place = folder / f"{BEING_MADE}-{secrets.token_hex(4)}"
            folders.make_private_folder(place)
            try:
                yield place
            except BaseException:
                shutil.rmtree(place, ignore_errors=True)
                raise
            _move(place, folder)
    except folders.HeldElsewhere:
        raise BeingSetUp from None
    except BaseException as error:
        raise in_plain_words(error) from None


def refuse_unfit_folder(folder: Path) -> None:
    """Refuse a folder in which no store can be made; leaves nothing, and asks no passphrase.

    Raises `AlreadyThere`, `HoldsOtherThings`, `NetworkPath`, `NotAFolder`, `LinkToNowhere`, and the
    faults of the disk.
    """
    try:
        if _holds_a_store(folder):
            raise folders.AlreadyThere
        if is_network_path(folder):
            raise folders.NetworkPath
        if _holds_other_things(folder):
            raise HoldsOtherThings
        folders.refuse_unwritable(folder)
    except OSError as error:
        raise in_plain_words(error) from None


def finish_setting_up(folder: Path, data_key: bytes) -> None:
    """Move what a set-up left waiting when it was cut off between its two moves.

    Only where there are no records, and only what `data_key`, which the key file gave, opens. A
    set-up that is under way is waited for, and then left alone. Never raises: where there is
    nothing to finish, opening says that the records are missing.
    """
    if (folder / RECORDS).exists() or not _places(folder):
        return
    with contextlib.suppress(OSError, Refused), folders.held(folder, LOCK, PATIENCE):
        for place in _places(folder):
            if not (folder / RECORDS).exists() and _belongs(place / RECORDS, data_key):
                _move(place, folder)


def prove(folder: Path, data_key: bytes) -> None:
    """Raise `NotSetUp` unless key files and records stand in `folder` that `data_key` opens."""
    if not (vault.is_opened_by(folder, data_key) and _belongs(folder / RECORDS, data_key)):
        raise NotSetUp


def _holds_a_store(folder: Path) -> bool:
    return vault.exists(folder) or (folder / RECORDS).exists()


def _holds_other_things(folder: Path) -> bool:
    return folder.is_dir() and any(
        not any(fnmatchcase(one.name, pattern) for pattern in NO_OTHER_THINGS)
        for one in folder.iterdir()
    )


def _places(folder: Path) -> list[Path]:
    """Return the folders in which something is being made, or was."""
    found = sorted(folder.glob(f"{BEING_MADE}*"))
    return [one for one in found if one.is_dir() and not one.is_symlink()]


def _belongs(records: Path, data_key: bytes) -> bool:
    """Say whether these are records that the data key opens."""
    if not records.is_file() or records.is_symlink():
        return False
    try:
        cipher.open_encrypted(records, data_key).close()
    except Refused:
        return False
    return True


def _move(place: Path, folder: Path) -> None:
    """Move the records last: a key without records is finished later, the reverse never is.

    A key file that is there already stays: whoever unlocked meanwhile has mended it. What is no
    part of a store stays where it is.
    """
    ours = {one for pattern in OURS for one in place.glob(pattern)}
    if (folder / RECORDS).exists():
        raise folders.AlreadyThere
    for one in sorted(ours, key=lambda one: (one.name == RECORDS, one.name)):
        if not one.is_file() or one.is_symlink():
            continue
        if (folder / one.name).exists():
            one.unlink()
        else:
            one.replace(folder / one.name)
    folders.flush_folder(folder)
    with contextlib.suppress(OSError):  # something else lies in it
        place.rmdir()
