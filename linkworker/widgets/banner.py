"""The banner that stands over a person: who, how to reach them safely, what to keep in mind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size

from linkworker.caseload.person import Banner
from linkworker.rules.shown_days import say_day
from linkworker.widgets import phrases
from linkworker.widgets.page import Page
from linkworker.widgets.rows import Draw, Row, flowing
from linkworker.widgets.words import joined, one_line, shortened

MIND_LINES = 4
"""Lines that what to keep in mind takes at most."""
NARROW = 80
"""Columns of the terminal under which each fact has a line of its own."""
GAP = 2
"""Cells between a fact on the left and one on the right."""
LOW = 20
"""Rows of the terminal under which the banner has two lines at most."""


Fact = tuple[str, str]
"""Words and their style."""
NOTHING: Fact = ("", "")


class BannerPage(Page, can_focus=False):
    """Shows the banner; as high as what there is to say."""

    def show_banner(self, banner: Banner, today: date, me: str, size: Size) -> None:
        """Show this person's banner; `me` is what the coordinator is called in it.

        `size` is that of the terminal, which decides how much of it there is room for.
        """
        lines = banner_lines(banner, today, me, narrow=size.width < NARROW)
        if size.height < LOW:
            lines = lines[:2]
        rows = [Row(line, flush=True) for line in lines]
        self.styles.height = sum(row.rows_at(size.width - 2) for row in rows)
        self.show(rows)


def banner_lines(banner: Banner, today: date, me: str, *, narrow: bool = False) -> list[Draw]:
    """Return the lines of the banner, what must be seen first before the rest."""
    mind = _keep_in_mind(banner, today)
    who = (phrases.who_they_are(banner, today), "$soft")
    reach = (phrases.reach_said(banner), "$ink")
    support = (phrases.support_said(banner, today, me), "$soft")
    getting_in = f"getting in: {banner.getting_in}" if banner.getting_in else ""
    door = phrases.DOT.join(part for part in (getting_in, phrases.interpreter_said(banner)) if part)
    inside = (door, "$soft")
    if narrow:
        facts = [fact for fact in (who, reach, inside, support) if fact[0]]
        lines = _lines((fact, NOTHING) for fact in facts)
        at = 0 if banner.keep_in_mind or banner.away else len(lines)
        return [*lines[:at], *([_whole(mind)] if mind else []), *lines[at:]]
    lines = _lines([(who, reach), (support, inside)])
    return [*lines, *([_whole(mind)] if mind else [])]


def _keep_in_mind(banner: Banner, today: date) -> Content | None:
    """Return what to keep in mind: away, a risk that stands, what we do differently."""
    parts: list[Content] = []
    if banner.away and not banner.died:
        since = phrases.short_day(banner.away_since, today)
        away = banner.away[:1].upper() + banner.away[1:]
        parts.append(one_line(f"{away} since {since}" if since else away, "bold $care"))
    if banner.keep_in_mind:
        on = phrases.short_day(banner.keep_in_mind_on, today)
        more = f", {on}" if on else ""
        more += f" (and {banner.risks - 1} more)" if banner.risks > 1 else ""
        parts.append(
            joined(("Staying safe: ", "bold $risk"), one_line(banner.keep_in_mind + more, "$risk"))
        )
    elif banner.no_known_risks_on:
        said = phrases.short_day(banner.no_known_risks_on, today)
        parts.append(one_line(f"No known risks, {said}", "$soft"))
    for words in (banner.communication_support, banner.adjustments):
        if words:
            parts.append(one_line(words, "$care"))
    if banner.check_in_on and banner.support == "stepped back":
        parts.append(one_line(f"look in {say_day(banner.check_in_on, today)}", "$soft"))
    return Content("   ").join(parts) if parts else None


def _whole(words: Content) -> Draw:
    """Return what draws words that must not be cut: wrapped, and at a great length only cut."""
    return flowing(words, most=MIND_LINES)


def _lines(facts: Iterable[tuple[Fact, Fact]]) -> list[Draw]:
    """Return a line for each two facts, the second ones under each other from one column on."""
    every = list(facts)
    lefts = max((cell_len(left[0]) for left, right in every if right[0]), default=0)
    rights = [cell_len(right[0]) for _, right in every]

    def column(width: int) -> int:
        """Return where the right ones begin: in the middle, or where both sides have room.

        Where there is not room for both, what stands first on the right is whole.
        """
        least, most = sorted((lefts + GAP, width - max(rights)))
        start = min(max(width // 2, least), most)
        return max(width // 3, min(start, width - rights[0]))

    def line(left: Fact, right: Fact) -> Draw:
        def draw(width: int) -> list[Content]:
            if not right[0]:
                return [shortened(left[0], width, left[1])]
            start = column(width)
            first = shortened(left[0], start - GAP, left[1])
            gap = " " * (start - first.cell_length)
            return [joined(first, gap, shortened(right[0], width - start, right[1]))]

        return draw

    return [line(left, right) for left, right in every]
