"""The facts of a contact, put right after the fact: when, how, how long, where, what came of it.

Contacts are written with their notes, in `notes`. The words of a note are never changed: a
correction is a note of its own.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from linkworker.caseload.writing import (
    NotSuch,
    Subject,
    a_number,
    correct,
    free,
    one_of,
    some_of,
)
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import WriteTx


def an_instant(value: Any, what: str) -> datetime:
    """Take an aware instant."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise NotSuch(f"The {what} was not kept.", "It is no day and time.", "Say when it was.")
    return value


CONTACT = Subject(
    "contact",
    "Contact",
    "a contact",
    {
        "happened_at": an_instant,
        "minutes": a_number(0, 24 * 60),
        "how": one_of(*values.CONTACT_WAYS),
        "place": free,
        "who_there": some_of(),
        "outcome": one_of(*values.OUTCOMES),
        "interpreter": free,
    },
)


def correct_contact(tx: WriteTx, contact_id: str, **said: Any) -> None:
    """Put the facts of a contact right; a day to come is refused."""
    if said.get("happened_at") and said["happened_at"] > tx.now:
        raise NotSuch("The day was not kept.", "It has not come yet.", "Look at the day and time.")
    correct(tx, CONTACT, contact_id, said)
