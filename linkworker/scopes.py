"""How a scope is spelled: the one place that says so, for the hub and for laptops.

`team`; `worker:<id>` and `audit:<id>`; and of a person, whose parts are opened one by one, for a
grant names a scope (docs/decisions, 0021): `person:<id>` is the record,
`person:<id>:<organisation>` the notes of one organisation, and `person:<id>:restricted` what is
kept apart. A spelling that is none of these names nobody, and nobody could be given it.
"""

from __future__ import annotations

import re

PERSON = "person"
RECORD = ""
"""The part that is the record itself: who somebody is, their plan, their connections."""
KEPT_APART = "restricted"
OUR_TEAM = "team"
"""The organisation of whoever belongs to no other: the hub's own team, or none yet."""

MOST_SCOPE = 200
"""Characters of a scope at most."""

_PART = r"[0-9A-Za-z][0-9A-Za-z-]{0,63}"
_SCOPE = re.compile(
    rf"team|(?:worker|audit):[ -9;-~]{{1,64}}|{PERSON}:[ -9;-~]{{1,64}}(?::{_PART})?"
)


def is_scope(text: str) -> bool:
    """Say whether a scope may be spelled so."""
    return _SCOPE.fullmatch(text) is not None


def is_organisation(part: str) -> bool:
    """Say whether a part of a person can be an organisation's notes."""
    return part != KEPT_APART and re.fullmatch(_PART, part) is not None


def part(person: str, name: str = RECORD) -> str:
    """Return the scope of one part of a person."""
    return f"{PERSON}:{person}:{name}" if name else f"{PERSON}:{person}"


def parts(scope: str) -> tuple[str, str]:
    """Return the person of a scope and which part of them it is; the person is "" where it is none.

    What no release spells ("person:a:b:c") is a part that nobody can hold.
    """
    kind, *rest = scope.split(":", 2)
    if kind != PERSON or not rest or not all(rest):
        return "", RECORD
    return rest[0], rest[1] if len(rest) == 2 else RECORD


def person_of(scope: str) -> str:
    """Return the id of the person of whom a scope is a part, "" where it is nobody's."""
    return parts(scope)[0]


def whose(scope: str) -> str:
    """Return the id of the worker whose own a scope is, "" where it is nobody's."""
    kind, _, rest = scope.partition(":")
    return rest if kind in ("worker", "audit") else ""
