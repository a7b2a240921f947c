"""What a laptop and a hub say to each other, and how it is spelled, whatever carries it.

What came from the other side is data from a stranger until it has passed here: `NotAnOperation`
names the field that is wrong, and nothing was changed by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linkworker.oplog.chain import SHORT
from linkworker.oplog.handing_back import Answer, Offer
from linkworker.oplog.operations import NotAnOperation, given
from linkworker.oplog.replica import Cursor, Part, Taken, digest
from linkworker.scopes import MOST_SCOPE
from linkworker.text import clean

MOST_SCOPES = 20_000
"""Scopes that one question may name: every person that a lead of a county could ever hold."""

MOST_OPERATIONS = 5_000
"""Operations that may come at once."""


@dataclass(frozen=True)
class Greeting:
    """What the hub says first: its life, how far it holds a device, whether both hold the same."""

    epoch: str
    last_n: int
    same: bool
    role: str = ""
    """The place in the team of whoever asks; "" where that is not known."""
    told: int = 0
    """How often whoever asks was told of something (`hub.telling.Told`)."""
    door: str = ""
    """What the front door has for this laptop (`hub.introductions`), "" for nothing."""


@dataclass(frozen=True)
class Pulled:
    """What a device learns: parts to take in, and what it must let go of."""

    ask: int
    """The question that this answers: an answer to an older one is thrown away."""
    parts: tuple[Part, ...]
    lost: frozenset[str]
    """Asked about and no longer held: sent first, then let go."""
    erased: frozenset[str]
    more: bool
    """Whether there is more to ask for."""
    held: frozenset[str] = frozenset()
    """What the worker holds; the hub's own, and not sent."""
    unknown: frozenset[str] = frozenset()
    """Asked from a place that the hub does not know.

    An older copy of it was put back unsaid, or the laptop's own place is wrong."""
    held_up: frozenset[str] = frozenset()
    """Of these the hub cannot read what comes next, and gives nothing behind it."""


@dataclass(frozen=True)
class Question:
    """What a device asks for: what is new behind its cursors, of about `most_bytes` together."""

    ask: int
    cursors: Mapping[str, Cursor]
    known: frozenset[str]
    most_bytes: int


def greeting_to_wire(greeting: Greeting) -> dict[str, Any]:
    """Spell a greeting."""
    said = dict(vars(greeting))
    return said if greeting.door else {name: said[name] for name in said if name != "door"}


def greeting_from_wire(wire: Any) -> Greeting:
    """Read a greeting."""
    role = _text(wire, "role", empty=True) if "role" in _object(wire) else ""
    told = _number(wire, "told") if "told" in wire else 0
    door = _text(wire, "door", empty=True) if "door" in wire else ""
    return Greeting(
        *(_text(wire, "epoch", empty=True), _number(wire, "last_n"), _truth(wire, "same")),
        *(role, told, door),
    )


def taken_to_wire(taken: Taken) -> dict[str, Any]:
    """Spell what the hub took."""
    return {
        "last_n": taken.last_n,
        "numbered": [list(one) for one in taken.numbered],
        "places": [[n, sum_[:SHORT], proof] for n, sum_, proof in taken.places],
    }


def taken_from_wire(wire: Any) -> Taken:
    """Read what the hub took."""
    numbered = _list(wire, "numbered", MOST_OPERATIONS)
    for one in numbered:
        if not (isinstance(one, list) and len(one) == 3 and all(map(_is_number, one))):
            raise NotAnOperation("numbered")
    places = _list(wire, "places", MOST_SCOPES) if "places" in wire else []
    for one in places:
        if not (isinstance(one, list) and len(one) == 3 and _is_number(one[0])):
            raise NotAnOperation("places")
    return Taken(
        _number(wire, "last_n"),
        tuple((n, seq, time) for n, seq, time in numbered),
        tuple((n, _proof(sum_), _proof(proof)) for n, sum_, proof in places),
    )


def question_to_wire(question: Question) -> dict[str, Any]:
    """Spell a question: of each sum its beginning (`Cursor.is_at`)."""
    return {
        "ask": question.ask,
        "cursors": {scope: [at.seq, at.checksum[:SHORT]] for scope, at in question.cursors.items()},
        "known": sorted(question.known - question.cursors.keys()),
        "most_bytes": question.most_bytes,
    }


def question_from_wire(wire: Any) -> Question:
    """Read a question."""
    cursors = _object(wire).get("cursors")
    if not isinstance(cursors, dict) or len(cursors) > MOST_SCOPES:
        raise NotAnOperation("cursors")
    at = {_scope(scope): _cursor(one) for scope, one in cursors.items()}
    known = {_scope(one) for one in _list(wire, "known", MOST_SCOPES)}
    return Question(
        _number(wire, "ask"), at, frozenset(known | at.keys()), _number(wire, "most_bytes")
    )


def pulled_to_wire(pulled: Pulled) -> dict[str, Any]:
    """Spell an answer."""
    held_up = {"held_up": sorted(pulled.held_up)} if pulled.held_up else {}
    return held_up | {
        "ask": pulled.ask,
        "parts": [
            {
                "scope": part.scope,
                "after": part.after,
                "checksum": part.checksum,
                "proofs": list(part.proofs),
                "operations": [op.to_line() for op in part.operations],
            }
            for part in pulled.parts
        ],
        "lost": sorted(pulled.lost),
        "erased": sorted(pulled.erased),
        "more": pulled.more,
        "unknown": sorted(pulled.unknown),
    }


def pulled_from_wire(wire: Any) -> Pulled:
    """Read an answer."""
    return Pulled(
        _number(wire, "ask"),
        tuple(_part(one) for one in _list(wire, "parts", MOST_SCOPES)),
        frozenset(_scope(one) for one in _list(wire, "lost", MOST_SCOPES)),
        frozenset(_scope(one) for one in _list(wire, "erased", MOST_SCOPES)),
        _truth(wire, "more"),
        unknown=frozenset(_scope(one) for one in _list(wire, "unknown", MOST_SCOPES)),
        held_up=frozenset(
            _scope(one) for one in _list({"held_up": [], **wire}, "held_up", MOST_SCOPES)
        ),
    )


def short_question(question: Question) -> dict[str, Any]:
    """Spell a question by places alone: the hub knows which scopes its worker holds.

    A question that names every scope is 3 kB for 60 people, and a day's work 5.
    """
    at = dict(question.cursors)
    audits = [one for one in question.known if one.startswith("audit:")]
    at |= {one: Cursor() for one in question.known - at.keys() if one not in audits}
    return {
        "ask": question.ask,
        "cursors": {},
        "known": sorted(audits),
        "most_bytes": question.most_bytes,
        "places": [at[scope].seq for scope in sorted(at)],
        "digest": digest(at),
    }


def asked_in_full(question: Question) -> dict[str, Any]:
    """Spell the answer to one whose places the hub does not know: it wants the scopes named."""
    empty = Pulled(question.ask, (), frozenset(), frozenset(), more=True)
    return {**pulled_to_wire(empty), "in_full": True}


def is_asked_in_full(wire: Any) -> bool:
    """Say whether an answer is that one."""
    return _object(wire).get("in_full") is True


def _part(wire: Any) -> Part:
    operations = _list(wire, "operations", MOST_OPERATIONS)
    return Part(
        _scope(_object(wire).get("scope")),
        _number(wire, "after"),
        tuple(map(given, operations)),
        _text(wire, "checksum"),
        tuple(_proof(one) for one in _list(wire, "proofs", MOST_OPERATIONS)),
    )


def _proof(one: Any) -> str:
    """Read a proof or a checksum; "" stands for none."""
    if not isinstance(one, str) or len(one) > 64 or not one.isascii():
        raise NotAnOperation("proofs")
    return one


def claims_to_wire(claims: Sequence[tuple[str, Cursor]]) -> dict[str, Any]:
    """Spell up to where scopes were given, for the question what of it the hub forgot."""
    return {"claims": [[scope, at.seq, at.checksum] for scope, at in claims]}


def claims_from_wire(wire: Any) -> list[tuple[str, Cursor]]:
    """Read the same."""
    claims = _list(wire, "claims", MOST_SCOPES)
    if not all(isinstance(one, list) and len(one) == 3 for one in claims):
        raise NotAnOperation("claims")
    return [(_scope(one[0]), _cursor(one[1:])) for one in claims]


def forgotten_to_wire(forgotten: Sequence[int]) -> dict[str, Any]:
    """Spell which of the claims the hub does not know, by their places in the question."""
    return {"forgotten": list(forgotten)}


def forgotten_from_wire(wire: Any) -> tuple[int, ...]:
    """Read the same."""
    forgotten = _list(wire, "forgotten", MOST_SCOPES)
    if not all(map(_is_number, forgotten)):
        raise NotAnOperation("forgotten")
    return tuple(forgotten)


def offer_to_wire(offer: Offer) -> dict[str, Any]:
    """Spell what is handed back."""
    return {
        "scope": offer.scope,
        "seq": offer.seq,
        "checksum": offer.checksum,
        "proof": offer.proof,
        "before": offer.before,
        "operations": [op.to_wire() for op in offer.operations],
    }


def offer_from_wire(wire: Any) -> Offer:
    """Read the same."""
    operations = _list(wire, "operations", MOST_OPERATIONS)
    if not operations:
        raise NotAnOperation("operations")
    return Offer(
        _scope(_object(wire).get("scope")),
        _number(wire, "seq"),
        _proof(_object(wire).get("checksum")),
        _proof(_object(wire).get("proof")),
        _proof(_object(wire).get("before")),
        tuple(map(given, operations)),
    )


def answer_to_wire(answer: Answer) -> dict[str, Any]:
    """Spell what the hub says to it."""
    return {
        "believed": answer.believed,
        "enough": answer.enough,
        "proof": answer.proof,
        "place": list(answer.place),
    }


def answer_from_wire(wire: Any) -> Answer:
    """Read the same."""
    place = _cursor(_object(wire).get("place", [0, ""]))
    return Answer(
        _truth(wire, "believed"),
        _truth(wire, "enough"),
        _proof(_object(wire).get("proof")),
        (place.seq, place.checksum),
    )


def _cursor(one: Any) -> Cursor:
    if not (isinstance(one, list) and len(one) == 2 and _is_number(one[0])):
        raise NotAnOperation("cursors")
    if not isinstance(one[1], str) or len(one[1]) > 64:
        raise NotAnOperation("cursors")
    return Cursor(one[0], one[1])


def _object(wire: Any) -> dict[str, Any]:
    if not isinstance(wire, dict):
        raise NotAnOperation("the whole")
    return wire


def _list(wire: Any, field: str, most: int) -> list[Any]:
    value = _object(wire).get(field)
    if not isinstance(value, list) or len(value) > most:
        raise NotAnOperation(field)
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62


def _number(wire: Any, field: str) -> int:
    value = _object(wire).get(field)
    if not isinstance(value, int) or not _is_number(value):
        raise NotAnOperation(field)
    return value


def _truth(wire: Any, field: str) -> bool:
    value = _object(wire).get(field)
    if not isinstance(value, bool):
        raise NotAnOperation(field)
    return value


def _text(wire: Any, field: str, *, empty: bool = False) -> str:
    value = _object(wire).get(field)
    if not isinstance(value, str) or len(value) > 200 or not (value or empty):
        raise NotAnOperation(field)
    return value


def _scope(value: Any) -> str:
    """Read a scope of which there is something already; `scopes.is_scope` is for new ones."""
    if not isinstance(value, str) or not 0 < len(value) <= MOST_SCOPE or clean(value) != value:
        raise NotAnOperation("scope")
    return value
