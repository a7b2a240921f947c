"""Who is here already: what tells one person from another, for everybody at once.

Read before people are added, so that somebody who is here under another form of their name, or with
day and month swapped, is asked about instead of added a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.rules.numbers import gb_phone, nhs_number, postcode
from linkworker.rules.same_person import Facts
from linkworker.text import clean, folded, one_line

if TYPE_CHECKING:
    from linkworker.store import ReadTx

COLUMNS = (
    "given",
    "family",
    "called",
    "other_names",
    "born",
    "born_precision",
    "nhs_number",
    "title",
    "pronouns",
    "gender",
    "sex",
    "ethnic_category",
    "religion",
    "marital_status",
    "employment",
    "language",
    "interpreter",
    "place",
    "gp_practice",
    "gp_practice_code",
    "died",
)
"""What a list may say of who somebody is, by the names of the columns of their record."""
_PEOPLE = f"SELECT id, {', '.join(COLUMNS)} FROM person WHERE hidden_at IS NULL"
_REACHES = "SELECT person_id, kind, value FROM reach WHERE hidden_at IS NULL"
_ADDRESSES = """SELECT person_id, postcode, line1, line2, line3, town, county FROM address
    WHERE hidden_at IS NULL"""
_TIES = "SELECT person_id, id, name, relationship, phone FROM tie WHERE hidden_at IS NULL"
FROM_A_LIST = "From an imported list, "
"""How a note begins that was a column of somebody's list."""
_FROM_LISTS = """SELECT person_id, words FROM note
    WHERE hidden_at IS NULL AND substr(words, 1, ?) = ?"""
_APART = "SELECT person_id, words FROM kept_apart WHERE hidden_at IS NULL"


@dataclass(frozen=True)
class HeldTie:
    """Somebody around a person, as their record has them."""

    name: str
    relationship: str = ""
    phone: str = ""
    tie_id: str = ""


@dataclass(frozen=True)
class Known:
    """What is known of somebody, as far as a list could say the same, more or otherwise."""

    person_id: str
    facts: Facts
    lines: frozenset[str] = frozenset()
    """The lines of what lists said of them, as `lines_of` gives them."""
    person: Mapping[str, str] = field(default_factory=dict)
    """Their record by `COLUMNS`, days as "1947-03-02"; "" or no entry where it has nothing."""
    reaches: frozenset[str] = frozenset()
    """How they can be reached, as `reach_key` gives it."""
    addresses: tuple[str, ...] = ()
    """Each address in one line."""
    ties: tuple[HeldTie, ...] = ()


def reach_key(value: str) -> str:
    """Return a phone number or e-mail address in the one spelling by which it is compared."""
    return gb_phone(value).value or folded(one_line(value))


def lines_of(words: str) -> frozenset[str]:
    """Return the lines of a note by which it is known again: cleaned, without the sign before."""
    lines = (one_line(line).lstrip("! ").strip() for line in clean(words).split("\n"))
    return frozenset(filter(None, lines))


def everybody(tx: ReadTx, person_id: str = "") -> list[Known]:
    """Return what tells each person from the others, and what they have, in six selects.

    With `person_id` that person alone, nobody where they are not there.
    """

    def rows(sql: str, *params: Any, key: str = "person_id") -> list[Any]:
        if person_id:
            return tx.rows(f"{sql} AND {key} = ? ORDER BY id", (*params, person_id))
        return tx.rows(f"{sql} ORDER BY id", params)

    lines: defaultdict[str, set[str]] = defaultdict(set)
    for whose, words in (*rows(_FROM_LISTS, len(FROM_A_LIST), FROM_A_LIST), *rows(_APART)):
        lines[whose] |= lines_of(words)
    phones: defaultdict[str, set[str]] = defaultdict(set)
    reaches: defaultdict[str, set[str]] = defaultdict(set)
    for whose, kind, value in rows(_REACHES):
        reaches[whose].add(reach_key(value))
        if kind != "e-mail" and (number := gb_phone(value).value):
            phones[whose].add(number)
    codes: defaultdict[str, set[str]] = defaultdict(set)
    addresses: defaultdict[str, list[str]] = defaultdict(list)
    for whose, written, *parts in rows(_ADDRESSES):
        codes[whose].add(code.value if (code := postcode(written)).good else "")
        addresses[whose].append(", ".join(filter(None, (*parts, written))))
    ties: defaultdict[str, list[HeldTie]] = defaultdict(list)
    for whose, tie_id, name, relationship, phone in rows(_TIES):
        ties[whose].append(HeldTie(name, relationship, phone, tie_id))
    found = []
    for whose, *values in rows(_PEOPLE, key="id"):
        person = {name: value or "" for name, value in zip(COLUMNS, values, strict=True)}
        exact = person["born"] and person["born_precision"] == "day"
        facts = facts_of(
            person["given"],
            person["family"],
            person["called"],
            person["other_names"],
            date.fromisoformat(person["born"]) if exact else None,
            nhs_number(person["nhs_number"]).value,
            frozenset(phones[whose]),
            frozenset(codes[whose] - {""}),
        )
        found.append(
            Known(
                whose,
                facts,
                frozenset(lines[whose]),
                person,
                frozenset(reaches[whose]),
                tuple(addresses[whose]),
                tuple(ties[whose]),
            )
        )
    return found


def facts_of(
    given: str,
    family: str,
    called: str,
    other_names: str,
    born: date | None,
    nhs: str,
    phones: frozenset[str],
    postcodes: frozenset[str],
) -> Facts:
    """Return somebody's facts; several other names are parted by semicolons."""
    others = tuple(name.strip() for name in other_names.split(";") if name.strip())
    return Facts(given, family, called, others, born, nhs, phones, postcodes)
