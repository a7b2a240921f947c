"""The whole made-up caseload: everybody's life over some years, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from random import Random

from linkworker.madeup import couples, rhythm
from linkworker.madeup.english import LONG_DAYS, MONTHS, short_day
from linkworker.madeup.episodes import Episode, read_episodes
from linkworker.madeup.grammar import Grammar
from linkworker.madeup.life import Telling
from linkworker.madeup.meanwhile import meanwhile
from linkworker.madeup.patch import Patch, texts
from linkworker.madeup.people import Card
from linkworker.madeup.scene import cast, since
from linkworker.madeup.telling import Life, Told, Turn
from linkworker.madeup.voice import Heard

USUAL_YEARS = 0.4
"""How far back the made-up caseload goes when nobody asks for more."""

_MUCH_TO_TELL = 730
"""From how many days on a second process is worth its start, which is about half a second."""

_SINGLES = 0.36
"""How often a contact that is one line only lies between two others."""

_REACHING = (
    ("reach.try", "phone", "no answer"),
    ("reach.card", "home visit", "card through the door"),
    ("reach.again", "phone", "no answer"),
    ("reach.spoke", "phone", "met"),
)
"""How somebody is reached: symbols in the order in which one tries, with way and outcome."""

_LEVEL_1, _LEVEL_2 = 1, 2


@cache
def language() -> tuple[Grammar, tuple[Episode, ...]]:
    """Return the grammar and the episodes, read from `sentences/` once."""
    said = texts("sentences")
    tales = [text for name, text in said.items() if name.startswith("episodes")]
    rest = [text for name, text in said.items() if not name.startswith("episodes")]
    return Grammar(rest), read_episodes(tales)


def tell_all(patch: Patch, *, seed: int, today: date, years: float = USUAL_YEARS) -> list[Life]:
    """Return everybody's life up to `today`, without those whose notes are by hand.

    About 12,000 notes at ten years; at any length the same seed and day tell the same. The people
    are told of in two halves (`halves_of`), which know nothing of each other: where there is much
    to tell, a second process tells the second half meanwhile.
    """
    days = round(years * 365.25)
    tell_half = partial(tell_together, patch=patch, seed=seed, today=today, days=days)
    first, second = halves_of(patch)
    if days < _MUCH_TO_TELL:
        return [*tell_half(first), *tell_half(second)]
    with meanwhile(tell_half, second) as others:
        return [*tell_half(first), *others()]


def halves_of(patch: Patch) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """Return the people whose lives are told, in two halves; partners are in the same one."""
    half: dict[str, int] = {}
    told = [card for card in patch.people if card.story != "hand"]
    for card in told:
        partners = (tie.other for tie in card.ties if tie.is_partner and tie.other)
        beside = next((half[one] for one in partners if one in half), None)
        in_second = sum(half.values())
        half[card.key] = int(in_second * 2 < len(half)) if beside is None else beside
    first, second = ([card for card in told if half[card.key] == which] for which in (0, 1))
    return tuple(first), tuple(second)


def tell_together(
    cards: Iterable[Card], *, patch: Patch, seed: int, today: date, days: int
) -> list[Life]:
    """Return the lives of one half, in which nobody's notes say what another's of it said."""
    heard = Heard(share=2)
    lives = [tell(card, patch, seed=seed, today=today, days=days, heard=heard) for card in cards]
    grammar, _ = language()
    return couples.together(lives, patch, seed=seed, today=today, grammar=grammar, heard=heard)


def tell(card: Card, patch: Patch, *, seed: int, today: date, days: int, heard: Heard) -> Life:
    """Return one person's life within the last `days` days; `heard` is what others' notes said."""
    chance = Random(f"{seed}:{patch.key}:{card.key}")
    grammar, tales = language()
    telling = Telling(cast(card, patch, today, seed), grammar, tales, chance, heard)
    course = _Course(telling, card, today, days)
    _STORIES.get(card.story, _Course.steady)(course)
    return course.life()


@dataclass(slots=True)
class _Course:
    """How a life goes: from the introduction to where it stands today."""

    telling: Telling
    card: Card
    today: date
    days: int
    turns: list[Turn] = None  # type: ignore[assignment] # made in __post_init__
    introduced_on: date = date.min
    first_talk: date | None = None

    def __post_init__(self) -> None:
        self.turns = []
        self.introduced_on = self._begins()

    @property
    def chance(self) -> Random:
        return self.telling.chance

    def _begins(self) -> date:
        """Return the day of the introduction: some time within the span, as the card allows."""
        if self.card.story == "new":
            return rhythm.before(self.today, self.card.days)
        back = round(self.days * (0.5 + 0.5 * self.telling.chance.random() ** 0.6))
        if self.card.at_most_months:
            back = min(back, self.card.at_most_months * 30)
        return rhythm.before(self.today, max(back, 120 if self.card.story == "away" else 60))

    def life(self) -> Life:
        told = sorted(self.telling.told, key=lambda one: one.at)
        return Life(
            self.card.key,
            tuple(self.turns),
            tuple(told),
            self.introduced_on,
            self.first_talk,
        )

    # -- Pieces of a life -----------------------------------------------------------------------

    def reach(self, tries: int) -> date:
        """Tell of the introduction and of the tries until somebody is reached; return the day."""
        day = self.introduced_on
        self.telling.one_line("reach.first", day, "phone", "met")
        facts = self.telling.cast.facts
        if "noring" in facts:
            tries = 0  # they answered the first text
        for number in range(tries):
            day = rhythm.open_day(day + timedelta(days=1 + int(self.chance.random() * 5)))
            if day >= self.today:
                break
            last = tries > 2 and number == tries - 1
            symbol, how, outcome = _REACHING[-1 if last else min(number, 2)]
            if how == "home visit" and not facts.isdisjoint(("homeless", "nomessage")):
                symbol, how, outcome = _REACHING[2]
            self.telling.one_line(symbol, day, how, outcome)
        return rhythm.open_day(day + timedelta(days=1 + int(self.chance.random() * 4)))

    def walk_alongside(self, day: date, until: date) -> date:
        """Tell of contact after contact up to a day; return when the next one would be."""
        telling, chance = self.telling, self.chance
        while day < until:
            if self.first_talk is None:
                self.first_talk = day
                self.turns.append(Turn("began", day, level=_LEVEL_2))
            next_day = rhythm.next_day(day, telling.met + 1, chance, busy=telling.busy)
            telling.meet(day, next_day if next_day < until else None)
            between = (next_day - day).days
            if between > 3 and chance.random() < _SINGLES:
                middle = rhythm.open_day(day + timedelta(days=1 + int(chance.random() * between)))
                if middle < min(next_day, until):
                    telling.in_between(middle)
            day = next_day
        return day

    def along(self, share: float) -> date:
        """Return the day that lies at this share of the time since the introduction."""
        span = (self.today - self.introduced_on).days
        return rhythm.open_day(self.introduced_on + timedelta(days=round(span * share)))

    def keep_in_touch(self, day: date) -> None:
        """Make sure that an active person was met within the last weeks."""
        met = [one for one in self.telling.told if one.outcome == "met"]
        last = met[-1].at.date() if met else self.introduced_on
        if (self.today - last).days > 20:
            self.telling.meet(rhythm.before(self.today, 2 + int(self.chance.random() * 15)), None)

    # -- Stories --------------------------------------------------------------------------------

    def steady(self) -> None:
        self.keep_in_touch(
            self.walk_alongside(self.reach(int(self.chance.random() * 2)), self.today)
        )

    def slow(self) -> None:
        self.keep_in_touch(
            self.walk_alongside(self.reach(3 + int(self.chance.random() * 3)), self.today)
        )

    def returns(self) -> None:
        stepped = self.along(0.45 + 0.1 * self.chance.random())
        self.walk_alongside(self.reach(1), stepped)
        self._step_back(stepped)
        back = self.along(0.7 + 0.1 * self.chance.random())
        self._hello(stepped, back)
        self.telling.turn(("return.now",), "out", back, ("back",))
        self.turns.append(Turn("reopened", back, reason="Asked to come back"))
        day = rhythm.next_day(back, 3, self.chance, busy=True)
        self.keep_in_touch(self.walk_alongside(day, self.today))

    def stepped(self) -> None:
        stepped = self.along(0.8)
        self.walk_alongside(self.reach(0), stepped)
        self._step_back(stepped)
        self._hello(stepped, self.today)

    def paused(self) -> None:
        paused = rhythm.before(self.today, 24)
        self.walk_alongside(self.reach(1), paused)
        self.telling.turn(("home.open", "talk.any", "pause.now"), "home", paused)
        until = rhythm.open_day(self.today + timedelta(days=45))
        self.turns.append(
            Turn("paused", paused, reason="Away with family", check_in_on=until)
        )  # fmt: skip

    def quiet(self) -> None:
        last = rhythm.before(self.today, 34)
        self.walk_alongside(self.reach(0), last)
        self.telling.turn(("home.open", "talk.any", "end.home"), "home", last)
        until = rhythm.open_day(self.today + timedelta(days=30))
        self.turns.append(Turn("paused", last, reason="Happy quiet", check_in_on=until))

    def hospital(self) -> None:
        taken_in = since(self.card, self.today) or self.today
        self.walk_alongside(self.reach(1), taken_in)
        self.telling.turn(("hospital.in",), "phone", taken_in, turnday=_named(taken_in))
        self.turns.append(Turn("in hospital", taken_in))
        visit = rhythm.before(self.today, 4)
        self.telling.turn(("hospital.open", "hospital.bit", "hospital.bit", "end.hospital"),
                          "hospital", visit)  # fmt: skip

    def away(self) -> None:
        gone = since(self.card, self.today) or self.today
        self.walk_alongside(self.reach(1), gone)
        self.telling.turn(("prison.in",), "phone", gone, turnday=_named(gone))
        self.turns.append(Turn("in prison", gone))
        for ago in (50, 28, 8):
            self.telling.turn(("away.open", "prison.bit", "said.bit"), "away",
                              rhythm.before(self.today, ago))  # fmt: skip

    def moved(self) -> None:
        gone = self.along(0.8)
        self.walk_alongside(self.reach(1), gone)
        self.telling.turn(("home.open", "moved.now", "end.home"), "home", gone)
        self.turns.append(Turn("moved away", gone))
        self.turns.append(Turn("ended", gone, reason="Moved away"))

    def lost(self) -> None:
        until = self.along(0.7)
        day = self.walk_alongside(self.reach(2), until)
        for _ in range(3):
            if day >= rhythm.before(self.today, 4):
                break
            self.telling.one_line("line.noanswer", day, "phone", "no answer")
            day = rhythm.open_day(day + timedelta(days=7 + int(self.chance.random() * 10)))
        day = min(day, rhythm.before(self.today, 3))
        self.telling.one_line(
            "lost.now", day, "e-mail or letter", "no answer", last=True, **self._tried()
        )
        self.turns.append(Turn("lost touch", day))

    def _tried(self) -> dict[str, str]:
        """Return the month in which they last met, and the tries since, as a letter says them."""
        told = sorted(self.telling.told, key=lambda one: one.at)
        met = max((place for place, one in enumerate(told) if one.outcome == "met"), default=-1)
        tries = sum(one.outcome in ("no answer", "left a voicemail") for one in told[met + 1 :])
        last = told[met].at.date() if met >= 0 else self.introduced_on
        many = ("No", "One try", "Two tries", "Three tries", "Four tries", "Five tries")
        said = f"{many[tries]}, no answer. " if 0 < tries < len(many) else ""
        return {"lastmonth": MONTHS[last.month - 1], "triessaid": said}

    def died(self) -> None:
        died = since(self.card, self.today) or self.today
        self.walk_alongside(self.reach(0), died)
        heard = rhythm.open_day(died + timedelta(days=1))
        funeral = rhythm.open_day(died + timedelta(days=14))
        self.telling.turn(
            ("died.now",), "phone", heard, turnday=_named(died), funeral=short_day(funeral)
        )
        self.turns.append(Turn("died", died))
        if funeral < self.today:
            self.telling.turn(("died.after",), "out", funeral)

    def once(self) -> None:
        day = self.along(0.3 + 0.5 * self.chance.random())
        self.introduced_on = self.first_talk = day
        self.telling.turn(("once.only",), "out", day)
        self.turns.append(Turn("began", day, level=_LEVEL_1))
        self.turns.append(Turn("ended", day, reason="Came once, and it was enough"))

    def new(self) -> None:
        if self.card.days > 4:
            day = self.reach(int(self.chance.random() * 2))
            self.walk_alongside(day, self.today)
        else:
            self.telling.one_line("reach.first", self.introduced_on, "phone", "met")

    def _step_back(self, day: date) -> None:
        said = self.telling.turn(("home.open", "back.step"), "home", day)
        words = said.split('"')[-2] if said.count('"') >= 2 else ""
        in_touch = rhythm.open_day(day + timedelta(days=120))
        self.turns.append(
            Turn("stepped back", day, reason="Agreed together", own_words=words,
                 check_in_on=in_touch if in_touch > self.today else None)
        )  # fmt: skip

    def _hello(self, back: date, until: date) -> None:
        days = (until - back).days
        if days > 40:
            day = rhythm.open_day(back + timedelta(days=days // 2))
            self.telling.turn(("back.hello",), "chance", day, sincemonth=MONTHS[back.month - 1])


def _named(day: date) -> str:
    """Return the weekday of a day, as a note says it."""
    return LONG_DAYS[day.weekday()]


_STORIES: dict[str, Callable[[_Course], None]] = {
    "slow": _Course.slow,
    "returns": _Course.returns,
    "stepped": _Course.stepped,
    "paused": _Course.paused,
    "quiet": _Course.quiet,
    "hospital": _Course.hospital,
    "away": _Course.away,
    "moved": _Course.moved,
    "lost": _Course.lost,
    "died": _Course.died,
    "once": _Course.once,
    "new": _Course.new,
}
"""Every story that is not told as "steady" is."""


def in_order(lives: list[Life]) -> list[Told]:
    """Return all that is told, in the order of its days, no two at one minute."""
    everything = sorted(
        (told for life in lives for told in life.told), key=lambda told: (told.at, told.people)
    )
    taken: set[datetime] = set()
    apart = []
    for told in everything:
        at = told.at
        while at in taken:
            at += timedelta(minutes=5)
        taken.add(at)
        apart.append(told if at == told.at else replace(told, at=at))
    return sorted(apart, key=lambda told: told.at)
