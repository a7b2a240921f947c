"""The little English that the made-up notes need: pronouns that agree, verbs in the past, days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from linkworker.rules.shown_days import MONTHS_IN_FULL, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Pronouns:
    """One person's pronouns and the verb forms that agree with them."""

    they: str
    them: str
    their: str
    theirs: str
    themself: str
    plural: bool

    @property
    def words(self) -> dict[str, str]:
        """Return the slots that a sentence may use: `they`, `was`, `has`, `s` (of "wants") …"""
        many = self.plural
        return {
            "they": self.they,
            "them": self.them,
            "their": self.their,
            "theirs": self.theirs,
            "themself": self.themself,
            "was": "were" if many else "was",
            "is": "are" if many else "is",
            "has": "have" if many else "has",
            "does": "do" if many else "does",
            "s": "" if many else "s",
            "goes": "go" if many else "goes",
            "misses": "miss" if many else "misses",
            "crosses": "cross" if many else "crosses",
        }


PRONOUNS = {
    "he": Pronouns("he", "him", "his", "his", "himself", False),
    "she": Pronouns("she", "her", "her", "hers", "herself", False),
    "they": Pronouns("they", "them", "their", "theirs", "themselves", True),
}
"""By how a person card names them."""

_PARTICIPLES = {
    "be": "been",
    "bring": "brought",
    "buy": "bought",
    "choose": "chosen",
    "come": "come",
    "cut": "cut",
    "do": "done",
    "draw": "drawn",
    "drive": "driven",
    "eat": "eaten",
    "feed": "fed",
    "find": "found",
    "get": "got",
    "give": "given",
    "go": "gone",
    "have": "had",
    "hold": "held",
    "keep": "kept",
    "leave": "left",
    "lend": "lent",
    "let": "let",
    "make": "made",
    "meet": "met",
    "pay": "paid",
    "put": "put",
    "read": "read",
    "ring": "rung",
    "say": "said",
    "see": "seen",
    "sell": "sold",
    "send": "sent",
    "show": "shown",
    "sing": "sung",
    "sit": "sat",
    "speak": "spoken",
    "stand": "stood",
    "swim": "swum",
    "take": "taken",
    "teach": "taught",
    "tell": "told",
    "think": "thought",
    "wear": "worn",
    "win": "won",
    "write": "written",
}

_DOUBLED = {"plan", "stop", "drop", "chat", "pop", "fit", "swap", "nip", "knit", "pin"}


def participle(phrase: str) -> str:
    """Return an imperative as what has been done: "ring the bike club" → "rung the bike club"."""
    verb, space, rest = phrase.partition(" ")
    if verb in _PARTICIPLES:
        done = _PARTICIPLES[verb]
    elif verb in _DOUBLED:
        done = verb + verb[-1] + "ed"
    elif verb.endswith("e"):
        done = verb + "d"
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        done = verb[:-1] + "ied"
    else:
        done = verb + "ed"
    return done + space + rest


def gist(phrase: str) -> str:
    """Return the part of a step that one would say aloud: up to the first comma or bracket."""
    for mark in (",", " (", ";"):
        phrase = phrase.split(mark, 1)[0]
    return phrase.strip()


def capital(text: str) -> str:
    """Return the text with its first letter large, also where it begins with a quotation mark."""
    for place, sign in enumerate(text):
        if sign.isalpha():
            return text[:place] + sign.upper() + text[place + 1 :] if place < 2 else text
        if sign.isdigit():
            return text
    return text


DAYS = ("Mon", "Tues", "Weds", "Thurs", "Fri", "Sat", "Sun")
"""Days as a coordinator writes them in passing."""

LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Days in full."""


MONTHS = MONTHS_IN_FULL
"""Months in full."""


def short_day(day: date) -> str:
    """Return a day as the marks carry it, which reads one way only: "Fri 4 Dec"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1][:3]}"


def working_day(day: date, steps: int) -> date:
    """Return the day that lies `steps` working days after `day` (before it, when negative)."""
    step = timedelta(days=1 if steps > 0 else -1)
    left = abs(steps)
    while left:
        day += step
        if day.weekday() < 5:
            left -= 1
    return day
