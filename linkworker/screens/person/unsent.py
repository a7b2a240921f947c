"""Behind a line of a person's page that the team's hub does not hold yet: that it is not sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from linkworker.caseload.sending import not_sent_yet
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.parts import Sides
from linkworker.widgets.page import Page
from linkworker.widgets.rows import Draw, Row
from linkworker.widgets.words import joined

if TYPE_CHECKING:
    from linkworker.store import ReadTx

NOT_SENT = ", not sent yet"
"""Stands behind what the team's hub does not hold yet."""

_TABLES = {
    "in the way": "in_the_way",
    "looked for": "looked_for",
    "about me": "about_me",
    "household": "household_member",
    "safety": "safety_statement",
    "support": "support_event",
}
"""The tables of things that are called otherwise than their table."""


@dataclass(eq=False)
class Unsent(Row):
    """A line that says that it is not sent yet."""


def marked(tx: ReadTx, sides: Sides) -> Sides:
    """Return the rows of a section, those of which anything is not sent yet saying so."""
    records = {_record(row) for side in sides for row in side} - {None}
    waits = not_sent_yet(tx, [one for one in records if one is not None])
    if not waits:
        return sides
    left, right = ([_marked(row) if _record(row) in waits else row for row in at] for at in sides)
    return left, right


def says_not_sent(pages: Iterable[Page]) -> bool:
    """Say whether anything on one of these pages says that it is not sent yet."""
    return any(
        isinstance(row, Unsent)
        or (isinstance(row.what, Thing) and row.what.kind == "entry" and row.what.row.not_sent)
        for page in pages
        for row in page.rows
    )


def _record(row: Row) -> tuple[str, str] | None:
    """Return the table and id of what a row stands for; an entry of the story says it itself."""
    thing = row.what
    if not isinstance(thing, Thing) or not thing.row_id or thing.kind == "entry":
        return None
    return _TABLES.get(thing.kind, thing.kind), thing.row_id


def _marked(row: Row) -> Row:
    return Unsent(_behind(row.draw), row.key, row.what, flush=row.flush)


def _behind(inner: Draw) -> Draw:
    mark = Content.styled(NOT_SENT, "$soft")
    below = Content.styled(NOT_SENT.removeprefix(", "), "$soft")

    def draw(width: int) -> list[Content]:
        *lines, last = inner(width)
        last = last.rstrip()
        if last.cell_length + mark.cell_length <= width:
            return [*lines, joined(last, mark)]
        indent = len(last.plain) - len(last.plain.lstrip())
        return [*lines, last, below.pad_left(min(indent, max(0, width - below.cell_length)))]

    return draw
