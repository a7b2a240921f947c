"""Which words tell one thing of a record from another: "ring the bike club" by bike and club."""

from __future__ import annotations

from collections.abc import Iterable

_LITTLE_WORDS = """a an and at be by do for from go had has he her him his i if in is it me my of on
or our out see she so some that the their them then there they this to up was we went with you"""
_LITTLE = frozenset(_LITTLE_WORDS.split())
_COMMON_WORDS = """ask bring call find get give help look make need phone ring send speak take talk
tell text try visit want write"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that begin many steps: alone they tell nothing."""

_TOLD = {
    "rang": "ring",
    "rung": "ring",
    "sent": "send",
    "asked": "ask",
    "wrote": "write",
    "spoke": "speak",
    "saw": "see",
    "took": "take",
    "got": "get",
    "brought": "bring",
    "found": "find",
    "gave": "give",
    "made": "make",
    "paid": "pay",
    "told": "tell",
}
"""A step says "ring", and afterwards it is told that somebody rang."""


def _bare(word: str) -> str:
    """Return a word without its commonest endings, so that "posted" finds "post"."""
    for ending, least in (("ing", 6), ("ed", 5), ("es", 5), ("s", 4)):
        if word.endswith(ending) and len(word) >= least:
            return word[: -len(ending)]
    return word


def telling_words(words: Iterable[str]) -> dict[str, float]:
    """Return those of some folded words that tell a thing from others, each with its weight."""
    telling: dict[str, float] = {}
    for told in words:
        word = _TOLD.get(told, told)
        if word not in _LITTLE:
            telling[_bare(word)] = 0.3 if word in _COMMON else 1.0
    return telling
