"""What the sections of a person's page are made of: parts with a heading, and rows of things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from linkworker.screens.person.kinds import Thing
from linkworker.widgets.rows import SPACE, Draw, Row, flowing, heading
from linkworker.widgets.sight import two_columns
from linkworker.widgets.words import joined, own_words


@dataclass(frozen=True)
class Look:
    """What a section is drawn for."""

    today: date
    me: str
    """The name of the coordinator whose laptop this is."""
    screen_reader: bool = False
    then: bool = False
    """Whether the ecomap shows how it was beside how it is."""
    unfolded: frozenset[str] = frozenset()
    """Keys of the entries that are shown whole."""
    low: bool = False
    """Whether the ecomap stands over the lists, or in few rows, and is drawn in fewer lines."""


Rows = list[Row]
Sides = tuple[Rows, Rows]
"""What stands on the left and on the right."""


def part(words: str, rows: Iterable[Row], empty: str, thing: Thing) -> Rows:
    """Return a part under its heading; where nothing is, a line says what could stand there.

    Enter on that line adds `thing`, as Ins does.
    """
    held = list(rows)
    if not held:
        draw = flowing(Content.styled(empty, "$soft"))
        held = [Row(draw, f"empty:{words}", thing)]
    return [heading(words), *held]


def spaced(*parts: Rows) -> Rows:
    """Return parts one under the other with a line between them; empty ones leave no gap."""
    rows: Rows = []
    for one in parts:
        if one:
            rows += [SPACE, *one] if rows else one
    return rows


def thing_row(draw: Draw, thing: Thing) -> Row:
    """Return a row that stands for one thing."""
    return Row(draw, f"{thing.kind}:{thing.row_id}", thing)


def line(
    left: str, right: str, thing: Thing, *, style: str = "", indent: int = 0, column: float = 0.6
) -> Row:
    """Return one thing as words with something said softly beside them, from `column` on."""
    return thing_row(two_columns(left, right, style=style, indent=indent, column=column), thing)


def quoted(words: str, thing: Thing, after: str = "") -> Row:
    """Return the person's own words (`own_words`)."""
    lines = own_words(words)
    if after:
        lines[-1] = joined(lines[-1], (f"  {after}", "$soft"))
    return thing_row(flowing(*lines), thing)
