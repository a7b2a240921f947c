"""What somebody of the team, and a hub, may be called: it stands on every colleague's screen."""

from __future__ import annotations

import unicodedata

from linkworker.refusal import Refused
from linkworker.text import one_line

MOST_NAME = 80
"""Characters of a name."""


class NameNotGood(Refused):
    """A name is blank, too long, or holds what is no letter."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            f"A name has 1 to {MOST_NAME} letters on one line, and no control characters.",
            "Write the name as colleagues are to read it.",
        )


def checked_name(name: str) -> str:
    """Return a name as it is kept. Raises `NameNotGood`."""
    kept = one_line(name)
    if not 1 <= len(kept) <= MOST_NAME or any(unicodedata.category(one) == "Cc" for one in name):
        raise NameNotGood
    return kept
