"""An entry of the directory as rows: what it is, when, where, and what the team knows of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from linkworker.caseload.finding_services import STALE_AFTER_DAYS, Found, miles
from linkworker.caseload.local_knowledge import TO_CONFIRM, Entry, EntryPlace
from linkworker.rules.ago import say_ago
from linkworker.rules.shown_days import say_day, say_weekdays
from linkworker.widgets import phrases
from linkworker.widgets.rows import SPACE, Draw, Row, flowing, heading
from linkworker.widgets.sight import labelled
from linkworker.widgets.words import joined, one_line, padded, said, shortened

if TYPE_CHECKING:
    from linkworker.caseload.local_knowledge import NotListed

LABEL_CELLS = 12
NAME_CELLS = (16, 40)
STEP_FREE = {"yes": "step-free", "partly": "partly step-free", "no": "not step-free"}


def line(one: Found) -> Draw:
    """Return what draws an entry that was found: its name, how far, what fits, what to know."""

    def draw(width: int) -> list[Content]:
        marks = ["full"] if one.full else []
        marks += ["gone from its feed"] if one.gone else ["unconfirmed"] if one.stale else []
        far = [miles(one.metres)] if one.metres is not None else []
        why = phrases.DOT.join((*far, *one.fits))
        care = phrases.DOT.join(marks)
        cells = min(max(NAME_CELLS[0], width // 2), NAME_CELLS[1])
        beside = len(why) + len(care) + 3 * bool(care and why)
        name = one_line(one.name)
        if name.cell_length > cells:  # a long name takes the room that nothing else wants
            cells = min(name.cell_length, max(cells, width - beside - 2))
        left = width - cells - 2
        first = shortened(care, left, "$care")
        rest = left - first.cell_length - (3 if care and why else 0)
        words = shortened(why, max(0, rest), "$soft")
        dot = phrases.DOT if care and words.plain else ""
        return [joined(padded(one.name, cells), "  ", words, (dot, "$soft"), first)]

    return draw


def line_not_listed(one: NotListed) -> Draw:
    """Return what draws an entry that the team does not offer."""

    def draw(width: int) -> list[Content]:
        cells = min(max(NAME_CELLS[0], width // 2), NAME_CELLS[1])
        why = shortened(one.why_not, max(0, width - cells - 2), "$soft")
        return [joined(padded(one.name, cells, "$soft"), "  ", why)]

    return draw


def sight(one: Entry, places: list[EntryPlace], found: Found | None, today: date) -> list[Row]:
    """Return all that is known of an entry; the rows are read, not walked."""
    rows = [Row(flowing(one_line(one.name, "bold $accent")))]
    if one.organisation and one.organisation != one.name:
        rows.append(Row(flowing(one_line(one.organisation, "$soft"))))
    rows.append(Row(flowing(one_line(_looked(one, today), "$soft"))))
    rows += [Row(flowing(one_line(words, "$care"))) for words in _care(one, today)]
    if found is not None and found.not_said:
        words = f"Not said whether: {', '.join(found.not_said)}"
        rows.append(Row(flowing(one_line(words, "$soft"))))
    if one.about:
        rows += [SPACE, Row(flowing(said(one.about), most=8))]
    known = [(name, words) for name, words in _known(one) if words]
    rows += [SPACE, heading("What we know")]
    if one.words:
        rows.append(Row(flowing(said(one.words))))
    rows += [Row(labelled(name, words, LABEL_CELLS)) for name, words in known]
    if not known and not one.words:
        words = "Nothing yet. Enter writes what it is really like, and whom to ask for."
        rows.append(Row(flowing(Content.styled(words, "$soft"))))
    rows.append(SPACE)
    rows += [
        Row(labelled(name, words, LABEL_CELLS)) for name, words in _facts(one, places) if words
    ]
    for row in rows:
        row.flush = True
    return rows


def _care(one: Entry, today: date) -> list[str]:
    words = []
    if one.alert:
        words.append(one.alert)
    if one.gone_on:
        words.append(f"Its feed has it no more, since {say_day(one.gone_on, today)}.")
    if one.do_not_list:
        words.append(f"Not listed by us: {one.why_not}")
    if TO_CONFIRM in one.words:
        words.append("Something was heard of it, and stands below: = confirms it.")
    if one.full_until is not None and one.full_until >= today:
        more = f": {one.full_words}" if one.full_words else ""
        words.append(f"Full until {say_day(one.full_until, today)}{more}")
    return words


def _facts(one: Entry, places: list[EntryPlace]) -> list[tuple[str, str]]:
    days = say_weekdays(one.days)
    ages = {
        (False, False): "",
        (True, False): f"from {one.youngest}",
        (False, True): f"up to {one.oldest}",
        (True, True): f"{one.youngest} to {one.oldest}",
    }[(one.youngest is not None, one.oldest is not None)]
    facts = [("When", phrases.DOT.join(filter(None, (days, one.times))))]
    for at, place in enumerate(places):
        where = ", ".join(filter(None, (place.name, place.address, place.postcode)))
        facts.append(("Where" if not at else "and", where))
        here = say_weekdays(place.days)
        facts.append(("", phrases.DOT.join(filter(None, (here, place.times)))))
        facts.append(("Getting in", place.access))
    return [
        *facts,
        ("Area", one.area),
        ("Cost", one.cost),
        ("For", phrases.DOT.join(filter(None, (one.for_whom, ages)))),
        ("Languages", ", ".join(one.languages)),
        ("Phone", one.phone),
        ("E-mail", one.email),
        ("Web", one.web),
        ("Kind", ", ".join(one.kinds)),
    ]


def _known(one: Entry) -> list[tuple[str, str]]:
    return [
        ("Ask for", one.ask_for),
        ("Steps", STEP_FREE.get(one.step_free, "")),
        ("Quiet", one.quiet_times),
    ]


def _looked(one: Entry, today: date) -> str:
    """Say when somebody looked last, who, and whether that is too long ago."""
    looked = max((one.confirmed_on or date.min), (one.checked_on or date.min))
    if looked == date.min:
        return "Nobody has confirmed it yet. = does."
    ours = f" by {one.confirmed_by}" if one.confirmed_by else ""
    by = ours if one.confirmed_on == looked else " by its own people"
    words = f"Confirmed {say_ago(looked, today)}{by}."
    if (today - looked).days > STALE_AFTER_DAYS:
        words = f"Unconfirmed for six months: last {say_ago(looked, today)}{by}. = confirms."
    return words
