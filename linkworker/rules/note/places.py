"""What the words of `@` and `x` say of a connection or a tie: the name, how it stands, how near.

"Barwell bowls club: went once, not for him" · "Knit & Natter: now a helper, since September" ·
"Ray next door, most days" · "Kelly (sister): closer than she was". The stages are `values.STAGES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linkworker.rules.days import find_days
from linkworker.rules.names import words_of
from linkworker.rules.note.known import Place, place_words
from linkworker.rules.note.named import RELATIONSHIP

_STAGES: dict[str, str] = {
    "stopped": (
        r"not for (?:him|her|them|me)\b|not (?:his|her|their) (?:thing|cup of tea)"
        r"|(?:doesn['’]t|does not|don['’]t|won['’]t|not) (?:want to )?go(?:ing|es)?\b"
        r"|no longer go(?:es|ing)?|(?:has |have )?stopped|gave (?:it )?up|given (?:it )?up"
        r"|dropped out|left after"
    ),
    "declined": (
        r"said no\b|declined|not interested|turned it down|would rather not|didn['’]t fancy"
    ),
    "full": r"(?:is |was |now )?full\b(?! of)|waiting list|no (?:places?|spaces?|room)\b",
    "closed": (
        r"closed\b(?! on)|(?:has |have )?folded|shut(?: down)?\b|no longer (?:runs?|meets?|there)"
        r"|(?:has |have )?finished\b|not running"
    ),
    "helper": (
        r"(?:now )?(?:an? |the )?(?:helper|volunteer(?:s|ing)?)\b|help(?:s|ing) (?:out|run|set)\b"
        r"|runs it\b|opens up\b"
    ),
    "still going": (
        r"still (?:go(?:ing|es)|there|at it|loves it|enjoys it)\b|(?:goes|going|been) (?:every"
        r"|each|most|weekly|regularly|again|twice)|went (?:again|back|twice|three times)"
        r"|every week\b|most weeks\b|weekly\b|keeps going\b|a regular\b|never misses"
    ),
    "went once": (
        r"went (?:along )?(?:once|for the first time)|tried (?:it )?(?:once|out)"
        r"|(?:been|came|gone) (?:along )?once|went\b(?: along)?|been (?:along|to it)\b|came along"
        r"|stayed to the end|tried it\b|turned up\b"
    ),
    "in touch": (
        r"(?:is |are |been |got )?in touch\b|rang (?:them|up)\b|has rung|e-?mailed|texted"
        r"|wrote to|left (?:them )?a message|spoke(?:n)? to|waiting to hear|signed up|booked\b"
        r"|put (?:his|her|their) name down|starts? (?:on|next|in)\b|starting\b"
    ),
    "suggested": (
        r"suggested\b|mentioned\b|told (?:him|her|them) about|(?:the|a) leaflet"
        r"|might (?:like|try|go)|thinking (?:of|about)|(?:could|would like to|wants to) try"
    ),
}
"""The words that tell each stage; what comes first here is looked for first."""

_NEVER_WENT = r"(?:did ?n['’]?o?t|did not|has ?n['’]t|not|never) (?:go|gone|been|went)\b(?! once)"

_STAGE = re.compile(
    rf"\b(?:(?P<never>{_NEVER_WENT})|"
    + "|".join(f"(?P<s{number}>{pattern})" for number, pattern in enumerate(_STAGES.values()))
    + ")",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """Something said about a stage, and where in the words."""

    stage: str
    start: int
    end: int


def stages_in(words: str) -> list[Said]:
    """Return the stages that words tell of, in their order; "didn't go" tells of none."""
    found: list[Said] = []
    for match in _STAGE.finditer(words):
        if match.lastgroup and match.lastgroup != "never":
            stage = tuple(_STAGES)[int(match.lastgroup[1:])]
            if not found or found[-1].stage != stage:
                found.append(Said(stage, match.start(), match.end()))
    went = any(one.stage in ("went once", "still going", "helper") for one in found)
    # Whoever went and then said no has stopped; who never went has declined.
    return [
        Said("stopped", one.start, one.end) if went and one.stage == "declined" else one
        for one in found
    ]


_GROUP = (
    r"clubs?|groups?|class(?:es)?|choir|sessions?|society|team|band|breakfast|lunch|caf[eé]|coffee"
    r"|shed|natter|knit|bingo|drop-?in|circle|meeting|morning|rhyme time|playgroup|time\b|course"
    r"|brownies|guides|scouts|u3a|wi|yoga|stones"
)
_PLACE = (
    r"library|chapel|church|mosque|temple|gurdwara|synagogue|centre|center|park|hub|hall|pub|shop"
    r"|allotments?|museum|pool|gym|school|garden|farm|cinema|theatre|market"
)
_SERVICE = (
    r"surgery|council|housing|citizens advice|job ?centre|service|clinic|hospital"
    r"|physio(?:therapy)?|counselling|age uk|dwp|talking therapies|food ?bank|team at"
)
_ACTIVITY = r"walks?|[a-z]+ing\b|football|bowls|cricket|darts|art|music|pottery|swim"
_KINDS = tuple(
    (kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for kind, pattern in (
        ("service", _SERVICE),
        ("group", _GROUP),
        ("place", _PLACE),
        ("activity", _ACTIVITY),
    )
)


def place_kind(name: str) -> str:
    """Return which of `values.CONNECTION_KINDS` a name tells, "" where it tells none."""
    for kind, pattern in _KINDS:
        if pattern.search(name):
            return kind
    return "group" if re.search(r"\w\s*&\s*\w", name) else ""


_OFTEN = re.compile(
    r"\b(?:(?:most|every|some|all) (?:other )?(?:days?|weeks?|months?|mornings?|evenings?|nights?"
    r"|weekends?|mon|tues|wednes|thurs|fri|satur|sun)(?:days?)?|daily|weekly|fortnightly|monthly"
    r"|(?:once|twice|three times|\d times) an? (?:day|week|fortnight|month|year)"
    r"|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days(?: at \w+)?|now and (?:then|again)"
    r"|not (?:been )?seen(?: \w+)? since [\w ]+|hardly ever|never|at christmas|rarely|lives with"
    r" (?:him|her|them)|in and out)\b",
    re.IGNORECASE,
)
_CLOSENESS: dict[str, str] = {
    "strained": (
        r"strained|fell out|fallen out|falling out|not speaking|don['’]t speak|rows?\b"
        r"|on bad terms"
    ),
    "thin": (
        r"not (?:been )?seen\b[\w ]* since|lost touch|hardly (?:ever )?sees?|drifting|drifted"
        r"|thin\b|hardly ever|rarely"
    ),
    "close": r"(?:very |really )?close\b(?! by| to the)|inseparable|best friends?",
    "steady": r"steady\b",
}
CLOSER = re.compile(r"\b(?:closer|nearer)\b", re.IGNORECASE)
"""Says that a tie grew nearer, and not how near it is now."""


def often_in(words: str) -> str:
    """Return how often somebody is seen, in the words said: "most days"; "" where nothing is."""
    match = _OFTEN.search(words)
    return match[0] if match else ""


def closeness_in(words: str, before: str = "") -> str:
    """Return how near a tie is by what was said, one of `values.CLOSENESS`, "" where it is not.

    "Closer than she was" is one nearer than `before`, where that is known. How often two people
    meet says nothing of how near they are.
    """
    if CLOSER.search(words):
        return {"strained": "thin", "thin": "steady", "steady": "close", "close": "close"}.get(
            before, ""
        )
    for closeness, pattern in _CLOSENESS.items():
        if re.search(rf"\b(?:{pattern})", words, re.IGNORECASE):
            return closeness
    return ""


def without_often(words: str) -> str:
    """Return words without how often: "weekly" is said of a friend as well as of a club."""
    return _OFTEN.sub(" ", words)


def since_in(words: str, today: date) -> date | None:
    """Return since when something has been so, by its month at least: "since September"."""
    for reading in find_days(words, today, "back"):
        if reading.lead == "since" and reading.day is not None:
            return reading.day
    return None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a line is about, taken from the words that describe it."""

    name: str
    relationship: str
    rest: str
    """What else was said."""


def subject_of(head: str, rest: str) -> Subject:
    """Return the name at the start of an `@` line, what they are, and what is said of them.

    The name ends at the colon, a bracket, a comma, a dash or where a stage begins
    ("Knit & Natter went once"); "next door" and the like are what somebody is.
    """
    whole = f"{head}: {rest}" if head else rest
    ends = [match.start() for match in re.finditer(r"\s*(?:[:,(;]|\s[–—-]\s)", whole)][:1]
    if not head:
        ends += [said.start for said in stages_in(whole)[:1]]
        ends += [often.start() for often in _OFTEN.finditer(whole)][:1]
    end = min((one for one in ends if one > 0), default=len(whole))
    name, said = whole[:end].strip(" ,"), whole[end:].strip(" ,:;–—-")
    relationship = ""
    if match := RELATIONSHIP.search(name):
        before, after = name[: match.start()].strip(), name[match.end() :].strip()
        if before and not after and not before.endswith(("'s", "’s")) and before.lower() != "the":
            name, relationship = before, match[0]
    if not relationship:
        relationship, said = _relationship_of(said)
    return Subject(name, relationship, _without_brackets(said))


def _relationship_of(said: str) -> tuple[str, str]:
    """Return what somebody is, where a bracket or a part between commas says it, and the rest."""
    bracket = re.match(r"\(([^)]*)\)\s*[,:]?\s*", said)
    if bracket and RELATIONSHIP.search(bracket[1]):
        return bracket[1].strip(), said[bracket.end() :]
    parts = re.split(r"\s*,\s*", said)
    for number, part in enumerate(parts):
        match = RELATIONSHIP.search(part)
        if match and len(part.split()) <= len(match[0].split()) + 2:
            return part, ", ".join([*parts[:number], *parts[number + 1 :]])
    return "", said


def _without_brackets(said: str) -> str:
    whole = re.fullmatch(r"\(([^()]*)\)", said.strip())
    said = whole[1] if whole else re.sub(r"^\(([^()]*)\)\s*[,:]?\s*", r"\1, ", said)
    return said.strip(" ,")


def match_place(said: str, places: Iterable[Place]) -> tuple[list[Place], bool]:
    """Return the places that a name may mean, and whether it is the whole name of the one found.

    The whole name, then its initials (K&N), then all of the words said among the words of a name,
    or the other way about ("Barwell bowls club" is "the bowls club").
    """
    wanted = place_words(said)
    if not wanted:
        return [], False
    whole: list[Place] = []
    part: list[Place] = []
    short = "".join(words_of(said))
    for place in places:
        if wanted in place.words or (len(short) > 1 and short in place.initials):
            whole.append(place)
        elif any(words and (wanted <= words or words <= wanted) for words in place.words):
            part.append(place)
    found = _once(whole or part)
    return found, bool(whole) and len(found) == 1


def _once(places: list[Place]) -> list[Place]:
    """Keep a person's own connection rather than the directory's entry of the same name."""
    own = [one for one in places if one.of]
    taken = {words for one in own for words in one.words}
    return own + [one for one in places if not one.of and not taken.intersection(one.words)]
