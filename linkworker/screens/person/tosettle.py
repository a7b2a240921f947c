"""What waits to be settled about a person, on their own page: over the story, and under Now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linkworker.caseload import settling
from linkworker.screens.person.kinds import Thing
from linkworker.screens.settle_rows import kept_apart_said, key_of, what_differs
from linkworker.widgets.rows import SPACE, Row, flowing, heading

if TYPE_CHECKING:
    from linkworker.store import ReadTx

HEADING = "To settle"
THING, APART_THING = "to settle", "kept apart to settle"
"""What a `Thing` is that waits to be settled; its row is the difference."""


def to_settle_rows(tx: ReadTx, person_id: str) -> list[Row]:
    """Return what waits to be settled about a person, under its heading; nothing where nothing."""
    rows = [
        Row(flowing(what_differs(one)), key_of(one), Thing(THING, one.row_id, one))
        for one in settling.to_settle(tx, person_id)
    ]
    rows += [
        Row(flowing(kept_apart_said(one)), APART_THING, Thing(APART_THING, "all"))
        for one in settling.kept_apart_waits(tx, person_id)
    ]
    return [heading(HEADING), *rows] if rows else []


def over_the_story(tx: ReadTx, person_id: str) -> list[Row]:
    """Return the same with an empty line under it, for above the entries of the story."""
    rows = to_settle_rows(tx, person_id)
    return [*rows, SPACE] if rows else []
