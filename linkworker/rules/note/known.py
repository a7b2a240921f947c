"""What is known when a note is written: the people it is about, and what their records hold.

Values only: `caseload` reads them, the rules of the note match what was typed against them. What
is compared at every key (the words of a name) is worked out once and kept in the value itself, so
that it goes when the note is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from linkworker.rules.names import words_of
from linkworker.rules.not_to_meet import NotToMeet
from linkworker.rules.note.telling_words import telling_words
from linkworker.text import folded

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "sister", "nurse"})
LITTLE = frozenset({"the", "a", "an", "at", "in", "of", "and", "on", "with", "for", "to", "s"})
"""Words of a place's name that do not tell it from others."""


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of somebody's name, folded, without a title."""
    words = words_of(name)
    return tuple(word for word in words if word not in TITLES) or words


def place_words(name: str) -> frozenset[str]:
    """Return the words of a place's name that tell it from others, folded."""
    return frozenset(word for word in words_of(name) if word not in LITTLE)


def plain_words(words: str) -> str:
    """Return words as they are compared: without quotation marks, case and stops at their ends."""
    return folded(words.strip(" .,;\"“”‘’'"))


@dataclass(frozen=True)
class Somebody:
    """Anybody whom a note may name."""

    kind: str
    """"person" (the note is about them), "tie" (in the life of one), "worker" (who writes),
    "colleague", "beside" (has a record of their own and is near one of the note's people)."""
    id: str
    name: str
    """The name as they like it, with the family name: as it is shown back and written down."""
    others: tuple[str, ...] = ()
    """Other names: what a person likes to be called (first), the name on paper, a maiden name."""
    relationship: str = ""
    """Of a tie: "daughter", "next door"."""
    paid: bool = False
    """Of a tie: somebody whose work it is."""
    closeness: str = ""
    """Of a tie: how near it was last, one of `values.CLOSENESS`, "" if nobody has said."""
    of: str = ""
    """Of a tie: the id of the person in whose life they are."""
    record: str = ""
    """Of a tie: the id of their own record, "" where there is none."""

    @property
    def called(self) -> str:
        """The name as they like it, in full."""
        return self.others[0] if self.kind in ("person", "beside") and self.others else self.name

    @property
    def first(self) -> str:
        """The name as it is said in a sentence."""
        called = self.called
        words = called.split()
        if not words or words[0].rstrip(".").casefold() in TITLES:
            return called
        return words[0]

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The words of each of their names."""
        return tuple(name_words(name) for name in (self.name, *self.others))


@dataclass(frozen=True)
class Place:
    """A group, place, service or activity: somebody's connection, or one of the directory."""

    id: str
    name: str
    others: tuple[str, ...] = ()
    stage: str = ""
    """Of a connection: how it stands, one of `values.STAGES`. "" for one of the directory."""
    of: str = ""
    """Of a connection: the id of the person who goes there. "" for one of the directory."""

    @cached_property
    def words(self) -> tuple[frozenset[str], ...]:
        """The telling words of each of its names."""
        return tuple(place_words(name) for name in (self.name, *self.others))

    @cached_property
    def split(self) -> tuple[str, ...]:
        """The words of its name, folded."""
        return words_of(self.name)

    @cached_property
    def telling(self) -> tuple[dict[str, float], ...]:
        """The words of each of its names that tell it from other things, with their weights."""
        return tuple(telling_words(words_of(name)) for name in (self.name, *self.others))

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of each of its names, in order: "kn" for Knit & Natter."""
        return frozenset(
            "".join(word[0] for word in words_of(name) if word not in LITTLE)
            for name in (self.name, *self.others)
        )


@dataclass(frozen=True)
class Open:
    """Something that stands in a record and is not yet settled."""

    kind: str
    """"step", "hope", "in the way", "looked for", "strength" """
    id: str
    words: str
    of: str
    """The id of the person whose it is."""
    who: str = ""
    """Of a step: who will do it."""
    day: date | None = None
    """Of a step: by when."""
    agreed: bool = False
    """Of a hope: agreed with the person, not only noted."""

    @cached_property
    def split(self) -> tuple[str, ...]:
        """Its words, folded."""
        return words_of(self.words)

    @cached_property
    def telling(self) -> dict[str, float]:
        """The words that tell it from other things, with their weights."""
        return telling_words(self.split)


@dataclass(frozen=True)
class Known:
    """What is known when a note is written."""

    people: tuple[Somebody, ...]
    """Whom the note is about, in the order in which they were chosen; at least one."""
    worker: Somebody
    """Who writes it."""
    note_day: date
    """The day that the note tells of."""
    today: date
    """The day on which it is written."""
    ties: tuple[Somebody, ...] = ()
    beside: tuple[Somebody, ...] = ()
    """Others of the caseload who are near the people of the note: a tie with a record of their
    own, the same household, the same appointment."""
    colleagues: tuple[Somebody, ...] = ()
    connections: tuple[Place, ...] = ()
    groups: tuple[Place, ...] = ()
    """Groups and places of the directory, for their names in full."""
    standing: tuple[Open, ...] = ()
    """What is open in their records."""
    apart: Mapping[str, tuple[NotToMeet, ...]] = field(default_factory=dict)
    """For each person whom they are not to be brought together with, where there is anybody."""

    @cached_property
    def _by_words(self) -> dict[tuple[str, str, str], list[Open]]:
        """What is open, by kind, person and plain words: a note of many lines asks for each."""
        found: dict[tuple[str, str, str], list[Open]] = {}
        for one in self.standing:
            found.setdefault((one.kind, one.of, plain_words(one.words)), []).append(one)
        return found

    def in_the_same_words(self, kind: str, of: str, words: str) -> list[Open]:
        """Return what is open of a kind, in one person's record, that says the very same."""
        return self._by_words.get((kind, of, plain_words(words)), [])

    def person(self, id_: str) -> Somebody:
        """Return the person of the note with this id. Raises KeyError."""
        for one in self.people:
            if one.id == id_:
                return one
        raise KeyError(id_)
