"""How one note is put together: a way of meeting, an opening, threads, talk, an ending, marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from linkworker.madeup.calendar import locked_down
from linkworker.madeup.scene import Cast
from linkworker.madeup.telling import Line, Told
from linkworker.madeup.threads import Page

_WAYS = {
    # how it begins: (symbol of the opening, contact way, minutes, symbol of the ending)
    "home": ("home.open", "home visit", (35, 80), "end.home"),
    "phone": ("phone.open", "phone", (8, 35), "end.phone"),
    "rang": ("rang.open", "phone", (5, 30), "end.phone"),
    "out": ("out.open", "met out", (25, 60), "end.out"),
    "walk": ("walk.open", "met out", (25, 60), "end.out"),
    "group": ("group.open", "at a session", (20, 60), ""),
    "hospital": ("hospital.open", "met out", (20, 45), "end.hospital"),
    "chance": ("chance.open", "met out", (5, 15), ""),
    "text": ("text.open", "text or message", (5, 10), ""),
    "door": ("home.open.door", "met out", (10, 25), ""),
    "away": ("away.open", "e-mail or letter", (15, 40), ""),
}

_USUAL = (("home", 10), ("phone", 4), ("rang", 2), ("out", 3), ("walk", 2), ("chance", 1))
_RATHER = {
    "old": (("home", 8), ("phone", 2)),
    "young": (("out", 6), ("walk", 4), ("text", 4)),
    "job": (("phone", 4), ("rang", 2)),
    "walker": (("walk", 4),),
    "dog": (("walk", 3),),
    "homeless": (("out", 40),),
    "nomessage": (("out", 30),),
}
"""Ways that suit somebody, on top of the usual ones."""

_HOWS = {"phone": "phone", "out": "met out"}
"""The contact ways that words may say (`=how.phone`), where an opening leaves it to them."""

_SINGLE = (
    # (symbol, how, outcome, share)
    ("line.noanswer", "phone", "no answer", 18),
    ("line.knock", "home visit", "no answer", 6),
    ("line.voicemail", "phone", "left a voicemail", 8),
    ("line.card", "home visit", "card through the door", 5),
    ("line.theirs", "home visit", "didn't meet: theirs", 7),
    ("line.nottoday", "home visit", "in, but not today", 4),
    ("line.notthere", "met out", "didn't meet: theirs", 2),
    ("line.ours", "phone", "didn't meet: ours", 4),
    ("line.text", "text or message", "met", 12),
    ("line.short", "met out", "met", 20),
    ("line.call", "phone", "met", 12),
    ("line.kin", "phone", "met", 4),
    ("line.partner", "phone", "met", 6),
)


def way_of_meeting(cast: Cast, facts: frozenset[str], day: datetime, chance: Random) -> str:
    """Return how somebody is met on a day: a key of the ways above."""
    if locked_down(day.date()):
        remote = ("text", "text", "text") if "noring" in facts else ("phone", "phone", "rang")
        outside = "walk" if "homeless" in facts else "door"
        return (*remote, outside, "walk")[int(chance.random() * 5)]
    ways = list(_USUAL)
    for fact, more in _RATHER.items():
        if fact in facts:
            ways.extend(more)
    if "group" in facts:
        ways.append(("group", 2))
    if "noring" in facts:
        ways = [(way, share) for way, share in ways if way not in ("phone", "rang")] + [("text", 5)]
    if "notext" in facts:
        ways = [(way, share) for way, share in ways if way != "text"]
    if "housebound" in facts:
        ways = [(way, share) for way, share in ways if way in ("home", "phone", "rang", "text")]
    if "homeless" in facts or "nomessage" in facts:
        ways = [(way, share) for way, share in ways if way not in ("home", "rang")]
    roll = chance.random() * sum(share for _, share in ways)
    for way, share in ways:
        roll -= share
        if roll < 0:
            return way
    return ways[-1][0]


def facts_of(way: str) -> frozenset[str]:
    """Return what is true of a way of meeting: which it is, and whether nobody saw anybody."""
    apart = {"apart"} if way in ("phone", "rang", "text", "away") else set[str]()
    return frozenset({f"way.{way}"} | apart)


def length_wanted(chance: Random) -> int:
    """Return how many words the story should have: mostly 25 to 110, one in ten longer."""
    roll = chance.random()
    if roll < 0.3:
        return 26 + int(chance.random() * 24)
    if roll < 0.9:
        return 50 + int(chance.random() * 52)
    return 105 + int(chance.random() * 70)


def open_page(page: Page, way: str, *, first: bool = False) -> None:
    """Say how the contact began."""
    symbol = _WAYS[way][0]
    page.say("home.open.first" if first and way == "home" else symbol, must=first)


def fill(page: Page, words: int) -> None:
    """Talk on until the story is about as long as wanted."""
    for _ in range(9):
        if page.length >= words - 8:
            return
        page.talk()
    for _ in range(9):
        if len(page.sentences) > 2 or page.length >= 16:
            return
        page.talk()
    if not page.sentences:
        page.talk(must=True)


def close_page(page: Page, way: str, at: datetime, *, wrong: bool) -> Told:
    """Return the finished note of a page."""
    _, how, (least, most), ending = _WAYS[way]
    chance = page.voice.chance
    if any(line.sign == ">" for line in page.lines):
        page.scene.facts |= {"step"}
    if ending and chance.random() < 0.42:
        page.say(ending)
    story = _story(page)
    card = page.cast.card
    asked = bool(card.interpreter) and (way in ("home", "out") or card.interpreter in story)
    minutes = least + 5 * int(chance.random() * ((most - least) // 5 + 1))
    said = _said_of("how.", page)
    return Told(
        at=at,
        people=(card.key,),
        how=_HOWS.get(said, how),
        outcome="met",
        minutes=minutes_said(page, minutes),
        place=_place(page, way),
        text=with_marks(story, page.lines),
        lines=tuple(page.lines),
        interpreter=card.interpreter if asked else "",
        wrong=wrong,
    )


def with_marks(story: str, lines: list[Line]) -> str:
    """Return a story with its marked lines below it."""
    if not lines:
        return story
    marked = "\n".join(str(line) for line in lines)
    return f"{story}\n\n{marked}" if story else marked


def _story(page: Page) -> str:
    """Return the sentences as one or two paragraphs."""
    said = page.sentences
    if len(said) < 4 or page.length < 70:
        return " ".join(said)
    cut = 2 + int(page.voice.chance.random() * (len(said) - 3))
    return " ".join(said[:cut]) + "\n\n" + " ".join(said[cut:])


def _said_of(start: str, page: Page) -> str:
    """Return what was said of the contact itself (`=at.library`): "" where nothing was."""
    said = (one for one in page.voice.effects if one.startswith(start))
    return min(said, default="").removeprefix(start)


def minutes_said(page: Page, minutes: int) -> int:
    """Return how long a contact took: what its words say, else these minutes."""
    return int(_said_of("min.", page) or minutes)


def _place(page: Page, way: str) -> str:
    words = page.scene.words
    said = _said_of("at.", page)
    if said:
        return str(words.get(said, ""))
    if way == "out":
        return page.one((str(words["library"]), str(words["cafe"])))
    if way == "group":
        return str(words.get("gplace", words["hall"]))
    if way == "hospital":
        several = words["hospital"]
        return several if isinstance(several, str) else several[0]
    return ""


@dataclass(frozen=True, slots=True)
class SingleKind:
    """One sort of single line."""

    symbol: str
    how: str
    outcome: str


def single_kind(page: Page) -> SingleKind:
    """Return which single line there is to write."""
    chance = page.voice.chance
    facts = page.scene.facts
    if not facts.isdisjoint(("lang", "bsl")) and chance.random() < 0.12:
        return SingleKind("line.interp", "met out", "didn't meet: interpreter")
    kinds = [one for one in _SINGLE if _suits(one[0], one[1], facts)]
    roll = chance.random() * sum(share for *_, share in kinds)
    for symbol, how, outcome, share in kinds:
        roll -= share
        if roll < 0:
            return SingleKind(symbol, how, outcome)
    return SingleKind(*_SINGLE[0][:3])


def _suits(symbol: str, how: str, facts: frozenset[str]) -> bool:
    """Return whether somebody can be tried so: no ring to the Deaf, no card to who has no door."""
    if how == "phone" and "noring" in facts:
        return False
    if how == "text or message" and "notext" in facts:
        return False
    if how == "home visit" and not facts.isdisjoint(("homeless", "nomessage")):
        return False
    if symbol == "line.notthere":
        return "housebound" not in facts
    return symbol != "line.voicemail" or "nomessage" not in facts


def single_line(page: Page, at: datetime, kind: SingleKind, *, must: bool = False) -> Told | None:
    """Return a note that is one line only; None where none fits, or is new without a `must`."""
    page.voice.effects.clear()
    said = page.voice.say_anew(kind.symbol, page.scene, must=must)
    if not said:
        return None
    return Told(
        at=at,
        people=(page.cast.card.key,),
        how=kind.how,
        outcome=kind.outcome,
        minutes=minutes_said(page, 2 + 3 * int(page.voice.chance.random() * 3)),
        place=str(page.scene.words.get(_said_of("at.", page), "")),
        text=with_marks(said, page.lines),
        lines=tuple(page.lines),
        wrong="wrong" in page.voice.effects,
        single=not page.lines,
        covered=said.startswith(f"{page.cast.words['cover']}, covering"),
    )
