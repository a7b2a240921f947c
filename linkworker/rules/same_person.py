"""Are these two the same person? An answer to ask about, never a reason to merge.

Compared are names with their short forms and sounds, birth date, NHS number, phone and postcode.
Phone and postcode say where somebody lives, not who they are: a household shares them, so they
never make two people one. A different first name keeps twins apart, a different birth date keeps
a father from his son.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from linkworker.rules.names import full_names_of, same_given_name, words_of
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


@dataclass(frozen=True, slots=True)
class _Taken:
    """Somebody's facts with the names taken apart, once for however many comparings."""

    facts: Facts
    firsts: tuple[str, ...]
    """Each word that may stand as the first name."""
    middles: tuple[str, ...]
    family: tuple[str, ...]
    family_run_on: str


def _taken(facts: Facts) -> _Taken:
    given = words_of(facts.given)
    names = (given, words_of(facts.called), *(words_of(name) for name in facts.other_names))
    firsts = dict.fromkeys(words[0] for words in names if words)
    if given:
        firsts.setdefault("".join(given))  # Mary Ann, Mary-Ann and Maryann
    family = words_of(facts.family)
    called = names[1]
    if not given and not family and len(called) > 1:
        family = called[-1:]  # "Terry Beasley" is typed where only what people call them is asked
    return _Taken(facts, tuple(firsts), given[1:], family, "".join(family))


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


def _compared(taken_a: _Taken, taken_b: _Taken, *, heard: bool = False) -> Likeness:
    """Say whether two people are the same one, on what is known of both.

    Same, without asking: the NHS number and both names agree and the birth date does not differ;
    or both names and the birth date are equal and nothing differs. To ask: an equal NHS number
    whatever else differs; names that agree or nearly do with an equal or nearly equal birth date;
    or equal names where one has no birth date and nothing differs, also where both have but one.
    What was only `heard` may have the family name as it sounds.
    """
    a, b, weighing = taken_a.facts, taken_b.facts, _Weighing()
    nhs = _nhs(a, b, weighing)
    given = _given(taken_a, taken_b, weighing)
    family = _family(taken_a, taken_b, weighing)
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
        # One name is all that is known of either, and it is the same: Ken, and Ken again.
        all_of_it = (given == "same" and not (taken_a.family or taken_b.family)) or (
            family == "same" and not (taken_a.firsts or taken_b.firsts)
        )
        alone = all_of_it and born == "unknown" and not weighing.differs
        verdict = "likely" if (half and anchored) or alone else "different"
    elif born == "equal":
        verdict = "same" if names_equal and not weighing.differs else "likely"
    elif born in ("swapped", "slip"):
        verdict = "likely"
    elif born == "unknown":
        where = "equal" in (phone, postcode)
        alike = not _sounds_of(taken_a).isdisjoint(_sounds_of(taken_b))
        sounds = heard and alike and family == "sound" and given in ("same", "form")
        verdict = "likely" if names_agree or sounds or where else "different"
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


def _given(a: _Taken, b: _Taken, weighing: _Weighing) -> _Like:
    if not a.firsts or not b.firsts:
        return "unknown"
    best: _Like = "different"
    order: tuple[_Like, ...] = ("same", "form", "sound", "part", "different")
    for one in a.firsts:
        for other in b.firsts:
            best = min(best, _like_first(one, other), key=order.index)
    if best == "different" and _known_by_a_middle_name(a, b):
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


def _known_by_a_middle_name(a: _Taken, b: _Taken) -> bool:
    """Say whether one's middle name is the other's first: Mary Elizabeth whom all call Betty."""
    return any(
        len(middle) > 1 and same_given_name(middle, first)
        for middles, firsts in ((a.middles, b.firsts), (b.middles, a.firsts))
        for middle in middles
        for first in firsts
    )


def _sounds_of(taken: _Taken) -> frozenset[str]:
    """Return how a family name sounds; of one too short to tell nothing."""
    return frozenset(sound_keys(taken.family_run_on) if len(taken.family_run_on) > 2 else ())


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


def _family(a: _Taken, b: _Taken, weighing: _Weighing) -> _Like:
    if not a.family or not b.family:
        return "unknown"
    if a.family_run_on == b.family_run_on:
        weighing.for_it("family name", 15)
        return "same"
    if _nearly(a.family_run_on, b.family_run_on):
        weighing.for_it("family name (nearly)", 10)
        return "sound"
    if not set(a.family).isdisjoint(b.family):
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


MOST_SHARING = 500
"""When more people than this share a phone number, a postcode or a birth date, it is a surgery's
number or stands in for one that nobody knew, and says nothing of who somebody is."""

Clue = tuple[str, ...]
"""What somebody else's must be like for the two to be compared at all."""


class Register:
    """People by what could make somebody else the same, so that not all are compared with all."""

    def __init__(self, *, heard: bool = False) -> None:
        """`heard`: what is compared with them was heard on the phone: Kowal and Kowall are asked
        about."""
        self._heard = heard
        self._people: dict[str, _Taken] = {}
        self._by_clue: defaultdict[Clue, dict[str, None]] = defaultdict(dict)

    def add(self, who: str, facts: Facts) -> None:
        """Enter somebody under `who`, any key of the caller's."""
        taken = self._people[who] = _taken(facts)
        for clue in (*_kept_under(taken), *self._by_sound(taken)):
            self._by_clue[clue][who] = None

    def _by_sound(self, taken: _Taken) -> Iterator[Clue]:
        if self._heard:
            for sound in _sounds_of(taken):
                for first in taken.firsts:
                    for full in (first, *full_names_of(first)):
                        yield "name by its sound", sound, full

    def alike(self, facts: Facts) -> list[tuple[str, Likeness]]:
        """Return who is, or may be, the same as `facts`, the likeliest first."""
        taken = _taken(facts)
        near: dict[str, None] = {}
        for clue in (*_sought_by(taken), *self._by_sound(taken)):
            sharing = self._by_clue.get(clue, {})
            if len(sharing) <= MOST_SHARING:
                near |= sharing
        found = [(who, _compared(self._people[who], taken, heard=self._heard)) for who in near]
        wanted = [one for one in found if one[1].verdict != "different"]
        return sorted(wanted, key=lambda one: (one[1].verdict != "same", -one[1].score))


def alike_among(facts: Facts, others: Mapping[str, Facts]) -> dict[str, Likeness]:
    """Return who of `others`, by any keys of the caller's, is or may be the same as `facts`."""
    taken = _taken(facts)
    found = {who: _compared(_taken(theirs), taken) for who, theirs in others.items()}
    return {who: like for who, like in found.items() if like.verdict != "different"}


def clues_of(facts: Facts) -> tuple[list[Clue], list[Clue]]:
    """Return by which clues somebody is found, and by which others are sought who may be the same.

    For a register that is kept elsewhere than in memory.
    """
    taken = _taken(facts)
    return list(dict.fromkeys(_kept_under(taken))), list(dict.fromkeys(_sought_by(taken)))


def only_one_has(one: Facts, other: Facts) -> tuple[str, ...]:
    """Name what is known of one of two people and not of the other, in the words of `Likeness`."""

    def called(facts: Facts) -> bool:
        return bool(facts.given or facts.called or facts.other_names)

    known: tuple[tuple[str, object, object], ...] = (
        ("NHS number", one.nhs_number, other.nhs_number),
        ("first name", called(one), called(other)),
        ("family name", one.family, other.family),
        ("birth date", one.born, other.born),
        ("phone number", one.phones, other.phones),
        ("postcode", one.postcodes, other.postcodes),
    )
    return tuple(what for what, mine, theirs in known if bool(mine) != bool(theirs))


def _kept_under(taken: _Taken) -> Iterator[Clue]:
    yield from _own_clues(taken.facts)
    for clue in _shared_clues(taken):
        yield clue
        if _is_vague(taken):
            yield "vague", *clue


def _sought_by(taken: _Taken) -> Iterator[Clue]:
    yield from _own_clues(taken.facts)
    for clue in _shared_clues(taken):
        # Of two people of whom all is known, phone, postcode and name decide nothing alone.
        yield clue if _is_vague(taken) else ("vague", *clue)


def _is_vague(taken: _Taken) -> bool:
    """Say whether a name or the birth date is not known, so that less must do to ask."""
    return not (taken.facts.born and taken.firsts and taken.family)


def _own_clues(facts: Facts) -> Iterator[Clue]:
    """Give what hardly anybody shares: the NHS number, and the birth date as it may be mistyped."""
    if facts.nhs_number:
        yield "nhs", facts.nhs_number
    if facts.born is None:
        return
    first, second = sorted((facts.born.day, facts.born.month))
    yield "born both ways", f"{facts.born.year}-{first}-{second}"
    digits = f"{facts.born:%Y%m%d}"
    for place in range(len(digits)):
        yield "born but for a digit", f"{digits[:place]}?{digits[place + 1 :]}"


def _shared_clues(taken: _Taken) -> Iterator[Clue]:
    """Give what a household may share, or people of one name."""
    for phone in taken.facts.phones:
        yield "phone", phone
    for postcode in taken.facts.postcodes:
        yield "postcode", postcode
    for first in taken.firsts:
        for full in (first, *full_names_of(first)):
            yield "name", taken.family_run_on, full
    if taken.family and not taken.firsts:
        yield "family name alone", taken.family_run_on
