"""Somebody who tells: the sentences of a grammar, drawn so that no note says what another said.

Ways are drawn like cards from a deck that each voice shuffles for itself: a way comes round again
only when the others have had their turn, so one person's notes do not say the same thing twice in
a month.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

from linkworker.madeup.english import LONG_DAYS, MONTHS
from linkworker.madeup.grammar import Grammar, Scene, Talk, Way

_TRIES = 5
"""How often other words are looked for before something is left unsaid."""

_OFTEN = 14
"""How often a sentence may stand in the notes of the whole caseload."""

_RARE = 2
"""How often a turn that one remembers may stand in them."""

_SMALL = re.compile(r'[.?!]"? [a-z]')

_APART = str.maketrans(dict.fromkeys(",;:'\"“”‘’()-–", " ") | dict.fromkeys(".?!", "\n"))
"""Between words a space, between sentences the end of a line."""

_SAME = frozenset(
    word
    for words in (
        "she he they her him them his their hers theirs herself himself themselves",
        "one two three four five six seven eight nine ten",
    )
    for word in words.split()
).union(
    (day.lower() for day in LONG_DAYS),
    (f"{day.lower()}s" for day in LONG_DAYS),
    (month.lower() for month in MONTHS if month != "May"),
)
"""What does not make a sentence another one."""


class Heard:
    """What was said by anybody, and how often: shared by the voices of one caseload.

    Names, pronouns, days and months count as the same, so that a sentence about Pat on Monday is
    the sentence about Ray on Friday. Of a caseload that is told in parts which do not hear each
    other, `share` is in how many: each part says a sentence so much less often.
    """

    def __init__(self, share: int = 1) -> None:
        self.most = _OFTEN // share
        """How often a sentence may be said."""
        self.seldom = _RARE // share
        """How often a turn that one remembers may be told."""
        self.times: Counter[str] = Counter()
        self.tales: Counter[str] = Counter()


class Voice:
    """Somebody telling: a grammar, a source of chance, and what was said already.

    `names` are those of the people in this life: they do not make a sentence another one.
    """

    def __init__(
        self,
        grammar: Grammar,
        chance: Random,
        *,
        heard: Heard | None = None,
        names: Iterable[str] = (),
    ) -> None:
        self.grammar = grammar
        self.chance = chance
        self.effects: set[str] = set()
        self._decks: dict[str, list[Way]] = {}
        self._said: set[str] = set()
        self._worn: Counter[str] = Counter()
        """How often nothing new was found for a symbol: it is then looked for less long."""
        self._heard = heard or Heard()
        same = _SAME.union(*(name.lower().split() for name in names))
        self._plain = dict.fromkeys(same, "·")

    def say(self, symbol: str, scene: Scene) -> str:
        """Return the symbol said in a scene, or "" where no way fits it."""
        way = self._drawn(symbol, scene.facts)
        return "" if way is None else self.put(way.pieces, scene)

    def _drawn(self, symbol: str, facts: frozenset[str]) -> Way | None:
        """Return the next way of a symbol that fits the facts, None where none does."""
        deck = self._decks.get(symbol)
        if deck is None:
            deck = list(self.grammar.ways(symbol))
            self.chance.shuffle(deck)
            self._decks[symbol] = deck
        for place, way in enumerate(deck):
            if way.needs <= facts and way.bars.isdisjoint(facts):
                del deck[place]
                size = len(deck)
                deck.insert(size - int(self.chance.random() * (size // 3 + 1)), way)
                self.effects.update(way.effects)
                return way
        return None

    def say_anew(
        self, symbol: str, scene: Scene, *, must: bool = False, others: Sequence[str] = ()
    ) -> str:
        """Return the symbol said in sentences that this voice never said and few others did.

        Where some tries find none, "" is returned: a note may leave it out. `must` says it all the
        same, in the words of its tries that are the least worn; they may be said of `others`.
        """
        before = self.effects.copy()
        least: tuple[tuple[int, int], str, set[str], list[str]] | None = None
        for turn in range(_TRIES if must else max(2, _TRIES - self._worn[symbol])):
            self.effects = before.copy()
            tried = (symbol, *others)[turn % (len(others) + 1)]
            way = self._drawn(tried, scene.facts)
            said = "" if way is None else self.sentence(self.put(way.pieces, scene))
            if not said and others:
                continue
            if not said:
                break
            sentences = self.sentences(said)
            rare = {one for one in self.effects - before if one.startswith("rare.")}
            seldom = all(self._heard.tales[one] < self._heard.seldom for one in rare)
            if seldom and self.is_new(sentences):
                self._heard.tales.update(rare)
                self.remember(sentences)
                return said
            if must and seldom:
                worn = self._wear(sentences)
                if least is None or worn < least[0]:
                    least = (worn, said, self.effects, sentences)
            elif (
                not must and way is not None and way.literal
            ):  # its words only: it will never be new again
                self._decks[tried].remove(way)
        self._worn[symbol] += 1
        if least is None:
            self.effects = before
            return ""
        _, said, self.effects, sentences = least
        self._heard.tales.update(one for one in self.effects - before if one.startswith("rare."))
        self.remember(sentences)
        return said

    def _wear(self, sentences: list[str]) -> tuple[int, int]:
        """Return how worn sentences are: in this voice's own words, then in everybody's."""
        own = sum(one in self._said for one in sentences)
        return own, max((self._heard.times[one] for one in sentences), default=0)

    def may_tell(self, tale: str) -> bool:
        """Return whether a tale has happened to few enough people."""
        return self._heard.tales[tale] < self._heard.most

    def tells(self, tale: str) -> None:
        """Take a tale as told once more."""
        self._heard.tales[tale] += 1

    def sentences(self, said: str) -> list[str]:
        """Return what was said as sentences to compare: those of more than three words."""
        plain = self._plain.get
        found = []
        for sentence in said.lower().translate(_APART).split("\n"):
            words = sentence.split()
            if len(words) > 3:
                found.append(" ".join(map(plain, words, words)).replace("· ·", "·"))
        return found

    def is_new(self, sentences: list[str]) -> bool:
        """Return whether this voice said none of these, and the caseload none too often."""
        times, most = self._heard.times, self._heard.most
        return self._said.isdisjoint(sentences) and all(
            times.get(one, 0) < most for one in sentences
        )

    def remember(self, sentences: list[str]) -> None:
        """Take sentences as said."""
        self._said.update(sentences)
        self._heard.times.update(sentences)

    def sentence(self, said: str) -> str:
        """Return what was said tidied, each sentence of it with a large letter.

        What stands in quotation marks is left as somebody wrote or said it.
        """
        said = self.tidied(said)
        said = said[:1].upper() + said[1:]
        for found in _SMALL.finditer(said):
            place = found.end() - 1
            if said.count('"', 0, place) % 2 == 0:
                said = said[:place] + said[place].upper() + said[place + 1 :]
        return said

    @staticmethod
    def tidied(said: str) -> str:
        """Return what was said without the gaps that a choice of nothing leaves."""
        said = said.strip()
        if "  " in said or " ," in said or " ." in said:
            said = " ".join(said.split()).replace(" ,", ",").replace(" .", ".")
        return said

    def put(self, pieces: Iterable[str | Talk], scene: Scene) -> str:
        """Return pieces joined: what is literal as it stands, the rest spoken."""
        return "".join(
            [piece if isinstance(piece, str) else piece(self, scene) for piece in pieces]
        )

    def pick(self, several: tuple[str, ...]) -> str:
        """Return one of several words."""
        return several[int(self.chance.random() * len(several))]
