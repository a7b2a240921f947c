"""A day word with a slip of the finger in it: "tomoro", "Firday", "4 Decmber".

Told by the measure by which a slip in a name is told (`names.alike`). What it means is never taken
as said: whoever wrote it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linkworker.rules import names
from linkworker.rules.shown_days import MONTHS_IN_FULL

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = tuple(name.lower() for name in MONTHS_IN_FULL if name not in ("March", "May"))
"""Of the months those that no ordinary word is near: march is a slip from match and marsh."""
_DAY_WORDS = tuple(
    word
    for word in ("today", "tonight", "tomorrow", *_WEEKDAYS, *_MONTHS)
    if len(word) >= names.LEAST_FOR_A_SLIP
)
_ALSO_WORDS = frozenset({"sundae", "saturn", "toady", "munday", *(f"{day}s" for day in _WEEKDAYS)})
"""Words and names that are near a day word and none: "on Tuesdays" is no day."""
_NOT_SLIPS = _ALSO_WORDS.union(_DAY_WORDS)
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?![\w'’-])")


@dataclass(frozen=True, slots=True)
class Slip:
    """A word that is nearly a day word, and where it stands."""

    start: int
    end: int
    meant: str
    """The day word that it is near, as it is written: "tomorrow", "Friday"."""

    def mended(self, text: str) -> str:
        """Return the text with the day word in its place."""
        return text[: self.start] + self.meant + text[self.end :]


def day_slips(text: str) -> Iterator[Slip]:
    """Yield each word of `text` that is nearly a day word, in order."""
    for match in _WORD.finditer(text):
        meant = _meant(match[0].lower())
        if meant:
            shown = meant if meant[:2] == "to" else meant.title()
            yield Slip(match.start(), match.end(), shown)


def _meant(word: str) -> str:
    """Return the day word that a word is nearly, "" for none. It begins with the same letter."""
    if len(word) < names.LEAST_FOR_A_SLIP or word in _NOT_SLIPS:
        return ""
    # The letters tell of nearly every word that it is none, before anything is compared.
    likely = [day for day in _DAY_WORDS if day[0] == word[0] and _shares_letters(word, day)]
    near = [(share, day) for day in likely if (share := names.alike(word, day))]
    return max(near)[1] if near else ""


def _shares_letters(word: str, day: str) -> bool:
    return abs(len(word) - len(day)) <= 2 and len(set(day) - set(word)) <= 2
