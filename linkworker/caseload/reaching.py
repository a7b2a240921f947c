"""How to reach somebody, safely, and how one gets in at their door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload.reading import rows
from linkworker.caseload.writing import (
    NothingSaid,
    NotSuch,
    Subject,
    a_day,
    add,
    correct,
    free,
    needed,
    one_of,
    remove,
    yes_or_no,
)
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

REACH = Subject(
    "reach",
    "Reach",
    "a way to reach somebody",
    {
        "kind": one_of(*values.REACH_KINDS),
        "value": needed,
        "whose": free,
        "safe_to_leave": one_of(*values.SAFE_TO_LEAVE),
        "remark": free,
        "preferred": yes_or_no,
    },
)
PHONES = ("home phone", "mobile", "work phone")
"""Kinds of `values.REACH_KINDS` whose value is a phone number."""
_LINES = ("line1", "line2", "line3", "town", "county", "postcode", "getting_in")
ADDRESS = Subject(
    "address",
    "Address",
    "an address",
    dict.fromkeys(_LINES, free)
    | {"kind": one_of(*values.ADDRESS_KINDS), "since": a_day, "until": a_day},
)


@dataclass(frozen=True)
class ReachRow:
    """A way to reach a person; a number that somebody gave is kept whatever it looks like."""

    reach_id: str
    kind: str
    value: str
    whose: str
    safe_to_leave: str
    remark: str
    preferred: bool


@dataclass(frozen=True)
class AddressRow:
    """Where somebody lives, stays or gets letters."""

    address_id: str
    kind: str
    line1: str
    line2: str
    line3: str
    town: str
    county: str
    postcode: str
    getting_in: str
    since: date | None
    until: date | None

    @property
    def in_one_line(self) -> str:
        """The address as one line, without empty parts."""
        parts = (self.line1, self.line2, self.line3, self.town, self.county, self.postcode)
        return ", ".join(part for part in parts if part)


def reaches(tx: ReadTx, person_id: str) -> list[ReachRow]:
    """Return the ways to reach somebody: the preferred first, then as they were written down."""
    sql = """SELECT id, kind, value, whose, safe_to_leave, remark, preferred FROM reach
        WHERE person_id = ? AND hidden_at IS NULL ORDER BY preferred DESC, recorded_at, id"""
    return rows(tx, ReachRow, sql, (person_id,))


def addresses(tx: ReadTx, person_id: str) -> list[AddressRow]:
    """Return a person's addresses: those of today first (home before the others), then past."""
    sql = """SELECT id, kind, line1, line2, line3, town, county, postcode, getting_in, since, until
        FROM address WHERE person_id = ?1 AND hidden_at IS NULL
        ORDER BY coalesce(until, '9') < ?2, kind <> 'staying at', kind <> 'home', id DESC"""
    return rows(tx, AddressRow, sql, (person_id, tx.today.isoformat()))


def doubt(value: str, kind: str = "mobile") -> str:
    """Return what to say of a number or address that may be mistaken, "" where there is no doubt.

    `kind` is one of `values.REACH_KINDS`. Whatever was written is kept all the same.
    """
    from linkworker.rules.numbers import gb_phone

    said = value.strip()
    if not said or (kind not in PHONES and kind != "e-mail"):
        return ""
    if kind == "e-mail":
        good = "@" in said.strip("@")
        return "" if good else "This does not look like an e-mail address: it is kept as written."
    read = gb_phone(said)
    if read.value or read.standing != "doubtful":
        return ""
    return "This does not look like a phone number: it is kept as written."


def add_reach(tx: WriteTx, person_id: str, value: str, **said: Any) -> str:
    """Add a phone number, e-mail address or whoever one goes through; return its id.

    `said`: kind, whose, safe_to_leave, remark, preferred. One way is preferred at a time.
    """
    reach_id = add(tx, REACH, person_id, {"value": value, **said})
    _one_preferred(tx, reach_id, said)
    return reach_id


def correct_reach(tx: WriteTx, reach_id: str, **said: Any) -> None:
    """Correct a way to reach somebody."""
    correct(tx, REACH, reach_id, said)
    _one_preferred(tx, reach_id, said)


def remove_reach(tx: WriteTx, reach_id: str) -> None:
    """Take away a way to reach somebody."""
    remove(tx, REACH, reach_id)


def _one_preferred(tx: WriteTx, reach_id: str, said: dict[str, Any]) -> None:
    if not said.get("preferred"):
        return
    sql = """SELECT id FROM reach WHERE preferred AND hidden_at IS NULL AND id <> ?1
        AND person_id = (SELECT person_id FROM reach WHERE id = ?1)"""
    for row in tx.rows(sql, (reach_id,)):
        correct(tx, REACH, str(row[0]), {"preferred": False})


def add_address(tx: WriteTx, person_id: str, **said: Any) -> str:
    """Add an address, or only how one gets in; return its id. Every field of `AddressRow`."""
    if not any(said.get(name) for name in _LINES):
        raise NothingSaid("The address was not kept.", "It is empty.", "Write what you know of it.")
    _in_order(said.get("since"), said.get("until"))
    return add(tx, ADDRESS, person_id, said)


def correct_address(tx: WriteTx, address_id: str, **said: Any) -> None:
    """Correct an address, or say until when it was theirs."""
    if said.get("until"):
        since = tx.value("SELECT since FROM address WHERE id = ?", (address_id,))
        known = date.fromisoformat(since) if since else None
        _in_order(said.get("since", known), said["until"])
    correct(tx, ADDRESS, address_id, said)


def remove_address(tx: WriteTx, address_id: str) -> None:
    """Take away an address that was never theirs."""
    remove(tx, ADDRESS, address_id)


def _in_order(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise NotSuch("The address was not kept.", "It ends before it begins.", "Look at the days.")
