"""What the panel says of a line: everything that will be recorded of it, and nothing twice."""

from __future__ import annotations

from datetime import date

from linkworker.rules.marks import Reading, read_note
from linkworker.rules.note.known import Known, Open, Place, Somebody
from linkworker.rules.note.understanding import understand
from linkworker.screens.note_copy import LEFT_OUT, plain_text
from linkworker.screens.note_words import pasted_of, rows

DAY = date(2026, 11, 27)
TERRY = Somebody("person", "terry", "Terence Beasley", ("Terry Beasley",))
KNOWN = Known(
    (TERRY,),
    Somebody("worker", "ann", "Ann"),
    DAY,
    DAY,
    connections=(Place("bowls", "Barwell bowls club", stage="suggested", of="terry"),),
    standing=(
        Open("hope", "sea", "see the sea", "terry", agreed=True),
        Open("step", "ring", "ring the bike club", "terry", who="Terence Beasley"),
    ),
)


def shown(text):
    """Return what the only line of a note becomes, as the panel says it."""
    (row,) = rows(understand(read_note(text), KNOWN))
    return row.becomes


def test_why_the_club_was_not_for_him_is_shown_before_it_is_kept():
    said = shown("x Barwell bowls club: went once, not for him")
    assert said[-1] == "“went once, not for him”"


def test_a_hope_that_stands_agreed_is_not_said_to_be_only_noted():
    assert shown("* see the sea") == ("agreed", "already there, not added again")


def test_a_step_that_stands_there_is_said_not_to_be_added_again():
    assert "already there, not added again" in shown("> Terry: ring the bike club")


def pasted(*lines: str) -> tuple[list[str], Reading]:
    reading = read_note("\n".join(lines), pasted=lines)
    return [ask.id for row in rows(understand(reading, KNOWN)) for ask in row.asks], reading


def test_a_few_pasted_lines_are_asked_about_one_by_one():
    asks, reading = pasted("+ line one", "* line two")
    assert len(asks) == 2
    assert [one.words for one in pasted_of(asks[1], reading.undecided)] == ["* line two"]


def test_many_pasted_lines_are_asked_about_in_one_question():
    asks, reading = pasted(*(f"+ line {number}" for number in range(9)), "> Ann: ring", "> ring")
    assert len(asks) == 1
    assert len(pasted_of(asks[0], reading.undecided)) == 11


def test_an_email_is_asked_about_by_itself():
    asks, reading = pasted("> thanks", "* with the form", "> see you", "> soon")
    assert [len(pasted_of(one, reading.undecided)) for one in asks] == [3, 1]


def test_the_plain_text_says_in_words_that_something_is_left_out_of_it():
    text = plain_text(read_note("We walked.\n!! what she told me"), "Fri 27 Nov")
    assert "told me" not in text
    assert text.endswith(f"{LEFT_OUT}\n")
    assert LEFT_OUT not in plain_text(read_note("We walked."), "Fri 27 Nov")
