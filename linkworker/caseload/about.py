"""A good life, and About me: what the person wants others to know, in their words.

About me has seven headings (PRSB Social Prescribing v1.1, About me). A later vision stands beside
the earlier one and never over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload.reading import rows
from linkworker.caseload.writing import (
    Subject,
    a_day,
    add,
    correct,
    free,
    needed,
    one_of,
    remove,
)
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

ABOUT_ME = Subject(
    "about_me",
    "AboutMe",
    "a part of About me",
    {"heading": one_of(*values.ABOUT_ME), "words": needed, "said_on": a_day, "helped_by": free},
)
VISION = Subject(
    "vision", "Vision", "a good life", {"words": needed, "said_on": a_day, "from_note": free}
)


@dataclass(frozen=True)
class AboutMeRow:
    """What was said under one heading."""

    about_id: str
    heading: str
    words: str
    said_on: date | None
    helped_by: str


@dataclass(frozen=True)
class VisionRow:
    """A good life, as the person saw it on a day."""

    vision_id: str
    words: str
    said_on: date | None


def about_me(tx: ReadTx, person_id: str) -> list[AboutMeRow]:
    """Return what was said, in the order of the headings, the latest under each first."""
    sql = """SELECT id, heading, words, said_on, helped_by FROM about_me
        WHERE person_id = ? AND hidden_at IS NULL
        ORDER BY said_on DESC, recorded_at DESC, id DESC"""
    order = {heading: at for at, heading in enumerate(values.ABOUT_ME)}
    found = rows(tx, AboutMeRow, sql, (person_id,))
    return sorted(found, key=lambda row: order.get(row.heading, len(order)))


def visions(tx: ReadTx, person_id: str) -> list[VisionRow]:
    """Return the visions of a good life, the latest first."""
    sql = """SELECT id, words, said_on FROM vision WHERE person_id = ? AND hidden_at IS NULL
        ORDER BY coalesce(said_on, '') DESC, recorded_at DESC, id DESC"""
    return rows(tx, VisionRow, sql, (person_id,))


def visions_now(tx: ReadTx, person_id: str) -> list[VisionRow]:
    """Return the latest vision, and what else was said on that day.

    Two who write the first one without sight of each other write two: neither replaces the other.
    """
    found = visions(tx, person_id)
    return [one for one in found if one.said_on == found[0].said_on]


def add_about_me(tx: WriteTx, person_id: str, heading: str, words: str, **said: Any) -> str:
    """Add what was said under a heading, on a day (today if left out); return its id."""
    said.setdefault("said_on", tx.today)
    return add(tx, ABOUT_ME, person_id, {"heading": heading, "words": words, **said})


def correct_about_me(tx: WriteTx, about_id: str, **said: Any) -> None:
    """Correct a part of About me."""
    correct(tx, ABOUT_ME, about_id, said)


def remove_about_me(tx: WriteTx, about_id: str) -> None:
    """Take away a part of About me."""
    remove(tx, ABOUT_ME, about_id)


def add_vision(tx: WriteTx, person_id: str, words: str, **said: Any) -> str:
    """Add a good life as the person sees it (said today if no day is given); return its id."""
    said.setdefault("said_on", tx.today)
    return add(tx, VISION, person_id, {"words": words, **said})


def correct_vision(tx: WriteTx, vision_id: str, **said: Any) -> None:
    """Correct how a vision was written down."""
    correct(tx, VISION, vision_id, said)


def remove_vision(tx: WriteTx, vision_id: str) -> None:
    """Take away a vision that was written by mistake."""
    remove(tx, VISION, vision_id)
