"""The person in sight, beside a list: what one wants to know before ringing the bell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, cast

from textual.content import Content

from linkworker.clock import monotonic
from linkworker.widgets import phrases
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Draw, Row, fixed, flowing, heading
from linkworker.widgets.words import joined, one_line, own_words, padded, shortened

if TYPE_CHECKING:
    from linkworker.caseload.person import Sight
    from linkworker.widgets.house import House

LABEL_CELLS = 9
HELD_SECONDS = 0.045
"""Keys that come closer together are a held key: terminals repeat one 25 to 40 times a second."""
STEPS_SHOWN = 4
STRENGTHS_SHOWN = 5


class SightPage(Page, can_focus=False):
    """Shows one person, or nothing. It is read, not walked."""

    def __init__(self, look: Callable[[str], Sight | None], *, id: str | None = None) -> None:
        """Make a page that asks `look` for a person by id."""
        super().__init__(id=id)
        self._look = look
        self._wanted = ""
        self._asked_at = 0.0
        self._later = False

    def follow(self, person_id: str) -> None:
        """Show this person ("" for nobody): at once, or where a held key comes to rest."""
        if not self.display:
            return
        self._wanted = person_id
        now = monotonic()
        held = now - self._asked_at < HELD_SECONDS
        self._asked_at = now
        if not held:
            self._catch_up()
        elif not self._later:
            self._later = True
            self.call_after_refresh(self._catch_up)

    def _catch_up(self) -> None:
        self._later = False
        sight = self._look(self._wanted) if self._wanted else None
        today = cast("House", self.app).today
        self.show(sight_rows(sight, today) if sight is not None else [], key="")


def sight_rows(sight: Sight, today: date) -> list[Row]:
    """Return the person in sight as rows; they begin at the very left, for none is chosen."""
    rows = [Row(_name(sight, today), height=1)]
    if sight.also:
        rows.append(Row(flowing(one_line(phrases.also_entered(sight.also), "$soft"))))
    wishes = sight.visions or [goal.words for goal in sight.goals[:1]]
    rows += [Row(flowing(*own_words(wish), most=3)) for wish in wishes]
    if sight.banner.away:
        rows.append(Row(fixed(one_line(_away(sight, today), "$care")), height=1))
    if sight.banner.keep_in_mind:
        rows.append(Row(fixed(Content.styled("Staying safe: see their page", "$risk")), height=1))
    rows.append(SPACE)
    if sight.steps:
        rows.append(heading("Promised"))
        rows += [
            Row(two_columns(step.words, phrases.step_when_and_who(step, today)))
            for step in sight.steps[:STEPS_SHOWN]
        ]
        rows.append(SPACE)
    strong = phrases.DOT.join(one.words for one in sight.strengths[:STRENGTHS_SHOWN])
    around = phrases.DOT.join(f"{name} ({how})" if how else name for name, how in sight.ties)
    groups = [phrases.tried(one, today) for one in sight.tried]
    facts = [("Strong", strong), ("With", around)]
    facts += [("Tried" if not at else "", words) for at, words in enumerate(groups)]
    facts = [(label, words) for label, words in facts if words]
    rows += [Row(labelled(label, words)) for label, words in facts]
    if facts:
        rows.append(SPACE)
    rows.append(Row(fixed(one_line(_last(sight, today), "$soft")), height=1))
    for row in rows:
        row.flush = True
    return rows


def labelled(label: str, words: str, cells: int = LABEL_CELLS) -> Draw:
    """Return what draws words beside a label of so many cells, at most three lines of them."""

    def draw(width: int) -> list[Content]:
        lines = flowing(one_line(words), most=3)(width - cells)
        labels = [label, *[""] * (len(lines) - 1)]
        return [
            joined(padded(one, cells, "$soft"), line)
            for one, line in zip(labels, lines, strict=True)
        ]

    return draw


def two_columns(
    left: str, right: str, *, indent: int = 2, style: str = "", column: float = 0.6
) -> Draw:
    """Return what draws `left` and beside it, softly, `right`; below it where both are long.

    `column` is the part of the width at which `right` begins, where `left` ends before it.
    """

    def draw(width: int) -> list[Content]:
        room = width - indent
        first, second = one_line(left, style), one_line(right, "$soft")
        start = max(int(room * column), first.cell_length + 2)
        if first.cell_length <= room and not right:
            return [first.pad_left(indent)]
        if start + second.cell_length <= room:
            return [joined(first.pad_right(start - first.cell_length), second).pad_left(indent)]
        if first.cell_length + 2 + second.cell_length <= room:
            gap = room - first.cell_length - second.cell_length
            return [joined(first.pad_right(gap), second).pad_left(indent)]
        below = flowing(second, indent=indent + 2, most=2)(width) if right else []
        return [*flowing(first, indent=indent, most=3)(width), *below]

    return draw


def _name(sight: Sight, today: date) -> Draw:
    who = phrases.who_they_are(sight.banner, today)

    def draw(width: int) -> list[Content]:
        name = shortened(sight.banner.name, width, "bold $accent")
        room = width - name.cell_length - 3
        if room < 8 or not who:
            return [name]
        return [joined(name, "   ", shortened(who, room, "$soft"))]

    return draw


def _away(sight: Sight, today: date) -> str:
    since = phrases.short_day(sight.banner.away_since, today)
    away = sight.banner.away
    return f"{away[:1].upper()}{away[1:]}" + (f" since {since}" if since else "")


def _last(sight: Sight, today: date) -> str:
    words = phrases.last_seen(sight.last_met, today)
    newer = sight.last_try is not None and sight.last_try != sight.last_met
    if newer and sight.last_try is not None and sight.last_try_outcome != "met":
        from linkworker.clock import local_day

        tried = phrases.OUTCOMES.get(sight.last_try_outcome, sight.last_try_outcome)
        words += f"; {tried} {phrases.short_day(local_day(sight.last_try), today)}".rstrip()
    return words
