"""Five notes of one week, as coordinators write them; everybody in them is invented.

Each is a story and then its marked lines (`tests/notes/`). The tests of the rules, of the records
and of the whole app use them, so that all mean the same notes. Here too: what is known about the
people of each note when it is written, as far as the notes themselves tell it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from linkworker.rules.note.known import Known, Open, Place, Somebody

FOLDER = Path(__file__).parent / "notes"

ANN = Somebody("worker", "worker-ann", "Ann")
SADIA = Somebody("worker", "worker-sadia", "Sadia")
BRYONY = Somebody("worker", "worker-bryony", "Bryony")

TERRY = Somebody("person", "terry", "Terry Beasley")
HODAN = Somebody("person", "hodan", "Hodan")
DEREK = Somebody("person", "derek", "Derek Pratt")
JOAN = Somebody("person", "joan", "Joan Pratt")
DEAN = Somebody("person", "dean", "Dean Hollis")
NIRMALA = Somebody("person", "nirmala", "Nirmala Joshi")

DAYS = {
    "terry": date(2026, 11, 27),
    "hodan": date(2026, 11, 24),
    "derek_and_joan": date(2026, 11, 25),
    "dean": date(2026, 11, 26),
    "nirmala": date(2026, 11, 23),
}


def note(name: str) -> str:
    """Return the text of a note, its story and its marks."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def story_and_marks(name: str) -> tuple[str, list[str]]:
    """Return the story of a note, and its marked lines."""
    story, _, marks = note(name).rpartition("\n\n")
    return story, marks.strip().split("\n")


def known(name: str) -> Known:
    """Return what is known of the people of a note on the day when it is written."""
    day = DAYS[name]
    if name == "terry":
        return Known(
            (TERRY,),
            ANN,
            day,
            day,
            ties=(Somebody("tie", "pat", "Pat Beasley", relationship="daughter", of="terry"),),
            connections=(Place("bowls", "Barwell bowls club", stage="suggested", of="terry"),),
            standing=(
                Open(
                    "hope", "saturdays", "Get out of the house on Saturdays", "terry", agreed=True
                ),
            ),
        )
    if name == "hodan":
        return Known((HODAN,), SADIA, day, day)
    if name == "derek_and_joan":
        return Known((DEREK, JOAN), ANN, day, day)
    if name == "dean":
        return Known(
            (DEAN,),
            ANN,
            day,
            day,
            connections=(Place("dogs", "dog walking", stage="went once", of="dean"),),
            standing=(Open("step", "citizens", "ring Citizens Advice about the PIP", "dean"),),
        )
    return Known(
        (NIRMALA,),
        BRYONY,
        day,
        day,
        connections=(Place("knit", "Knit & Natter", stage="still going", of="nirmala"),),
    )
