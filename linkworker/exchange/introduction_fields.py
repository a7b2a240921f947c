"""An introduction by the names of its fields, as a script gives it: one mapping of plain values.

It is checked whole before anything is written. Fields of the person are those of `person_fields`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from linkworker.caseload import introductions, people
from linkworker.caseload.field_words import said
from linkworker.caseload.writing import NotSuch
from linkworker.exchange.person_fields import ADDRESS, REACHES, understood
from linkworker.exchange.written_dates import read_date
from linkworker.schema import values as lists

if TYPE_CHECKING:
    from linkworker.store import WriteTx

WORDS = (
    *("how", "by_name", "by_role", "by_service", "by_organisation", "by_organisation_code"),
    *("by_contact", "their_reason", "own_reason", "knows", "agreed_to", "urgency"),
    *("safe_to_reach", "answer_to"),
)
"""Fields of an introduction that are text."""
CAME = "came_on"
MAY_ANSWER = "may_answer"
MESSAGE = "message_is_safe"


def take_down(tx: WriteTx, given: Mapping[str, Any]) -> tuple[str, str]:
    """Take an introduction down; return the ids of the person and of the introduction.

    Raises `NotSuch` and its kin for a field or a value that cannot be.
    """
    left = dict(given)
    told = {name: left.pop(name) for name in WORDS if name in left}
    came = left.pop(CAME, "")
    may_answer = left.pop(MAY_ANSWER, False)
    message = left.pop(MESSAGE, "not asked")
    if message not in lists.SAFE_TO_LEAVE:
        raise _not("answer to whether a message is safe there", "yes, no or not asked")
    wanted = {name: value for name, value in understood(left, tx.today).items() if value}
    return introductions.take_down(
        tx,
        {name: value for name, value in wanted.items() if name in people.PERSON.fields},
        came_at=introductions.came_on(tx, _day(tx, came)),
        reaches=tuple(
            {"value": wanted[name], "kind": kind, "safe_to_leave": message}
            for name, kind in REACHES.items()
            if name in wanted
        ),
        address={name: wanted[name] for name in ADDRESS if name in wanted} or None,
        **told,
        may_answer=may_answer,
    )


def _day(tx: WriteTx, came: Any) -> Any:
    if came in ("", None):
        return None
    read = read_date(came, tx.today) if isinstance(came, str) else None
    if read is None or read.day is None or read.why or read.precision != "day":
        raise _not(said("came_at"), "a day, as 2026-11-24 or 24/11/2026")
    return read.day


def _not(what: str, wanted: str) -> NotSuch:
    return NotSuch(f"The {what} was not kept.", "It is not one.", f"Give {wanted}.")
