"""Opening the app, on one's own records or on made-up people."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from linkworker.shell.opening import folder_of
from linkworker.shell.usage import Typed, WrongUsage

MOST_YEARS = 40


def open_app(typed: Typed) -> int:
    """Open the app over the records in the folder; return its exit status."""
    gc.disable()  # importing makes much and drops nothing; the app enables it at its first frame
    from linkworker.app import run

    named = typed.value("--passphrase-file")
    return run(
        folder_of(typed),
        Path(named) if named else None,
        screen_reader=typed.has("--screen-reader"),
        prepare_made_up=lambda: _prepared(typed),
    )


def open_demo(typed: Typed) -> int:
    """Open the app on made-up people, making them up first where no whole ones of this release are
    there."""
    from linkworker.madeup.demo import must_be_made_anew
    from linkworker.shell.saying import tell
    from linkworker.vault import is_made_up

    years = _years(typed.value("--years"))
    _check_patch(typed)
    folder = made_up_folder(typed)
    # What is there is opened as it is: making it up would import all that it is told with.
    if typed.has("--fresh") or not is_made_up(folder):
        tell("Making up some people. This happens once, and takes a moment.")
        _prepared(typed, years)
    elif must_be_made_anew(folder):
        tell(
            "The made-up people here are from another release, or were never finished. "
            "New ones are made: one moment."
        )
        _prepared(typed, years)
    gc.disable()  # as above
    from linkworker.app import run

    return run(folder, made_up=True, screen_reader=typed.has("--screen-reader"))


def made_up_folder(typed: Typed) -> Path:
    """Return the folder of the made-up people: `--data` with `demo`, else beside one's own.

    Never `LINKWORKER_DATA` itself: real records may be in it.
    """
    if typed.words and typed.has("--data"):
        return folder_of(typed)
    name = _name_of_made_up(typed)
    if typed.has("--data") or os.environ.get("LINKWORKER_DATA"):
        own = folder_of(typed).absolute()
        return own.with_name(f"{own.name}-{name}")
    from linkworker.folders import data_folder

    return data_folder() / name


def _name_of_made_up(typed: Typed) -> str:
    """Return the folder's name: another patch or number of years is a caseload of its own."""
    from linkworker.madeup.demo import USUAL_PATCH

    patch = typed.value("--patch", USUAL_PATCH)
    years = _years(typed.value("--years"))
    other = [patch] if patch != USUAL_PATCH else []
    return "-".join(["made-up", *other, *([f"{years:g}-years"] if years else [])])


def _prepared(typed: Typed, years: float | None = None) -> Path:
    from linkworker.madeup.demo import USUAL_PATCH, prepare

    return prepare(
        made_up_folder(typed),
        patch=typed.value("--patch", USUAL_PATCH),
        years=years,
        fresh=typed.has("--fresh"),
    )


def _check_patch(typed: Typed) -> None:
    from linkworker.madeup.patch import PATCHES

    if typed.has("--patch") and typed.value("--patch") not in PATCHES:
        raise WrongUsage(f"--patch needs one of: {', '.join(PATCHES)}.")


def _years(given: str) -> float | None:
    if not given:
        return None
    try:
        years = float(given)
    except ValueError:
        years = 0.0
    if not 0 < years <= MOST_YEARS:
        raise WrongUsage(f"--years needs a number up to {MOST_YEARS}: --years 10.")
    return years
