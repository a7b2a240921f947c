"""How much one operation can carry to the team: asked where it is captured and where it comes."""

from __future__ import annotations

from linkworker.refusal import Refused

MOST_BODY = 2_000_000
"""Characters of one operation's body at most: ten times the longest note that anybody typed."""


class TooLong(Refused):
    """More was to be written into one row than one operation can carry to the team."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was kept.",
            f"There is more of it than fits ({MOST_BODY // 1_000_000} million characters).",
            "Keep it in two or more parts.",
        )
