"""How somebody was connected, and what that asks for: agreement where anything is shared, and the
team's rule on checks where somebody has a regular role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkworker.refusal import Refused

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


def need_agreement(how: str, shared: str, agreed: str) -> None:
    """Refuse to have shared something that nobody agreed to."""
    if how == "signpost" and shared.strip():
        raise SharesNothing
    if (how in SHARES or shared.strip()) and not (shared.strip() and agreed.strip()):
        raise NeedsAgreement


def need_checks(said: Mapping[str, Any]) -> None:
    """Refuse a regular role of which nobody looked whether it needs a check."""
    if said.get("regular") is True and not str(said.get("checks") or "").strip():
        raise NeedsChecks
