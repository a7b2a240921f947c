"""Words that may lie about at somebody's home: no other person's name, no phone, no address.

A printed plan is read by whoever finds it. Where it is not known to be safe at home, a line in
which a name, a number or an address is seen is left out whole: to take only the name out would
leave a sentence that nobody said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from linkworker.rules.names_in_words import taken_apart
from linkworker.rules.shown_names import TITLES

_PHONE = re.compile(r"(?:\d[\s().\-/\u2010-\u2015]*){7,}")
"""Seven digits with no word between them: a phone number, or a day, which is then left out too."""
_E_MAIL = re.compile(r"\S@\S+\.\S")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)


def name_words(names: Iterable[str], own: Iterable[str] = ()) -> frozenset[str]:
    """Return the words by which people are named, folded; without those of the person's `own` name.

    Of "Malcolm from the allotments" that is only Malcolm: a word with a small letter is no name. A
    family name that is the person's too tells nobody else's.
    """
    theirs = {plain for name in own for plain in taken_apart(name).plain}
    found = set()
    for name in names:
        said = taken_apart(name)
        for typed, plain in zip(said.typed, said.plain, strict=True):
            if len(plain) > 1 and not typed[0].islower() and not typed[0].isdigit():
                found.add(plain)
    return frozenset(found - theirs - TITLES)


def names_somebody(words: str, names: frozenset[str]) -> bool:
    """Say whether one of `names` (from `name_words`) stands in `words`."""
    return not names.isdisjoint(taken_apart(words).plain)


def says_where(words: str, addresses: Iterable[str] = ()) -> bool:
    """Say whether a phone number, an e-mail address, a postcode or one of `addresses` is in it."""
    if any(pattern.search(words) for pattern in (_PHONE, _E_MAIL, _POSTCODE)):
        return True
    folded = words.casefold()
    return any(one.strip().casefold() in folded for one in addresses if len(one.strip()) > 3)
