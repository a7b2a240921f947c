"""What an `x` line closes: which step, hope or connection it means, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from linkworker.rules.names import words_of
from linkworker.rules.note.known import Open, Place
from linkworker.rules.note.places import match_place, stages_in
from linkworker.rules.note.telling_words import telling_words

_HIS = r"(?:his|her|their|my|the)"
_NOT_DONE = re.compile(
    r"\b(?:not (?:done|yet|rung|sent|gone|happened|been|asked|managed)|did ?n['’]t|did not"
    r"|has ?n['’]t|have ?n['’]t|was ?n['’]t|has not|forgot(?:ten)?|could ?n['’]t"
    r"|could not|never\b|still to (?:do|go|come)|ran out of time|put off)",
    re.IGNORECASE,
)
_LET_GO = re.compile(
    rf"\b(?:let (?:it |that |this )?go|no longer|not any ?more|changed {_HIS} minds?|dropped"
    r"|(?:does|do) ?n['’]t want|does not want|not (?:needed|wanted)|not for (?:him|her|them|me)"
    r"|leave it|left it|given up|gave up)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:done|did(?: it| that)?|sent|posted|in the post|rang|rung|sorted|went|got (?:it|there)"
    r"|has (?:it|them)|have (?:it|them)|finished|happened|yes|asked|fixed|came through|arranged"
    r"|booked|handed in|filled in|paid|works|all right)\b",
    re.IGNORECASE,
)
_THERE = r"(?:in|there|home|at home)(?=\s*(?:$|[,;:.–—-]))"
_NOBODY_REACHED = re.compile(
    r"\b(?:(?:nobody|no[- ]?one) (?:picked up|picking up|answer(?:ed|ing|s)?|replied|got back"
    rf"|came to the door|(?:rang|called|phoned) back|{_THERE})"
    r"|no (?:answer|reply|replies|response|joy|luck|pick ?up)|engaged|voice ?mail"
    r"|answer(?:ing)?[ -]?(?:phone|machine)|(?:line|number|phone) (?:was |is )?busy"
    r"|left (?:(?:a|another|him|her|them|two|my) )*(?:message|messages|msg)"
    rf"|(?:was|were|is|are)(?: ?n['’]t| not) {_THERE}"
    r"|(?:(?:could|can|did|do|does|would|wo|has|have)(?: ?n['’]t| not)|cannot|never|not)"
    r" (?:(?:get|got|getting) (?:through|an answer|hold|back)|reach(?:ed)?|repl(?:y|ied|ying)"
    r"|(?:pick|picked|picking) (?:it )?up|answer(?:ed|ing)?"
    r"|(?:ring|rang|rung|call|called|phone|phoned) back))\b",
    re.IGNORECASE,
)
"""It was tried and nobody was there. Whether that was the step or it is still to do, they say."""
_TRIED = re.compile(r"\b(?:left it|leave it|not yet)\b", re.IGNORECASE)
"""What says nothing more beside those words: "no answer, left it" lets nothing go."""
_SAID_DONE = re.compile(
    r"(?:^|[,;:.–—-]\s*)(?:(?:but|then|now|and|so|all|it['’]s|is|got it|anyway) )*"
    r"(?:done|did (?:it|that)|sorted|finished)\b",
    re.IGNORECASE,
)
"""A part of what was said that begins with the outcome: "done, left a message"."""
_REACHED = re.compile(
    r"\b(?:reached|got there|does it|doing it|happened|done|did it|it came true|came true)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\b(?:changed|different now|rather|instead|now wants)\b", re.IGNORECASE)
_GONE = re.compile(
    r"\b(?:gone|cleared|sorted|fixed|mended|no longer|over|done|solved|not any ?more|paid off)\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(?:found|answered|there is one|sorted|yes|no,|turns out|started)\b", re.IGNORECASE
)
_TELLING = (_NOT_DONE, _LET_GO, _DONE, _NOBODY_REACHED)

STATES = {
    "step": ("done", "not done", "let go"),
    "hope": ("reached", "changed", "let go"),
    "in the way": ("cleared",),
    "looked for": ("answered",),
}
"""What can become of each kind of thing; for a connection it is a stage."""

LABELS = {
    "done": "done",
    "not done": "not done",
    "let go": "let go of",
    "reached": "reached",
    "changed": "changed into something else",
    "cleared": "no longer in the way",
    "answered": "found or answered",
}
"""The same in the words of a choice."""


def state_in(kind: str, words: str) -> str:
    """Return what became of a thing of this kind by what was said, "" where it does not tell."""
    tests: tuple[tuple[str, re.Pattern[str]], ...]
    if kind == "step":
        done = _DONE
        if _NOBODY_REACHED.search(words):
            # "rang, no answer" may be the step done as promised or one to try again.
            words, done = _TRIED.sub("", _NOBODY_REACHED.sub("", words)), _SAID_DONE
        tests = (("not done", _NOT_DONE), ("let go", _LET_GO), ("done", done))
    elif _NOT_DONE.search(words) or _NOBODY_REACHED.search(words):
        tests = ()
    elif kind == "hope":
        tests = (("let go", _LET_GO), ("reached", _REACHED), ("changed", _CHANGED))
    elif kind == "in the way":
        tests = (("cleared", _GONE),)
    else:
        tests = (("answered", _ANSWERED),)
    return next((state for state, pattern in tests if pattern.search(words)), "")


@dataclass(frozen=True, slots=True)
class Likely:
    """Something in a record that an `x` line may mean."""

    kind: str
    """"connection", or the kind of an `Open`."""
    id: str
    words: str
    of: str
    likeness: float
    """From 0 to 1, where all the words said are in it."""
    split: tuple[str, ...]
    """Its words, folded."""
    stage: str = ""

    @property
    def key(self) -> str:
        """The key by which an answer names it."""
        return f"{self.kind}:{self.id}"


_NEAR, _SURE, _MARGIN = 0.34, 0.6, 0.2


def _likeness(said: dict[str, float], there: dict[str, float]) -> float:
    """Return how much of the shorter one is in the other."""
    both = said.keys() & there.keys()
    if not both:
        return 0.0
    whole = min(sum(said.values()), sum(there.values()))
    shared = sum(min(said[word], there[word]) for word in both)
    # One common word ("ring") in a thing of one word is no likeness.
    return shared / whole if whole and shared >= 0.6 else 0.0


def _likeness_of_place(said: str, wanted: dict[str, float], place: Place) -> float:
    if match_place(said, [place])[1]:
        return 1.0
    return max(_likeness(wanted, there) for there in place.telling)


def likely(said: str, standing: Iterable[Open], connections: Iterable[Place]) -> list[Likely]:
    """Return what an `x` line may mean by what was said of it, the likeliest first."""
    wanted = telling_words(words_of(said))
    found = [
        Likely(one.kind, one.id, one.words, one.of, _likeness(wanted, one.telling), one.split)
        for one in standing
    ]
    found += [
        Likely(
            "connection",
            one.id,
            one.name,
            one.of,
            _likeness_of_place(said, wanted, one),
            one.split,
            one.stage,
        )
        for one in connections
        if one.of
    ]
    found.sort(key=lambda one: -one.likeness)
    return found


def meant(said: str, candidates: list[Likely]) -> list[Likely]:
    """Return those that may be meant: one where it is clear, several to ask about, or none.

    What was said word for word is meant, also beside something whose whole name is in it: "ring
    the bike club" is the step where there is a connection to the bike club too.
    """
    asked = words_of(said)
    in_full = [one for one in candidates if one.split == asked]
    if len(in_full) == 1:
        return in_full
    near = [one for one in candidates if one.likeness >= _NEAR]
    if (
        near
        and near[0].likeness >= _SURE
        and (len(near) == 1 or near[0].likeness - near[1].likeness >= _MARGIN)
    ):
        return near[:1]
    return near


def split_outcome(head: str, words: str) -> tuple[str, str]:
    """Return what an `x` line is about and what became of it.

    "ring Citizens Advice: not done" has its colon; without one the outcome begins at a comma, a
    dash or the first words that tell one: "the bowls club went once", "form posted".
    """
    if head:
        return head, words[len(head) :].lstrip(" :")
    parts = re.split(r"\s*,\s+|\s+[–—-]\s+", words, maxsplit=1)
    if len(parts) == 2:
        return parts[0], parts[1]
    starts = [one.start() for p in _TELLING if (one := p.search(words))]
    starts += [one.start for one in stages_in(words)[:1]]
    place = min((one for one in starts if one > 0), default=0)
    return (words[:place].strip(), words[place:]) if place else (words, words)
