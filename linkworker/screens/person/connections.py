"""Connections: the ecomap, then and now, and beside it who and what is around somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from linkworker.caseload import connections, ecomap, households, not_with
from linkworker.caseload.connections import Connection, Tie
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.parts import Look, Rows, Sides, line, part, spaced
from linkworker.widgets import phrases
from linkworker.widgets.ecomap import counted, ecomap_lines, signs, then_and_now
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, flowing, heading, side_by_side

if TYPE_CHECKING:
    from linkworker.store import ReadTx

COLUMN = 0.4
BESIDE = 100
"""Columns of the terminal from which the map has room beside the lists; else it is over them."""
KINDS = ("tie", "connection", "household", "not with")


def sides(tx: ReadTx, person_id: str, look: Look, name: str = "") -> Sides:
    """Return the map on the left, or over the lists, and the lists."""
    found = ecomap.ecomap(tx, person_id)
    then = look.then and found.then_day is not None
    since = phrases.month_said(found.began, look.today)
    nodes = [*found.now, *found.then] if then else found.now
    how = {"in_words": look.screen_reader, "close": look.low}

    def draw(width: int) -> list[Content]:
        if not then or found.then_day is None:
            return ecomap_lines(found.now, name, width, **how)
        before = f"Then, {phrases.short_day(found.then_day, look.today)}"
        return then_and_now((before, found.then), ("Now", found.now), name, width, **how)

    lists = _lists(tx, person_id, look)
    if not nodes:
        words = (
            "Nobody and nothing has been written down yet. Ins adds who and what is around them."
        )
        return [heading("Now"), SPACE, Row(flowing(Content.styled(words, "$soft"))), SPACE], lists
    meant = () if look.screen_reader else signs(nodes, shapes=not look.low)
    changed = (*counted(found, since), "t then and now") if found.then_day is not None else ()
    drawn = Row(draw, flush=True)
    if look.low:
        when = [] if then else [Content.styled("Now", "bold")]
        above = side_by_side(*when, *_softly(changed))
        left = [Row(above, flush=True), drawn, *([_signs(meant)] if meant else []), SPACE]
    else:
        left = [*([] if then else [heading("Now"), SPACE]), drawn, SPACE]
        left += [*(_signs(one) for one in (meant, changed) if one), SPACE]
    return left, lists


def _softly(words: tuple[str, ...]) -> list[Content]:
    return [Content.styled(one, "$soft") for one in words]


def _signs(words: tuple[str, ...]) -> Row:
    return Row(side_by_side(*_softly(words)))


def over_the_lists(width: int, *, then: bool = False) -> bool:
    """Say whether the map stands over the lists in a terminal of so many columns: then and now
    beside each other need all of them."""
    return then or width < BESIDE


def stand_over(page: Page, width: int) -> None:
    """Make the map's side as high as the map, in a terminal of `width` columns."""
    page.styles.height = sum(row.rows_at(width - 2) for row in page.rows)


def _lists(tx: ReadTx, person_id: str, look: Look) -> Rows:
    ties = connections.ties(tx, person_id)
    groups = connections.connections(tx, person_id)
    home = [
        line(one.name, one.place, Thing("household", one.member_id, one))
        for one in households.household(tx, person_id)
    ]
    apart = [
        line(one.name, one.words, Thing("not with", one.row_id, one), column=COLUMN)
        for one in not_with.not_with(tx, person_id)
    ]
    return spaced(
        part(
            "Around them",
            [_tie(one, look) for one in ties],
            "Who is in their life? Enter adds somebody; @ in a note does too.",
            Thing("tie"),
        ),
        part(
            "Groups and places",
            [_connection(one, look) for one in groups],
            "Where do they go, or might they? Enter adds it; @ in a note does too.",
            Thing("connection"),
        ),
        [heading("Lives with"), *home] if home else [],
        [heading("Not to be brought together with"), *apart] if apart else [],
    )


def _tie(one: Tie, look: Look) -> Row:
    parts = (one.relationship, one.how_often, one.how, *one.roles, "paid" if one.paid else "")
    said = ", ".join(part for part in parts if part)
    if one.until:
        said += f", until {phrases.short_day(one.until, look.today)}"
    style = "$soft" if one.until else ""
    return line(one.name, said, Thing("tie", one.tie_id, one), style=style, column=COLUMN)


def _connection(one: Connection, look: Look) -> Row:
    when = phrases.short_day(one.on, look.today)
    regular = f"a regular role: {one.checks}" if one.regular else ""
    parts = (f"{one.stage} {when}".strip(), phrases.once(one.words, one.stage), one.near)
    said = ", ".join(part for part in (*parts, one.way, regular) if part)
    thing = Thing("connection", one.connection_id, one)
    style = "$soft" if one.ended else ""
    return line(one.name, said, thing, style=style, column=COLUMN)
