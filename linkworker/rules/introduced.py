"""What is said at the front door, as it is sealed there and read on a laptop.

Everything is text that a stranger wrote: it is cleaned here, and again where it is written into a
record. Nothing but a reason is needed, and a way to reach somebody.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from linkworker.schema.values import KNOWS, URGENCIES
from linkworker.text import clean, one_line

FORM = 1

MOST = {
    "reason": 8_000,
    "own_reason": 8_000,
    "agreed_to": 1_000,
    "safe_words": 1_000,
    "reach": 300,
    "by_contact": 300,
}
"""Characters of what may be long; of anything else `MOST_LINE`."""
MOST_LINE = 120

SAFE = ("not said", "yes", "no", "not sure")
"""Whether it is safe to ring, to text, to write."""

WHO = ("myself", "somebody else")
"""Whom it is about."""

_LISTS = {
    "who": WHO,
    "knows": KNOWS,
    "urgency": URGENCIES,
    "safe_ring": SAFE,
    "safe_text": SAFE,
    "safe_write": SAFE,
}
_LONG = ("reason", "own_reason", "agreed_to", "safe_words")


@dataclass(frozen=True)
class Introduced:
    """What somebody said of themself or of somebody else."""

    who: str = "somebody else"
    called: str = ""
    """The name as they like it."""
    reach: str = ""
    """A telephone number, an e-mail address, or how else the person is reached."""
    place: str = ""
    """A postcode, a village, or a part of town."""
    born: str = ""
    """As it was said."""
    nhs_number: str = ""
    reason: str = ""
    own_reason: str = ""
    """What the person says themself, in their words."""
    knows: str = "not said"
    agreed_to: str = ""
    urgency: str = ""
    safe_ring: str = "not said"
    safe_text: str = "not said"
    safe_write: str = "not said"
    safe_words: str = ""
    by_name: str = ""
    by_role: str = ""
    by_organisation: str = ""
    by_organisation_code: str = ""
    by_contact: str = ""
    how: str = "front door"

    @property
    def safe_to_reach(self) -> str:
        """Return in a sentence whether it is safe to ring, text and write."""
        ways = (("ring", self.safe_ring), ("text", self.safe_text), ("write", self.safe_write))
        said = [f"{way}: {answer}" for way, answer in ways if answer != SAFE[0]]
        sentence = f"{', '.join(said)}.".capitalize() if said else ""
        return " ".join(part for part in (sentence, self.safe_words) if part)


NAMES = tuple(one.name for one in fields(Introduced))


def most_of(name: str) -> int:
    """Return how many characters a field holds at most."""
    return MOST.get(name, MOST_LINE)


def cleaned(name: str, said: str) -> str:
    """Return what was said in a field as it is kept."""
    return clean(said).strip() if name in _LONG else one_line(said).strip()


def wrong(said: Introduced) -> dict[str, str]:
    """Return what is wrong, by field: "missing", "too long" or "not one of these"."""
    found: dict[str, str] = {}
    for name in NAMES:
        value = getattr(said, name)
        if len(value) > most_of(name):
            found[name] = "too long"
        elif name in _LISTS and value not in _LISTS[name]:
            found[name] = "not one of these"
    if not said.reason:
        found.setdefault("reason", "missing")
    if not said.reach and (said.who == "myself" or not said.by_contact):
        found.setdefault("reach", "missing")
    return found


def to_bytes(said: Introduced) -> bytes:
    """Return it as it is sealed."""
    return json.dumps({"form": FORM, **asdict(said)}, ensure_ascii=False).encode()


def from_bytes(data: bytes) -> Introduced | None:
    """Return what was sealed, None for what is none: nothing that a stranger sends is believed."""
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("form") != FORM:
        return None
    values = {name: found[name] for name in NAMES if name in found}
    if not all(isinstance(value, str) for value in values.values()):
        return None
    said = Introduced(**{name: cleaned(name, value) for name, value in values.items()})
    return None if wrong(said) else said
