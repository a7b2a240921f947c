"""What stands on Today, as rows: each list under its heading, and only those that hold something.

With initials nothing is left that a neighbour at the counter could read: no names, no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual.content import Content

from linkworker.caseload.reading import Named
from linkworker.caseload.today import (
    CannotSlip,
    NotWrittenUp,
    Occasion,
    Promised,
    Quiet,
    Today,
    WhileOff,
)
from linkworker.clock import local_day
from linkworker.rules.ago import say_days
from linkworker.rules.shown_days import say_day
from linkworker.widgets import phrases
from linkworker.widgets.rows import SPACE, Draw, Row, flowing, heading, hint
from linkworker.widgets.words import joined, one_line, padded, shortened

TIME_CELLS = 7
NAME_CELLS = 15
DAY_CELLS = 12

NOBODY = (
    "Nobody is here yet.",
    "F3 opens People, and Ins adds somebody there. A name is enough, and even that can wait.",
)
NOTHING = (
    "Nothing is promised for today, nobody waits to be written up, and nobody has gone quiet.",
    "Visits, calls you promised and dates that cannot slip will stand here.",
)


@dataclass(frozen=True)
class Item:
    """What a row of Today stands for."""

    kind: str
    """ "step", "occasion", "while off", "not written up" or "quiet"."""
    people: tuple[str, ...]
    row_ids: tuple[str, ...]
    state: str = ""


class TodayRows:
    """Makes the rows of Today for one day and one way of naming people."""

    def __init__(self, day: date, initials: bool) -> None:
        self.day = day
        self.initials = initials

    def rows(self, today: Today) -> list[Row]:
        """Return everything, part by part."""
        calls = [one for one in today.promised if one.is_call]
        others = [one for one in today.promised if not one.is_call]
        parts = (
            ("Calls you promised", [self._promised(one) for one in calls]),
            ("Cannot slip", [self._cannot_slip(one) for one in today.cannot_slip]),
            ("Visits and sessions", [self._occasion(one) for one in today.occasions]),
            ("You said you would", [self._promised(one) for one in others]),
            ("While you were off", [self._while_off(one) for one in today.while_off]),
            ("Not written up", self._not_written_up(today.not_written_up)),
            ("Quiet for a while", [self._quiet(one) for one in today.quiet]),
        )
        rows: list[Row] = []
        for words, those in parts:
            if those:
                rows += [SPACE, heading(words), *those]
        if rows:
            return rows[1:]
        first, then = NOTHING if today.anybody else NOBODY
        return [
            Row(flowing(Content.styled(first, "bold"))),
            SPACE,
            hint(then),
        ]

    def _name(self, *people: Named) -> str:
        if self.initials:
            return " and ".join(one.initials for one in people)
        if len(people) > 1:
            return " and ".join(one.short.split(" ")[0] for one in people)
        return people[0].short

    def _line(self, first: str, cells: int, who: str, words: Content) -> Draw:
        def draw(width: int) -> list[Content]:
            name_cells = min(NAME_CELLS, max(6, width // 3))
            start = joined(padded(first, cells, "$soft"), padded(who, name_cells, ""), "  ")
            return [joined(start, words).truncate(width, ellipsis=True)]

        return draw

    def _promised(self, one: Promised) -> Row:
        words = joined("“", one_line(one.words), "”") if not self.initials else Content("")
        earlier = one.day is not None and one.day < self.day
        if one.away and not self.initials:
            words = joined(words, "  ", one_line(one.away, "$care"))
        time = f"{phrases.time_said(one.time):>5}"
        if earlier:
            time = phrases.short_day(one.day, self.day)
        item = Item("step", (one.person_id,), (one.step_id,))
        draw = self._line(time, TIME_CELLS, self._name(one), words)
        return Row(draw, f"step:{one.step_id}", item, height=1)

    def _cannot_slip(self, one: CannotSlip) -> Row:
        words = one_line("" if self.initials else one.words)
        passed = one.day is not None and one.day < self.day
        if passed:
            words = joined(words, ("  the day has passed", "$risk"))
        day = say_day(one.day, self.day) if one.day else ""
        item = Item("step", (one.person_id,), (one.step_id,))
        draw = self._line(day, DAY_CELLS, self._name(one), words)
        return Row(draw, f"step:{one.step_id}", item, height=1)

    def _occasion(self, one: Occasion) -> Row:
        first = one.first
        names = self._name(*one.people)
        kind = "" if first.kind == "visit" else first.kind
        if self.initials:
            words = one_line(first.kind, "$soft")
        else:
            parts = (kind, first.about, first.place, first.person_place)
            words = one_line(", ".join(part for part in parts if part))
        if first.state == "happened":
            words = joined(words, ("  been", "$growth"))
        more = []
        if not self.initials:
            more = [f"getting in: {first.getting_in}"] if first.getting_in else []
            more += [f"interpreter: {first.interpreter}"] if first.interpreter else []
            more += [who.away for who in one.people if who.away]
        time = f"{phrases.time_said(first.time):>5}"
        line = self._line(time, TIME_CELLS, names, words)

        def draw(width: int) -> list[Content]:
            rest = [
                shortened(words, width - TIME_CELLS, "$soft").pad_left(TIME_CELLS) for words in more
            ]
            return [*line(width), *rest]

        people = tuple(who.person_id for who in one.people)
        ids = tuple(who.appointment_id for who in one.people)
        item = Item("occasion", people, ids, first.state)
        return Row(draw, f"occasion:{first.appointment_id}", item, height=1 + len(more))

    def _while_off(self, one: WhileOff) -> Row:
        day = say_day(local_day(one.at), self.day) if one.at else ""
        what = f"{one.worker or 'a colleague'}: {one.what}"
        words = one_line("" if self.initials else what)
        draw = self._line(day, DAY_CELLS, self._name(one), words)
        item = Item("while off", (one.person_id,), (one.row_id,))
        return Row(draw, f"off:{one.row_id}", item, height=1)

    def _not_written_up(self, those: list[NotWrittenUp]) -> list[Row]:
        together: dict[str, list[NotWrittenUp]] = {}
        for one in those:
            together.setdefault(one.occasion_id or one.row_id, []).append(one)
        rows = []
        for people in together.values():
            first = people[0]
            names = self._name(*people)
            day = say_day(first.day, self.day)
            what = "" if first.what in ("visit", "home visit") else first.what
            draw = self._line(day, DAY_CELLS, names, one_line(what, "$soft"))
            item = Item(
                "not written up",
                tuple(who.person_id for who in people),
                tuple(who.row_id for who in people),
                first.kind,
            )
            rows.append(Row(draw, f"unwritten:{first.row_id}", item, height=1))
        return rows

    def _quiet(self, one: Quiet) -> Row:
        if one.check_in_on is not None:
            said = f"asked to be left until {say_day(one.check_in_on, self.day)}"
        else:
            said = say_days(one.days)
        if one.last_try is not None and not self.initials:
            tried = phrases.OUTCOMES.get(one.last_outcome, one.last_outcome)
            said += f", {tried} {say_day(local_day(one.last_try), self.day)}"

        def draw(width: int) -> list[Content]:
            name_cells = min(NAME_CELLS, max(6, width // 3))
            words = one_line(said, "$soft")
            line = joined(padded(self._name(one), name_cells, ""), "  ", words)
            return [line.truncate(width, ellipsis=True)]

        item = Item("quiet", (one.person_id,), (one.person_id,))
        return Row(draw, f"quiet:{one.person_id}", item, height=1)
