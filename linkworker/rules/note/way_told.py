"""How one was in contact, where the first sentence of a note says it: "Dean rang from the car".

It is only ever offered as a guess, in the place of the way of the last time. So it is read
sparingly: from the first sentence, which is where people say it, and not at all where that
sentence names two ways ("rang, then went round") or where a marked line comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from linkworker.rules.marks import sign_of

_WHOM = r"(?:me|her|him|them|us)"
_WHOSE = r"(?:her|his|their|the)"
_EARLY = r"\A(?:[\w'’]+,? ){0,3}"
"""A call told of further on in a sentence is mostly another one: "said she rang the gas"."""


def _words(pattern: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(rf"(?:{pattern})\b", re.IGNORECASE).search


_SAYING = {
    "phone": _words(
        rf"{_EARLY}(?:rang|phoned|telephoned)(?! (?:the|his|her|their) (?:door ?)?bell)"
        rf"|\A(?:rung|phone(?= ?(?:call|,|-))|call (?:from|to|with))"
        rf"|\b(?:rang|phoned|called) (?:me|us)|{_EARLY}called {_WHOM}(?! (?:in|after)\b)"
        r"|\b(?:spoke|talked|chat|chatted)\b.{,30} (?:on|over) the phone|\bby phone|\bvoice ?mail"
    ),
    "video": _words(r"\A(?:a )?video call|\bby video|\b(?:on|over|by) (?:zoom|facetime)"),
    "text or message": _words(
        rf"{_EARLY}(?:texted|messaged|whats ?apped)|\Atexts?(?=,| (?:from|to))"
        rf"|\b(?:texted|messaged) (?:me|us)|\b(?:sent|got) (?:{_WHOM} )?a text"
    ),
    "e-mail or letter": _words(
        rf"{_EARLY}(?:e-?mailed|wrote to {_WHOM})|\Ae-?mail (?:from|to)|\bby e-?mail"
    ),
    "walked in": _words(r"\b(?:walked|dropped|came|popped) in to see (?:me|us)"),
    "home visit": _words(
        rf"\bhome visit|\bwent round to (?:see|{_WHOSE}|{_WHOM})|\bon {_WHOSE} doorstep"
        rf"|\b(?:called|popped|dropped) (?:in|round) (?:on|to see) {_WHOM}"
    ),
    "met out": _words(rf"\bmet (?:(?!me\b|us\b){_WHOM} |up )?(?:at|in|outside|by|for) (?!home\b)"),
}
"""What says it, by how it was (`schema.values.CONTACT_WAYS`)."""

_FIRST_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|$)")


def way_told(text: str) -> str:
    """Return how one was in contact, as the first sentence of a clean text says it, else ""."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    first = _FIRST_SENTENCE.match(line)
    if first is None or sign_of(line):
        return ""
    ways = [way for way, says in _SAYING.items() if says(first[0])]
    return ways[0] if len(ways) == 1 else ""
