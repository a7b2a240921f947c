"""What is true on a day in somebody's life, as the sentences need it: words and facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from linkworker.madeup.calendar import days_of_note
from linkworker.madeup.english import LONG_DAYS, MONTHS, PRONOUNS, gist, participle
from linkworker.madeup.grammar import Scene
from linkworker.madeup.particulars import born
from linkworker.madeup.patch import Group, Patch, season, weather
from linkworker.madeup.people import Card, Tie
from linkworker.madeup.rhythm import before

TOPICS = (
    "the snooker",
    "the new houses",
    "a programme about whales",
    "the buses",
    "hedgehogs",
    "the right way to do potatoes",
    "pigeons",
    "what people call their children now",
    "lottery winners",
    "who used to live where",
    "the price of stamps",
    "doctors, good and bad",
    "slugs",
    "wallpaper",
    "the moon landing",
    "good funerals",
    "cheese",
    "bath night",
    "the weather forecast, and who believes it",
    "weddings we have known",
    "bad landlords",
    "a quiz with a cruel host",
    "shoes",
    "the sea",
    "mobile phones",
    "soup",
)
"""What anybody may get talking about."""

USUAL: dict[str, str | tuple[str, ...]] = {
    "drink": ("tea", "coffee", "a brew"),
    "pot": "the kettle",
    "seat": "the armchair",
    "place": "the kitchen",
    "project": "the sorting out",
    "thing": "a photograph",
    "food": "a biscuit",
    "kid": ("the eldest", "the middle one", "the little one"),
    "holiday": "the holiday",
}
"""What stands in for a thing that a card does not name."""

_FAR = """video phone letter message seldom christmas easter monthly cards visits years swansea
london dublin chester manchester jordan kettering lincoln gdynia zealand bolton"""


_SAT_IN = ("chair", "recliner", "seat", "van", "yard", "stairwell")
_SAT_ON = ("settee", "stool", "bed", "bench", "stair", "step", "wall", "floor", "sill", "mat")
_SAT_AT = ("desk", "table", "workbench", "window", "hatch", "radiator", "board", "piano", "wheel")


def _seated(seat: str) -> str:
    """Return a seat with the word that goes before it: "in the armchair", "on the top stair"."""
    for word, kinds in (("in", _SAT_IN), ("at", _SAT_AT), ("on", _SAT_ON)):
        if any(kind in seat for kind in kinds):
            return f"{word} {seat}"
    return f"on {seat}"


def age_on(card: Card, today: date, day: date) -> int:
    """Return how old somebody was on an earlier day, from the age on their card."""
    return card.age - (today - day).days // 365


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and words of one life that stay the same, ready for each scene."""

    card: Card
    patch: Patch
    today: date
    seed: int
    words: dict[str, str | tuple[str, ...]]
    facts: frozenset[str]
    family: tuple[Tie, ...]
    partner: Tie | None
    neighbours: tuple[Tie, ...]
    friends: tuple[Tie, ...]
    gone: dict[str, date]
    """From when somebody of these is not about: in hospital, in prison, dead. By their name."""
    birthday: date

    @property
    def names(self) -> tuple[str, ...]:
        """The names of this life: the person's, everybody's around them, the pet's."""
        card = self.card
        pet = str(self.words.get("pet", ""))
        leaders = (group.leader for group in self.patch.groups.values())
        ties = (tie.name for tie in card.ties)
        return (card.called, card.given, card.family, pet, *ties, *leaders)

    @property
    def name(self) -> str:
        """How the person is called in a note."""
        return self.card.called or self.card.given

    def _about(self, ties: tuple[Tie, ...], day: date, without: frozenset[str]) -> list[Tie]:
        """Return those of some ties who may come up on a day."""
        return [
            tie
            for tie in ties
            if tie.name not in without and day < self.gone.get(tie.name, date.max)
        ]

    def scene(
        self,
        chance: Random,
        day: date,
        extra: frozenset[str],
        without: frozenset[str] = frozenset(),
    ) -> Scene:
        """Return the scene of one day: who of the family comes up, the season, the weather.

        `without` are names that must not come up beside what is told of them.
        """
        words = dict(self.words)
        facts = set(self.facts)
        facts |= extra
        facts.update((season(day), MONTHS[day.month - 1].lower()))
        facts |= days_of_note(day)
        lately = [day - timedelta(days=back) for back in range(3 if day.weekday() == 0 else 1)]
        if any((one.month, one.day) == (self.birthday.month, self.birthday.day) for one in lately):
            facts.add("birthday")
        of_day = weather(self.patch.key, self.seed, day)
        if of_day:
            facts.add(of_day)
        age = age_on(self.card, self.today, day)
        facts.add("old" if age >= 66 else "mid" if age >= 26 else "young")
        if chance.random() < 0.35:
            words["topic"] = TOPICS
        roll = int(chance.random() * 7)
        words["day"] = LONG_DAYS[(day.weekday() + 3 + roll % 4) % 7]
        words["longday"] = LONG_DAYS[roll % 5]
        words["month"] = MONTHS[(day.month - 2 - roll % 3) % 12]
        family = self._about(self.family, day, without)
        neighbours = self._about(self.neighbours, day, without)
        friends = self._about(self.friends, day, without)
        for fact, there in (("kin", family), ("neighbour", neighbours), ("friend", friends)):
            if not there:
                facts.discard(fact)
        if family:
            tie = family[int(chance.random() ** 2 * len(family))]
            words |= _about(tie, "k")
            words["kin"] = tie.name
            if tie.closeness == "close":
                facts.add("kinclose")
            if tie.closeness in ("close", "steady") and not _far(tie):
                facts.add("kinnear")
        if neighbours:
            words |= _about(neighbours[0], "n")
        if friends:
            tie = friends[int(chance.random() * len(friends))]
            words |= _about(tie, "fr")
            words["friend"] = tie.name
        return Scene(words, frozenset(facts))


def cast(card: Card, patch: Patch, today: date, seed: int) -> Cast:
    """Return one person's cast, made once for a life."""
    family = tuple(tie for tie in card.ties if tie.is_family and tie.closeness != "strained")
    estranged = [tie for tie in card.ties if tie.is_family and tie.closeness == "strained"]
    neighbours = tuple(tie for tie in card.ties if tie.relationship in ("neighbour", "host"))
    friends = tuple(tie for tie in card.ties if tie.relationship == "friend")
    partner = next((tie for tie in card.ties if tie.is_partner), None)
    facts = set(card.facts)
    words = _of_patch(card, patch) | _of_card(card)
    if "pet" in card.things:
        kind, _, name = card.things["pet"].partition(" ")
        words["pet"] = name
        facts.add(kind)
    if card.interpreter:
        facts.add("bsl" if card.language == "British Sign Language" else "lang")
    for many, fact in ((family, "kin"), (neighbours, "neighbour"), (friends, "friend")):
        facts.discard(fact)
        if many:
            facts.add(fact)
    if estranged:
        facts.add("estranged")
        words["estranged"] = estranged[0].name
    facts.discard("partner")
    if "text" in card.needs.lower():
        facts.add("noring")
    elif card.age >= 60 and "nomessage" not in facts:
        facts.add("notext")  # a phone at home is how they like to be reached
    if partner is not None and "every day" in partner.how_often:
        facts.add("partner")
        words |= _about(partner, "p")
        words["partner"] = partner.name
    if neighbours:
        words["neighbour"] = neighbours[0].name
    pronouns = PRONOUNS[card.pronoun]
    words |= pronouns.words
    if pronouns.plural:
        facts.add("many")
    if card.introduced_by.startswith(("Herself", "Himself")):
        facts.add("selfin")
    return Cast(
        card,
        patch,
        today,
        seed,
        words,
        frozenset(facts),
        family,
        partner,
        neighbours,
        friends,
        {tie.name: since for tie in card.ties if (since := _gone(tie, patch, today))},
        born(card.age, today, Random(f"{seed}:{patch.key}:{card.key}:record")),
    )


def _gone(tie: Tie, patch: Patch, today: date) -> date | None:
    """Return from when somebody with a card of their own is not about, None if they are."""
    if not tie.other:
        return None
    card = patch.card(tie.other)
    return since(card, today)


def since(card: Card, today: date) -> date | None:
    """Return since when somebody is dead, in hospital or in prison, None if they are not."""
    days = {"died": max(card.days, 5), "hospital": 9, "away": 70}.get(card.story)
    return None if days is None else before(today, days)


@cache
def _far(tie: Tie) -> bool:
    """Return whether somebody lives too far away to be met at the house."""
    said = f"{tie.relationship} {tie.how_often}".lower()
    return any(word in said for word in _FAR.split())


def group_words(group: Group) -> dict[str, str | tuple[str, ...]]:
    """Return the slots about a group."""
    pronouns = PRONOUNS[group.leader_pronoun]
    return {
        "group": group.name,
        "gshort": (group.short, group.name, group.short),
        "gday": group.when,
        "gplace": group.place,
        "gleader": group.leader,
        "gdoing": group.doing.removeprefix("an ").removeprefix("a "),
        "gthing": group.thing,
        "glthey": pronouns.they,
        "glthem": pronouns.them,
        "gltheir": pronouns.their,
    }


def step_words(cast: Cast, words: str, owner: str, name: str) -> dict[str, str | tuple[str, ...]]:
    """Return the slots about a step that was promised: who, and what it is when done."""
    said = gist(words)
    if owner == "they":
        pronouns = PRONOUNS[cast.card.pronoun]
        who, whom, whose = pronouns.they, pronouns.them, pronouns.their
        has = pronouns.words["has"]
    elif owner == "me":
        who, whom, whose, has = "I", "me", "my", "have"
    else:
        who, whom, whose, has = name, "them", "their", "has"
    return {
        "step": said,
        "done": participle(said),
        "who": who,
        "whothem": whom,
        "whose": whose,
        "whohas": has,
        "whohasnt": has + "n't",
    }


def _about(tie: Tie, start: str) -> dict[str, str | tuple[str, ...]]:
    """Return the slots about one tie: `kthey`, `kthem`, `ktheir`, `khas`, `ks` …"""
    pronouns = PRONOUNS[tie.pronoun]
    return {
        f"{start}they": pronouns.they,
        f"{start}them": pronouns.them,
        f"{start}their": pronouns.their,
        f"{start}has": pronouns.words["has"],
        f"{start}s": pronouns.words["s"],
    }


def _of_patch(card: Card, patch: Patch) -> dict[str, str | tuple[str, ...]]:
    place = patch.places[card.village]
    about = patch.about
    near = patch.groups[card.likes[0]]
    return {
        "gleader": near.leader,
        "me": about["worker"],
        "cover": about["cover"],
        "boss": about["boss"],
        "town": about["town"],
        "city": about["city"],
        "hospital": Random(f"{patch.key}:{card.key}").choice(about["hospital"].split(" / ")),
        "surgery": place.surgery,
        "home": place.name,
        "shop": place.shop,
        "park": place.park,
        "library": place.library,
        "hall": place.hall,
        "cafe": place.cafe,
        "church": card.church or place.church,
    }


def _of_card(card: Card) -> dict[str, str | tuple[str, ...]]:
    words: dict[str, str | tuple[str, ...]] = {**USUAL}
    words.update({name: text for name, text in card.things.items() if name != "pet"})
    words["seat"] = gist(str(words["seat"]))
    words["inseat"] = _seated(str(words["seat"]))
    by = card.introduced_by.split(",")[0]
    if by.split()[0] not in ("Dr", "Citizens") and by[:1].isupper():
        by = "the " + by[0].lower() + by[1:]
    if by == "the gP":
        by = "the GP"
    words |= {
        "name": card.called or card.given or card.described,
        "topic": card.topics or ("the weather",),
        "said": card.said,
        "past": card.past,
        "did": gist(card.past),
        "vision": card.vision,
        "by": by,
        "why": card.why,
        "own": card.own,
        "language": card.language or card.other_language or "large print",
        "interp": card.interpreter,
        "ithem": PRONOUNS[card.interpreter_pronoun].them,
    }
    return words
