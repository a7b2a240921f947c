"""Somebody was introduced whom we know: who that may be, and joining the introduction to them.

What is compared is explained and never decided here. Joining is one act, and undo parts them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker import schema
from linkworker.caseload import entered_twice, people, reaching
from linkworker.caseload.introductions import INTRODUCTION, NotWaiting, need_waiting
from linkworker.caseload.matching import Known, everybody, facts_of, reach_key
from linkworker.caseload.writing import correct, need_person
from linkworker.clock import from_text
from linkworker.rules.numbers import gb_phone, nhs_number, postcode
from linkworker.rules.same_person import Facts, Register
from linkworker.schema.describing import shape_of, shapes_of_a_record

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

MOST = 3
"""How many people are named at once who it may be."""
_CARRIED = frozenset({"introduction", "reaching_attempt", "reach", "address"})
"""What goes over to the record of whoever it is; anything else keeps the begun record standing."""


@dataclass(frozen=True)
class MayBe:
    """Somebody here who may be the one introduced."""

    person_id: str
    name: str
    born: str
    place: str
    same: bool
    """Whether all that both have says so; it is asked all the same."""
    why: str
    """What agrees and what differs, in a sentence."""


class WhoItMayBe:
    """Everybody here, prepared to be compared with what is typed; made anew when people change."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = {one.person_id: one for one in known}
        self._register = Register(heard=True)
        for one in self._known.values():
            self._register.add(one.person_id, one.facts)

    @classmethod
    def read(cls, tx: ReadTx) -> WhoItMayBe:
        """Read everybody."""
        return cls(everybody(tx))

    def facts(self, person_id: str) -> Facts:
        """Return what is known of somebody, nothing where they are not here."""
        known = self._known.get(person_id)
        return known.facts if known is not None else Facts()

    def like(self, facts: Facts, *, but: str = "") -> list[MayBe]:
        """Return who it may be, the likeliest first; not `but`, whose facts these are."""
        found = []
        for person_id, likeness in self._register.alike(facts):
            if person_id != but:
                person = self._known[person_id].person
                found.append(
                    MayBe(
                        person_id,
                        _name_of(person),
                        person["born"],
                        person["place"],
                        likeness.verdict == "same",
                        likeness.in_words(),
                    )
                )
        return found[:MOST]


def facts_typed(said: Mapping[str, str], born: date | None) -> Facts:
    """Return the facts in what was typed: called, given, family, nhs_number, phone, postcode."""
    phone = gb_phone(said.get("phone", "")).value
    code = postcode(said.get("postcode", ""))
    return facts_of(
        said.get("given", ""),
        said.get("family", ""),
        said.get("called", ""),
        "",
        born,
        nhs_number(said.get("nhs_number", "")).value,
        frozenset({phone} - {""}),
        frozenset({code.value} if code.good else ()),
    )


def it_is(tx: WriteTx, introduction_id: str, known_id: str) -> None:
    """Join an introduction to somebody known: their record has it, and the begun one is taken back.

    Ways to reach them that were not known go over too. Where more was written in the begun record
    than that, it is not taken back: the two are shown as one person, so that nothing is lost.
    """
    begun = need_waiting(tx, introduction_id)
    need_person(tx, known_id)
    if begun == known_id:
        raise NotWaiting(
            "Nothing was joined.",
            "This is the record that the introduction began.",
            "Choose somebody else, or accept the introduction.",
        )
    became = {"outcome": "already known", "outcome_on": tx.today, "known_as": known_id}
    if _holds_more(tx, begun):
        correct(tx, INTRODUCTION, introduction_id, became)
        if begun not in entered_twice.records_of(tx, known_id):
            entered_twice.join(tx, known_id, begun)
        return
    row = _row(tx, "Introduction", introduction_id)
    copy = tx.add(schema.Introduction(**row | became | {"person_id": known_id, "known_as": ""}))
    tried = tx.rows(
        "SELECT id FROM reaching_attempt WHERE introduction_id = ? AND hidden_at IS NULL "
        "ORDER BY id",
        (introduction_id,),
    )
    for (attempt_id,) in tried:
        row = _row(tx, "ReachingAttempt", str(attempt_id))
        tx.add(
            schema.ReachingAttempt(**row | {"person_id": known_id, "introduction_id": str(copy.id)})
        )
    _ways_to_reach(tx, begun, known_id)
    _what_was_not_known(tx, begun, known_id)
    correct(tx, INTRODUCTION, introduction_id, became)
    people.remove_person(tx, begun)


def _ways_to_reach(tx: WriteTx, begun: str, known_id: str) -> None:
    """Write down by the one how to reach them that the other did not have, and what is not safe.

    Of a number that both have the words that were said of it now stand there too, and that no
    message may be left there counts, whichever says so.
    """
    there = {reach_key(one.value): one for one in reaching.reaches(tx, known_id)}
    for one in reaching.reaches(tx, begun):
        if known := there.get(reach_key(one.value)):
            said: dict[str, str] = {}
            if one.remark and one.remark not in known.remark:
                said["remark"] = "; ".join(filter(None, (known.remark, one.remark)))
            if one.safe_to_leave == "no" or known.safe_to_leave == "not asked":
                said["safe_to_leave"] = one.safe_to_leave
            if said:
                reaching.correct_reach(tx, known.reach_id, **said)
        else:
            fields = {"kind": one.kind, "whose": one.whose, "safe_to_leave": one.safe_to_leave}
            reaching.add_reach(tx, known_id, one.value, remark=one.remark, **fields)
    if not reaching.addresses(tx, known_id):
        for home in reaching.addresses(tx, begun):
            said = {name: getattr(home, name) for name in reaching.ADDRESS.fields}
            reaching.add_address(tx, known_id, **said)


def _what_was_not_known(tx: WriteTx, begun: str, known_id: str) -> None:
    """Write down by the one who they are, where the other said nothing of it; names stay."""
    new, known = people.details(tx, begun), people.details(tx, known_id)
    if new is None or known is None:
        return
    said = {
        name: getattr(new, name)
        for name in ("born", "nhs_number", "place", "pronouns", "language", "interpreter")
        if getattr(new, name) and not getattr(known, name)
    }
    if said:
        people.change_person(tx, known_id, **said)


def _holds_more(tx: ReadTx, person_id: str) -> bool:
    return any(
        tx.value(
            f'SELECT 1 FROM "{shape.name}" WHERE person_id = ? AND hidden_at IS NULL LIMIT 1',
            (person_id,),
        )
        for shape in shapes_of_a_record()
        if shape.name not in _CARRIED
    )


def _row(tx: ReadTx, model: str, row_id: str) -> dict[str, Any]:
    """Return a row's own fields, and when and by whom it was written, as its table takes them."""
    shape = shape_of(model)
    columns = [one for one in shape.columns if one.name not in ("id", "hidden_at")]
    listed = ", ".join(f'"{one.name}"' for one in columns)
    found = tx.rows(f'SELECT {listed} FROM "{shape.name}" WHERE id = ?', (row_id,))[0]
    row: dict[str, Any] = {}
    for column, value in zip(columns, found, strict=True):
        if value and column.kind == "instant":
            value = from_text(value)
        elif value and column.kind == "day":
            value = date.fromisoformat(value)
        elif column.kind == "yes or no":
            value = bool(value)
        row[column.name] = value
    return row


def _name_of(person: Mapping[str, str]) -> str:
    from linkworker.rules.shown_names import shown_name

    return shown_name(person["called"], person["given"], person["family"])
