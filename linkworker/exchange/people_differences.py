"""What a row says that somebody's record has not, or has otherwise; and taking that in.

Nothing is passed over in silence: each difference is shown with what the list says and what the
record says. What the record has not is added where somebody says so; what it has otherwise stays,
unless somebody says that the list is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload import connections, people, reaching, support
from linkworker.caseload.matching import (
    FROM_A_LIST,
    HeldTie,
    Known,
    everybody,
    lines_of,
    reach_key,
)
from linkworker.caseload.notes import note_from_a_list
from linkworker.codes import label
from linkworker.exchange.people_rows import Draft, DraftTie
from linkworker.rules.same_person import Facts
from linkworker.text import folded

if TYPE_CHECKING:
    from linkworker.store import WriteTx

_LABELS = {
    "given": "first name",
    "family": "family name",
    "title": "title",
    "pronouns": "pronouns",
    "gender": "gender",
    "sex": "sex",
    "ethnic_category": "ethnic category",
    "religion": "religion",
    "marital_status": "marital status",
    "employment": "work or study",
    "language": "language",
    "interpreter": "interpreter",
    "place": "village or part of town",
    "gp_practice": "GP practice",
    "gp_practice_code": "GP practice code",
}
_PRECISELY = ("about", "year", "month", "day")
"""How exactly a birth date may be known, the least first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a row says and the record does not say so.

    `listed` and `recorded` are what people wrote: show them on the screen and to whoever asked,
    never in a log or a refusal.
    """

    label: str
    listed: str
    recorded: str = ""
    """What the record says, "" where it has nothing and only has to be added to."""

    def as_json(self) -> dict[str, str]:
        """Return it as JSON holds it."""
        return {"field": self.label, "list": self.listed, "record": self.recorded}


def differences(draft: Draft, known: Known) -> tuple[Difference, ...]:
    """Return what a row has and the person's record has not, or has otherwise."""
    return tuple(one for one, _ in _found(draft, known))


_Values = dict[str, Any]


def _found(draft: Draft, known: Known) -> Iterator[tuple[Difference, _Values]]:
    """Give each difference, and the columns of the record that would hold what the list says."""
    theirs, ours = draft.facts, known.facts
    if theirs.nhs_number and theirs.nhs_number != ours.nhs_number:
        held = known.person.get("nhs_number", "")
        yield Difference("NHS number", theirs.nhs_number, held), {"nhs_number": theirs.nhs_number}
    yield from _born(draft, known)
    numbers = [way for kind, way in _new_reaches(draft, known) if kind != "e-mail"]
    if numbers:
        yield Difference("phone number", ", ".join(numbers)), {}
    if mails := [way for kind, way in _new_reaches(draft, known) if kind == "e-mail"]:
        yield Difference("e-mail address", ", ".join(mails)), {}
    if draft.address and not any(_says(one, _address(draft)) for one in known.addresses):
        yield Difference("address", _address(draft), next(iter(known.addresses), "")), {}
    if theirs.called and not (ours.called or _key(theirs.called) == _key(ours.given)):
        yield Difference("the name they like", theirs.called), {"called": theirs.called}
    if names := _new_names(theirs, ours):
        every = "; ".join((*ours.other_names, *names))
        yield Difference("another name", "; ".join(names)), {"other_names": every}
    for name, said in _LABELS.items():
        listed, recorded = str(draft.person.get(name) or ""), known.person.get(name, "")
        if listed and not _is_there(name, listed, known):
            shown = Difference(said, _meaning(name, listed), _meaning(name, recorded))
            yield shown, {name: listed}
    died = draft.person.get("died")
    if isinstance(died, date) and died.isoformat() != known.person.get("died"):
        yield Difference("date of death", _day(died), _day(known.person.get("died", ""))), {}
    for tie, around in _new_ties(draft, known):
        listed, has = _tie_words(tie), ""
        if around is not None and _contradicts(tie, around):
            has = _tie_words(around)
        yield Difference("somebody close", listed, has), {}
    for heading, _ in _new_notes(draft, known):
        yield Difference("a note", f"the words of the column “{heading}”"), {}


def _born(draft: Draft, known: Known) -> Iterator[tuple[Difference, _Values]]:
    born, precision = draft.person.get("born"), str(draft.person.get("born_precision") or "day")
    held, held_precision = known.person.get("born", ""), known.person.get("born_precision", "day")
    if not isinstance(born, date):
        return
    more_exact = _PRECISELY.index(precision) - _PRECISELY.index(held_precision)
    length = {"day": 10, "month": 7}.get(min(precision, held_precision, key=_PRECISELY.index), 4)
    agree = born.isoformat()[:length] == held[:length]
    if held and agree and more_exact <= 0:
        return
    recorded = "" if agree else _day(held, held_precision)
    values = {"born": born, "born_precision": precision}
    yield Difference("birth date", _day(born, precision), recorded), values


def _is_there(name: str, listed: str, known: Known) -> bool:
    """Say whether a record says of somebody what the list does, in whatever spelling."""
    recorded = known.person.get(name, "")
    if _key(listed) == _key(recorded):
        return True
    if name in ("given", "family"):
        names = (known.facts.called, *known.facts.other_names)
        return _says(recorded, listed) or any(_key(listed) == _key(one) for one in names)
    # A town that stands in their address is no other place than the village of their record.
    return name == "place" and bool(recorded) and any(_says(one, listed) for one in known.addresses)


def _contradicts(tie: DraftTie, held: HeldTie) -> bool:
    pairs = ((tie.relationship, held.relationship), (tie.phone, held.phone))
    return any(said and has and reach_key(said) != reach_key(has) for said, has in pairs)


def _new_ties(draft: Draft, known: Known) -> Iterator[tuple[DraftTie, HeldTie | None]]:
    """Give who is not around the person yet, or of whom the list says more or otherwise."""
    for tie in draft.ties:
        named = [one for one in known.ties if _key(one.name) == _key(tie.name)]
        if not any(_tells_of(one, tie) for one in named):
            yield tie, next(iter(named), None)


def _tells_of(held: HeldTie, tie: DraftTie) -> bool:
    pairs = ((tie.relationship, held.relationship), (tie.phone, held.phone))
    return all(not said or reach_key(said) == reach_key(has) for said, has in pairs)


def _new_names(theirs: Facts, ours: Facts) -> tuple[str, ...]:
    """Return the name that somebody likes and other names, as far as the record has them not."""
    have = {_key(name) for name in (ours.given, ours.called, *ours.other_names)}
    liked = (theirs.called,) if ours.called else ()
    return tuple(name for name in (*liked, *theirs.other_names) if name and _key(name) not in have)


def _new_notes(draft: Draft, known: Known) -> list[tuple[str, str]]:
    return [(head, words) for head, words in draft.notes if not lines_of(words) <= known.lines]


def _new_reaches(draft: Draft, known: Known) -> list[tuple[str, str]]:
    return [(kind, way) for kind, way in draft.reaches if reach_key(way) not in known.reaches]


def with_row(known: Known, draft: Draft, *, take: bool = False) -> Known:
    """Return what is known of somebody once a row was added or filled in.

    With `take` what the list says stands where the record said otherwise.
    """
    ours, theirs = known.facts, draft.facts
    facts = replace(
        theirs if ours == Facts() else ours,
        called=ours.called or theirs.called,
        other_names=tuple(dict.fromkeys((*ours.other_names, *_new_names(theirs, ours)))),
        born=(theirs.born if take else None) or ours.born or theirs.born,
        nhs_number=(theirs.nhs_number if take else "") or ours.nhs_number or theirs.nhs_number,
        phones=ours.phones | theirs.phones,
    )
    person = dict(known.person)
    for one, values in _found(draft, known):
        if take or not one.recorded:
            person |= {name: _text(value) for name, value in values.items()}
    died = _text(draft.person.get("died"))
    person["died"] = (died if take else "") or person.get("died", "") or died
    new_address = draft.address and (take or not known.addresses)
    return replace(
        known,
        facts=facts,
        lines=known.lines.union(*(lines_of(words) for _, words in draft.notes)),
        person=person,
        reaches=known.reaches | {reach_key(way) for _, way in draft.reaches},
        addresses=known.addresses + ((_address(draft),) if new_address else ()),
        ties=known.ties
        + tuple(
            HeldTie(tie.name, tie.relationship, tie.phone)
            for tie, held in _new_ties(draft, known)
            if take or held is None or not _contradicts(tie, held)
        ),
    )


def fill(tx: WriteTx, draft: Draft, person_id: str, *, take: bool = False) -> None:
    """Add to somebody's record what it has not.

    What it has otherwise stays, unless one says to `take` what the list says; also then another
    address is added, and the older one stays to be read.
    """
    (known,) = everybody(tx, person_id)
    values: _Values = {}
    for one, said in _found(draft, known):
        if take or not one.recorded:
            values |= said
    if values:
        people.change_person(tx, person_id, **values)
    for kind, value in _new_reaches(draft, known):
        reaching.add_reach(tx, person_id, value, kind=kind)
    is_other = not any(_says(one, _address(draft)) for one in known.addresses)
    if draft.address and is_other and (take or not known.addresses):
        reaching.add_address(tx, person_id, **draft.address)
    for tie, held in _new_ties(draft, known):
        if held is None:
            add_tie(tx, person_id, tie)
        elif take or not _contradicts(tie, held):
            said = {"relationship": tie.relationship, "phone": tie.phone}
            connections.correct_tie(
                tx, held.tie_id, **{name: words for name, words in said.items() if words}
            )
    died = draft.person.get("died")
    if isinstance(died, date) and (take or not known.person["died"]):
        _die(tx, person_id, died)
    add_notes(tx, person_id, _new_notes(draft, known))


def _die(tx: WriteTx, person_id: str, died: date) -> None:
    rows = [row for row in support.whereabouts(tx, person_id) if row.kind == "died"]
    if not rows:
        support.record_whereabouts(tx, person_id, "died", since=died)
    elif rows[0].since != died:
        support.correct_whereabouts(tx, rows[0].whereabouts_id, since=died)


def add_tie(tx: WriteTx, person_id: str, tie: DraftTie) -> None:
    """Add somebody around the person, as a row tells of them."""
    connections.add_tie(
        tx,
        person_id,
        tie.name,
        relationship=tie.relationship,
        phone=tie.phone,
        roles=list(tie.roles),
    )


def add_notes(tx: WriteTx, person_id: str, notes: Iterable[tuple[str, str]]) -> None:
    """Keep the words of columns, (heading, words), as first notes."""
    for heading, words in notes:
        note_from_a_list(tx, person_id, f"{FROM_A_LIST}“{heading}”:\n{words}")


def _address(draft: Draft) -> str:
    parts = ("line1", "line2", "line3", "town", "county", "postcode")
    return ", ".join(draft.address[name] for name in parts if name in draft.address)


def _says(recorded: str, listed: str) -> bool:
    """Say whether every word of what the list says stands in what the record says."""
    return set(_words(listed)) <= set(_words(recorded))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text)) or [text]


def _key(text: str) -> str:
    return "".join(_words(text))


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _meaning(name: str, value: str) -> str:
    return label("ethnic_category", value) if name == "ethnic_category" else value


def _day(day: date | str, precision: str = "day") -> str:
    if not day:
        return ""
    known = date.fromisoformat(day) if isinstance(day, str) else day
    whole = {"day": f"{known.day} {known:%B %Y}", "month": f"{known:%B %Y}"}
    about = "about " * (precision == "about")
    return whole.get(precision, f"{about}{known.year}")


def _tie_words(tie: DraftTie | HeldTie) -> str:
    return ", ".join(filter(None, (tie.name, tie.relationship, tie.phone)))
