"""About me: the seven headings in the person's words, and who they are and how to reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from linkworker import codes
from linkworker.caseload import about, households, people, reaching
from linkworker.caseload.people import PersonDetails
from linkworker.caseload.person import age
from linkworker.schema import values
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.parts import Look, Rows, Sides, line, part, spaced, thing_row
from linkworker.widgets import phrases
from linkworker.widgets.rows import Row, flowing, heading
from linkworker.widgets.sight import labelled
from linkworker.widgets.words import joined, said

if TYPE_CHECKING:
    from linkworker.store import ReadTx

LABEL_CELLS = 13
KINDS = ("about me", "reach", "address", "household")


def sides(tx: ReadTx, person_id: str, look: Look) -> Sides:
    """Return About me on the left, details on the right."""
    told = about.about_me(tx, person_id)
    left: Rows = []
    for words in values.ABOUT_ME:
        rows = []
        for one in told:
            if one.heading == words:
                after = phrases.short_day(one.said_on, look.today)
                after += f", with {one.helped_by}" if one.helped_by else ""
                content = joined(said(one.words), (f"  {after}" if after else "", "$soft"))
                rows.append(thing_row(flowing(content), Thing("about me", one.about_id, one)))
        empty = Thing("about me", start={"heading": words})
        blank = Row(flowing(Content.styled("not said yet", "$soft")), f"empty:{words}", empty)
        asked = Row(flowing(Content.styled(words, "bold")), flush=True)  # longer than a side is
        left = spaced(left, [asked, *(rows or [blank])])
    known = people.details(tx, person_id)
    right = _who(known, look) if known is not None else []
    return left, spaced(
        right, _reach(tx, person_id), _address(tx, person_id, look), _home(tx, person_id)
    )


def _who(known: PersonDetails, look: Look) -> Rows:
    full = " ".join(part for part in (known.title, known.given, known.family, known.suffix) if part)
    born = phrases.born_said(known.born, known.born_precision)
    years = age(known.born, known.born_precision, look.today)
    born = ", ".join(part for part in (born, years) if part)
    who = (
        ("Called", known.called),
        ("Name", full),
        ("Also", known.other_names),
        ("Known by", known.description),
        ("Says", known.pronouns),
        ("Born", born),
        ("Lives in", known.place),
    )
    wishes = ", ".join(part for part in (known.interpreter, known.interpreter_wishes) if part)
    language = (
        ("Speaks", ", ".join(part for part in (known.language, known.dialect) if part)),
        ("Interpreter", wishes),
        ("Needs", known.communication_support),
        ("Who helps", known.communication_professional),
        ("Contact", known.contact_method),
        ("Letters", known.information_format),
        ("We do", known.adjustments),
    )
    number = known.nhs_number
    more = (
        ("NHS number", f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""),
        ("Gender", known.gender),
        ("Sex", known.sex),
        ("Ethnicity", _category(known.ethnic_category)),
        ("Religion", known.religion),
        ("Married", known.marital_status),
    )
    return spaced(
        _facts("Who they are", "who they are", who, known),
        _facts("Language and help", "language", language, known),
        _facts("Details", "details", more, known),
    )


def _category(code: str) -> str:
    """Return an ethnic category in the words of the NHS list; words of their own stay."""
    return codes.label("ethnic_category", code)


def _facts(words: str, kind: str, facts: tuple[tuple[str, str], ...], known: PersonDetails) -> Rows:
    """Return a few facts as one thing: Enter corrects them together."""
    held = [(label, value) for label, value in facts if value]
    thing = Thing(kind, known.person_id, known)
    empty = "Not asked. Enter writes it down."

    def draw(width: int) -> list[Content]:
        return [
            line for label, value in held for line in labelled(label, value, LABEL_CELLS)(width)
        ]

    return part(words, [thing_row(draw, thing)] if held else [], empty, thing)


def _reach(tx: ReadTx, person_id: str) -> Rows:
    rows = []
    for one in reaching.reaches(tx, person_id):
        safe = {"yes": "message is safe", "no": "leave no message"}.get(
            one.safe_to_leave, "message: not asked"
        )
        parts = (one.kind, one.whose, safe, "best way" if one.preferred else "", one.remark)
        said_more = ", ".join(part for part in parts if part)
        rows.append(line(one.value, said_more, Thing("reach", one.reach_id, one)))
    return part(
        "How to reach them",
        rows,
        "No way is known. Enter adds a number, and whether a message is safe.",
        Thing("reach"),
    )


def _address(tx: ReadTx, person_id: str, look: Look) -> Rows:
    rows = []
    for one in reaching.addresses(tx, person_id):
        past = one.until is not None and one.until < look.today
        getting_in = f"getting in: {one.getting_in}" if one.getting_in else ""
        more = ", ".join(
            part
            for part in (
                one.kind if one.kind != "home" else "",
                getting_in,
                f"until {phrases.short_day(one.until, look.today)}" if one.until else "",
            )
            if part
        )
        thing = Thing("address", one.address_id, one)
        rows.append(line(one.in_one_line or "Home", more, thing, style="$soft" if past else ""))
    return part(
        "Where they live",
        rows,
        "Not written down. Enter adds an address, or only how one gets in.",
        Thing("address"),
    )


def _home(tx: ReadTx, person_id: str) -> Rows:
    rows = [
        line(one.name, one.place, Thing("household", one.member_id, one))
        for one in households.household(tx, person_id)
    ]
    return [heading("Lives with"), *rows] if rows else []
