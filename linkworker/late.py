"""Patterns that are compiled when they are first used.

Compiling the patterns of a module takes longer than the rest of importing it, and most starts use
few of them. What is returned behaves as a compiled pattern and, once used, is as fast.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """A pattern that is not compiled yet. Its methods become its own when first asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._how = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._how), name)  # `re` keeps what it has compiled
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    """Return the pattern of a regular expression, to be compiled at its first use.

    Only its methods and attributes are there: it is no `re.Pattern` to `isinstance`, nor to `re`'s
    own functions.
    """
    return cast("re.Pattern[str]", _Late(text, int(flags)))
