"""The keys of a person's page, and on what each of them works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from linkworker.screens.not_done import NOT_DONE
from linkworker.screens.person import offering, on_a_row
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.sections import SECTIONS, Section
from linkworker.widgets.commands import Command
from linkworker.widgets.usual import ADD, NEXT, OPEN, PREVIOUS, REMOVE, TICK

PLACE = "A person"


def _of_the_row(why_not: Callable[[Thing | None], str]) -> Callable[[Any], str]:
    """Ask of what is under the cursor why a key does not work on it."""
    return lambda screen: why_not(screen.thing)


THEN = Command(
    "person.then",
    "Then and now",
    "The ecomap as it was in the first weeks beside how it is, or as it is alone",
    ("t",),
    "then",
    place=PLACE,
    rank=15,
    why_not=lambda screen: "" if screen.section.name == "connections" else NO_MAP,
)
NO_MAP = "Then and now is for the ecomap, under 4 Connections."
APART = Command(
    "person.apart",
    "Kept apart",
    "Open what is kept apart, on purpose; the audit keeps that it was read",
    ("k",),
    "apart",
    place=PLACE,
    rank=-1,
)
PUT_RIGHT = Command(
    "person.put_right",
    "Put right",
    "Put right a slip in a note, when and how it was, or anything else under the cursor; what was "
    "written stays beside it",
    ("c",),
    "put_right",
    place=PLACE,
    rank=7,
    also="correct correction typo mistake wrong edit amend change",
    why_not=_of_the_row(on_a_row.why_not_put_right),
)

COPY_OUT = Command(
    "note.copy",
    "Copy out",
    "Send the note under the cursor to the clipboard as plain text",
    ("ctrl+o",),
    "copy_out",
    place=PLACE,
    rank=-1,
    why_not=lambda screen: "" if screen.contact_chosen else "Copy out is for a note of the story.",
)


SAVE_PLAN = Command(
    "person.save_plan",
    "Save a copy",
    "Save a copy of the plan for the person, or under 4 the map: in a file to print",
    ("p",),
    "save_plan",
    place=PLACE,
    rank=6,
    also="print paper pdf",
)
HAND_OVER = Command(
    "person.hand_over",
    "Hand-over sheet",
    "Write down what whoever walks with them next must know",
    (),
    "hand_over",
    place=PLACE,
    rank=-1,
    another_way="Ctrl+P, then type hand; for everybody, F5 and Hand-over sheets",
    also="handover cover leave holiday",
)
BEGIN = Command(
    "person.begin",
    "Begin",
    "Begin to walk alongside them, or again after a pause or stepping back",
    ("b",),
    "begin",
    place=PLACE,
    rank=11,
    why_not=lambda screen: on_a_row.why_not_begin(screen.banner),
)
SUPPORT = Command(
    "person.support",
    "Pause or step back",
    "Write down what happened to the support: a pause, stepping back, another level, its end",
    (),
    "support",
    place=PLACE,
    rank=-1,
    another_way="Ctrl+P, or Ins under 5 How things are",
    also="stepping paused stop end close level leave",
    why_not=lambda screen: on_a_row.why_not_support(screen.banner),
)
AGREE = Command(
    "person.agree",
    "Agree",
    "Agree what is noted: with whom, and on which day",
    ("a",),
    "agree",
    place=PLACE,
    rank=14,
    why_not=_of_the_row(on_a_row.why_not_agree),
)
CALL_OFF = Command(
    "person.call_off",
    "Call off",
    "Call off the visit, call or session under the cursor, and say why",
    ("x",),
    "call_off",
    place=PLACE,
    rank=13,
    why_not=_of_the_row(on_a_row.why_not_call_off),
)
MOVE_ON = Command(
    "person.move_on",
    "Went on",
    "How a connection went on: in touch, went once, still going, stopped, full, closed; and why",
    ("m",),
    "move_on",
    place=PLACE,
    rank=13,
    also="stage moved connection signpost declined full closed helper",
    why_not=_of_the_row(on_a_row.why_not_move_on),
)
HOW_IT_WENT = Command(
    "person.how_it_went",
    "How it went",
    "Every stage, and how near: put one right, or take it away",
    ("h",),
    "how_it_went",
    place=PLACE,
    rank=12,
    why_not=_of_the_row(on_a_row.why_not_how_it_went),
)
WHO_HELPS = Command(
    "person.who_helps",
    "Who could help",
    "Who and what could meet the hope under the cursor, or where this strength is wanted",
    ("w",),
    "who_helps",
    place=PLACE,
    rank=10,
    also="match people groups services directory gap offer",
    why_not=_of_the_row(on_a_row.why_not_who_helps),
)
OFFER = Command(
    "person.offer",
    "Offer",
    "Offer a strength to colleagues' people, in words that name nobody, or take that back",
    ("o",),
    "offer",
    place=PLACE,
    rank=10,
    also="share gift team colleague withdraw",
    why_not=_of_the_row(offering.why_not_offer),
)
TAKE_OUT = Command(
    "person.take_out",
    "Added by mistake",
    "Take the page of somebody who was added by mistake out of the list",
    (),
    "take_out",
    place=PLACE,
    rank=-1,
    another_way="Ctrl+P, or Del on Who they are, under 6 About me",
)


def _section(number: int, section: Section) -> Command:
    return Command(
        f"person.section{number}",
        section.label,
        f"Show {section.label}",
        (str(number),),
        f"section({section.name!r})",
        place=PLACE,
        rank=-1,
        another_way="Click its name",
    )


KEYS = (
    OPEN.doing("open", help="Open or correct what is under the cursor", place=PLACE),
    ADD.doing("add", help="Add to this section", place=PLACE),
    TICK.doing(
        "tick",
        help="Done, or open again",
        place=PLACE,
        why_not=_of_the_row(on_a_row.why_not_tick),
    ),
    NOT_DONE.doing(
        "not_done", place=PLACE, why_not=_of_the_row(on_a_row.why_not_not_done)
    ),
    REMOVE.doing("remove", place=PLACE),
    PREVIOUS.doing("turn(-1)", help="The person before, by name", place=PLACE, rank=8),
    NEXT.doing("turn(1)", help="The next person, by name", place=PLACE, rank=9),
    BEGIN,
    SUPPORT,
    PUT_RIGHT,
    AGREE,
    CALL_OFF,
    MOVE_ON,
    HOW_IT_WENT,
    WHO_HELPS,
    OFFER,
    COPY_OUT,
    THEN,
    SAVE_PLAN,
    HAND_OVER,
    APART,
    TAKE_OUT,
    Command("person.left", "Left", "The left side", ("left",), "side('#left')", place=PLACE,
            rank=-1),
    Command("person.right", "Right", "The right side", ("right",), "side('#right')",
            place=PLACE, rank=-1),
    *(_section(at, one) for at, one in enumerate(SECTIONS, 1)),
)  # fmt: skip
"""What one can do on the page, the foot's order first."""
