"""The ecomap: who and what is around somebody, then and now.

Then is the end of the first four weeks, by when two people have begun to know each other. What was
written down later is new since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from linkworker.caseload.reading import rows
from linkworker.clock import local_day
from linkworker.schema import values

if TYPE_CHECKING:
    from datetime import datetime

    from linkworker.store import ReadTx

FIRST_WEEKS = timedelta(weeks=4)
"""How long after the beginning of support "then" is."""


@dataclass(frozen=True)
class Node:
    """Somebody or something around the person, as it stood on a day."""

    row_id: str
    is_tie: bool
    name: str
    said: str
    """What is written beside the name: "daughter, weekly", "went once, not for him"."""
    how: str
    """One of `values.CLOSENESS`; "" for a tie of which nobody said."""
    paid: bool
    ended: bool
    new: bool
    """Whether it came after "then"."""
    kind: str = ""
    """Of a connection one of `values.CONNECTION_KINDS`."""

    @property
    def shape(self) -> str:
        """By which shape it is drawn: "tie", "paid", or one of `values.CONNECTION_KINDS`."""
        if self.is_tie:
            return "paid" if self.paid else "tie"
        return self.kind if self.kind in values.CONNECTION_KINDS else "group"

    @property
    def is_a(self) -> str:
        """What it is, in a word; of family and friends their tie says it."""
        if self.is_tie:
            return "paid" if self.paid else ""
        return self.kind


SHAPES_SAID = {
    "tie": "family, friend or neighbour",
    "person": "somebody we brought together",
    "paid": "paid to be there",
    "group": "group",
    "place": "place",
    "service": "service",
    "activity": "activity",
}
"""What each shape means."""


@dataclass(frozen=True)
class Ecomap:
    """The nodes then and now, and the day that then is."""

    began: date | None
    then_day: date | None
    then: list[Node]
    now: list[Node]

    @property
    def new(self) -> int:
        """How many are new since then and still there."""
        return sum(node.new and not node.ended for node in self.now)

    @property
    def standing_then(self) -> int:
        """How many there were, what had ended apart."""
        return sum(not node.ended for node in self.then)

    @property
    def standing_now(self) -> int:
        """How many there are, what has ended apart."""
        return sum(not node.ended for node in self.now)


@dataclass(frozen=True)
class _Tie:
    row_id: str
    name: str
    relationship: str
    how_often: str
    paid: bool
    until: date | None
    recorded_at: datetime | None


@dataclass(frozen=True)
class _Dated:
    """One stage or closeness: of which row, on which day, what, in which words."""

    of: str
    on: date | None
    what: str
    words: str


def ecomap(tx: ReadTx, person_id: str) -> Ecomap:
    """Return a person's ecomap. Without a support period there is no then, only now."""
    sql = "SELECT min(began) FROM support_period WHERE person_id = ? AND hidden_at IS NULL"
    began_text = tx.value(sql, (person_id,))
    began = date.fromisoformat(began_text) if began_text else None
    then_day = None
    if began:  # which may be any day that there is, also one that nothing comes after
        then_day = tx.today if began > tx.today - FIRST_WEEKS else began + FIRST_WEEKS
    ties = rows(
        tx,
        _Tie,
        """SELECT id, name, relationship, how_often, paid, until, recorded_at FROM tie
        WHERE person_id = ? AND hidden_at IS NULL ORDER BY recorded_at, id""",
        (person_id,),
    )
    groups = tx.rows(
        """SELECT id, name, kind FROM connection WHERE person_id = ? AND hidden_at IS NULL
        ORDER BY recorded_at, id""",
        (person_id,),
    )
    stages = rows(
        tx,
        _Dated,
        """SELECT connection_id, "on", stage, words FROM connection_event
        WHERE person_id = ? AND hidden_at IS NULL ORDER BY "on", recorded_at, id""",
        (person_id,),
    )
    nearness = rows(
        tx,
        _Dated,
        """SELECT coalesce(tie_id, connection_id), "on", how, words FROM closeness
        WHERE person_id = ? AND hidden_at IS NULL ORDER BY "on", recorded_at, id""",
        (person_id,),
    )

    def at(day: date) -> list[Node]:
        found = [_tie_at(tie, nearness, day, then_day) for tie in ties]
        found += [
            _group_at(str(row_id), str(name), str(kind), stages, nearness, day, then_day)
            for row_id, name, kind in groups
        ]
        return [node for node in found if node is not None]

    return Ecomap(began, then_day, at(then_day) if then_day else [], at(tx.today))


def _tie_at(tie: _Tie, nearness: list[_Dated], day: date, then_day: date | None) -> Node | None:
    mine = [one for one in nearness if one.of == tie.row_id]
    known = [one.on for one in mine if one.on]
    if tie.recorded_at:
        known.append(local_day(tie.recorded_at))
    since = min(known, default=day)
    if since > day:
        return None
    said = ", ".join(part for part in (tie.relationship, tie.how_often) if part)
    how = _latest(mine, day)
    ended = tie.until is not None and tie.until < day
    return Node(
        tie.row_id,
        True,
        tie.name,
        said,
        how.what if how else "",
        tie.paid,
        ended,
        then_day is not None and since > then_day,
    )


def _group_at(
    row_id: str,
    name: str,
    kind: str,
    stages: list[_Dated],
    nearness: list[_Dated],
    day: date,
    then_day: date | None,
) -> Node | None:
    mine = [one for one in stages if one.of == row_id]
    stage = _latest(mine, day)
    if stage is None:
        return None
    since = min((one.on for one in mine if one.on), default=day)
    near = _latest([one for one in nearness if one.of == row_id], day)
    ended = stage.what in values.STAGES_ENDED
    usual = "steady" if stage.what in ("still going", "helper") else "thin"
    again = stage.words.strip(" .").casefold() == stage.what.casefold()
    said = ", ".join(part for part in (stage.what, "" if again else stage.words) if part)
    return Node(
        row_id,
        False,
        name,
        said,
        near.what if near else usual,
        False,
        ended,
        then_day is not None and since > then_day,
        kind,
    )


def _latest(dated: list[_Dated], day: date) -> _Dated | None:
    """Return the last of them that was true on `day`; they come in order."""
    so_far = [one for one in dated if one.on is None or one.on <= day]
    return so_far[-1] if so_far else None
