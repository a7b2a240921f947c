"""How what a column holds is written: cleaned, and in the store's own form.

The one set of such functions. The column types of the SQLModel tables call them, and so does every
write, which goes by the frozen shape of its table and imports no SQLModel.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Literal

from linkworker.clock import to_text
from linkworker.text import clean, one_line

Kind = Literal[
    "id",
    "words",
    "line",
    "list",
    "instant",
    "day",
    "wall time",
    "time of day",
    "number",
    "yes or no",
]
"""What a column holds. An id is text that nobody typed: it names a row and is never shown. A wall
time is `2026-11-27T10:05`, or the day alone; of it and of a time of day, `10:05`, "" is none."""


def words(value: str | None) -> str | None:
    """Return typed text cleaned."""
    return None if value is None else clean(value)


def line(value: str | None) -> str | None:
    """Return typed text cleaned and on one line.

    It stands in lists: a line end in it would make the next line say what nobody wrote.
    """
    return None if value is None else one_line(value)


def word_list(value: list[str] | None) -> str | None:
    """Return a short list of texts, each cleaned, as JSON text."""
    if value is None:
        return None
    return json.dumps([clean(one) for one in value], ensure_ascii=False)


def instant(value: datetime | None) -> str | None:
    """Return an aware instant as text; one without a zone is a programming error."""
    return None if value is None else to_text(value)


def day(value: date | None) -> str | None:
    """Return a day as text, `2026-11-27`; anything else than a day is a programming error."""
    if value is None:
        return None
    if not isinstance(value, date):
        raise TypeError("not a day")
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"


def yes_or_no(value: bool | None) -> int | None:
    """Return 1 or 0; anything else than yes or no is a programming error."""
    if value is None:
        return None
    if value not in (True, False):
        raise TypeError("neither yes nor no")
    return int(value)


BINDINGS: Mapping[Kind, Callable[[Any], Any] | None] = {
    "id": None,
    "words": words,
    "line": line,
    "list": word_list,
    "instant": instant,
    "day": day,
    "wall time": words,
    "time of day": words,
    "number": None,
    "yes or no": yes_or_no,
}
"""For each kind the function above; None where a value is written as it is."""
