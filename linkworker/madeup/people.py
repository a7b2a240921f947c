"""Person cards: who the made-up people are, read from the text files beside this one.

A card is written to be read by people::

    == terry | Terry Beasley | he | 78 | Barwell
    story: hand
    ties: Pat, daughter, she, close, weekly, kin emergency; Ray, neighbour, he, steady, most days
    hopes: get out of the house on Saturdays / be some use to someone

`FIELDS` has every field; a card with another one is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

FIELDS = (
    "story",
    "called",
    "described",
    "house",
    "at",
    "in",
    "ties",
    "good",
    "hopes",
    "way",
    "likes",
    "topics",
    "things",
    "past",
    "said",
    "vision",
    "by",
    "why",
    "own",
    "please",
    "facts",
    "safe",
    "lang",
    "lang.second",
    "interp",
    "needs",
    "church",
    "ethnic",
    "atmost",
)
"""What may stand on a card."""

STORIES = (
    "steady",
    "slow",
    "grows",
    "returns",
    "stepped",
    "paused",
    "quiet",
    "hospital",
    "away",
    "moved",
    "lost",
    "died",
    "once",
    "new",
    "hand",
)
"""How somebody's time with us goes; a number after it is days ago (of a death, of being new)."""

PARTNERS = ("husband", "wife", "partner")
NOT_FAMILY = ("friend", "neighbour", "host", "support worker", "supported lodgings")
GONE = ("ex-husband", "ex-wife", "ex-partner")
ROLES = {"kin": "next of kin", "emergency": "emergency contact", "carer": "carer"}


class UnreadableCard(ValueError):
    """A person card has a line that cannot be read: says which person and what."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody in a made-up person's life."""

    name: str
    relationship: str
    pronoun: str
    """ "he", "she" or "they"."""
    closeness: str
    """One of `schema.values.CLOSENESS`, "" where nobody said."""
    how_often: str
    roles: tuple[str, ...]
    other: str
    """The key of the other's own card, "" if they have none."""

    @property
    def is_partner(self) -> bool:
        """Whether this is a husband, wife or partner, now."""
        return self.relationship.split()[0] in PARTNERS

    @property
    def is_family(self) -> bool:
        """Whether this is family other than the partner."""
        first = self.relationship
        return not (self.is_partner or first in NOT_FAMILY or first in GONE)


@dataclass(frozen=True, slots=True)
class Card:
    """One made-up person."""

    key: str
    given: str
    family: str
    called: str
    described: str
    """What stands in for a name that nobody asked for."""
    pronoun: str
    age: int
    """0 where nobody asked."""
    village: str
    story: str
    days: int
    """The number of the story, 0 where it has none."""
    house: str
    """People with the same word here live together; "" for the rest."""
    address: str
    getting_in: str
    ties: tuple[Tie, ...]
    good: tuple[str, ...]
    hopes: tuple[str, ...]
    way: tuple[str, ...]
    likes: tuple[str, ...]
    """Keys of groups of the patch."""
    topics: tuple[str, ...]
    things: dict[str, str]
    past: str
    said: tuple[str, ...]
    vision: str
    introduced_by: str
    why: str
    own: str
    please: str
    facts: frozenset[str]
    safe: str
    """A risk in words, "none" for "no known risks", "" where it was not spoken about yet."""
    language: str
    other_language: str
    interpreter: str
    interpreter_pronoun: str
    needs: str
    church: str
    ethnic: str
    at_most_months: int
    """How long ago their story may have begun; 0 for as long as one likes."""


def read_people(text: str) -> tuple[Card, ...]:
    """Return the cards of a file. Raises UnreadableCard where a line is not understood."""
    cards: list[Card] = []
    head, fields = "", dict[str, str]()
    for raw in [*text.splitlines(), "== "]:
        line = raw.strip()
        if line.startswith("=="):
            if head:
                cards.append(_card(head, fields))
            head, fields = line[2:].strip(), {}
        elif line and not line.startswith("#"):
            name, colon, value = line.partition(":")
            if not colon or name.strip() not in FIELDS or not head:
                raise UnreadableCard(f"{head or 'before the first card'}: {line[:60]}")
            fields[name.strip()] = value.strip()
    return tuple(cards)


def _card(head: str, fields: dict[str, str]) -> Card:
    parts = [part.strip() for part in head.split("|")]
    if len(parts) != 5 or not parts[3].isdigit() or parts[2] not in ("he", "she", "they"):
        raise UnreadableCard(head)
    key, name, pronoun, age, village = parts
    story, _, days = fields.get("story", "steady").partition(" ")
    if story not in STORIES:
        raise UnreadableCard(f"{key}: no story is called {story}")
    given, family = _names(name)
    interpreter, _, interpreter_pronoun = fields.get("interp", "").partition(", ")
    return Card(
        key=key,
        given=given,
        family=family,
        called=fields.get("called", ""),
        described=fields.get("described", ""),
        pronoun=pronoun,
        age=int(age),
        village=village,
        story=story,
        days=int(days or 0),
        house=fields.get("house", ""),
        address=_said(fields, "at"),
        getting_in=_said(fields, "in"),
        ties=tuple(_tie(key, one) for one in fields.get("ties", "").split(";") if one.strip()),
        good=_several(fields, "good"),
        hopes=_several(fields, "hopes"),
        way=_several(fields, "way"),
        likes=tuple(fields.get("likes", "").split()),
        topics=_several(fields, "topics"),
        things=_things(key, fields.get("things", "")),
        past=fields.get("past", ""),
        said=_several(fields, "said"),
        vision=_said(fields, "vision").strip('"'),
        introduced_by=fields.get("by", ""),
        why=fields.get("why", ""),
        own=_said(fields, "own"),
        please=fields.get("please", ""),
        facts=frozenset(fields.get("facts", "").split()),
        safe=_said(fields, "safe"),
        language=fields.get("lang", ""),
        other_language=fields.get("lang.second", ""),
        interpreter=interpreter,
        interpreter_pronoun=interpreter_pronoun or "she",
        needs=fields.get("needs", ""),
        church=fields.get("church", ""),
        ethnic=fields.get("ethnic", "A"),
        at_most_months=int(fields.get("atmost", "0")),
    )


def _names(name: str) -> tuple[str, str]:
    """Return given and family name; two given names stand with an underscore between them."""
    given, _, family = name.partition(" ")
    return given.replace("_", " "), family


def _said(fields: dict[str, str], name: str) -> str:
    value = fields.get(name, "")
    return "" if value == "-" else value


def _several(fields: dict[str, str], name: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in _said(fields, name).split(" / ") if one.strip())


def _tie(key: str, text: str) -> Tie:
    parts = [part.strip() for part in text.split(",")]
    parts += [""] * (6 - len(parts))
    name, relationship, pronoun, closeness, how_often, roles = parts[:6]
    if pronoun not in ("he", "she", "they") or not set(roles.split()) <= ROLES.keys():
        raise UnreadableCard(f"{key}: the tie {text.strip()[:40]}")
    return Tie(
        name,
        relationship,
        pronoun,
        closeness,
        how_often,
        tuple(ROLES[role] for role in roles.split()),
        "",
    )


def linked(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """Return the cards with each tie to another card knowing it: two who name each other."""
    by_name = {name: card for card in cards for name in (card.called, card.given) if name}
    done = []
    for card in cards:
        ties = []
        for tie in card.ties:
            other = by_name.get(tie.name)
            if other is not None and other.key != card.key:
                mine = {card.called, card.given}
                if any(back.name in mine for back in other.ties):
                    tie = replace(tie, pronoun=other.pronoun, other=other.key)
            ties.append(tie)
        done.append(replace(card, ties=tuple(ties)))
    return tuple(done)


def _things(key: str, text: str) -> dict[str, str]:
    things: dict[str, str] = {}
    for one in text.split(";"):
        name, equals, value = one.strip().partition("=")
        if name and not equals:
            raise UnreadableCard(f"{key}: the thing {one.strip()[:40]}")
        if value:
            things[name] = value
    return things
