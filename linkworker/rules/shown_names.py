"""How a person's name is shown: in full, shortened where others may look on, and as initials."""

from __future__ import annotations

from collections.abc import Sequence

NO_NAME = "No name yet"
"""Stands where nobody asked for a name and nothing else was written down."""

TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "dame", "lady", "lord"}
)


def shown_name(called: str, given: str = "", family: str = "", description: str = "") -> str:
    """Return the name as the person likes it, or the nearest there is to it.

    What they like to be called is shown everywhere, with the family name where it is one word
    without a title, so that two Terrys stay apart; without it the given and family name; without
    those what stands in for a name ("man, sixties, Blue Badge").
    """
    called, family = called.strip(), family.strip()
    if len(called.split()) == 1 and called.casefold() != family.casefold():
        called = f"{called} {family}".strip()
    return called or f"{given} {family}".strip() or description.strip() or NO_NAME


def short_name(called: str, given: str = "", family: str = "", description: str = "") -> str:
    """Return the name as a list shows it: "Terry B." for Terry Beasley.

    A name of one word gains the family name's initial, so that two Terrys stay apart. Names with a
    title ("Mr B") and names in letters without capitals stay as they are.
    """
    words = called.split() or [*given.split()[:1], *family.split()[-1:]]
    if not words:
        return shown_name("", "", "", description)
    if words[0].rstrip(".").casefold() in TITLES:
        return " ".join(words)
    first, last = words[0], words[-1]
    if len(words) == 1:
        last = family.split()[-1] if family.split() else ""
        if not last or last == first:
            return first
    initial = last[0]
    if not initial.isupper():
        return " ".join(words)
    return f"{first} {initial}."


def possessive(name: str) -> str:
    """Return whose something is: “Joan Pratt’s”."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def spoken_name(called: str, given: str = "") -> str:
    """Return the name that one says to them: the one they like, its first word where it has more.

    A name with a title ("Mr B") stays whole. "" where neither is known.
    """
    words = called.split() or given.split()
    if words and words[0].rstrip(".").casefold() in TITLES:
        return " ".join(words)
    return words[0] if words else ""


def together(names: Sequence[str]) -> str:
    """Return several names as one says them: "Derek and Joan Pratt", "Ann Lee, Bo Lee and Cy Ray".

    A family name that all of them end with is said once, at the end. A name of one word has none,
    nor has what stands in for a name ("man, sixties").
    """
    parts = [name.split() for name in names]
    if len(names) > 1 and all(len(words) > 1 for words in parts):
        stands_in = any(name == NO_NAME or "," in name for name in names)
        if not stands_in and len({words[-1].casefold() for words in parts}) == 1:
            names = [*(" ".join(words[:-1]) for words in parts[:-1]), names[-1]]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def initials(called: str, given: str = "", family: str = "", description: str = "") -> str:
    """Return two letters at most, for a screen that others look at: "T.B."; "–" without a name."""
    words = called.split() or [*given.split()[:1], *family.split()[-1:]]
    words = [word for word in words if word.rstrip(".").casefold() not in TITLES]
    if len(words) == 1 and words[0] != family and family.split():
        words.append(family.split()[-1])
    picked = words[:1] + words[-1:] if len(words) > 1 else words
    letters = [word[0].upper() for word in picked if word[0].isalpha()]
    return "".join(f"{letter}." for letter in letters) or "–"
