"""Episodes: what happens over several notes, read from `sentences/episodes-*.txt`.

::

    == boiler
    when: cold
    keep landlord: the council | the housing association
    1 <=wrong> The boiler has packed up. We rang {landlord}.
      > {me}: ring {landlord} again {by}
    2 {landlord} sent a man.
    3 The boiler is going.

The number says at which turn of the tale a line may be told; lines with a sign under it are its
marks. What is kept is chosen once, so that the man who came is the man who comes back; so are the
daughter, the friend and the neighbour. `about: kin` keeps that one out of all other sentences until
the tale is over: who does not speak to somebody is not visited by them. `<=-pet =+bereaved>` before
a line changes what is true of the person from then on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from linkworker.madeup.english import gist, short_day
from linkworker.madeup.grammar import Scene, UnreadableSentence, Way, compiled, way_from, way_of
from linkworker.madeup.scene import Cast
from linkworker.madeup.telling import Line
from linkworker.madeup.threads import Page, Promise
from linkworker.rules.marks import split_head

_WHO = ("kin", "kthe", "khas", "ks", "friend", "frth", "frhas", "frs", "neighbour", "nth", "nhas")
"""How the slots begin that name somebody: whom a tale begins with, it ends with."""

_COMES_UP = {
    "kin": ("kin", "kinnear", "kinclose"),
    "friend": ("friend",),
    "neighbour": ("neighbour",),
}
"""What is true while somebody may come up."""

_SIGNS = ("!!", "+", "*", ">", "@", "=", "x", "~", "?", "!")


@dataclass(slots=True)
class Beat:
    """One way to tell one turn of an episode."""

    way: Way
    marks: list[Way] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Episode:
    """A tale of several turns."""

    key: str
    needs: set[str] = field(default_factory=set)
    bars: set[str] = field(default_factory=set)
    keeps: dict[str, tuple[Way, ...]] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    """Slots of those whom it is about: "kin", "neighbour", "friend"."""
    turns: dict[int, list[Beat]] = field(default_factory=dict)

    def may_begin(self, facts: frozenset[str]) -> bool:
        """Return whether this can happen to somebody of whom these facts are true."""
        return self.needs <= facts and self.bars.isdisjoint(facts)


@dataclass(slots=True)
class Happening:
    """An episode under way in somebody's life."""

    episode: Episode
    kept: dict[str, str]
    turn: int = 1
    promised: list[Promise] = field(default_factory=list)

    @property
    def about(self) -> frozenset[str]:
        """The names that this tale is about: they come up in no other sentence meanwhile."""
        return frozenset(self.kept[who] for who in self.episode.about if who in self.kept)

    @property
    def over(self) -> bool:
        """Whether its last turn was told."""
        return self.turn not in self.episode.turns


def read_episodes(texts: Iterable[str]) -> tuple[Episode, ...]:
    """Return the episodes of some files. Raises UnreadableSentence where a line is not one."""
    found: list[Episode] = []
    for text in texts:
        for number, raw in enumerate(text.splitlines(), 1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("== "):
                found.append(Episode(line[3:]))
            elif not found or not _read(found[-1], line, indented=raw[0] == " "):
                raise UnreadableSentence(f"line {number} of an episode file: {line[:60]}")
    return tuple(found)


def _read(episode: Episode, line: str, *, indented: bool) -> bool:
    if indented:
        sign, _, words = line.partition(" ")
        last = max(episode.turns, default=0)
        if sign not in _SIGNS or not last:
            return False
        beat = episode.turns[last][-1]
        beat.signs.append(sign)
        beat.marks.append(way_from(words)[0])
        return True
    number, _, rest = line.partition(" ")
    if number.isdigit():
        episode.turns.setdefault(int(number), []).append(Beat(way_from(rest)[0]))
        return True
    name, colon, value = line.partition(":")
    if name == "when":
        for word in value.split():
            (episode.bars if word[0] == "-" else episode.needs).add(word.lstrip("-"))
    elif name == "about":
        episode.about = tuple(value.split())
    elif name.startswith("keep "):
        episode.keeps[name[5:]] = tuple(way_of(compiled(one.strip())) for one in value.split(" | "))
    else:
        return False
    return bool(colon)


def begin(page: Page, episodes: Iterable[Episode], told: set[str]) -> Happening | None:
    """Begin one of the episodes that may happen to this person now and was not told yet."""
    may = [one for one in episodes if one.key not in told and one.may_begin(page.scene.facts)]
    may = [one for one in may if page.voice.may_tell(one.key)]
    if not may:
        return None
    episode = may[int(page.voice.chance.random() * len(may))]
    kept = {
        slot: word
        for slot, word in page.scene.words.items()
        if isinstance(word, str) and slot.startswith(_WHO)
    }
    for name, several in episode.keeps.items():
        way = several[int(page.voice.chance.random() * len(several))]
        kept[name] = page.voice.put(way.pieces, page.scene)
    happening = Happening(episode, kept)
    said = " ".join(page.sentences)
    if any(name in said for name in happening.about):
        return None
    told.add(episode.key)
    page.voice.tells(episode.key)
    return happening


def tell(page: Page, happening: Happening, promises: list[Promise]) -> tuple[str, ...]:
    """Tell the next turn of an episode, and write down what it marks; return what it changed."""
    beats = happening.episode.turns[happening.turn]
    fitting = [beat for beat in beats if beat.way.fits(page.scene.facts)]
    happening.turn += 1
    if not fitting:
        return ()
    by = f"by {short_day(page.due)}"
    scene = Scene(page.scene.words | happening.kept | {"by": by}, page.scene.facts)
    beat, said = _said(page, fitting, scene)
    page.voice.effects.update(beat.way.effects)
    page.sentences.append(said)
    _settle(page, happening, promises, went_wrong="wrong" in beat.way.effects)
    for sign, way in zip(beat.signs, beat.marks, strict=True):
        words = page.voice.tidied(page.voice.put(way.pieces, scene))
        if sign == ">":
            happening.promised.append(_promise(page, promises, words, by))
        elif sign in ("x", "@"):
            about, _ = split_head(words)
            page.mark(sign, words, about=about, becomes="reached" if sign == "x" else "")
        else:
            page.mark(sign, words)
    page.scene.facts -= {fact for who in happening.episode.about for fact in _COMES_UP[who]}
    return tuple(word for word in beat.way.effects if word[0] in "+-")


def _said(page: Page, fitting: list[Beat], scene: Scene) -> tuple[Beat, str]:
    """Return a beat and its words, the least worn of a few."""
    voice = page.voice
    for _ in range(6):
        beat = fitting[int(voice.chance.random() * len(fitting))]
        said = voice.sentence(voice.put(beat.way.pieces, scene))
        sentences = voice.sentences(said)
        if voice.is_new(sentences):
            break
    voice.remember(sentences)
    return beat, said


def _settle(page: Page, happening: Happening, promises: list[Promise], *, went_wrong: bool) -> None:
    """Let the turn just told say what became of the steps that the turn before it left."""
    for promise in [one for one in happening.promised if one in promises]:
        about = gist(promise.words)
        if went_wrong and not happening.over:
            continue
        state = "not done" if went_wrong else "done"
        page.mark("x", f"{about}: {state}", about=about, becomes=state)
        promises.remove(promise)
    happening.promised = [one for one in happening.promised if one in promises]


def _promise(page: Page, promises: list[Promise], words: str, by: str) -> Promise:
    name, step = split_head(words)
    dated = by in step
    bare = step.replace(f" {by}", "")
    worker = page.cast.patch.about["worker"]
    owner = "they" if name == page.cast.name else "me" if name == worker else "kin"
    due = page.due if dated else None
    page.lines.append(Line(">", words, who=name if owner == "kin" else owner, by=due))
    promise = Promise(bare, owner, name, due, of_tale=True)
    promises.append(promise)
    return promise


def changed(cast: Cast, after: tuple[str, ...]) -> Cast:
    """Return a person after an episode: a dog died, a job began."""
    facts = set(cast.facts)
    for word in after:
        if word == "-pet":
            facts -= {"dog", "cat", "bird"}
        elif word.startswith("-"):
            facts.discard(word[1:])
        else:
            facts.add(word.lstrip("+"))
    words = dict(cast.words)
    if "-pet" in after and isinstance(words["topic"], tuple):
        pet = str(words["pet"])
        words["topic"] = tuple(one for one in words["topic"] if pet not in one) or ("the weather",)
    return replace(cast, facts=frozenset(facts), words=words)
