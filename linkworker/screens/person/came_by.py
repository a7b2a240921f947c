"""How somebody came here: who introduced them, how and when, and whether they know that they were.

The introducer's words and the person's own stand apart, each said whose they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from linkworker.caseload import introductions
from linkworker.caseload.introductions import Introduced
from linkworker.clock import local_day
from linkworker.rules.shown_days import say_day
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.parts import Look, thing_row
from linkworker.widgets import phrases
from linkworker.widgets.rows import Row, flowing, heading
from linkworker.widgets.words import joined, one_line, own_words, said, shortened

if TYPE_CHECKING:
    from linkworker.screens.person.personpage import PersonPage
    from linkworker.store import ReadTx

THING = "introduction"
BY_CELLS = 60


def came_by(tx: ReadTx, person_id: str, look: Look) -> list[Row]:
    """Return each introduction of somebody under a heading; nothing where they came by none."""
    rows = [_row(one, look) for one in introductions.of_person(tx, person_id)]
    return [heading("How they came"), *rows] if rows else []


def open_introduction(screen: PersonPage, thing: Thing) -> None:
    """Show an introduction whole: there a key says that they were told, or puts it right."""
    from linkworker.screens.introductions import IntroductionScreen

    screen.app.push_screen(IntroductionScreen(thing.row_id))


def _row(one: Introduced, look: Look) -> Row:
    day = one.made_on or (local_day(one.came_at) if one.came_at else None)
    when = phrases.short_day(day, look.today)
    how = f", {one.how}" if one.how and one.how != one.by else ""
    by = shortened(f"{one.by}{how}" or "nobody said by whom", BY_CELLS, "bold")
    lines = [joined((f"{when}  " if when else "", "$soft"), by)]
    if one.their_reason:
        whose = "They say: " if one.how == "by themself" else "The introducer: "
        lines.append(joined((whose, "$soft"), said(one.their_reason)))
    if one.own_reason:
        first, *more = own_words(one.own_reason)
        lines += [joined(("In their words: ", "$soft"), first), *more]
    lines += _told(one, look)
    if one.answer_to:
        hears = "and they agreed" if one.may_answer else "and they have not agreed"
        words = f"{one.answer_to} wants to hear what becomes of it, {hears}. Enter, then h."
        lines.append(one_line(words, "$soft"))
    return thing_row(flowing(*lines), Thing(THING, one.introduction_id, one))


def _told(one: Introduced, look: Look) -> list[Content]:
    """Say whether they know, and by when they are to be told."""
    if one.told_on is not None:
        return [Content.styled(f"Told {phrases.short_day(one.told_on, look.today)}", "$soft")]
    if one.tell_by is None:
        return []
    over = "was" if one.tell_by < look.today else "is"
    day = say_day(one.tell_by, look.today)
    first = "Nobody said whether they know" if one.knows != "no" else "Not told yet"
    words = f"{first} that they were introduced: {day} {over} the last day. Enter, then t."
    return [Content.styled(words, "$care")]
