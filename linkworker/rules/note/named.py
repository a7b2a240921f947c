"""Who is meant by a name in a note: "Terry", "Pat", "Joan, in the kitchen", "Mrs Beasley", "me".

A name that exactly one person answers to is theirs; one that several answer to is asked about,
and so is one that nobody answers to, if it matters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from linkworker.rules.names import same_given_name
from linkworker.rules.note.becoming import Asking, Choice, Question, Who
from linkworker.rules.note.known import Known, Somebody, name_words
from linkworker.rules.shown_names import possessive

ME = frozenset({"me", "i", "myself"})
THEM = frozenset({"he", "she", "they", "him", "her", "them", "himself", "herself", "themself"})

FAMILY = (
    r"mum|mam|mother|dad|father|parents?|wife|husband|partner|son|daughter|brother|sister|twin"
    r"|nan|nana|gran|grandma|grandmother|grandad|grandfather|grandson|granddaughter|grandchild"
    r"|aunt|auntie|aunty|uncle|niece|nephew|cousin|fiancée?|(?:step|foster)?(?:son|daughter)"
    r"|(?:mother|father|brother|sister|son|daughter)-in-law|carer|godson|goddaughter"
)
NEAR = (
    r"(?:old |best |good )?(?:friend|mate|pal)|neighbour|next door(?: but one)?"
    r"|(?:from )?(?:upstairs|downstairs|over the road|across the road|across the landing"
    r"|the flat below|the flat above|down the road|round the corner)|lodger|landlord|landlady"
    r"|pen ?friend|ex"
)
PAID = (
    r"doctor|gp|nurse|midwife|health visitor|social worker|support worker|care worker|carer from"
    r"|physio|counsellor|adviser|advisor|solicitor|warden|pharmacist|vicar|minister|imam|priest"
)
RELATIONSHIP = re.compile(rf"\b(?:{FAMILY}|{NEAR}|{PAID})\b", re.IGNORECASE)
"""Words that say what somebody is to the person."""

_SERVICE = re.compile(
    r"\b(?:surgery|practice|hospital|clinic|council|housing|citizens advice|job ?centre|team"
    r"|service|police|pharmacy|chemist|school|social services|age uk|dwp|dr|nurse|ward)\b",
    re.IGNORECASE,
)
_COMMUNITY = re.compile(
    r"\b(?:club|group|church|chapel|mosque|temple|gurdwara|synagogue|library|choir|volunteers?"
    r"|caf[eé]|allotments?|food ?bank|community|centre)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Match:
    """Who answers to a name."""

    found: tuple[Somebody, ...]
    in_full: bool = False
    """Whether the one found was named as they are written, not by a part or a short form."""

    @property
    def one(self) -> Somebody | None:
        """The only one who answers to it, None if several or none do."""
        return self.found[0] if len(self.found) == 1 else None


def everybody(known: Known, introduced: Iterable[Somebody] = ()) -> list[Somebody]:
    """Return all whom the note may name: its people, those near them, the workers."""
    return [*known.people, *known.ties, *introduced, known.worker, *known.colleagues]


def match_name(said: str, people: Iterable[Somebody]) -> Match:
    """Return who of `people` answers to what was said, by any of their names.

    The whole name, then its first word or its words in order, then a short form (Pat, Patricia).
    One who answers better shuts out those who answer worse, but a first name alone counts as much
    as a whole name: where there is a Pat and a Pat Beasley, "Pat" may be either.
    """
    asked = name_words(said)
    if not asked:
        return Match(())
    ranked: dict[int, list[Somebody]] = {}
    full: set[str] = set()
    for one in people:
        best = 0
        for words in one.names:
            if words == asked:
                full.add(one.id)
            best = max(best, _answers(asked, words))
        if best:
            ranked.setdefault(best, []).append(one)
    if not ranked:
        return Match(())
    found = _once(ranked[max(ranked)])
    return Match(found, in_full=len(found) == 1 and found[0].id in full)


def _answers(asked: tuple[str, ...], words: tuple[str, ...]) -> int:
    if asked == words and len(asked) > 1:
        return 4
    if not words:
        return 0
    if asked == words[: len(asked)] or (len(asked) == 1 and asked[0] == words[-1]):
        return 3
    rest = iter(words)
    if len(asked) > 1 and all(word in rest for word in asked):
        return 2
    if asked[1:] == words[1 : len(asked)] and same_given_name(words[0], asked[0]):
        return 1
    return 0


def _once(people: list[Somebody]) -> tuple[Somebody, ...]:
    """Keep one of each: somebody may be in the lives of two people of the note.

    A tie with a record is the same as the person of the note, or as another tie, with that record;
    two people's ties of one name and relationship are one too. Of these the first stands.
    """
    kept: dict[tuple[str, ...], Somebody] = {}
    names: set[tuple[str, str, str]] = set()
    for one in people:
        record = one.record or (one.id if one.kind == "person" else "")
        key = ("record", record) if record else (one.kind, one.id)
        alike = (one.name.casefold(), one.relationship.casefold(), one.of)
        if one.kind == "tie" and any(
            (name, what) == alike[:2] and of != one.of for name, what, of in names
        ):
            continue
        if key not in kept:
            kept[key] = one
            if one.kind == "tie":
                names.add(alike)
    return tuple(kept.values())


def first_part(head: str) -> str:
    """Return the name at the start of a head: "Joan, in the kitchen" and "Kelly (sister)"."""
    return re.split(r"\s*[,(–—]", head, maxsplit=1)[0].strip()


def person_named(head: str, known: Known) -> Somebody | None:
    """Return the person of the note whose line it is by its head, None where it names none."""
    match = match_name(first_part(head), known.people)
    return match.one


def names_in(head: str) -> list[str]:
    """Return the names of a step's head, one by one: "Malcolm and Derek", "Ann, Terry & Pat"."""
    without = re.sub(r"\([^)]*\)", "", head)
    return [part for one in re.split(r",|&|/|\band\b", without) if (part := one.strip())]


def looks_like_names(head: str) -> bool:
    """Say whether an unknown head of a step can be who will do it, and not what will be done.

    "Gerry at Citizens Advice" and "the surgery" can; "ring club" and "Letters for him" cannot.
    """
    names = names_in(head)
    return bool(names) and all(_looks_like_name(name) for name in names)


_SMALL = frozenset({"of", "at", "from", "the", "in", "for", "de", "van", "von", "al", "el", "bin"})
_WHOSE = frozenset({"the", "his", "her", "their", "my", "a", "some"})


def _looks_like_name(name: str) -> bool:
    words = name.split()
    if len(words) > 5 or not any(map(str.isalpha, name)):
        return False
    if words[0].casefold() in _WHOSE:
        return len(words) > 1
    if words[0].endswith(("'s", "’s")) and words[0][0].isupper():
        return True
    return all(not word[0].islower() or word in _SMALL for word in words) and (
        words[0] not in _SMALL
    )


def does_what(somebody: Somebody, whose: str) -> str:
    """Return how somebody helps (`values.WHO_DOES`), seen from the person whose step it is."""
    if somebody.kind in ("worker", "colleague"):
        return "worker"
    if somebody.kind == "person":
        return "person" if somebody.id == whose else "family or friend"
    if somebody.paid or re.search(rf"\b(?:{PAID})\b", somebody.relationship, re.IGNORECASE):
        return "service"
    return "family or friend"


def does_by_name(name: str, relationship: str = "") -> str:
    """Return how somebody helps who is known only by a name; "" where it does not tell."""
    if _SERVICE.search(name) or re.search(rf"\b(?:{PAID})\b", relationship, re.IGNORECASE):
        return "service"
    if _COMMUNITY.search(name):
        return "community"
    return "family or friend" if RELATIONSHIP.search(relationship or name) else ""


_SOME = rf"(?:{FAMILY}|{NEAR}|{PAID})"
_IS_AFTER = re.compile(
    rf"(?:\s*\(|,)\s*(?:(?:his|her|their|the|an?)\s+)?({_SOME})\b", re.IGNORECASE
)
_IS_BEFORE = re.compile(rf"\b(?:his|her|their|my|the|\w+['’]s)\s+({_SOME}),?\s+$", re.IGNORECASE)


def relationship_in(story: str, name: str) -> str:
    """Return what somebody is, where the story says so: "His sister Kelly", "Carol (daughter)"."""
    at = story.find(name)
    while at >= 0:
        before, after = story[max(0, at - 40) : at], story[at + len(name) : at + len(name) + 40]
        match = _IS_AFTER.match(after) or _IS_BEFORE.search(before)
        if match:
            return match[1].lower()
        at = story.find(name, at + 1)
    return ""


def shown(somebody: Somebody, known: Known) -> str:
    """Return a name in full with what they are: "Pat Beasley, daughter"."""
    if somebody.kind == "worker":
        return f"{somebody.name} (you)"
    what = relationship_to(somebody, known)
    return f"{somebody.name}, {what}" if what else somebody.name


def relationship_to(somebody: Somebody, known: Known) -> str:
    """Return what somebody is, and to whom where the note is about several: "Joan’s sister".

    A daughter of both is "daughter".
    """
    what = somebody.relationship
    to = [one for one in known.people if one.id == somebody.of]
    alike = (somebody.name.casefold(), what.casefold())
    of_others = any(
        one.of != somebody.of and (one.name.casefold(), one.relationship.casefold()) == alike
        for one in known.ties
    )
    if not what or not to or of_others or len(known.people) == 1:
        return what
    return f"{possessive(to[0].first)} {what}"


def key_of(somebody: Somebody) -> str:
    """Return the key by which an answer names somebody: "tie:<id>"."""
    return f"{somebody.kind}:{somebody.id}"


def who_is(
    said: str,
    whose: str,
    known: Known,
    introduced: list[Somebody],
    in_story: Callable[[str], str],
) -> tuple[Who | None, Question | None]:
    """Return who will do a step by the name that was said, and what must be asked about it.

    `in_story` gives what the story says that somebody is. The question has a default where one
    person answers to the name, or none does (then it is only a name); where several do, it has
    none.
    """
    plain = said.casefold()
    if plain in ME:
        return _as_who(known.worker, whose), None
    if plain in THEM and len(known.people) == 1:
        return _as_who(known.people[0], whose), None
    match = match_name(said, everybody(known, introduced))
    one = match.one
    if one is not None and (one.kind != "tie" or match.in_full or one.id.startswith("line:")):
        return _as_who(one, whose), None
    if one is not None:
        question = Question(
            f"who|{said}",
            "who is meant",
            f"{said}: {shown(one, known)}?",
            (Choice(key_of(one), shown(one, known)), *_new(said)),
            needed=False,
            default=key_of(one),
        )
        return None, question
    if match.found:
        choices = (*(Choice(key_of(some), shown(some, known)) for some in match.found), *_new(said))
        return None, Question(f"who|{said}", "who is meant", f"Which {said}?", choices)
    told = in_story(said)
    sentence = f"{said} is not in the record yet: somebody in their life, or only a name?"
    if told:
        sentence = f"{said}, {told}: somebody new in their life, or only a name?"
    return None, Question(
        f"who|{said}",
        "who is new",
        sentence,
        (*_new(said, told), Choice("words", "it is no name, but part of the step")),
        needed=False,
        default=f"name:{said}",
    )


def _new(said: str, relationship: str = "") -> tuple[Choice, ...]:
    newly = f"{said}, {relationship}" if relationship else said
    return (
        Choice(f"new:{said}|{relationship}", f"{newly}, new in their life"),
        Choice(f"name:{said}", "only a name"),
    )


def who_by_key(key: str, whose: str, known: Known, introduced: list[Somebody]) -> Who | None:
    """Return whom an answer names: a key of `key_of`, "new:<name>|<relationship>", "name:<name>".

    None for a key that names nobody (any more).
    """
    kind, _, rest = key.partition(":")
    if kind == "new":
        name, _, relationship = rest.partition("|")
        return Who(name, "new tie", "", does_by_name(name, relationship or "friend"), relationship)
    if kind == "name":
        return Who(rest, "name", "", does_by_name(rest))
    for one in everybody(known, introduced):
        if key_of(one) == key:
            return _as_who(one, whose)
    return None


def _as_who(somebody: Somebody, whose: str) -> Who:
    kind = "new tie" if somebody.id.startswith("line:") else somebody.kind
    return Who(somebody.name, kind, somebody.id, does_what(somebody, whose), somebody.relationship)


def ask_who(said: str, asking: Asking, line: int, known: Known) -> Question:
    """Ask who will do a step without a name: the person first, the one who writes it last."""
    order = {"person": 0, "tie": 1, "worker": 2}
    people = [*_once([*known.people, *known.ties]), known.worker]
    people.sort(key=lambda one: (order[one.kind], one.paid))
    choices = [Choice(key_of(one), shown(one, known)) for one in people]
    choices.insert(len(choices) - 1, Choice("nobody", "nobody yet"))
    question = Question(f"no name|{said}", "who", f"Who will do this: {said}?", tuple(choices))
    return asking.ask(question, line)
