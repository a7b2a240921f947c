"""What a screen shows, as a text file that a person can read in a review.

    same_as_before(app, "people")

compares with `tests/screens/snapshots/people-80x24.txt`, by the size that the app has. Set
LINKWORKER_SNAPSHOTS=write to write the files anew; then look at what changed before it is
committed.
"""

from __future__ import annotations

import os
from pathlib import Path

from textual.app import App

FOLDER = Path(__file__).parent / "snapshots"
SIZES = ((60, 15), (80, 24), (100, 30), (160, 50))
"""The sizes that every screen is looked at in."""


def text_of(app: App) -> str:
    """Return what stands on the screen, row by row, without what is only space at the end.

    "" while a screen that has just come is not drawn yet.
    """
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    rows = ["".join(segment.text for segment in line).rstrip() for line in lines]
    if not rows:
        return ""
    assert len(rows) == height, (len(rows), width)
    return "\n".join(rows) + "\n"


def same_as_before(app: App, name: str) -> None:
    """Compare the screen with the file of that name for its size, or write the file."""
    width, height = app.size
    path = FOLDER / f"{name}-{width}x{height}.txt"
    seen = text_of(app)
    if os.environ.get("LINKWORKER_SNAPSHOTS") == "write":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(seen, encoding="utf-8")
        return
    assert path.exists(), f"{path.name} is not there: LINKWORKER_SNAPSHOTS=write makes it"
    assert seen == path.read_text(encoding="utf-8"), (
        f"{path.name} is not what is shown now:\n{seen}"
    )
