"""The made-up caseload on a laptop: made on first use, kept between runs, made anew when asked."""

from __future__ import annotations

import shutil
from pathlib import Path

from linkworker.clock import Clock, system_clock, uuid7_ids
from linkworker.refusal import Refused

USUAL_PATCH = "leicestershire"
USUAL_SEED = 1


class NotMadeUp(Refused):
    """The folder holds real records, which a made-up caseload must never touch."""

    def __init__(self) -> None:
        super().__init__(
            "No made-up people were put there.",
            "That folder holds real records.",
            "Choose another folder with --data, or leave it out.",
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
    one. Raises `NotMadeUp` where the folder holds real records: they are never touched.
    `store.Store.at(folder)` with `unlock_made_up()` opens what this made.
    """
    from linkworker.madeup.make import Calendar, make
    from linkworker.madeup.patch import load
    from linkworker.madeup.stories import USUAL_YEARS
    from linkworker.store import Store

    there = Store.at(folder, clock=clock)
    if there.state != "none":
        if not there.made_up:
            raise NotMadeUp
        if not fresh:
            return folder
        shutil.rmtree(folder)
    about = load(patch)
    now = clock()
    calendar = Calendar(now)
    store, _ = Store.create(
        folder,
        "made-up people have nothing to hide",
        worker_name=about.about["worker name"],
        worker_role=about.about["role"],
        worker_patch=about.about["name"],
        made_up=True,
        clock=calendar,
        ids=uuid7_ids(calendar),
    )
    try:
        make(store, calendar, about, now=now, seed=seed, years=years or USUAL_YEARS)
    finally:
        calendar.at = now
        store.lock()
    return folder
