"""What every kind of thing on a person's page has: how it is asked about, written and removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from linkworker.widgets.forms import Ask, options

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

Values = dict[str, Any]
"""The fields of a form by name."""

Write = Callable[["WriteTx", str, Values], Any]
"""Takes the transaction, an id (the person's to add, the row's to correct) and the fields."""


@dataclass(frozen=True)
class Thing:
    """What a row of a person's page stands for."""

    kind: str
    row_id: str = ""
    """The row's id; "" for a place where something could stand: Enter adds it there."""
    row: Any = None
    """What `caseload` read, whose fields fill the form."""
    start: Mapping[str, Any] = field(default_factory=dict)
    """What stands in the fields of a new one: the heading it is under, the hope it belongs to."""


@dataclass(frozen=True)
class Kind:
    """How one kind of thing is asked about and written."""

    said: str
    """What it is called: "a strength"."""
    asks: tuple[Ask, ...]
    add: Write | None = None
    correct: Write | None = None
    remove: Callable[[WriteTx, str], Any] | None = None
    tick: Callable[[WriteTx, Thing], str] | None = None
    """Done or not done; returns what to say, "" for nothing."""
    hint: str = ""
    """What it is for, beside its name where one chooses what to add."""
    more: tuple[Ask, ...] = ()
    """Fields that are asked only when it is corrected."""
    only_new: tuple[str, ...] = ()
    """Names of the fields that are asked only of a new one."""
    offers: Callable[[ReadTx, str], Values] | None = None
    """What stands in the fields of a new one to begin with, from what is known of the person."""
    fits: Callable[[ReadTx, str, Values], bool] | None = None
    """Whether what was typed of a new one before, and not done, can still be done; None: always."""
    may_be: Callable[[ReadTx, str], tuple[str, ...]] | None = None
    """Takes a row's id: what its "kind" may be corrected to; None: any of those asked about."""
    correcting_says: str = ""
    """What stands above the fields when it is corrected."""
    ask_first: Callable[[ReadTx, str, Values, Values], str] | None = None
    """Takes whose it is, the fields, and what stood in them: what to ask before it is written, ""
    for nothing."""
    doubt: Callable[[Values], str] | None = None
    """What to say of fields that are kept and may be mistaken, "" for nothing."""

    @property
    def label(self) -> str:
        """Its name at the beginning of a line: "Strength"."""
        bare = self.said.split(" ", 1)[1] if self.said.startswith(("a ", "an ")) else self.said
        return bare[:1].upper() + bare[1:]


WORDS = Ask("words", "In their words", hint="as said, grammar and all")
AGREED = (
    Ask("agreed_with", "Agreed with", hint="nobody yet: it stays noted"),
    Ask("agreed_on", "Agreed on", "past day", hint="today"),
)
NO_YES = options("no", "yes")


def agreed_today(tx: WriteTx, said: Values) -> Values:
    """Return the fields with today as the day of an agreement that names none."""
    if said.get("agreed_with") and not said.get("agreed_on"):
        return said | {"agreed_on": tx.today}
    return said


def state_dated(tx: WriteTx, said: Values, still: str = "open") -> Values:
    """Return the fields with a day for a state that came, and none for one that goes on."""
    if said.get("state", still) == still:
        return said | {"state_on": None}
    return said if said.get("state_on") else said | {"state_on": tx.today}
