"""What each member of the team may do: one table, asked before every grant and every decision.

Who holds whom is the table of grants; a role says only which grants a member may have at all.
"""

from __future__ import annotations

from enum import StrEnum

from linkworker.refusal import Refused


class Right(StrEnum):
    """Something that not everybody in the team may do."""

    HOLD = "hold"
    """Hold people: their own, those they cover, those handed over to them."""
    OPEN = "open"
    """Open one person for a day without being asked by a lead, with a reason."""
    DECIDE = "decide"
    """Be told of what was opened, and decide who holds whom."""


MAY: dict[str, frozenset[Right]] = {
    "coordinator": frozenset({Right.HOLD}),
    "duty worker": frozenset({Right.HOLD, Right.OPEN}),
    "lead": frozenset({Right.HOLD, Right.OPEN, Right.DECIDE}),
    "reports only": frozenset(),
}
"""By role. Whoever reports has the same app with no people in it."""

ROLES = tuple(MAY)
"""What a member of the team may be."""


FOR_OTHERS = frozenset({"coordinator", "reports only"})
"""What a member of another organisation may be: they neither open people of ours nor decide."""


class NotForThisRole(Refused):
    """A member's role does not allow it: which says nothing about the person who was asked for."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "Your place in the team does not allow that.",
            "Ask your team lead.",
        )


class HoldsNobody(Refused):
    """Somebody who only reports was to be given people."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "That member of the team has reports only, and holds nobody.",
            "Choose a coordinator, a duty worker or a lead.",
        )


class NotForOthers(Refused):
    """Somebody of another organisation was to open or decide who holds whom in this team."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was changed.",
            "Whoever belongs to another organisation neither leads this team nor is on duty in it.",
            f"Choose one of: {', '.join(sorted(FOR_OTHERS))}.",
        )


class AnotherOfThatName(Refused):
    """Somebody of another organisation has that name: they would be taken for one person."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody was invited.",
            "A member of another organisation has that name here.",
            "Add what tells them apart, as 'Ann (Citizens Advice)'.",
        )


class NoSuchRole(Refused):
    """A role that there is not."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.", "There is no such role.", f"Choose one: {', '.join(ROLES)}."
        )


class StillHolds(Refused):
    """Somebody who holds people was to have reports only: nobody would hold those people then."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was changed.",
            "That member of the team holds people, and whoever has reports only holds nobody.",
            "Give the people to a colleague first: 'linkworker hub hand-over NAME --to NAME'.",
        )


class OtherRole(Refused):
    """Somebody who is in the team was invited as something else than they are."""

    def __init__(self, role: str) -> None:
        super().__init__(
            "Nobody was invited.",
            f"Somebody of that name is in the team already, and is something else: {role}.",
            "For another laptop of theirs leave the role out; 'linkworker hub role' changes it.",
        )


class LastLead(Refused):
    """The only lead was to leave or be something else: nobody would decide anything then."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was changed.",
            "Nobody else leads this team.",
            "Make a colleague the lead first.",
        )


def may(role: str, right: Right) -> bool:
    """Say whether a role allows something; a role that there is not allows nothing."""
    return right in MAY.get(role, frozenset())
