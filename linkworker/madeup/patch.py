"""The made-up patches: who works there, its villages, its groups, its weather."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random

from linkworker.madeup.people import Card, linked, read_people

PATCHES = ("leicestershire", "liverpool")
"""The sets of made-up people; each is one worker's patch, and nobody stands in two."""

NOT_CARDS = ("patch.txt", "week.txt", "directory.txt", "community.txt")
"""Files of a patch that hold no cards of people."""


@dataclass(frozen=True, slots=True)
class Place:
    """A village or part of town, with what people there call things."""

    name: str
    postcode: str
    """What its postcodes begin with: "LE9 8", or "L8"."""
    shop: str
    park: str
    library: str
    hall: str
    cafe: str
    church: str
    surgery: str


@dataclass(frozen=True, slots=True)
class Group:
    """Something to go to."""

    key: str
    name: str
    short: str
    when: str
    place: str
    leader: str
    leader_pronoun: str
    doing: str
    thing: str
    """What somebody there has to look after."""
    cost: str
    whom: str
    """ "anybody", or those whose card names it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of the diary by hand."""

    days: int
    """Working days after today, negative before it."""
    at: str
    """Wall time "10:05"."""
    who: tuple[str, ...]
    """Keys of cards."""
    kind: str
    """One of `schema.values.APPOINTMENT_KINDS`."""
    minutes: int
    place: str
    about: str


@dataclass(frozen=True, slots=True)
class Patch:
    """One worker's patch and the people in it."""

    key: str
    about: dict[str, str]
    """The lines at the top of its file: worker, cover, town …"""
    places: dict[str, Place]
    groups: dict[str, Group]
    people: tuple[Card, ...]
    diary: tuple[Planned, ...]
    """What stands in the diary today, and what was there and is not written up."""

    def card(self, key: str) -> Card:
        """Return one person's card. Raises KeyError for a key that nobody has."""
        for card in self.people:
            if card.key == key:
                return card
        raise KeyError(key)


class UnreadablePatch(ValueError):
    """A patch file has a line that cannot be read: says which."""


def texts(folder: str) -> dict[str, str]:
    """Return the text files of a folder of this room by name, in order."""
    found = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in files("linkworker.madeup").joinpath(folder).iterdir()
        if entry.name.endswith(".txt")
    }
    return dict(sorted(found.items()))


def load(key: str) -> Patch:
    """Return one of `PATCHES`, read from its files. Raises KeyError for any other."""
    if key not in PATCHES:
        raise KeyError(key)
    said = texts(key)
    people: list[Card] = []
    for name, text in said.items():
        if name not in NOT_CARDS:
            people.extend(read_people(text))
    return _patch(key, said["patch.txt"], linked(tuple(people)))


def _patch(key: str, text: str, people: tuple[Card, ...]) -> Patch:
    about: dict[str, str] = {}
    places: dict[str, Place] = {}
    groups: dict[str, Group] = {}
    diary: list[Planned] = []
    part = ""
    for raw in text.splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("== "):
            part = line[3:]
        elif part == "places":
            place = _place(line)
            places[place.name] = place
        elif part == "groups":
            group = _group(line)
            groups[group.key] = group
        elif part == "diary":
            diary.append(_planned(line))
        else:
            name, colon, value = line.partition(":")
            if not colon:
                raise UnreadablePatch(line[:60])
            about[name] = value.strip()
    return Patch(key, about, places, groups, people, tuple(diary))


def _columns(line: str, number: int) -> list[str]:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != number:
        raise UnreadablePatch(line[:60])
    return cells


def _place(line: str) -> Place:
    name, postcode, shop, park, library, hall, cafe, church, surgery = _columns(line, 9)
    return Place(name, postcode, shop, park, library, hall, cafe, church, surgery)


def _group(line: str) -> Group:
    key, name, short, when, where, leads, doing, thing, cost, whom = _columns(line, 10)
    leader, _, pronoun = leads.partition(", ")
    return Group(key, name, short, when, where, leader, pronoun, doing, thing, cost, whom)


def _planned(line: str) -> Planned:
    days, at, who, kind, minutes, place, about = _columns(line, 7)
    return Planned(int(days), at, tuple(who.split()), kind, int(minutes), place, about)


_WEATHER = {
    "winter": ("cold", "cold", "rain", "rain", "fog", "wind", "snow", "fine", "", ""),
    "spring": ("rain", "rain", "wind", "fine", "fine", "cold", "", "", "", ""),
    "summer": ("fine", "fine", "fine", "hot", "hot", "rain", "", "", "", ""),
    "autumn": ("rain", "rain", "wind", "fog", "cold", "fine", "fine", "", "", ""),
}


def season(day: date) -> str:
    """Return "winter", "spring", "summer" or "autumn", as people count them."""
    return ("winter", "spring", "summer", "autumn")[day.month % 12 // 3]


@cache
def weather(patch: str, seed: int, day: date) -> str:
    """Return the weather of one day in one patch: everybody there had the same; "" for none."""
    chance = Random(f"{patch}:{seed}:{day.isoformat()}")
    return chance.choice(_WEATHER[season(day)])
