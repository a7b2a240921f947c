"""The map of gaps: areas down, kinds across, and in each field for how many it was looked for.

A number stands in each field with a sign that is fuller the more they are, so that it reads without
colour; a screen reader, and a terminal that is too narrow, is given a sentence for each area. Below
stands what is missing in the area under the cursor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content

from linkworker.caseload import gaps
from linkworker.caseload.gaps import Gap
from linkworker.schema import values
from linkworker.widgets.acting import read, told_anything
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Draw, Row, flowing, heading, hint, side_by_side, wrapped
from linkworker.widgets.words import joined, one_line, padded, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PLACE = "Gaps by area and kind"
NONE = "Nothing is missing yet, or nobody wrote it down."
NO_AREA, NO_KIND = "no area said", "not said"
SIGNS = ((7, "█", "7 and more"), (4, "▓", "4 to 6"), (2, "▒", "2 or 3"), (1, "░", "1"))
"""From how many people on which sign stands beside the number, and how that is said."""
AREA_CELLS = (12, 24)
FIELD_CELLS = 4
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Where = dict[tuple[str, str], int]
"""By area and kind, for how many people something is missing."""


class GapsMapScreen(Frame):
    """The grid above, and what is missing in the area under the cursor below."""

    CSS_PATH = "gaps.tcss"
    KEYS = (
        Command("map.read", "Read", "Go to what is missing in the area, or back to the map",
                ("tab",), "read_on", place=PLACE, rank=70),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def body(self) -> ComposeResult:
        """Yield the grid and the list."""
        yield Page(when_chosen=self._in_sight, choose_first=True, id="map")
        yield Page(id="of_area")

    def on_mount(self) -> None:
        """Read what is missing."""
        self._read()

    def store_changed(self, change: Any) -> None:
        """Read it again; the cursor stays."""
        if told_anything(change):
            self._read()

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again: by way of Community."""
        return ("community",)

    def action_read_on(self) -> None:
        """Give the arrows to what is missing in the area, or back to the map."""
        self.focus_next(Page)

    def _read(self) -> None:
        where = read(self.house, gaps.by_area_and_kind)
        told = in_words(where) if self.house.screen_reader else grid(where)
        self.query_one("#map", Page).show(told or [hint(NONE)])

    def _in_sight(self, row: Row | None) -> None:
        there = read(self.house, gaps.gaps)
        of_area = [one for one in there if row is not None and one.area == row.what]
        rows = [heading(plain(row.what or NO_AREA)), *map(_gap, of_area)] if row and of_area else []
        self.query_one("#of_area", Page).show(rows, key="")


def grid(where: Where) -> list[Row]:
    """Return the map as rows of a grid: the heads, each area, all of them, and what signs mean."""
    if not where:
        return []
    kinds = _kinds(where)
    areas = _areas(where)
    rows = [Row(_heads(kinds, areas), flush=False)]
    rows += [Row(_line(area, kinds, areas, where), f"area:{area}", area) for area in areas]
    rows += [Row(_totals(kinds, areas, where)), SPACE, Row(_what_letters_mean(kinds, areas))]
    signs = [joined((sign, "$accent"), f" {words}") for _, sign, words in reversed(SIGNS)]
    meant = side_by_side(Content.styled("for how many:", "$soft"), *signs)
    rows.append(Row(lambda width: [] if _too_narrow(kinds, areas, width) else meant(width)))
    return rows


def in_words(where: Where) -> list[Row]:
    """Return the map as a sentence for each area, what most people met first."""
    areas = _areas(where)
    return [
        Row(flowing(_sentence(area, _kinds(where), areas, where)), f"area:{area}", area)
        for area in areas
    ]


def _sentence(area: str, kinds: Sequence[str], areas: Mapping[str, int], where: Where) -> Content:
    met = [(where[area, kind], kind or NO_KIND) for kind in kinds if (area, kind) in where]
    told = ", ".join(f"{kind} {many}" for many, kind in sorted(met, key=lambda one: -one[0]))
    return joined(one_line(area or NO_AREA, "bold"), f", for {areas[area]}: ", one_line(told))


def _gap(one: Gap) -> Row:
    kind = one.kind or NO_KIND
    parts = (f"{one.how_many:>2} ", one_line(one.words), "  ", one_line(kind, "$soft"))
    return Row(flowing(joined(*parts), indent=2))


def _kinds(where: Where) -> list[str]:
    """Return the kinds that something is missing of, in the order in which they are chosen."""
    met = {kind for _, kind in where}
    return [one for one in values.GAP_KINDS if one in met] + [one for one in ("",) if one in met]


def _areas(where: Where) -> dict[str, int]:
    """Return the areas with how many met something there, most first."""
    found: dict[str, int] = {}
    for (area, _), number in where.items():
        found[area] = found.get(area, 0) + number
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0].casefold())))


def _area_cells(areas: Mapping[str, int]) -> int:
    longest = max(one_line(area or NO_AREA).cell_length for area in areas) + 2
    return min(max(longest, AREA_CELLS[0]), AREA_CELLS[1])


def _cells(kinds: Sequence[str], areas: Mapping[str, int], width: int) -> list[int]:
    """Return how wide each column is: for its words where all of them fit, else for a letter."""
    whole = [max(map(len, (kind or NO_KIND).split())) + 2 for kind in kinds]
    if _area_cells(areas) + sum(whole) + FIELD_CELLS + 2 <= width:
        return whole
    return [FIELD_CELLS] * len(kinds)


def _too_narrow(kinds: Sequence[str], areas: Mapping[str, int], width: int) -> bool:
    return _area_cells(areas) + FIELD_CELLS * (len(kinds) + 1) + 1 > width


def _by_letter(cells: Sequence[int]) -> bool:
    return all(one == FIELD_CELLS for one in cells)


def _heads(kinds: Sequence[str], areas: Mapping[str, int]) -> Draw:
    def draw(width: int) -> list[Content]:
        if _too_narrow(kinds, areas, width):
            return []
        cells = _cells(kinds, areas, width)
        if _by_letter(cells):
            heads = [[Content(LETTERS[at])] for at in range(len(kinds))]
        else:
            pairs = zip(kinds, cells, strict=True)
            heads = [wrapped(Content(kind or NO_KIND), room - 1) for kind, room in pairs]
        high = max(map(len, heads))
        lines = []
        for at in range(high):
            line = Content(" " * _area_cells(areas))
            for head, room in zip(heads, cells, strict=True):
                words = head[at - high].plain if high - at <= len(head) else ""
                line = joined(line, (f"{words:>{room - 1}} ", "$soft"))
            lines.append(joined(line, ("  all", "$soft")) if at == high - 1 else line)
        return [line.truncate(width) for line in lines]

    return draw


def _field(number: int, room: int) -> Content:
    if not number:
        return Content.styled(f"{'·':>{room - 1}} ", "$soft")
    sign = next(sign for least, sign, _ in SIGNS if number >= least)
    return joined(f"{number:>{room - 1}}", (sign, "$accent"))


def _line(area: str, kinds: Sequence[str], areas: Mapping[str, int], where: Where) -> Draw:
    def draw(width: int) -> list[Content]:
        if _too_narrow(kinds, areas, width):
            return flowing(_sentence(area, kinds, areas, where))(width)
        cells = _cells(kinds, areas, width)
        line = padded(area or NO_AREA, _area_cells(areas))
        for kind, room in zip(kinds, cells, strict=True):
            line = joined(line, _field(where.get((area, kind), 0), room))
        return [joined(line, f"{areas[area]:>{FIELD_CELLS + 1}}").truncate(width)]

    return draw


def _totals(kinds: Sequence[str], areas: Mapping[str, int], where: Where) -> Draw:
    def draw(width: int) -> list[Content]:
        if _too_narrow(kinds, areas, width):
            return []
        line = padded("all", _area_cells(areas), "$soft")
        for kind, room in zip(kinds, _cells(kinds, areas, width), strict=True):
            number = sum(many for (_, one), many in where.items() if one == kind)
            line = joined(line, (f"{number:>{room - 1}} ", "$soft"))
        return [
            joined(line, (f"{sum(areas.values()):>{FIELD_CELLS + 1}}", "$soft")).truncate(width)
        ]

    return draw


def _what_letters_mean(kinds: Sequence[str], areas: Mapping[str, int]) -> Draw:
    def draw(width: int) -> list[Content]:
        narrow = _too_narrow(kinds, areas, width)
        if narrow or not _by_letter(_cells(kinds, areas, width)):
            return []
        told = [
            joined((LETTERS[at], "bold"), f" {kind or NO_KIND}") for at, kind in enumerate(kinds)
        ]
        return side_by_side(*told)(width)

    return draw
