"""The made-up caseload on a laptop: made on first use, kept between runs, made anew when asked."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from linkworker.clock import Clock, system_clock, uuid7_ids
from linkworker.refusal import Refused

if TYPE_CHECKING:
    from linkworker.store import Store

USUAL_PATCH = "leicestershire"
USUAL_SEED = 1

KEY_FILES = ("keys.json", "keys-copy.json")
RECORDS = "records.db"

MADE_HERE = (
    *KEY_FILES,
    "tries.json",
    "tries.lock",
    "missed.json",
    "look.json",
    "open.lock",
    "set-up.lock",
    "problems.log",
    RECORDS,
    "records.db-wal",
    "records.db-shm",
    "records-before-*.db",
    "records-before-*.new",
    "records-set-aside-*.db-wal",
    ".*.new",
    ".records*.part",
    "being-made-*",
)
"""What linkworker itself lays into a folder of made-up people; all else there is somebody's."""


class NotMadeUp(Refused):
    """The folder holds real records, which a made-up caseload must never touch."""

    def __init__(self) -> None:
        super().__init__(
            "No made-up people were put there.",
            "That folder holds real records.",
            "Choose another folder with --data, or leave it out.",
        )


class SomethingElse(Refused):
    """The folder holds something that is not a store."""

    def __init__(self) -> None:
        super().__init__(
            "No made-up people were put there.",
            "That folder holds something else.",
            "Name an empty folder with --data, or leave it out.",
        )


def prepare(
    folder: Path,
    *,
    clock: Clock = system_clock,
    patch: str = USUAL_PATCH,
    seed: int = USUAL_SEED,
    years: float | None = None,
    fresh: bool = False,
) -> Path:
    """Make sure that a made-up caseload is in `folder`, and return the folder.

    What is there is kept, also with other `years` or another `patch`, unless `fresh` asks for a new
    one, or it `must_be_made_anew`: there is no real person in it who could be lost. What else
    somebody has laid into the folder stays there. Who was killed meanwhile, at whatever moment,
    leaves a folder that the next call makes whole. Raises `NotMadeUp` where the folder holds real
    records: they are never touched; `SomethingElse` where it holds other files and no caseload;
    `OpenElsewhere` where an app has it open.
    `store.Store.at(folder)` with `unlock_made_up()` opens what this made.
    """
    from linkworker.store import Store

    there = Store.at(folder, clock=clock, alone=True)
    if there.state == "none":
        if folder.exists() and any(folder.iterdir()):
            raise SomethingElse
    elif not there.made_up:
        raise NotMadeUp
    elif not fresh and not must_be_made_anew(folder):
        return folder
    elif (folder / RECORDS).exists():
        _refuse_if_open(there)
    unfinished = folder.with_name(folder.name + ".unfinished")
    _clear(unfinished)
    _make_in(unfinished, clock(), patch, seed, years)
    _put_into(folder, unfinished)
    return folder


def must_be_made_anew(folder: Path) -> bool:
    """Say whether the made-up caseload in `folder` is kept otherwise than this release keeps it, or
    has keys and no records, as a kill while it was made anew leaves it.

    Such a one would open for reading only, or not at all. Real records are never asked this: there
    the same finding means that somebody meddled, and is refused (`migrating.CaptureBroken`).
    """
    from linkworker.storage.migrating import NewerRecords
    from linkworker.store import Store

    there = Store.at(folder)
    try:
        there.unlock_made_up()
    except NewerRecords:
        return True
    except Refused:  # something else may be the matter, which the opening tells
        return not (folder / RECORDS).exists()
    broken = there.reading_only is not None
    there.lock()
    return broken


def _refuse_if_open(there: Store) -> None:
    """Raise `OpenElsewhere` where an app has it open."""
    from linkworker.storage.migrating import NewerRecords

    with suppress(NewerRecords):  # comes after the hold was taken and given back
        there.unlock_made_up()
    there.lock()


def _make_in(folder: Path, now: datetime, patch: str, seed: int, years: float | None) -> None:
    """Make a caseload in a folder that is not there yet."""
    from linkworker.madeup.make import Calendar, make, story_of
    from linkworker.madeup.patch import load
    from linkworker.madeup.stories import USUAL_YEARS
    from linkworker.store import Store

    of_patch = load(patch)
    story = story_of(of_patch, now=now, seed=seed, years=years or USUAL_YEARS)
    calendar = Calendar(story.begins)
    said = of_patch.about
    store, _ = Store.create(
        folder,
        "",
        worker_name=said["worker name"],
        worker_role=said["role"],
        worker_patch=said["name"],
        made_up=True,
        clock=calendar,
        ids=uuid7_ids(calendar),
    )
    try:
        make(store, calendar, story)
    finally:
        store.lock()


def _clear(folder: Path) -> None:
    """Take a made-up caseload, whole or half made, out of its folder, and nothing else.

    Its key files go last: as long as anything is there they say that it is made up. Raises
    `NotMadeUp` where the folder holds real records: they are never touched.
    """
    if not folder.exists():
        return
    from linkworker.store import Store

    there = Store.at(folder)
    if there.state != "none" and not there.made_up:
        raise NotMadeUp
    _take_away(one for one in _of_a_caseload(folder) if one.name not in KEY_FILES)
    _take_away(one for one in _of_a_caseload(folder) if one.name in KEY_FILES)
    if not any(folder.iterdir()):
        folder.rmdir()


def _of_a_caseload(folder: Path) -> list[Path]:
    """Return what linkworker itself laid into a folder, the records first."""
    ours = [
        one
        for one in folder.iterdir()
        if any(fnmatchcase(one.name, pattern) for pattern in MADE_HERE)
    ]
    return sorted(ours, key=lambda one: (one.name != RECORDS, one.name))


def _take_away(ours: Iterable[Path]) -> None:
    for one in ours:
        if one.is_symlink() or one.is_file():
            one.unlink()
        elif one.name.startswith("being-made-"):
            shutil.rmtree(one)


def _put_into(folder: Path, made: Path) -> None:
    """Put a caseload that was made into its folder, in place of the one that is there.

    At every moment the folder is not there, or holds a key file of made-up people: without records
    beside it, it is made anew. The new key files come before the new records, which they open, and
    are copied: what is still in `made` says as long what it is. Raises what `vault.unlock_made_up`
    raises where the key file was edited.
    """
    from linkworker import vault
    from linkworker.folders import write_whole

    if not folder.exists():
        made.rename(folder)
        return
    keys, copy = (folder / name for name in KEY_FILES)
    if vault.exists(folder):
        vault.unlock_made_up(folder)  # both key files are whole then, and prove what they say
        _take_away(one for one in _of_a_caseload(folder) if one.name not in KEY_FILES)
        copy.unlink(missing_ok=True)  # of two that differ in their store neither would count
    written = (made / KEY_FILES[0]).read_bytes()
    write_whole(keys, written)
    write_whole(copy, written)
    for one in reversed(_of_a_caseload(made)):
        if one.name not in KEY_FILES:
            one.rename(folder / one.name)
    _clear(made)
