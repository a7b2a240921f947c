"""A small grammar that says things: sentences by hand, put together anew each time.

A sentence file (`sentences/*.txt`) is read by people first::

    # a remark
    == home.open
    <winter -alone> {They} had the fire on{ and the curtains half drawn|}. {pet.bit}

`== name` opens a symbol; every line below is one way to say it. `{a.b}` is another symbol (names of
symbols have a dot), `{word}` is a slot filled by the scene, with a large first letter when the slot
is written large, and `{one|other|}` is a choice on the spot. What stands in `<…>` must be true of
the scene (`-` before it: must not); `=word` there is a fact about what was said, such as `=wrong`;
`x3` puts three copies in the deck. `=rare.word` is a turn that one remembers: it is said twice in a
whole caseload and no more. `=at.library` says where it was and `=min.60` how long it took.

Who says them is in `voice`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Protocol

from linkworker.madeup.english import capital

Words = Mapping[str, "str | tuple[str, ...]"]
"""What fills a slot: a word, or several of which one is taken each time."""


@dataclass(slots=True)
class Scene:
    """What is true while something is said: words for the slots, and facts for the conditions."""

    words: dict[str, str | tuple[str, ...]]
    facts: frozenset[str]


class Speaker(Protocol):
    """Whoever says a sentence, as the sentence sees them (`voice.Voice`)."""

    chance: Random

    def say(self, symbol: str, scene: Scene) -> str:
        """Return a symbol said in a scene, or "" where no way fits it."""

    def put(self, pieces: Iterable[str | Talk], scene: Scene) -> str:
        """Return pieces joined: what is literal as it stands, the rest spoken."""

    def pick(self, several: tuple[str, ...]) -> str:
        """Return one of several words."""


Talk = Callable[[Speaker, Scene], str]
"""A piece of a sentence that is not the same each time."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say a symbol."""

    needs: frozenset[str]
    bars: frozenset[str]
    effects: tuple[str, ...]
    pieces: tuple[str | Talk, ...]
    literal: bool
    """Whether it is the same words every time."""

    def fits(self, facts: frozenset[str]) -> bool:
        """Return whether this way may be taken in a scene with these facts."""
        return self.needs <= facts and self.bars.isdisjoint(facts)


class UnreadableSentence(ValueError):
    """A sentence file has a line that the grammar cannot read: says which."""


class Grammar:
    """All symbols of a set of sentence files. It never changes once read."""

    def __init__(self, texts: Iterable[str]) -> None:
        ways: dict[str, list[Way]] = {}
        for text in texts:
            _read_into(ways, text)
        self._ways = {symbol: tuple(several) for symbol, several in ways.items()}

    @property
    def symbols(self) -> Mapping[str, tuple[Way, ...]]:
        """Return every symbol with its ways."""
        return self._ways

    def ways(self, symbol: str) -> tuple[Way, ...]:
        """Return the ways of a symbol. Raises KeyError for one that no file has."""
        return self._ways[symbol]


def compiled(text: str) -> tuple[str | Talk, ...]:
    """Return a sentence as pieces that a voice can put together.

    Raises UnreadableSentence where its braces do not match.
    """
    pieces, end = _pieces(text, 0, inside=False)
    if end != len(text):
        raise UnreadableSentence(f"a brace too many: {text[:60]}")
    return pieces[0]


def _pieces(text: str, place: int, *, inside: bool) -> tuple[list[tuple[str | Talk, ...]], int]:
    branches: list[list[str | Talk]] = [[]]
    literal: list[str] = []

    def settle() -> None:
        if literal:
            branches[-1].append("".join(literal))
            literal.clear()

    while place < len(text):
        sign = text[place]
        if sign == "{":
            settle()
            inner, place = _pieces(text, place + 1, inside=True)
            if place >= len(text) or text[place] != "}":
                raise UnreadableSentence(f"a brace is not closed: {text[:60]}")
            branches[-1].append(_spoken(inner))
        elif sign == "}" and inside:
            break
        elif sign == "|" and inside:
            settle()
            branches.append([])
        else:
            literal.append(sign)
        place += 1
    settle()
    return [tuple(branch) for branch in branches], place


def _spoken(branches: list[tuple[str | Talk, ...]]) -> Talk:
    if len(branches) > 1:
        return _choice(tuple(branches))
    (branch,) = branches
    if len(branch) != 1 or not isinstance(branch[0], str):
        raise UnreadableSentence("a brace holds neither a name nor a choice")
    name = branch[0].strip()
    small = name[:1].lower() + name[1:]
    if "." in name and small == name:
        return lambda voice, scene: voice.say(name, scene)
    if "." in name:
        return lambda voice, scene: capital(voice.say(small, scene))
    if small == name:
        return lambda voice, scene: _word(voice, scene, name)
    return lambda voice, scene: capital(_word(voice, scene, small))


def _word(voice: Speaker, scene: Scene, name: str) -> str:
    word = scene.words[name]
    return word if isinstance(word, str) else voice.pick(word)


def _choice(branches: tuple[tuple[str | Talk, ...], ...]) -> Talk:
    # A branch of words alone is joined once; most choices on the spot are such.
    ready = [
        "".join(map(str, branch)) if all(isinstance(one, str) for one in branch) else branch
        for branch in branches
    ]
    many = len(ready)

    def talk(voice: Speaker, scene: Scene) -> str:
        branch = ready[int(voice.chance.random() * many)]
        return branch if isinstance(branch, str) else voice.put(branch, scene)

    return talk


def way_from(line: str) -> tuple[Way, int]:
    """Return one line of a sentence file as a way, and how many copies of it the deck gets."""
    needs: set[str] = set()
    bars: set[str] = set()
    effects: list[str] = []
    copies = 1
    if line.startswith("<"):
        head, closed, line = line[1:].partition(">")
        if not closed:
            raise UnreadableSentence(f"a condition is not closed: {line[:60]}")
        for tag in head.split():
            if tag[0] == "-":
                bars.add(tag[1:])
            elif tag[0] == "=":
                effects.append(tag[1:])
            elif tag[0] == "x" and tag[1:].isdigit():
                copies = int(tag[1:])
            else:
                needs.add(tag)
    pieces = compiled(line.strip())
    return way_of(pieces, frozenset(needs), frozenset(bars), tuple(effects)), copies


def way_of(
    pieces: tuple[str | Talk, ...],
    needs: frozenset[str] = frozenset(),
    bars: frozenset[str] = frozenset(),
    effects: tuple[str, ...] = (),
) -> Way:
    """Return a way to say pieces."""
    return Way(needs, bars, effects, pieces, all(isinstance(one, str) for one in pieces))


def _read_into(ways: dict[str, list[Way]], text: str) -> None:
    several: list[Way] | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("== "):
            several = ways.setdefault(line[3:].strip(), [])
            continue
        if several is None:
            raise UnreadableSentence(f"line {number} stands before the first symbol")
        try:
            way, copies = way_from(line)
        except UnreadableSentence as error:
            raise UnreadableSentence(f"line {number}, {line[:50]}: {error}") from None
        several.extend([way] * copies)
