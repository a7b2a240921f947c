"""Fields of somebody by name, as a script or a form gives them: who they are and how to reach them.

One mapping of plain values, checked as a whole before anything is written, and one act.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload import people, reaching, support
from linkworker.caseload.field_words import said
from linkworker.caseload.writing import NotSuch
from linkworker.exchange.people_columns import field_of
from linkworker.exchange.written_dates import read_date
from linkworker.rules.numbers import gb_phone, is_mobile
from linkworker.text import one_line

if TYPE_CHECKING:
    from linkworker.store import ReadTx, Store, WriteTx

REACHES = {
    "mobile": "mobile",
    "home_phone": "home phone",
    "work_phone": "work phone",
    "email": "e-mail",
}
"""Fields that are ways to reach somebody, and their kind."""
ADDRESS = ("line1", "line2", "line3", "town", "county", "postcode", "getting_in")
"""Fields of the address where they live now."""
DAYS = ("born", "died")
PHONE = "phone"
"""A number whose kind is not said: a mobile, or else the phone at home, as an import takes it."""


def field_names() -> list[str]:
    """Return the name of every field that can be set."""
    return sorted({*people.PERSON.fields, *REACHES, *ADDRESS, PHONE})


def _begun(name: str) -> str:
    words = said(name)
    return words[0].upper() + words[1:]


def set_person(store: Store, person_id: str, values: Mapping[str, Any]) -> list[str]:
    """Set fields of somebody and return the names of those that were different before.

    A field may also be named as the heading of a list that is imported: "Date of birth". Values are
    text; days are ISO or UK order; null or "" empties a field. A way to reach them takes the place
    of the first of its kind. Refuses (`NotSuch` and its kin) a field or a value that cannot be, and
    then nothing is written.
    """
    values = _by_field(values)
    with store.read() as tx:
        wanted = {name: _value(name, value, tx.today) for name, value in values.items()}
        now = _as_it_stands(tx, person_id)
    different = {name: value for name, value in wanted.items() if now.get(name) != value}
    if different:
        with store.write("changed what is known", person=person_id) as tx:
            _write(tx, person_id, different)
    return sorted(different)


def understood(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the values of a new person by their fields; refuses as `set_person` does."""
    return {name: _value(name, value, today) for name, value in _by_field(values).items()}


def doubts_about(values: Mapping[str, Any], fields: Collection[str]) -> list[str]:
    """Return what to say of numbers and addresses among `fields` that may be mistaken.

    `values` as `set_person` takes them, which keeps them all the same.
    """
    said_once = dict.fromkeys(
        reaching.doubt(one_line(str(value)), REACHES[name])
        for name, value in _by_field(values).items()
        if name in REACHES and name in fields and value
    )
    return [doubt for doubt in said_once if doubt]


def _by_field(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values by the fields that they are for. Raises `NotSuch` for one not known."""
    known = field_names()
    values: dict[str, Any] = {}
    for written, value in given.items():
        name = written if written in known else field_of(written)
        if name not in known:
            offered = "; ".join(f"{one} ({said(one)})" for one in known)
            raise NotSuch(
                "Nothing was changed.",
                "A field of that name is not known.",
                f"Use these: {offered}.",
            )
        if name == PHONE:
            name = _kind_of_phone(value)
        if name in values:
            raise NotSuch(
                "Nothing was changed.",
                f"The {said(name)} is there twice.",
                "Leave one of them out.",
            )
        values[name] = value
    return values


def _kind_of_phone(value: Any) -> str:
    """Return the field of a number of which only "phone" is said."""
    if value in (None, ""):
        raise NotSuch(
            "Nothing was changed.",
            "It is not said which phone is to be taken out.",
            "Empty mobile, home_phone or work_phone.",
        )
    return "mobile" if is_mobile(gb_phone(str(value)).value) else "home_phone"


def _value(name: str, value: Any, today: date) -> Any:
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise NotSuch(
            f"{_begun(name)}: that was not kept.",
            "It is not text.",
            f'Write it as text: {{"{name}": "…"}}. An empty text takes out what stands there.',
        )
    if name not in DAYS:
        return value if name == "getting_in" else one_line(value)
    read = read_date(value, today)
    if read.why or (read.precision != "day" and value):
        raise NotSuch(
            f"{_begun(name)}: that day was not kept.",
            read.why or "It is not known to the day.",
            "Write it as 1947-03-02 or 2/3/1947.",
        )
    return read.day


def _as_it_stands(tx: ReadTx, person_id: str) -> dict[str, Any]:
    known = people.details(tx, person_id)
    now: dict[str, Any] = {}
    if known is not None:
        now = {name: getattr(known, name) for name in people.PERSON.fields}
    home = _home(tx, person_id)
    for name in ADDRESS:
        now[name] = getattr(home, name) if home else ""
    for name, kind in REACHES.items():
        way = _way(tx, person_id, kind)
        now[name] = way.value if way else ""
    return now


def _home(tx: ReadTx, person_id: str) -> reaching.AddressRow | None:
    """Return where somebody lives now."""
    for home in reaching.addresses(tx, person_id):
        if home.kind == "home" and (home.until is None or home.until >= tx.today):
            return home
    return None


def _way(tx: ReadTx, person_id: str, kind: str) -> reaching.ReachRow | None:
    return next((way for way in reaching.reaches(tx, person_id) if way.kind == kind), None)


def _write(tx: WriteTx, person_id: str, different: Mapping[str, Any]) -> None:
    written = {
        name: value
        for name, value in different.items()
        if name in people.PERSON.fields and name != "died"
    }
    people.change_person(tx, person_id, **written)
    if "died" in different:
        _set_died(tx, person_id, different["died"])
    address = {name: different[name] for name in ADDRESS if name in different}
    home = _home(tx, person_id)
    if address and home:
        reaching.correct_address(tx, home.address_id, **address)
    elif address:
        reaching.add_address(tx, person_id, **address)
    for name, kind in REACHES.items():
        if name not in different:
            continue
        way = _way(tx, person_id, kind)
        if way and different[name]:
            reaching.correct_reach(tx, way.reach_id, value=different[name])
        elif way:
            reaching.remove_reach(tx, way.reach_id)
        else:
            reaching.add_reach(tx, person_id, different[name], kind=kind)


def _set_died(tx: WriteTx, person_id: str, died: date | None) -> None:
    """Write a death where it belongs, or take a mistaken one away."""
    known = [row for row in support.whereabouts(tx, person_id) if row.kind == "died"]
    if died and known:
        support.correct_whereabouts(tx, known[0].whereabouts_id, since=died)
    elif died:
        support.record_whereabouts(tx, person_id, "died", since=died)
    for row in known if died is None else ():
        support.remove_whereabouts(tx, row.whereabouts_id)
