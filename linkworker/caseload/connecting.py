"""How somebody was connected, and what that asks for: agreement where anything is shared, and the
team's rule on checks where somebody has a regular role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from linkworker.refusal import Refused
from linkworker.text import clean

SHARES = ("introduction", "referral")
"""Ways of connecting that tell somebody else about the person."""


class SharesNothing(Refused):
    """A signpost tells nobody anything about the person."""

    def __init__(self) -> None:
        super().__init__(
            "This was not kept.",
            "A signpost shares nothing about the person, and it says that something was shared.",
            "Make it an introduction, or leave out what was shared.",
        )


class NeedsAgreement(Refused):
    """Something was shared, and it is not said what, or how the person agreed."""

    def __init__(self) -> None:
        super().__init__(
            "This was not kept.",
            "An introduction or a referral tells somebody about the person.",
            "Say what was told, and how the person agreed to it.",
        )


class NeedsChecks(Refused):
    """Somebody has a regular role, and the team's rule on DBS checks was not looked at."""

    def __init__(self) -> None:
        super().__init__(
            "This was not kept.",
            "It is a regular role, and nothing says what your team's rule on DBS checks asks.",
            "Say what it asks and what was seen, or that it asks for none.",
        )


@dataclass(frozen=True)
class Made:
    """How a connection was made or gone on with, what that told, and how the person agreed."""

    how: str = ""
    """One of `values.CONNECTION_WAYS`; "" where it came by itself, or nobody said."""
    shared: str = ""
    """What was told about the person: nothing by a signpost."""
    agreed: str = ""
    """How they agreed to that: the decision that the sharing rests on."""

    @property
    def fields(self) -> dict[str, str]:
        """What a stage of the connection keeps of it."""
        return asdict(self)

    def check(self) -> None:
        """Refuse to have shared something that nobody agreed to."""
        shared, agreed = clean(self.shared).strip(), clean(self.agreed).strip()
        if self.how == "signpost" and shared:
            raise SharesNothing
        if (self.how in SHARES or shared) and not (shared and agreed):
            raise NeedsAgreement


NOT_SAID = Made()
"""Nothing is said of how it came, and nothing was told."""


def need_checks(said: Mapping[str, Any]) -> None:
    """Refuse a regular role of which nobody looked whether it needs a check."""
    if said.get("regular") is True and not clean(str(said.get("checks") or "")).strip():
        raise NeedsChecks
