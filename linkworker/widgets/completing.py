"""Finishing a name while it is typed: people after `@`, who does a step after `>`, steps after `x`.

Pure: a line up to the cursor and the names that are known go in, the ways to finish it come out.
Nothing is offered inside the story, and nothing ever changes what was typed unless it is taken.
Words that say a day are no beginning of a name: "by Fri" is left alone where "Friday lunch" is
known, so that Tab goes to the panel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from linkworker.rules.days import day_at_end
from linkworker.rules.marks import sign_of

MOST = 6
"""Ways to finish that are offered at once."""

LEAST_WITHIN = 3
"""Letters to be typed before something is offered in the middle of a line."""

NAME_FIRST = ("@", "x", "?")
"""Signs whose line begins with a name: the Friday of "@ Fri" is a group and no day."""

_WORD_BEGINS = re.compile(r"(?<![\w'’&-])\w")
_WORD_ENDS = re.compile(r"\W")


@dataclass(frozen=True)
class Name:
    """Something that a line may name."""

    text: str
    """As it will stand in the line."""
    signs: str
    """The signs after which it is offered."""
    others: tuple[str, ...] = ()
    """Other ways to type it, which it takes the place of."""
    begins: bool = False
    """Only as the first thing of the line: a name with its colon."""


@dataclass(frozen=True)
class Offer:
    """One way to finish what is being typed."""

    start: int
    """Where in the line the typed beginning starts."""
    text: str
    """What stands there instead when the offer is taken."""
    rest: str
    """What is still missing behind the cursor, "" where the typed beginning is another form."""


def offers(line: str, names: Iterable[Name]) -> list[Offer]:
    """Return the ways to finish `line`, a line of a note up to the cursor, likeliest first."""
    sign = _sign_being_typed(line)
    if not sign:
        return []
    begins = len(line) - len(line.lstrip()) + len(sign)
    first = begins + len(line[begins:]) - len(line[begins:].lstrip())
    fitting = [name for name in names if sign in name.signs]
    found: dict[str, Offer] = {}
    for start in _starts(line, first):
        typed = line[start:]
        for name in fitting:
            if (name.begins and start != first) or name.text in found:
                continue
            offer = _offer(name, typed, start)
            is_name = start == first and sign in NAME_FIRST
            if offer is not None and (is_name or not _says_a_day(line, offer)):
                found[name.text] = offer
    return list(found.values())[:MOST]


def _sign_being_typed(line: str) -> str:
    """Return the sign of a marked line, also before its first letter stands there."""
    stripped = line.lstrip()
    return sign_of(stripped) or (sign_of(stripped + "a") if stripped.endswith(" ") else "")


def _starts(line: str, first: int) -> list[int]:
    """Return where a name may have begun: with the line's words, or with a later word of it."""
    found = [first] if line[first:] else []
    for match in _WORD_BEGINS.finditer(line, first):
        if match.start() != first and len(line) - match.start() >= LEAST_WITHIN:
            found.append(match.start())
    return found


def _says_a_day(line: str, offer: Offer) -> bool:
    """Say whether the typed beginning is a day, or will be once its word stands there in full."""
    finished = line + _WORD_ENDS.split(offer.rest, maxsplit=1)[0]
    return any(
        begin is not None and begin <= offer.start for begin in map(day_at_end, (line, finished))
    )


def _offer(name: Name, typed: str, start: int) -> Offer | None:
    lowered = typed.casefold()
    if _begins_with(name.text, lowered):
        rest = name.text[len(typed) :]
        return Offer(start, name.text, rest) if rest.strip(": ") or name.begins else None
    if len(typed) >= 2 and any(_begins_with(other, lowered) for other in name.others):
        return Offer(start, name.text, "")
    return None


def _begins_with(text: str, lowered: str) -> bool:
    """Say whether `text` begins so and goes on, letter for letter but for capitals."""
    return len(text) > len(lowered) and text[: len(lowered)].casefold() == lowered
