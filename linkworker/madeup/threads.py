"""The threads that run through somebody's notes: steps promised, groups tried, hopes, episodes.

A thread is taken up again when they next meet: what was promised was done or was not, the group is
gone to or given up, the boiler is mended or still cold. Each takes a `Page`, says its sentences on
it and adds its marked lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from linkworker.madeup.english import gist, short_day, working_day
from linkworker.madeup.grammar import Scene
from linkworker.madeup.patch import Group
from linkworker.madeup.scene import Cast, group_words, step_words
from linkworker.madeup.telling import Line
from linkworker.madeup.voice import Voice


@dataclass(slots=True)
class Page:
    """A note while it is being written."""

    voice: Voice
    cast: Cast
    scene: Scene
    day: date
    due: date
    """By when what is promised now will be asked about: before the next time they meet."""
    sentences: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def say(self, symbol: str, *, must: bool = False, **words: str) -> bool:
        """Add a symbol's sentences, in this scene with some more words; return whether any were.

        Nothing is said that this person's notes said before, unless it `must` be.
        """
        scene = self.scene
        if words:
            scene = Scene({**scene.words, **words}, scene.facts)
        said = self.voice.say_anew(symbol, scene, must=must)
        if said:
            self.sentences.append(said)
        return bool(said)

    def talk(self, *, must: bool = False) -> bool:
        """Say something about this or that; return whether there was anything to say."""
        symbols = [self.voice.say("talk.any", self.scene) for _ in range(5 if must else 1)]
        said = self.voice.say_anew(symbols[0], self.scene, must=must, others=symbols[1:])
        if said:
            self.sentences.append(said)
        return bool(said)

    def words_for(self, symbol: str, **words: str) -> str:
        """Return words for a marked line, "" where no way fits."""
        scene = Scene({**self.scene.words, **words}, self.scene.facts) if words else self.scene
        return self.voice.tidied(self.voice.say(symbol, scene))

    def mark(self, sign: str, words: str, about: str = "", becomes: str = "") -> None:
        """Add a marked line, unless it has no words."""
        if words:
            self.lines.append(Line(sign, words, about=about, becomes=becomes))

    def chance(self, share: float) -> bool:
        """Return True in this share of cases."""
        return self.voice.chance.random() < share

    def one(self, several: tuple[str, ...]) -> str:
        """Return one of several words."""
        return self.voice.pick(several)

    @property
    def length(self) -> int:
        """Words so far, without the marked lines."""
        return sum(said.count(" ") + 1 for said in self.sentences)


# -- Steps --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Promise:
    """A step that somebody said they would do."""

    words: str
    owner: str
    """ "they", "me" or "kin"."""
    name: str
    due: date | None
    asked: int = 0
    of_tale: bool = False
    """Whether an episode asks about it itself."""

    @property
    def asks(self) -> bool:
        """Whether somebody at the other end may be shut, or on holiday."""
        return self.words.startswith(("ring ", "ask "))


def follow_up(page: Page, promises: list[Promise]) -> None:
    """Ask about the steps that are due: at most two in words, the rest by their lines alone."""
    told = 0
    for promise in [one for one in promises if not one.of_tale]:
        if promise.due is not None and promise.due > page.day + timedelta(days=2):
            continue
        if promise.due is None and page.chance(0.5):
            continue
        end = _became(page, promise)
        if told < 2:
            _tell_step(page, promise, end)
            told += 1
        if end in ("done", "let"):
            about, state = gist(promise.words), "done" if end == "done" else "let go"
            page.mark("x", f"{about}: {state}", about=about, becomes=state)
            promises.remove(promise)
        else:
            promise.asked += 1
            promise.due = page.due


def _became(page: Page, promise: Promise) -> str:
    roll = page.voice.chance.random()
    if roll < 0.66 or promise.asked > 2:
        return "done" if roll < 0.8 else "let"
    if roll < 0.82:
        return "not"
    return "half" if roll < 0.92 and promise.owner == "they" and promise.asks else "let"


def _tell_step(page: Page, promise: Promise, end: str) -> None:
    words = step_words(page.cast, promise.words, promise.owner, promise.name)
    facts = {f"by.{promise.owner}"}
    if promise.asks:
        facts.add("asked")
    if promise.asked > 2:
        facts.add("often")
    scene = Scene(page.scene.words | words, page.scene.facts | facts)
    said = page.voice.say_anew(f"step.{end}", scene)
    if said:
        page.sentences.append(said)


def tie_up(page: Page, promises: list[Promise], by: date | None = None) -> None:
    """Close what is still promised (`by` a day, if given): they will not meet to ask about it."""
    for promise in list(promises):
        if by is None or (promise.due is not None and promise.due <= by):
            about, state = gist(promise.words), "done" if page.chance(0.4) else "let go"
            page.mark("x", f"{about}: {state}", about=about, becomes=state)
            promises.remove(promise)


def let_go(page: Page, promises: list[Promise], of: str) -> None:
    """Let go the steps that name somebody who is no more."""
    for promise in [one for one in promises if of in one.words]:
        about = gist(promise.words)
        page.mark("x", f"{about}: let go", about=about, becomes="let go")
        promises.remove(promise)


def promise_something(page: Page, promises: list[Promise], *, told: bool = True) -> None:
    """Agree on a next step, of the person first, then of family, a neighbour, and of me."""
    cast = page.cast
    roll = page.voice.chance.random()
    owner, name, symbol = "they", cast.name, "step.self"
    if roll > 0.78:
        owner, name, symbol = "me", cast.patch.about["worker"], "step.worker"
    elif roll > 0.66 and "kin" in page.scene.facts:
        owner, name, symbol = "kin", str(page.scene.words["kin"]), "step.kin"
    elif roll > 0.6 and "neighbour" in page.scene.facts:
        owner, name, symbol = "kin", str(page.scene.words["neighbour"]), "step.neighbour"
    words = page.words_for(symbol)
    if words and all(gist(one.words) != gist(words) for one in promises):
        if told:
            page.say("step.offer")
        add_step(page, promises, words, owner, name, dated=page.chance(0.7))


def add_step(
    page: Page, promises: list[Promise], words: str, owner: str, name: str, *, dated: bool
) -> None:
    """Write a step down, with the day by which it is to be done or without."""
    due = page.due if dated else None
    said = f"{name}: {words}"
    if dated:
        head = gist(words)
        said = f"{name}: {head} by {short_day(page.due)}{words[len(head) :]}"
    page.lines.append(Line(">", said, who=name if owner == "kin" else owner, by=due))
    promises.append(Promise(words, owner, name, due))


# -- Groups -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Going:
    """A group and how far somebody got with it."""

    group: Group
    stage: str = ""
    times: int = 0


def groups(page: Page, going: Going, promises: list[Promise], grows: bool) -> None:
    """Tell what became of a group since last time, and move on to the next stage."""
    page.scene.words.update(group_words(going.group))
    page.scene = Scene(page.scene.words, page.scene.facts | {"group"})
    stage, symbol = _next_stage(page, going, grows)
    if not symbol:
        return
    page.say(symbol)
    name = str(page.scene.words["group"])
    if symbol == "group.notforme":
        page.mark("x", f"{name}: went once, not for {page.scene.words['them']}", about=name,
                  becomes="declined")  # fmt: skip
    elif stage != going.stage or page.chance(0.07):
        sign = "x" if going.stage and stage in ("stopped", "full", "closed") else "@"
        page.mark(sign, f"{name}: {stage}", about=name, becomes=stage)
    if stage == "helper" and page.chance(0.2):
        page.mark("=", page.words_for("gave.lines"))
    if stage == "suggested" and stage != going.stage and len(promises) < 3:
        _first_step_to(page, going.group, promises)
    going.times = going.times + 1 if stage == going.stage else 0
    going.stage = stage


def _next_stage(page: Page, going: Going, grows: bool) -> tuple[str, str]:
    """Return the stage that a group comes to, and the symbol that tells it ("" for no word)."""
    roll = page.voice.chance.random()
    if going.stage == "":
        return "suggested", "group.suggest"
    if going.stage == "suggested":
        if roll < 0.08:
            return "full", "group.full"
        if roll < 0.13:
            return "closed", "group.folded"
        return ("in touch", "group.touch") if roll < 0.65 else ("suggested", "")
    if going.stage == "in touch":
        return ("went once", "group.first") if roll < 0.75 else ("in touch", "")
    if going.stage == "went once":
        return ("declined", "group.notforme") if roll < 0.3 else ("still going", "group.going")
    if going.stage == "stopped":
        return ("still going", "group.back") if roll < 0.5 else ("stopped", "")
    if going.stage == "helper":
        return "helper", "group.helping" if roll < 0.3 else "group.going"
    if roll < 0.07:
        return "stopped", "group.stopped"
    if going.times > 3 and roll > (0.75 if grows else 0.96):
        return "helper", "group.helping"
    return "still going", "group.going"


def _first_step_to(page: Page, group: Group, promises: list[Promise]) -> None:
    words = page.one(
        (
            f"ring {group.leader} about {group.short}",
            f"look in at {group.place}, from the outside",
            f"think about {group.short}, no more than that",
        )
    )
    if page.chance(0.3):
        them = str(page.scene.words["them"])
        add_step(page, promises, f"go with {them} to {group.short} the first time", "me",
                 str(page.scene.words["me"]), dated=False)  # fmt: skip
    else:
        add_step(page, promises, words, "they", page.cast.name, dated=page.chance(0.6))


# -- Hopes --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Hope:
    """A hope, in its own words (without quotation marks), and how often it was talked about."""

    words: str
    quoted: bool
    talks: int = 0


def new_hope(page: Page, hopes: list[Hope], words: str, *, told: bool) -> None:
    """Hear a hope for the first time and write it down."""
    quoted = words.startswith('"')
    bare = words.strip('"')
    if any(one.words == bare for one in hopes):
        return
    if told:
        page.say("hope.first", hope=bare)
    page.mark("*", f'"{bare}"' if quoted else bare)
    hopes.append(Hope(bare, quoted))


def come_back_to(page: Page, hopes: list[Hope]) -> None:
    """Talk about a hope again; now and then it comes true, or is put away."""
    hope = hopes[int(page.voice.chance.random() * len(hopes))]
    roll = page.voice.chance.random()
    if hope.talks >= 2 and roll < 0.3:
        symbol, said, state = "hope.came", "came true", "reached"
    elif hope.talks >= 2 and roll < 0.4:
        symbol, said, state = "hope.letgo", "let go for now", "let go"
    else:
        page.say("hope.talk", hope=hope.words)
        hope.talks += 1
        return
    page.say(symbol, hope=hope.words)
    page.mark("x", f"{hope.words}: {said}", about=hope.words, becomes=state)
    hopes.remove(hope)


def soon(day: date, chance: float) -> date:
    """Return a working day one to three weeks on: `chance` (0 to 1) says which."""
    return working_day(day, 5 + int(chance * 10))
