"""What two sentences of everyday life have in common: "the bike club" and "mends bicycles".

Words are compared by their stems (Porter2, through snowballstemmer), and by the everyday topics
that they belong to (`codes/everyday_topics.csv`, made for this). No model, no network: what was
found alike can be shown, in the words of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from linkworker.codes import everyday_stems, everyday_topics, words_of_no_topic
from linkworker.text import folded

WORD, TOPIC = 2.0, 1.5
"""What a shared stem and a shared topic count; where a stem is shared its topics add nothing."""

BEGINNING = 3
"""Letters by which a word is told from those that share nothing with it."""

_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True)
class Sense:
    """What a sentence speaks of: stems and topics, each with the word that said it."""

    stems: Mapping[str, str]
    topics: Mapping[str, str]


@dataclass(frozen=True)
class Likeness:
    """How much two sentences share, and what: pairs of their words, and the topic if that is it."""

    weight: float
    why: tuple[tuple[str, str, str], ...]
    """(a word of the first, a word of the second, the topic or "" where the word is the same)."""


NOTHING = Likeness(0.0, ())


class Alike:
    """Tells how alike sentences are. Made once where many are compared: it remembers stems."""

    def __init__(self) -> None:
        """Begin knowing no word."""
        import snowballstemmer

        self._stemmer: Any = snowballstemmer.stemmer("english")  # which holds state: not shared
        self._stem_of: dict[str, str] = {}  # of other words than those of the topics
        self._by_chance = words_of_no_topic()
        self._known, self._topics_of = _topics()

    def sense(self, text: str) -> Sense:
        """Return what a sentence speaks of."""
        stems: dict[str, str] = {}
        topics: dict[str, str] = {}
        for word in _WORDS.findall(text):
            plain = folded(word)
            if len(plain) < 2 or plain in self._by_chance:
                continue
            stem = self._stem(plain)
            stems.setdefault(stem, word)
            for topic in self._topics_of.get(stem, ()):
                topics.setdefault(topic, word)
        return Sense(stems, topics)

    def likeness(self, first: Sense, second: Sense) -> Likeness:
        """Return what two sentences share; `NOTHING` where they share nothing."""
        same = [stem for stem in first.stems if stem in second.stems]
        why = [(first.stems[stem], second.stems[stem], "") for stem in same]
        told = {first.stems[stem] for stem in same}
        near = [
            topic
            for topic, word in first.topics.items()
            if topic in second.topics and word not in told
        ]
        why += [(first.topics[topic], second.topics[topic], topic) for topic in near]
        if not why:
            return NOTHING
        return Likeness(WORD * len(same) + TOPIC * len(near), tuple(why))

    def _stem(self, word: str) -> str:
        stem = self._known.get(word) or self._stem_of.get(word)
        if stem is None:
            stem = self._stem_of[word] = str(self._stemmer.stemWord(word))
        return stem

    def beginnings(self, sense: Sense) -> frozenset[str]:
        """Return how each word begins that can share anything with what a sentence speaks of.

        Most sentences are told apart by this alone, before a word of them is stemmed.
        """
        words = {folded(word) for word in (*sense.stems.values(), *sense.topics.values())}
        words |= {word for topic in sense.topics for word in everyday_topics()[topic]}
        return frozenset(word[:BEGINNING] for word in words)


def could_share(text: str, beginnings: frozenset[str]) -> bool:
    """Say whether any word of a text begins in one of these ways (`Alike.beginnings`)."""
    return any(
        word[at : at + BEGINNING] in beginnings
        for word in folded(text).split()
        for at in (0, 1)  # a bracket or a quotation mark may stand before it
    )


@cache
def _topics() -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    """Return the stem of each word of the everyday topics, and for each stem its topics."""
    stems: dict[str, str] = {}
    found: dict[str, tuple[str, ...]] = {}
    for topic, words in everyday_topics().items():
        of_topic = everyday_stems()[topic]
        stems.update(zip(words, of_topic, strict=True))
        for stem in dict.fromkeys(of_topic):
            found[stem] = (*found.get(stem, ()), topic)
    return MappingProxyType(stems), MappingProxyType(found)


def words_alike(alike: Alike, topic_of: Iterable[str]) -> frozenset[str]:
    """Return all words of everyday topics that any of these words belongs to, to search for."""
    wanted = {topic for text in topic_of for topic in alike.sense(text).topics}
    return frozenset(word for topic in wanted for word in everyday_topics()[topic])
