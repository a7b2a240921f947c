"""How a name sounds, as a short key: Siobhan and Shivaun, Niamh and Neeve, Ciara and Keira.

A key of our own for names heard in England: consonants are gathered into classes, vowels drop but
for a first one, and Irish, Welsh, Polish and South Asian spellings are read as well as English
ones. A spelling that can be read two ways has several keys, and names sound alike where they share
one.
"""

from __future__ import annotations

MOST_KEYS = 8
"""Readings kept of one word; more would make everything sound like everything."""

_VOWELS = frozenset("aeiouy")
_SOFTENING = frozenset("eiy")
_BEGINNINGS = {"kn": "n", "gn": "n", "wr": "r", "ps": "s", "pn": "n", "wh": "w", "rh": "r"}
_PLAIN = {"f": "F", "v": "F", "k": "K", "q": "K", "l": "L", "r": "R", "s": "S", "z": "S"}


def sound_keys(word: str) -> tuple[str, ...]:
    """Return the keys of a folded word; none where it is not written in Latin letters."""
    if not word.isascii() or not word.isalpha():
        return ()
    for spelling, sound in _BEGINNINGS.items():
        if word.startswith(spelling):
            word = sound + word[2:]
            break
    keys = [""]
    place, last = 0, ""
    while place < len(word):
        readings, step = _read(word, place)
        letter = word[place]
        if letter == last and step == 1 and letter not in _VOWELS:
            readings = ("",)  # a doubled letter sounds once
        last = letter if step == 1 else ""
        grown = [key + reading for key in keys for reading in readings]
        keys = list(dict.fromkeys(grown))[:MOST_KEYS]
        place += step
    return tuple(key for key in keys if key)


def _read(word: str, place: int) -> tuple[tuple[str, ...], int]:
    """Return what the letters at `place` may sound like, and how many letters that took."""
    letter, after = word[place], word[place + 1 : place + 2]
    first, later = place == 0, word[place + 2 : place + 3]
    if letter in _VOWELS or letter in "wh":
        return _read_soft(word, place)
    if after == "h":
        return _read_with_h(letter, first, later, word, place)
    if letter in _PLAIN:
        if letter == "s" and after in ("z", "s"):
            return ("S",), 2
        if letter == "s" and word.startswith("sch", place):
            return ("S", "SK"), 3
        return (_PLAIN[letter],), 1
    match letter:
        case "b" | "p":
            return ("P",), 1
        case "c":
            if after == "k":
                return ("K",), 2
            if after == "z":
                return ("J", "S"), 2
            return (("S", "K") if after in _SOFTENING else ("K",)), 1
        case "d":
            if after == "g" and later in _SOFTENING:
                return ("J",), 2
            if after == "d":
                return ("T",), 2
            return ("T",), 1
        case "g":
            return (("J", "K") if after in _SOFTENING else ("K",)), 1
        case "j":
            return (("J", "Y") if first else ("J",)), 1
        case "m":
            return ("M",), 1
        case "n":
            hard = later in _VOWELS if later else False
            return ("N",), (2 if after == "g" and not hard else 1)
        case "t":
            if word.startswith("tch", place):
                return ("J",), 3
            return (("S",), 2) if after in ("z", "s") else (("T",), 1)
        case _:  # x
            return (("S", "H") if first else ("KS",)), 1  # Somali Xasan is Hassan


def _read_soft(word: str, place: int) -> tuple[tuple[str, ...], int]:
    """Read a vowel, w or h: heard at the beginning of a word, hardly after it."""
    letter, after = word[place], word[place + 1 : place + 2]
    if place == 0:
        if letter == "y" and after in _VOWELS:
            return ("Y",), 1
        if letter == "w":
            return ("W", "F"), 1
        return ("H" if letter == "h" else "A",), 1
    between = word[place - 1] in _VOWELS and after in _VOWELS and after
    if letter == "w" and between:
        return ("", "F"), 1
    return ("",), 1


def _read_with_h(
    letter: str, first: bool, later: str, word: str, place: int
) -> tuple[tuple[str, ...], int]:
    """Read a consonant with h after it: softened in English, Irish and Welsh, breathed in Hindi."""
    match letter:
        case "b":
            return (("P",) if first else ("F", "P")), 2
        case "m":
            return (("M",) if first else ("F", "M")), 2
        case "c":
            return (("K",) if later in ("r", "l") and later else ("J", "K", "S")), 2
        case "d":
            return (("T",) if first or (later in _VOWELS and later) else ("", "T")), 2
        case "g":
            return (("K",) if first else ("",)), 2
        case "p":
            return ("F",), 2
        case "s" | "z":
            return ("S",), 2
        case "t":
            silent = word[place - 2 : place] in ("ai", "ei") and not later
            return (("", "T") if silent else ("T",)), 2
        case "k" | "q":
            return ("K",), 2
        case "j":
            return ("J",), 2
        case "x":
            return (("S",) if first else ("KS",)), 2
        case _:  # l, n, r, f, v: the h is not heard
            return (_PLAIN.get(letter, "N"),), 2
