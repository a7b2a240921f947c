"""One made-up person's time with us, told contact by contact.

A life is drawn from a card and a source of chance of its own, so the same seed tells the same
story whoever else is told of. `Telling` keeps what was promised, tried and hoped, and each contact
takes it up again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from linkworker.madeup import episodes, pages, rhythm, threads
from linkworker.madeup.calendar import locked_down
from linkworker.madeup.grammar import Grammar, compiled
from linkworker.madeup.scene import Cast, group_words
from linkworker.madeup.telling import Told
from linkworker.madeup.threads import Going, Hope, Page, Promise
from linkworker.madeup.voice import Heard, Voice

_PETS = frozenset({"dog", "cat", "bird"})


class Telling:
    """A life while it is being told."""

    def __init__(
        self,
        cast: Cast,
        grammar: Grammar,
        tales: Iterable[episodes.Episode],
        chance: Random,
        heard: Heard,
    ) -> None:
        self.cast = cast
        self.chance = chance
        self.voice = Voice(grammar, chance, heard=heard, names=cast.names)
        self.told: list[Told] = []
        self._tales = tuple(tales)
        self._told_tales: set[str] = set()
        self._promises: list[Promise] = []
        self._hopes: list[Hope] = []
        self._going: Going | None = None
        self._tried: set[str] = set()
        self._happening: episodes.Happening | None = None
        self._good = list(cast.card.good)
        self._to_hope = list(cast.card.hopes)
        self._way = list(cast.card.way)
        self._met = 0
        self._began: date | None = None

    @property
    def busy(self) -> bool:
        """Whether an episode is under way, so that they meet more often."""
        return self._happening is not None

    @property
    def met(self) -> int:
        """How often they have met."""
        return self._met

    def page(self, day: date, *, extra: Iterable[str] = ()) -> Page:
        """Return an empty page for a day."""
        facts = set(extra)
        if self._met < 8:
            facts.add("early")
        if self._began and day - self._began > timedelta(days=365):
            facts.add("late")
        if self._began and day - self._began > timedelta(days=130):
            facts.add("known")  # for longer than the months that a sentence may name
        if self.told and day - self.told[-1].at.date() > timedelta(days=40):
            facts.add("far")
        happening = self._happening
        without = happening.about if happening is not None else frozenset[str]()
        scene = self.cast.scene(self.chance, day, frozenset(facts), without)
        return Page(self.voice, self.cast, scene, day, threads.soon(day, self.chance.random()))

    # -- Meeting --------------------------------------------------------------------------------

    def meet(self, day: date, next_day: date | None) -> None:
        """Tell of one contact in which they met."""
        at = rhythm.at_some_time(day, self.chance)
        page = self.page(day)
        if next_day is not None:
            page.due = min(page.due, rhythm.open_day(next_day))
        elif (self.cast.today - day).days < 40:  # the last: what is promised is still to come
            page.due = max(page.due, threads.soon(self.cast.today, self.chance.random()))
        self.voice.effects.clear()
        first = self._met == 0
        going = self._going is not None and self._going.stage in ("still going", "helper")
        facts = page.scene.facts | ({"group"} if going else set())
        way = "home" if first else pages.way_of_meeting(self.cast, facts, at, self.chance)
        if first and not page.scene.facts.isdisjoint(("homeless", "nomessage")):
            way = "out"
        if going and self._going is not None:
            page.scene.words.update(group_words(self._going.group))
        page.scene.facts |= pages.facts_of(way)
        pages.open_page(page, way, first=first)
        if first:
            self._first_talk(page)
        else:
            if next_day is None:
                threads.tie_up(page, self._promises, by=self.cast.today)
            self._threads(page, at.date())
        pages.fill(page, pages.length_wanted(self.chance))
        self._met += 1
        self._began = self._began or day
        self.told.append(
            pages.close_page(page, way, at, wrong="wrong" in self.voice.effects)
        )  # fmt: skip

    def _first_talk(self, page: Page) -> None:
        """What matters, who matters, what is good; before anything that is wrong."""
        card = self.cast.card
        if card.own and self.chance.random() < 0.7:
            page.say("first.why")
        if card.vision:
            page.say("first.life")
        for _ in range(2):
            if self._good:
                page.mark("+", self._said(page, self._good.pop(0)))
        if self._to_hope:
            hope = self._said(page, self._to_hope.pop(0))
            threads.new_hope(page, self._hopes, hope, told=self.chance.random() < 0.5)
        if self._way:
            page.mark("~", self._said(page, self._way.pop(0)))
        threads.promise_something(page, self._promises, told=False)
        page.say("first.close")

    def _threads(self, page: Page, day: date) -> None:
        """Take up what was left open, and let new things happen."""
        roll = self.chance.random
        threads.follow_up(page, self._promises)
        if self._happening is not None and roll() < 0.85:
            self._go_on(page)
        elif self._happening is None and self._met > 2 and roll() < 0.2:
            self._happening = episodes.begin(page, self._tales, self._told_tales)
            if self._happening is not None:
                self._go_on(page)
        if not locked_down(day):
            self._about_groups(page)
        elif roll() < 0.6:
            page.say("lockdown.bit")
        if self._hopes and roll() < 0.13:
            threads.come_back_to(page, self._hopes)
        self._what_is_new(page)
        if len(self._promises) < 3 and roll() < self._less_and_less(0.55, 0.3, 0.17):
            threads.promise_something(page, self._promises, told=roll() < 0.35)

    def _go_on(self, page: Page) -> None:
        happening = self._happening
        assert happening is not None
        changes = episodes.tell(page, happening, self._promises)
        if changes:
            self.cast = episodes.changed(self.cast, changes)
            if "-pet" in changes:
                self._lose_pet(page)
        if happening.over:
            self._happening = None

    def _lose_pet(self, page: Page) -> None:
        """Let what was hoped and promised with a pet that died be let go."""
        page.scene.facts -= _PETS
        pet = str(page.scene.words["pet"])
        for hope in [one for one in self._hopes if pet in one.words]:
            page.mark("x", f"{hope.words}: let go", about=hope.words, becomes="let go")
            self._hopes.remove(hope)
        threads.let_go(page, self._promises, pet)
        self._to_hope = [one for one in self._to_hope if pet not in one]

    def _about_groups(self, page: Page) -> None:
        roll = self.chance.random
        going = self._going
        if going is None:
            if self._met > 1 and roll() < 0.16:
                self._going = self._something_to_try()
        elif going.stage in ("full", "closed", "declined") or (
            going.stage == "stopped" and roll() < 0.2
        ):
            self._going = None
            return
        going = self._going
        if going is not None and roll() < (0.75 if going.stage in ("", "in touch") else 0.4):
            threads.groups(page, going, self._promises, self.cast.card.story == "grows")

    def _something_to_try(self) -> Going | None:
        all_groups = self.cast.patch.groups
        liked = [key for key in self.cast.card.likes if key not in self._tried]
        if not liked and len(self._tried) < 9:
            open_to_all = (group for group in all_groups.values() if group.whom == "anybody")
            liked = [group.key for group in open_to_all if group.key not in self._tried]
        if not liked:
            self._tried.clear()
            return None
        key = liked[int(self.chance.random() * min(len(liked), 3))]
        self._tried.add(key)
        return Going(all_groups[key])

    def _what_is_new(self, page: Page) -> None:
        """Strengths and hopes get rarer after the first months; what is in the way does not."""
        roll = self.chance.random
        early = self._met < 7
        if self._good and roll() < (0.7 if early else 0.3):
            page.mark("+", self._said(page, self._good.pop(0)))
        elif roll() < self._less_and_less(0.25, 0.05, 0.02):
            page.say("strength.seen")
            page.mark("+", page.words_for("strength.more"))
        if self._to_hope and roll() < 0.5:
            threads.new_hope(page, self._hopes, self._said(page, self._to_hope.pop(0)), told=True)
        elif roll() < self._less_and_less(0.05, 0.035, 0.02) and len(self._hopes) < 4:
            threads.new_hope(page, self._hopes, page.words_for("hope.more"), told=True)
        if roll() < 0.06:
            if roll() < 0.5:
                page.say("gave.how")
            page.mark("=", page.words_for("gave.more"))
        if self._way and roll() < 0.5:
            page.mark("~", self._said(page, self._way.pop(0)))
        elif roll() < self._less_and_less(0.16, 0.08, 0.04):
            if roll() < 0.5:
                page.say("way.how")
            page.mark("~", page.words_for("way.more"))
        if roll() < 0.055:
            page.say("gap.how")
            page.mark("?", page.words_for("gap.more"))
        if roll() < 0.03:
            page.say("safe.how")
            page.mark("!", page.words_for("safe.more"))
        elif roll() < 0.006:
            page.mark("!!", page.words_for("apart.more"))

    def _less_and_less(self, at_first: float, then: float, later: float) -> float:
        """Return how likely something is that gets rarer the longer people know each other."""
        return at_first if self._met < 8 else then if self._met < 50 else later

    def _said(self, page: Page, words: str) -> str:
        """Return the words of a card with its pronouns in."""
        return self.voice.put(compiled(words), page.scene) if "{" in words else words

    # -- Not quite meeting ----------------------------------------------------------------------

    def in_between(self, day: date) -> None:
        """Tell of a contact that is one line only."""
        page = self.page(day)
        at = rhythm.at_some_time(day, self.chance)
        for _ in range(4):
            told = pages.single_line(page, at, pages.single_kind(page))
            if told is not None:
                self.told.append(told)
                return

    def one_line(
        self,
        symbol: str,
        day: date,
        how: str,
        outcome: str,
        *,
        last: bool = False,
        **words: str,
    ) -> None:
        """Tell of a contact by one symbol alone; `last` closes what is still promised.

        `words` fill slots that only this contact has.
        """
        page = self.page(day)
        page.scene.words.update(words)
        if last:
            threads.tie_up(page, self._promises)
        kind = pages.SingleKind(symbol, how, outcome)
        told = pages.single_line(page, rhythm.at_some_time(day, self.chance), kind, must=True)
        if told is not None:
            self.told.append(told)

    def turn(
        self,
        symbols: tuple[str, ...],
        way: str,
        day: date,
        extra: Iterable[str] = (),
        **words: str,
    ) -> str:
        """Tell of a turn (stepping back, hospital …) by symbols in order; return what was said.

        What is still promised is closed with it: who comes back begins anew. `words` fill slots
        that only this turn has.
        """
        page = self.page(day, extra=(*extra, *pages.facts_of(way)))
        page.scene.words.update(words)
        self.voice.effects.clear()
        threads.tie_up(page, self._promises)
        if self._happening is not None and not self._happening.about:
            self._happening = None
        for symbol in symbols:
            if symbol == "talk.any":
                page.talk()
            else:
                page.say(symbol, must=True)
        at = rhythm.at_some_time(day, self.chance)
        told = pages.close_page(page, way, at, wrong="wrong" in self.voice.effects)
        self.told.append(told)
        self._met += 1
        self._began = self._began or day
        return told.text
