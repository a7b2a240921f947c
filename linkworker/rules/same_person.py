"""Are these two the same person? An answer to ask about, never a reason to merge.

Compared are names with their short forms and sounds, birth date, NHS number, phone and postcode.
Phone and postcode say where somebody lives, not who they are: a household shares them, so they
never make two people one. A different first name keeps twins apart, a different birth date keeps
a father from his son.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from linkworker.rules.names import same_given_name, words_of
from linkworker.rules.sounds import sound_keys

Verdict = Literal["same", "likely", "different"]
"""`same`: everything that both have says so. `likely`: ask. `different`: nothing to ask."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody, as far as it tells who they are. Everything may be empty.

    `nhs_number`, `phones` and `postcodes` are `rules.numbers` values, so that one number has one
    spelling. `called` and `other_names` are further names that the first name may appear as.
    """

    given: str = ""
    family: str = ""
    called: str = ""
    other_names: tuple[str, ...] = ()
    born: date | None = None
    nhs_number: str = ""
    phones: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two people are. `score` runs from 0 to 100 and orders what is asked first.

    `agrees` and `differs` name what was compared ("birth date (day and month swapped)"), and
    never what it held.
    """

    verdict: Verdict
    score: int
    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()

    def in_words(self) -> str:
        """Say in a sentence what agrees and what differs, for whoever has to decide."""
        said = []
        if self.agrees:
            said.append(f"the {_listed(self.agrees)} agree{'s' * (len(self.agrees) == 1)}")
        if self.differs:
            said.append(f"the {_listed(self.differs)} differ{'s' * (len(self.differs) == 1)}")
        sentence = "; ".join(said)
        return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


@dataclass(slots=True)
class _Weighing:
    points: int = 0
    agrees: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)

    def for_it(self, what: str, points: int) -> None:
        self.points += points
        self.agrees.append(what)

    def against_it(self, what: str, points: int) -> None:
        self.points -= points
        self.differs.append(what)


_Like = Literal["same", "form", "sound", "part", "unknown", "different"]


def likely_same(a: Facts, b: Facts) -> Likeness:
    """Say whether two people are the same one, on what is known of both.

    Same, without asking: the NHS number and both names agree and the birth date does not differ;
    or both names and the birth date are equal and nothing differs. To ask: an equal NHS number
    whatever else differs; names that agree or nearly do with an equal or nearly equal birth date;
    or equal names where one has no birth date and nothing differs.
    """
    weighing = _Weighing()
    nhs = _nhs(a, b, weighing)
    given = _given(a, b, weighing)
    family = _family(a, b, weighing)
    born = _born(a, b, weighing)
    phone = _shared(a.phones, b.phones, "phone number", 8, weighing)
    postcode = _shared(a.postcodes, b.postcodes, "postcode", 6, weighing)
    names_agree = given in ("same", "form") and family == "same"
    names_equal = given == "same" and family == "same"
    if nhs == "equal":
        certain = names_agree and born in ("equal", "unknown") and not weighing.differs
        verdict: Verdict = "same" if certain else "likely"
    elif given == "different" or family == "different":
        verdict = "different"
        if family == "different" and given in ("same", "form") and born == "equal":
            # The name changes at a wedding; the birthday and the phone in the pocket do not.
            verdict = "likely" if phone == "equal" or postcode == "equal" else "different"
    elif nhs == "differs":
        # A wrong or second number is commoner than two people alike in everything else.
        verdict = "likely" if names_agree and born == "equal" else "different"
    elif given == "unknown" or family == "unknown":
        half = given in ("same", "form") or (given == "unknown" and family == "same")
        anchored = born in ("equal", "swapped") or phone == "equal"
        verdict = "likely" if half and anchored else "different"
    elif born == "equal":
        verdict = "same" if names_equal and not weighing.differs else "likely"
    elif born in ("swapped", "slip"):
        verdict = "likely"
    elif born == "unknown":
        where = "equal" in (phone, postcode)
        verdict = "likely" if names_agree or where else "different"
    else:
        verdict = "different"
    score = max(0, min(100, weighing.points))
    return Likeness(verdict, score, tuple(weighing.agrees), tuple(weighing.differs))


def _nhs(a: Facts, b: Facts, weighing: _Weighing) -> Literal["equal", "differs", "unknown"]:
    if not a.nhs_number or not b.nhs_number:
        return "unknown"
    if a.nhs_number == b.nhs_number:
        weighing.for_it("NHS number", 55)
        return "equal"
    weighing.against_it("NHS number", 40)
    return "differs"


def _given(a: Facts, b: Facts, weighing: _Weighing) -> _Like:
    firsts_a, firsts_b = _first_names(a), _first_names(b)
    if not firsts_a or not firsts_b:
        return "unknown"
    best: _Like = "different"
    order: tuple[_Like, ...] = ("same", "form", "sound", "part", "different")
    for one in firsts_a:
        for other in firsts_b:
            best = min(best, _like_first(one, other), key=order.index)
    if best == "different" and _known_by_a_middle_name(a, b, firsts_a, firsts_b):
        best = "part"
    match best:
        case "same":
            weighing.for_it("first name", 20)
        case "form":
            weighing.for_it("first name (in another form)", 16)
        case "sound":
            weighing.for_it("first name (nearly)", 10)
        case "part":
            weighing.for_it("first name (in part)", 4)
        case _:
            weighing.against_it("first name", 30)
    return best


def _first_names(facts: Facts) -> tuple[str, ...]:
    """Return each word that may stand as the first name, the first of each name they go by."""
    names = (facts.given, facts.called, *facts.other_names)
    taken = (words_of(name) for name in names)
    firsts = dict.fromkeys(words[0] for words in taken if words)
    whole = "".join(words_of(facts.given))
    if whole:
        firsts.setdefault(whole)  # Mary Ann, Mary-Ann and Maryann
    return tuple(firsts)


def _known_by_a_middle_name(
    a: Facts, b: Facts, firsts_a: tuple[str, ...], firsts_b: tuple[str, ...]
) -> bool:
    """Say whether one's middle name is the other's first: Mary Elizabeth whom all call Betty."""
    middles = [(words_of(a.given)[1:], firsts_b), (words_of(b.given)[1:], firsts_a)]
    return any(
        len(middle) > 1 and same_given_name(middle, first)
        for words, firsts in middles
        for middle in words
        for first in firsts
    )


def _like_first(one: str, other: str) -> _Like:
    if one == other:
        return "same"
    if same_given_name(one, other):
        return "form"
    if min(len(one), len(other)) == 1 and one[0] == other[0]:
        return "part"
    return "sound" if _nearly(one, other) else "different"


def _nearly(one: str, other: str) -> bool:
    """Say whether two words are a slip or a spelling apart."""
    if min(len(one), len(other)) < 3:
        return False
    from rapidfuzz.distance import OSA

    near = float(OSA.normalized_similarity(one, other))
    if near >= 0.8:
        return True
    return near >= 0.5 and not set(sound_keys(one)).isdisjoint(sound_keys(other))


def _family(a: Facts, b: Facts, weighing: _Weighing) -> _Like:
    words_a, words_b = words_of(a.family), words_of(b.family)
    if not words_a or not words_b:
        return "unknown"
    joined_a, joined_b = "".join(words_a), "".join(words_b)
    if joined_a == joined_b:
        weighing.for_it("family name", 15)
        return "same"
    if _nearly(joined_a, joined_b):
        weighing.for_it("family name (nearly)", 10)
        return "sound"
    if not set(words_a).isdisjoint(words_b):
        weighing.for_it("part of the family name", 8)
        return "part"
    weighing.against_it("family name", 20)
    return "different"


def _born(
    a: Facts, b: Facts, weighing: _Weighing
) -> Literal["equal", "swapped", "slip", "differs", "unknown"]:
    one, other = a.born, b.born
    if one is None or other is None:
        return "unknown"
    if one == other:
        weighing.for_it("birth date", 30)
        return "equal"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        weighing.for_it("birth date (day and month swapped)", 20)
        return "swapped"
    digits = zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)
    if sum(mine != theirs for mine, theirs in digits) == 1:
        weighing.for_it("birth date (but for one digit)", 10)
        return "slip"
    weighing.against_it("birth date", 40)
    return "differs"


def _shared(
    one: frozenset[str], other: frozenset[str], what: str, points: int, weighing: _Weighing
) -> Literal["equal", "differs", "unknown"]:
    """Compare where somebody can be reached: people move, so a difference weighs nothing."""
    if not one or not other:
        return "unknown"
    if one.isdisjoint(other):
        weighing.differs.append(what)
        return "differs"
    weighing.for_it(what, points)
    return "equal"


def _listed(parts: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


class Register:
    """People by what could make somebody else the same, so that not all are compared with all."""

    def __init__(self) -> None:
        self._facts: dict[str, Facts] = {}
        self._by_clue: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)

    def add(self, who: str, facts: Facts) -> None:
        """Enter somebody under `who`, any key of the caller's."""
        self._facts[who] = facts
        for clue in _clues(facts):
            self._by_clue[clue][who] = None

    def alike(self, facts: Facts) -> list[tuple[str, Likeness]]:
        """Return who is, or may be, the same as `facts`, the likeliest first."""
        near = dict.fromkeys(who for clue in _clues(facts) for who in self._by_clue.get(clue, ()))
        found = [(who, likely_same(self._facts[who], facts)) for who in near]
        wanted = [one for one in found if one[1].verdict != "different"]
        return sorted(wanted, key=lambda one: (one[1].verdict != "same", -one[1].score))


def _clues(facts: Facts) -> Iterator[tuple[str, str]]:
    """Give what two records of one person would share at least one of."""
    if facts.nhs_number:
        yield "nhs", facts.nhs_number
    if facts.born:
        yield from _born_clues(facts.born)
    for phone in facts.phones:
        yield "phone", phone
    for postcode in facts.postcodes:
        yield "postcode", postcode
    for word in words_of(facts.family):
        for key in (word, *sound_keys(word)):
            yield "family", key
    yield "family", "".join(words_of(facts.family))


def _born_clues(born: date) -> Iterator[tuple[str, str]]:
    """Give the date with either half of the day first, and with each digit left out."""
    first, second = sorted((born.day, born.month))
    yield "born both ways", f"{born.year}-{first}-{second}"
    digits = f"{born:%Y%m%d}"
    for place in range(len(digits)):
        yield "born but for a digit", f"{digits[:place]}?{digits[place + 1 :]}"
