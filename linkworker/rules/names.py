"""Finding somebody by a few letters of their name, a short form, or how it sounds.

Names are folded (`text.folded`): case, accents, apostrophes and hyphens never stand between a
searcher and a person. Nothing here keeps what it was given: what is prepared belongs to the caller
and goes when the store is locked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from linkworker import late
from linkworker.codes import nickname_groups
from linkworker.rules.sounds import sound_keys
from linkworker.text import folded

How = Literal["name", "initials", "short form", "inside", "sounds like", "nearly"]
"""Why somebody was found; a screen says it where it is not plain to see."""

_BETWEEN = late.pattern(r"[\s\-‐-―_,.;:()\[\]/\\|\"“”«»&+]+")
_INSIDE = late.pattern(r"['‘’ʼ`´ʹ]")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})

_EXACT, _FIRST, _LATER, _RUN_ON, _TOGETHER = 100.0, 92.0, 88.0, 86.0, 80.0
_FORM, _FORM_BEGUN, _WITHIN, _SOUNDS, _SOUNDS_BEGUN, _NEARLY = 76.0, 70.0, 60.0, 55.0, 50.0, 48.0
_TYPED_TOGETHER, _NAMES_TOGETHER = 8, 5
"""Most letters, and most words of a name, that are tried as beginnings run together: nobody
remembers more, and the ways to cut grow with both."""
_MOST_ASKED_WORDS, MOST_ASKED_LETTERS = 12, 240
"""Most words, and letters, that are read of what is asked: no name has more, and each is compared
with everybody at each letter typed. A page that was pasted by mistake must not hold the keys up."""
_HEARD = 3
"""Signs of a sound, with the space before it, of which more must be heard for a beginning to say
something: two consonants begin half of all names."""
_SURE = ("name", "initials", "short form")
"""Where somebody answers so, whoever only sounds so or has the letters inside is left out."""
LEAST_FOR_A_SLIP = 5
"""Letters of a word under which one slip makes half of all names out of it."""
_BEGINNING = 0.95
"""What the beginning of a word counts that is as near as another word is as a whole."""
_NEAR_ENOUGH = 0.72
"""Share of letters that must agree, counting a swap of two neighbours as one slip."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody prepared to be found: every name they go by, taken apart once.

    The texts hold words with a space before each and one at the end, so that one look tells
    whether a word begins so (`" am" in words`) or is so (`" amina " in words`).
    """

    id: str
    names: tuple[tuple[str, ...], ...]
    """The words of each name; the name they like first."""
    words: str
    firsts: str
    """The words that begin a name."""
    run_on: str
    """Each name without its spaces."""
    forms: str
    """Other forms of the words: Liz for Elizabeth, Elizabeth for Liz."""
    sounds: str


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who answers to what was typed; `score` runs from 100 (the name itself) down."""

    id: str
    score: float
    how: How


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded: "Mary-Ann O’Brien" gives mary, ann, obrien."""
    plain = _INSIDE.sub("", folded(name)).translate(_LETTERS)
    return tuple(word for word in _BETWEEN.split(plain) if word)


def asked_words(query: str) -> tuple[str, ...]:
    """Return the words of what is asked, as `words_of` has them, as many as a name can have."""
    return words_of(query[:MOST_ASKED_LETTERS])[:_MOST_ASKED_WORDS]


@cache
def _groups_by_form() -> dict[str, tuple[str, ...]]:
    """Return, for each form, every form of every name that it stands for."""
    found: dict[str, dict[str, None]] = {}
    for forms in nickname_groups().values():
        for form in forms:
            found.setdefault(form, {}).update(dict.fromkeys(forms))
    return {form: tuple(others) for form, others in found.items()}


def forms_of(word: str) -> tuple[str, ...]:
    """Return other forms of a folded given name (short, full, or in another tongue)."""
    return tuple(form for form in _groups_by_form().get(word, ()) if form != word)


@cache
def _heads_by_form() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, forms in nickname_groups().items():
        for form in forms:
            found.setdefault(form, []).append(name)
    return {form: tuple(names) for form, names in found.items()}


def full_names_of(word: str) -> tuple[str, ...]:
    """Return the full names of which a folded given name is a form: Elizabeth and Eliza for Liz."""
    return _heads_by_form().get(word, ())


def same_given_name(one: str, other: str) -> bool:
    """Say whether one folded word is the full name of which the other is a form."""
    groups = nickname_groups()
    return one == other or other in groups.get(one, ()) or one in groups.get(other, ())


def named(who: str, names: Iterable[str]) -> Named:
    """Prepare `who` (an id) to be found by any of their names, the one they like first."""
    apart = tuple(dict.fromkeys(words for words in map(words_of, names) if words))
    words = tuple(dict.fromkeys(word for name in apart for word in name))
    return Named(
        id=who,
        names=apart,
        words=_spaced(words),
        firsts=_spaced(name[0] for name in apart),
        run_on=_spaced("".join(name) for name in apart),
        forms=_spaced(form for word in words for form in forms_of(word)),
        sounds=_spaced(key for word in words for key in sound_keys(word)),
    )


def _spaced(words: Iterable[str]) -> str:
    return "".join(f" {word}" for word in dict.fromkeys(words)) + " "


def find_names(query: str, candidates: Sequence[Named]) -> list[Found]:
    """Return who answers to `query`, best first; among equals the order of `candidates` stands.

    Every word typed must answer: a beginning of a name ("am" finds Amina), beginnings of two names
    run together ("ay" and "amyu" find Amina Yusuf), a short form or the full one, a part inside,
    the sound, or the name with a slip in it; those last three only where nothing begins so. Nothing
    typed finds nobody. Of a long text only the beginning is read (`asked_words`).
    """
    asked = asked_words(query)
    if not asked or not candidates:
        return []
    still: list[tuple[Named, list[tuple[float, How]]]] = [(one, []) for one in candidates]
    for word in asked:
        sounds = _sounds_of(word)
        silent: list[int] = []
        for place, (candidate, answers) in enumerate(still):
            answer = _answer(word, sounds, candidate, alone=len(asked) == 1)
            answers.append(answer)
            if not answer[0]:
                silent.append(place)
        near = _nearly(word, [still[place][0] for place in silent]) if silent else {}
        for at, share in near.items():
            still[silent[at]][1][-1] = (share * _NEARLY, "nearly")
        still = [(candidate, answers) for candidate, answers in still if answers[-1][0]]
        if not still:
            return []
    found: list[Found] = []
    for candidate, answers in still:
        weakest = min(answers)
        mean = sum(answer[0] for answer in answers) / len(answers)
        in_order = 0.5 if _in_order(asked, candidate) else 0.0
        found.append(Found(candidate.id, (weakest[0] + mean) / 2 + in_order, weakest[1]))
    found.sort(key=lambda one: -one.score)
    if found and found[0].how in _SURE:
        found = [one for one in found if one.how in _SURE]
    return found


def _answer(
    word: str, sounds: tuple[str, ...], candidate: Named, *, alone: bool
) -> tuple[float, How]:
    """Return how well one typed word answers to somebody, 0 if not at all."""
    begun = " " + word
    if begun in candidate.words:
        if begun + " " in candidate.words:
            return _EXACT, "name"
        return (_FIRST if begun in candidate.firsts else _LATER), "name"
    if alone and begun in candidate.run_on:
        return _RUN_ON, "name"
    if alone and 1 < len(word) <= _TYPED_TOGETHER and _begins_several(word, candidate):
        return _TOGETHER, "initials"
    if len(word) > 1 and begun + " " in candidate.forms:
        return _FORM, "short form"
    if len(word) > 2 and begun in candidate.forms:
        return _FORM_BEGUN, "short form"
    if len(word) > 1 and word in (candidate.words if len(word) < 4 else candidate.run_on):
        return _WITHIN, "inside"
    if any(sound + " " in candidate.sounds for sound in sounds):
        return _SOUNDS, "sounds like"
    if any(len(sound) > _HEARD and sound in candidate.sounds for sound in sounds):
        return _SOUNDS_BEGUN, "sounds like"
    return 0.0, "nearly"


def _begins_several(word: str, candidate: Named) -> bool:
    return any(_run_together(word, name[:_NAMES_TOGETHER]) for name in candidate.names)


def _run_together(typed: str, name: tuple[str, ...]) -> bool:
    """Say whether `typed` is beginnings of the words of a name, one straight after the other.

    A name may have more words than were typed: "ay" is Amina Yusuf, and Amina Yusuf Ali too.
    """
    if not typed:
        return True
    if not name or name[0][0] != typed[0]:
        return False
    most = 0
    for mine, theirs in zip(typed, name[0], strict=False):
        if mine != theirs:
            break
        most += 1
    return any(_run_together(typed[taken:], name[1:]) for taken in range(most, 0, -1))


def _sounds_of(word: str) -> tuple[str, ...]:
    """Return what to look for in `Named.sounds`; a word or a sound too short says nothing.

    A word without a vowel that can be heard (xyzzy) is no name half remembered.
    """
    if len(word) < 4 or not set(word) & set("aeiou"):
        return ()
    return tuple(" " + key for key in sound_keys(word) if len(key) > 1)


def _nearly(word: str, candidates: Sequence[Named]) -> dict[int, float]:
    """Return, by place in `candidates`, how near a name or its beginning is to a typed word."""
    if len(word) < 4:
        return {}
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    owners: list[int] = []
    names: list[str] = []
    for place, candidate in enumerate(candidates):
        for name in candidate.words.split():
            owners.append(place)
            names.append(name)
            if len(name) > len(word):
                owners.append(place)
                names.append(name[: len(word)])
    near: dict[int, float] = {}
    for _, share, at in process.extract(
        word, names, scorer=OSA.normalized_similarity, score_cutoff=_NEAR_ENOUGH, limit=None
    ):
        near[owners[at]] = max(near.get(owners[at], 0.0), share)
    return near


def alike(word: str, other: str) -> float:
    """Return which share of the letters of two words agrees; 0 where they are not near enough."""
    from rapidfuzz.distance import OSA

    return float(OSA.normalized_similarity(word, other, score_cutoff=_NEAR_ENOUGH))


def near_words(word: str, words: Iterable[str], most: int) -> list[str]:
    """Return which of `words`, or of their beginnings, are nearly a folded word, the nearest first.

    By the measure of `alike`; a word too short for a slip is near to none. Among those equally near
    the order of `words` stands.
    """
    if len(word) < LEAST_FOR_A_SLIP:
        return []
    found: dict[str, float] = {}
    for one in words:
        share = alike(word, one)
        begun = {one[:end] for end in range(len(word) - 1, len(word) + 2)} - {one}
        share = max(share, *(alike(word, part) * _BEGINNING for part in begun), 0)
        if share:
            found[one] = share
    return sorted(found, key=lambda one: -found[one])[:most]


def near_names(query: str, candidates: Sequence[Named]) -> list[Found]:
    """Return whose name has one slip of the finger in each word of `query`, the nearest first.

    A slip is a letter too many, too few or another, or two that changed places; it is looked for
    in words of at least five letters, in a name, in its beginning, and in a name without its
    spaces. Whoever answers to every word without a slip is not here: `find_names` finds them.
    """
    asked = asked_words(query)
    if not asked or len(max(asked, key=len)) < LEAST_FOR_A_SLIP:
        return []
    still = [(candidate, 0) for candidate in candidates]
    for word in asked:
        begun = " " + word
        slipped = _slipped(word, [candidate for candidate, _ in still])
        kept: list[tuple[Named, int]] = []
        for place, (candidate, how_many) in enumerate(still):
            if begun in candidate.words or begun in candidate.run_on:
                kept.append((candidate, how_many))
            elif place in slipped:
                kept.append((candidate, how_many + 1))
        still = kept
        if not still:
            return []
    found = [Found(one.id, _NEARLY - how_many, "nearly") for one, how_many in still if how_many]
    return sorted(found, key=lambda one: -one.score)


def _slipped(word: str, candidates: Sequence[Named]) -> set[int]:
    """Return the places of who has a name, or its beginning, that is `word` but for one slip."""
    if len(word) < LEAST_FOR_A_SLIP:
        return set()
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    owners: list[int] = []
    names: list[str] = []
    for place, candidate in enumerate(candidates):
        for name in (*candidate.words.split(), *candidate.run_on.split()):
            if len(name) >= len(word) - 1:
                for end in range(len(word) - 1, len(word) + 2):
                    owners.append(place)
                    names.append(name[:end])
    near = process.extract(word, names, scorer=OSA.distance, score_cutoff=1, limit=None)
    return {owners[at] for _, _, at in near}


def _in_order(asked: tuple[str, ...], candidate: Named) -> bool:
    """Say whether the typed words begin the words of a name one after the other."""
    return any(
        len(asked) <= len(name)
        and all(part.startswith(word) for part, word in zip(name, asked, strict=False))
        for name in candidate.names
    )
