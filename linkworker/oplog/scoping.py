"""How a scope may be spelled: the one place that says so, for the hub and for laptops.

`team`; `worker:<id>` and `audit:<id>`; `person:<id>`, and `person:<id>:<part>` for what of somebody
is held by itself. A spelling that is none of these names nobody, and nobody could be given it.
"""

from __future__ import annotations

import re

_SCOPE = re.compile(
    r"team|(?:worker|audit):[ -9;-~]{1,64}|person:[ -9;-~]{1,64}(?::[0-9A-Za-z][0-9A-Za-z-]{0,63})?"
)
MOST_SCOPE = 200
"""Characters of a scope at most."""


def is_scope(text: str) -> bool:
    """Say whether a scope may be spelled so."""
    return _SCOPE.fullmatch(text) is not None


def person_of(scope: str) -> str:
    """Return the id of the person of whom a scope is a part, "" where it is nobody's."""
    kind, _, rest = scope.partition(":")
    return rest.partition(":")[0] if kind == "person" else ""


def whose(scope: str) -> str:
    """Return the id of the worker whose own a scope is, "" where it is nobody's."""
    kind, _, rest = scope.partition(":")
    return rest if kind in ("worker", "audit") else ""
