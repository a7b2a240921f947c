"""Whether a text names somebody: their name in any order and spelling, and no word by chance.

Names and text are compared folded (`text.folded`): without case, accents and apostrophes, in any
script. A first name alone is a sign of somebody only where one knows of whom a text was said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from linkworker.codes import names_that_are_words
from linkworker.rules.shown_names import TITLES
from linkworker.text import folded

_APOSTROPHES = "'\u2019`\u02bc"
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s?$")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
"""Letters of languages that put no space between words: Thai, Lao, Burmese, Khmer, Japanese,
Chinese."""

BETWEEN = 1
"""Words that may stand between a first name and a family name: "Terence J Smith"."""


@dataclass(frozen=True)
class Said:
    """A text, taken apart."""

    typed: tuple[str, ...]
    """Its words as they were typed."""
    plain: tuple[str, ...]
    """The same, folded."""
    joined: str
    """All letters without spaces, for names of languages that write none."""


def taken_apart(text: str) -> Said:
    """Return the words of a text."""
    typed, plain = [], []
    for word in _words(text):
        typed.append(word)
        plain.append(folded(_POSSESSIVE.sub("", word)))
    return Said(tuple(typed), tuple(plain), "".join(plain))


def words_of_names(names: Iterable[str], *, run_on: bool = False) -> frozenset[str]:
    """Return the words of names, folded, without titles and single letters.

    `run_on`: also all words of a name as one, "maryjane" of "Mary-Jane".
    """
    found: set[str] = set()
    for name in names:
        words = [folded(word) for word in _words(name)]
        found.update(words, ["".join(words)] if run_on else [])
    return frozenset(word for word in found if len(word) > 1) - TITLES


def names_one(said: Said, names: frozenset[str]) -> bool:
    """Say whether a word of `names` (from `words_of_names`) stands in a text.

    One that is an ordinary word too counts with a capital letter: "May", not "it may be".
    """
    ordinary = names_that_are_words()
    for typed, plain in zip(said.typed, said.plain, strict=True):
        for one in {plain, plain.removesuffix("s")}:  # Terry's bike, and Terrys bike
            if one in names and not (one in ordinary and typed[0].islower()):
                return True
    return any(_UNSPACED.search(name) and name in said.joined for name in names)


def names_whole(said: Said, called: str, given: str, family: str, *, alone: bool) -> bool:
    """Say whether a text has the name of somebody, by which they are told from others.

    A first name beside the family name, in either order, with a word between or as an initial:
    "Terry Beasley", "Beasley, Terry", "T. Beasley". `alone`: nobody else here has that family name,
    so that "Mr Beasley" is them. Who is known by one name only is told by nothing.
    """
    first, last = _parts(called, given, family)
    if not last:
        return False
    if _UNSPACED.search("".join(last)):
        whole = "".join(last)
        return any(
            f"{whole}{one}" in said.joined or f"{one}{whole}" in said.joined for one in first
        )
    size = len(last)
    return any(
        said.plain[at : at + size] == last and _is_theirs(said, at, size, first, alone)
        for at in range(len(said.plain) - size + 1)
    )


def _is_theirs(said: Said, at: int, size: int, first: frozenset[str], alone: bool) -> bool:
    """Say whether what stands around a family name makes it somebody's."""
    before, after = said.plain[max(0, at - 1 - BETWEEN) : at], said.plain[at + size : at + size + 1]
    if before and (before[-1] in first or (alone and before[-1] in TITLES)):
        return True
    if len(before) > 1 and before[0] in first and not said.typed[at - 1][0].islower():
        return True
    if after and after[0] in first:
        return True
    initials = {one[0] for one in first}
    beside = (*range(max(0, at - 1 - BETWEEN), at), *range(at + size, at + size + 1))
    return any(
        place < len(said.plain)
        and len(said.plain[place]) == 1
        and said.plain[place] in initials
        and said.typed[place].isupper()
        for place in beside
    )


def _parts(called: str, given: str, family: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words that may be somebody's first name, and their family name."""
    last = tuple(map(folded, _words(family)))
    others = [folded(word) for name in (called, given) for word in _words(name)]
    if not last:  # who came by the front door has one name, as it was typed
        whole = [folded(word) for word in _words(called) if folded(word) not in TITLES]
        if len(whole) < 2:
            return frozenset(), ()
        others, last = whole[:-1], (whole[-1],)
    first = {word for word in others if len(word) > 1 or _UNSPACED.search(word)}
    return frozenset(first - TITLES - {*last}), last


def _words(text: str) -> list[str]:
    """Return the words of a text: letters, digits and marks, with apostrophes in them."""
    spaced = (
        one if one.isalnum() or one in _APOSTROPHES or unicodedata.category(one)[0] == "M" else " "
        for one in text
    )
    return [word for word in "".join(spaced).split() if any(map(str.isalnum, word))]
