"""What was typed into a form before and not done: which of it the form goes on with.

A form goes on only with what can still be done. What was begun for something that cannot be done
any more is kept as it is, beside what is typed now, until its words are put into the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linkworker.widgets.forms import FormRow

if TYPE_CHECKING:
    from linkworker.store import Draft, ReadTx, Store

DRAFTS = "form"
"""The kind under which the store keeps what was typed into forms."""

Values = dict[str, Any]
Fits = Callable[["ReadTx", Values], bool]
"""Says whether what was typed can still be done, as things stand."""

_WORDS = ("words", "long")


@dataclass(frozen=True)
class Waiting:
    """What waits for one form."""

    under: str
    """The draft to keep under: the one that is gone on with, or a free one."""
    goes_on: Values | None
    """What to go on with."""
    others: tuple[Draft, ...] = ()
    """What cannot be gone on with, and is kept."""


def waiting(store: Store, name: str, fits: Fits | None) -> Waiting:
    """Return what waits for the form whose drafts are kept under `name`. Reads; for a thread."""
    every = [one for one in store.drafts(DRAFTS) if one.id == name or one.id.startswith(f"{name}#")]
    with store.read() as tx:
        fitting = [one for one in every if fits is None or fits(tx, dict(one.facts))]
    others = tuple(one for one in every if one not in fitting)
    if fitting:
        return Waiting(fitting[0].id, dict(fitting[0].facts), others)
    taken = {one.id for one in every}
    free = (f"{name}#{at}" for at in range(2, len(taken) + 3))
    return Waiting(next(one for one in (name, *free) if one not in taken), None, others)


def say_other(draft: Draft, rows: Iterable[FormRow]) -> str:
    """Return what was typed for something else, as a line of the form."""
    words = "; ".join(str(draft.facts[row.ask.name]) for row in _spoken(draft, rows))
    return f'Typed before, for "{draft.facts.get("kind", "")}", and kept: {words or "no words"}'


def words_typed(draft: Draft) -> str:
    """Return what was typed into a form and not done, as one line; "" for nothing.

    For where the form itself is not open: what it was about may have been settled meanwhile.
    """
    typed = (str(value) for value in draft.facts.values() if isinstance(value, str))
    return "; ".join(" ".join(one.split()) for one in typed if one.strip())


def put_in(draft: Draft, rows: Iterable[FormRow]) -> FormRow | None:
    """Put the words of a draft behind those in the fields; return the first field that has some."""
    first = None
    for row in _spoken(draft, rows):
        said = str(draft.facts[row.ask.name])
        row.raw = " ".join(filter(None, (str(row.raw), said)))
        first = first or row
    return first


def _spoken(draft: Draft, rows: Iterable[FormRow]) -> list[FormRow]:
    """Return the rows for which a draft holds words."""
    return [row for row in rows if row.ask.how in _WORDS and draft.facts.get(row.ask.name)]
