"""What stands on Today, as rows: each list under its heading, and only those that hold something.

With initials nothing is left that a neighbour at the counter could read: no names, no words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from linkworker.caseload.did_it_stick import ToAsk
from linkworker.caseload.gone_quiet import Quiet
from linkworker.caseload.introductions import Introduced
from linkworker.caseload.reading import Named
from linkworker.caseload.today import (
    Begun,
    CannotSlip,
    NewToMe,
    NotWrittenUp,
    Occasion,
    Promised,
    Today,
    WhileOff,
)
from linkworker.clock import local_day
from linkworker.rules.ago import say_days
from linkworker.rules.shown_days import say_day
from linkworker.rules.shown_names import spoken_name, together
from linkworker.widgets import phrases
from linkworker.widgets.rows import SPACE, Draw, Row, fixed, flowing, heading, hint
from linkworker.widgets.words import joined, one_line, padded, shortened

if TYPE_CHECKING:
    from linkworker.caseload.team_news import TeamNews
    from linkworker.caseload.week_ahead import DayAhead, StepAhead

WHEN_CELLS = 12
"""The first column, the same in every part: a time, a day ("Wed 25 Nov"), how long ago."""
NAME_CELLS = 15
GAP = 2
MOST_NEW = 6
"""People of a caseload that was handed over who stand here at once."""

NOBODY = (
    "Nobody is here yet.",
    "F3 opens People, and Ins adds somebody there. A name is enough, and even that can wait.",
    "The key + brings in a list of people: a CSV file from a spreadsheet or the surgery.",
)
DO_THEY_KNOW = "ask whether they know that they were introduced"
NOTHING_AHEAD = "Nothing is arranged, and nothing promised, in the next 7 days."
NOTHING = (
    "Nothing is promised for today, nobody waits to be written up, and nobody has gone quiet.",
    "Visits, calls you promised and dates that cannot slip will stand here.",
)


@dataclass(frozen=True)
class Item:
    """What a row of Today stands for."""

    kind: str
    """ "step", "occasion", "ahead", "while off", "begun", "not written up", "quiet", "new to me",
    "introduced" or "told"."""
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
            ("From the team", _from_the_team(today.team)),
            ("New to you", [*self._waiting(today.waiting), *self._new_to_me(today.new_to_me)]),
            ("Calls you promised", [self._promised(one) for one in calls]),
            ("Cannot slip", self._dates(today)),
            ("Visits and sessions", [self._occasion(one) for one in today.occasions]),
            ("You said you would", [self._promised(one) for one in others]),
            ("While you were off", [self._while_off(one) for one in today.while_off]),
            ("Notes to finish", [self._begun(one) for one in today.begun]),
            ("Not written up", self._not_written_up(today.not_written_up)),
            ("Did it stick?", [self._to_ask(one) for one in today.to_ask]),
            ("Quiet for a while", [self._quiet(one) for one in today.quiet]),
        )
        rows: list[Row] = []
        for words, those in parts:
            if those:
                rows += [SPACE, heading(words), *those]
        if rows:
            return rows[1:]
        first, *then = NOTHING if today.anybody else NOBODY
        said = [Row(flowing(Content.styled(first, "bold")))]
        for words in then:
            said += [SPACE, hint(words)]
        return said

    def week(self, days: Sequence[DayAhead]) -> list[Row]:
        """Return the week ahead by day and time; what has no time is at its day's end."""
        found = [SPACE, heading("The week ahead")]
        for one in days:
            day = Content.styled(say_day(one.day, self.day), "$accent")
            found.append(Row(fixed(day), height=1))
            timed = [(each.first.time, self._arranged(each)) for each in one.occasions]
            timed += [(each.time, self._step_ahead(each)) for each in one.steps]
            found += [row for _, row in sorted(timed, key=lambda pair: (not pair[0], pair[0]))]
        return found if days else [*found, hint(NOTHING_AHEAD)]

    def _arranged(self, one: Occasion) -> Row:
        row = self._occasion(one, ahead=True)
        people, ids = row.what.people, row.what.row_ids
        return Row(row.draw, f"ahead:{ids[0]}", Item("ahead", people, ids))

    def _step_ahead(self, one: StepAhead) -> Row:
        words = Content("") if self.initials else one_line(one.words)
        if one.cannot_slip:
            words = joined(words, ("  cannot slip", "$care"))
        words = self._promised_by(one, words)
        if one.away and not self.initials:
            words = joined(words, "  ", one_line(one.away, "$care"))
        draw = self._line(f"{phrases.time_said(one.time):>5}", self._name(one), words)
        item = Item("step", (one.person_id,), (one.step_id,))
        return Row(draw, f"ahead:{one.step_id}", item)

    def _name(self, *people: Named) -> str:
        if self.initials:
            return " and ".join(one.initials for one in people)
        if len(people) > 1:
            said = [spoken_name(one.called, one.given) or one.short for one in people]
            return together(said)
        return people[0].short

    def _line(self, first: str, who: str, words: Content, more: Sequence[str] = ()) -> Draw:
        """Return what draws when, who and what, in the same columns for every part of the day.

        Words that do not fit beside the name stand below it, and so does `more`.
        """

        def draw(width: int) -> list[Content]:
            room = width - WHEN_CELLS
            name_cells = min(NAME_CELLS, max(6, width // 3))
            fits = words.cell_length <= room - name_cells - GAP
            name = padded(who, name_cells) if fits else shortened(who, room)
            line = joined(padded(first, WHEN_CELLS, "$soft"), name)
            below = [one_line(one, "$soft") for one in more]
            if fits:
                line = joined(line, " " * GAP, words).rstrip()
            else:
                below.insert(0, words)
            rest = [one for part in below for one in flowing(part, most=2)(room)]
            return [line.truncate(width), *(one.pad_left(WHEN_CELLS) for one in rest)]

        return draw

    def _promised(self, one: Promised) -> Row:
        words = joined("“", one_line(one.words), "”") if not self.initials else Content("")
        words = self._promised_by(one, words)
        earlier = one.day is not None and one.day < self.day
        if one.away and not self.initials:
            words = joined(words, "  ", one_line(one.away, "$care"))
        time = f"{phrases.time_said(one.time):>5}"
        if earlier:
            time = phrases.short_day(one.day, self.day)
        item = Item("step", (one.person_id,), (one.step_id,))
        return Row(self._line(time, self._name(one), words), f"step:{one.step_id}", item)

    def _promised_by(self, one: Promised, words: Content) -> Content:
        """Say which colleague promised it, where it is left to oneself to keep."""
        if not one.by or self.initials:
            return words
        return joined(words, "  ", one_line(f"{one.by} promised it", "$accent"))

    def _dates(self, today: Today) -> list[Row]:
        """Return the dates that cannot slip and whom one must tell, by day."""
        rows = [(one.day, self._cannot_slip(one)) for one in today.cannot_slip]
        rows += [(one.tell_by, self._to_tell(one)) for one in today.to_tell]
        return [row for _, row in sorted(rows, key=lambda pair: pair[0] or date.max)]

    def _to_tell(self, one: Introduced) -> Row:
        day = one.tell_by
        ask = "to be told that they were introduced" if one.knows == "no" else DO_THEY_KNOW
        words = one_line("" if self.initials else ask)
        if day is not None and day < self.day:
            words = joined(words, ("  the day has passed", "$risk"))
        draw = self._line(say_day(day, self.day) if day else "", self._name(one), words)
        item = Item("introduced", (one.person_id,), (one.introduction_id,))
        return Row(draw, f"tell:{one.introduction_id}", item)

    def _cannot_slip(self, one: CannotSlip) -> Row:
        words = one_line("" if self.initials else one.words)
        passed = one.day is not None and one.day < self.day
        if passed:
            words = joined(words, ("  the day has passed", "$risk"))
        day = say_day(one.day, self.day) if one.day else ""
        item = Item("step", (one.person_id,), (one.step_id,))
        return Row(self._line(day, self._name(one), words), f"step:{one.step_id}", item)

    def _occasion(self, one: Occasion, *, ahead: bool = False) -> Row:
        """Return a visit, call or session; of one `ahead` it is too early for how one gets in."""
        first = one.first
        names = self._name(*one.people)
        kind = "" if first.kind == "visit" else first.kind
        if self.initials:
            words = one_line(first.kind, "$soft")
        else:
            place = "" if _is_said(first.person_place, first.place) else first.person_place
            parts = (kind, first.about, first.place, place)
            words = one_line(", ".join(part for part in parts if part))
        if first.state == "happened":
            words = joined(words, ("  been", "$growth"))
        more = []
        if not self.initials:
            there = not ahead and first.kind == "visit" and _at_home(first.place)
            more = [f"getting in: {first.getting_in}"] if there and first.getting_in else []
            more += [f"interpreter: {first.interpreter}"] if first.interpreter else []
            more += [who.away for who in one.people if who.away]
        time = f"{phrases.time_said(first.time):>5}"
        people = tuple(who.person_id for who in one.people)
        ids = tuple(who.appointment_id for who in one.people)
        item = Item("occasion", people, ids, first.state)
        draw = self._line(time, names, words, more)
        return Row(draw, f"occasion:{first.appointment_id}", item)

    def _waiting(self, those: list[Introduced]) -> list[Row]:
        rows = []
        for one in those[:MOST_NEW]:
            words = one_line("" if self.initials else one.by, "$soft")
            if one.urgency:
                words = joined(words, "  ", one_line(f"needed {one.urgency}", "$care"))
            item = Item("introduced", (one.person_id,), (one.introduction_id,))
            waits = one.waiting_days(self.day)
            draw = self._line(say_days(waits) if waits else "today", self._name(one), words)
            rows.append(Row(draw, f"introduced:{one.introduction_id}", item))
        more = len(those) - MOST_NEW
        return [*rows, hint(f"And {more} more: F6 has them.")] if more > 0 else rows

    def _new_to_me(self, those: list[NewToMe]) -> list[Row]:
        rows = []
        for one in those[:MOST_NEW]:
            day = say_day(local_day(one.since), self.day) if one.since else ""
            said = f"handed over by {one.handed_by}: Enter reads the sheet" if one.handed_by else ""
            words = one_line("" if self.initials else said or "given to you by the team", "$soft")
            item = Item("new to me", (one.person_id,), (one.person_id,))
            rows.append(Row(self._line(day, self._name(one), words), f"new:{one.person_id}", item))
        more = len(those) - MOST_NEW
        return [*rows, hint(f"And {more} more: F3 has everybody.")] if more > 0 else rows

    def _while_off(self, one: WhileOff) -> Row:
        day = say_day(local_day(one.at), self.day) if one.at else ""
        what = f"{one.worker or 'a colleague'}: {one.what}"
        words = one_line("" if self.initials else what)
        draw = self._line(day, self._name(one), words)
        item = Item("while off", (one.person_id,), (one.row_id,))
        return Row(draw, f"off:{one.row_id}", item)

    def _begun(self, one: Begun) -> Row:
        day = say_day(local_day(one.kept_at), self.day)
        names = self._name(*one.people) if one.people else "nobody yet"
        story = Content("") if self.initials else one_line(one.story, "$soft")
        people = tuple(who.person_id for who in one.people)
        item = Item("begun", people, (one.draft_id,))

        def draw(width: int) -> list[Content]:
            first = story.truncate(max(12, width - WHEN_CELLS), ellipsis=True)
            return self._line(day, names, first)(width)

        return Row(draw, f"begun:{one.draft_id}", item)

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
            draw = self._line(day, names, one_line(what, "$soft"))
            item = Item(
                "not written up",
                tuple(who.person_id for who in people),
                tuple(who.row_id for who in people),
                first.kind,
            )
            rows.append(Row(draw, f"unwritten:{first.row_id}", item))
        return rows

    def _to_ask(self, one: ToAsk) -> Row:
        words = joined(one_line(one.name_of_it), (f"  {one.stage}", "$soft"))
        if self.initials:
            words = Content.styled(one.stage, "$soft")
        item = Item("to ask", (one.person_id,), (one.connection_id,))
        since = say_days((self.day - (one.on or self.day)).days)
        draw = self._line(since, self._name(one), words)
        return Row(draw, f"stick:{one.connection_id}", item)

    def _quiet(self, one: Quiet) -> Row:
        first, said = say_days(one.days), ""
        if one.check_in_on is not None:
            first, said = "", f"asked to be left until {say_day(one.check_in_on, self.day)}"
        if one.last_try is not None and not self.initials:
            tried = phrases.OUTCOMES.get(one.last_outcome, one.last_outcome)
            tried += f" {say_day(local_day(one.last_try), self.day)}"
            said = f"{said}, {tried}" if said else tried
        item = Item("quiet", (one.person_id,), (one.person_id,))
        draw = self._line(first, self._name(one), one_line(said, "$soft"))
        return Row(draw, f"quiet:{one.person_id}", item)


def _from_the_team(news: TeamNews) -> list[Row]:
    if news.out:
        return [Row(flowing(Content.styled(news.out, "$care")))]
    words = f"{news.said}: Enter says who."
    item = Item("told", (), ())
    return [Row(flowing(Content(words)), "told", item)] if news.said else []


def _at_home(place: str) -> bool:
    """Say whether a visit with this place is to somebody's home, as one without a place is."""
    return not place or "home" in place.casefold()


def _is_said(place: str, within: str) -> bool:
    """Say whether a place is named already: "Barwell" in "home, Barwell"."""
    return bool(place) and f" {place.casefold()} " in f" {within.casefold().replace(',', ' ')} "
