"""Who is here already: what tells one person from another, for everybody at once.

Read before people are added, so that somebody who is here under another form of their name, or with
day and month swapped, is asked about instead of added a second time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from linkworker.rules.numbers import gb_phone, nhs_number, postcode
from linkworker.rules.same_person import Facts
from linkworker.text import clean, one_line

if TYPE_CHECKING:
    from linkworker.store import ReadTx

_PEOPLE = """SELECT id, given, family, called, other_names, born, born_precision, nhs_number
    FROM person WHERE hidden_at IS NULL ORDER BY id"""
_REACHES = "SELECT person_id, kind, value FROM reach WHERE hidden_at IS NULL"
_ADDRESSES = "SELECT person_id, postcode FROM address WHERE hidden_at IS NULL"
FROM_A_LIST = "From an imported list, "
"""How a note begins that was a column of somebody's list."""
_FROM_LISTS = """SELECT person_id, words FROM note
    WHERE hidden_at IS NULL AND substr(words, 1, ?) = ?"""
_APART = "SELECT person_id, words FROM kept_apart WHERE hidden_at IS NULL"


@dataclass(frozen=True)
class Known:
    """What is known of somebody, as far as it tells who they are."""

    person_id: str
    facts: Facts
    emails: frozenset[str]
    """E-mail addresses, case folded."""
    has_address: bool
    lines: frozenset[str] = frozenset()
    """The lines of what lists said of them, as `lines_of` gives them."""


def lines_of(words: str) -> frozenset[str]:
    """Return the lines of a note by which it is known again: cleaned, without the sign before."""
    lines = (one_line(line).lstrip("! ").strip() for line in clean(words).split("\n"))
    return frozenset(filter(None, lines))


def everybody(tx: ReadTx) -> list[Known]:
    """Return what tells each person from the others, in five selects."""
    lines: defaultdict[str, set[str]] = defaultdict(set)
    said = (len(FROM_A_LIST), FROM_A_LIST)
    for person_id, words in (*tx.rows(_FROM_LISTS, said), *tx.rows(_APART)):
        lines[person_id] |= lines_of(words)
    phones: defaultdict[str, set[str]] = defaultdict(set)
    emails: defaultdict[str, set[str]] = defaultdict(set)
    for person_id, kind, value in tx.rows(_REACHES):
        if kind == "e-mail":
            emails[person_id].add(value.strip().casefold())
        elif number := gb_phone(value).value:
            phones[person_id].add(number)
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for person_id, written in tx.rows(_ADDRESSES):
        codes[person_id].add(code.value if (code := postcode(written)).good else "")
    return [
        Known(
            person_id,
            facts_of(
                given,
                family,
                called,
                other_names,
                date.fromisoformat(born) if born and precision == "day" else None,
                nhs_number(nhs).value,
                frozenset(phones[person_id]),
                frozenset(codes.get(person_id, set()) - {""}),
            ),
            frozenset(emails[person_id]),
            person_id in codes,
            frozenset(lines[person_id]),
        )
        for person_id, given, family, called, other_names, born, precision, nhs in tx.rows(_PEOPLE)
    ]


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
