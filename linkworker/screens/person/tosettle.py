"""What waits to be settled about a person, on their own page: over the story, and under Now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from linkworker.caseload import settling
from linkworker.caseload.begun_twice import Begun, begun_twice, walks_alongside
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.person.kinds import Thing
from linkworker.screens.settle_rows import kept_apart_said, key_of, what_differs
from linkworker.widgets.acting import act
from linkworker.widgets.rows import SPACE, Row, flowing, heading
from linkworker.widgets.words import joined, one_line

if TYPE_CHECKING:
    from linkworker.screens.person.personpage import PersonPage
    from linkworker.store import ReadTx, WriteTx

HEADING = "To settle"
THING, APART_THING = "to settle", "kept apart to settle"
"""What a `Thing` is that waits to be settled; its row is the difference."""
TWICE_THING = "begun twice"
"""Of this its row are the periods that stand side by side."""
DID = "who walks alongside"
BOTH = "Two began it, out of sight of each other. It counts from the earlier day."


def to_settle_rows(tx: ReadTx, person_id: str) -> list[Row]:
    """Return what waits to be settled about a person, under its heading; nothing where nothing."""
    rows = [
        Row(flowing(what_differs(one)), key_of(one), Thing(THING, one.row_id, one))
        for one in settling.to_settle(tx, person_id)
    ]
    rows += [
        Row(flowing(kept_apart_said(one)), APART_THING, Thing(APART_THING, "all"))
        for one in settling.kept_apart_waits(tx, person_id)
    ]
    begun = begun_twice(tx, person_id)
    if begun:
        rows.append(Row(flowing(_begun_said(begun)), TWICE_THING, Thing(TWICE_THING, "all", begun)))
    return [heading(HEADING), *rows] if rows else []


def _begun_said(begun: list[Begun]) -> Content:
    who = " and ".join(dict.fromkeys(one.worker or "a colleague" for one in begun))
    more = f", by {who}, unseen: Enter says who walks alongside"
    return joined("Support was begun twice", one_line(more, "$soft"))


def say_who_walks(screen: PersonPage, begun: list[Begun]) -> None:
    """Ask which of those who began walks alongside, and leave one period."""
    every = {one.worker_id: (one.worker_id, one.worker or "A colleague", "") for one in begun}

    def take(worker_id: str | None) -> None:
        def do(tx: WriteTx) -> bool:
            return bool(walks_alongside(tx, screen.person_id, worker_id or ""))

        if worker_id is not None and act(screen.house, DID, do, person=screen.person_id):
            screen.house.say("Settled. What happened since stands in one. Ctrl+Z takes it back.")

    asked = ChooseScreen("Who walks alongside?", tuple(every.values()), intro=BOTH)
    screen.app.push_screen(asked, take)


def over_the_story(tx: ReadTx, person_id: str) -> list[Row]:
    """Return the same with an empty line under it, for above the entries of the story."""
    rows = to_settle_rows(tx, person_id)
    return [*rows, SPACE] if rows else []
