"""What the team says to a worker: who was opened, who joined, and that they left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linkworker.rules.places import LEFT, OUT, REMOVED

if TYPE_CHECKING:
    from linkworker.store import ReadTx

LEAD = "lead"
OUT_SAID = {
    LEFT: (
        "Your team lead took you out of the team. What this laptop had not sent goes to them, and "
        "the people you walked with are not on it any more. If that is not right, speak with your "
        "team lead."
    ),
    REMOVED: (
        "Your team lead said that this laptop is lost: nothing is sent from it, and nothing "
        "fetched. What you wrote stays on it. If you have it, ask for a new invite code, and paste "
        "that on F5."
    ),
}
"""What happened, and what to do."""


@dataclass(frozen=True)
class TeamNews:
    """What a worker has not read yet, and whether they are in the team still."""

    role: str
    told: int
    """Of how much the hub told them since they last looked."""

    @property
    def out(self) -> str:
        """Why they, or this laptop, are in the team no more; "" where they are."""
        return OUT_SAID.get(self.role, "")

    @property
    def said(self) -> str:
        """What there is to read, "" for nothing: who it is about stands on the hub."""
        if self.told <= 0 or self.role in OUT:
            return ""
        if self.role == LEAD:
            return "Somebody joined the team, or was opened, covered or handed over"
        return "Somebody of yours was opened for a day, covered or handed over"


def team_news(tx: ReadTx) -> TeamNews:
    """Return what the team says to the worker of this laptop."""
    found = tx.one("SELECT role, told - told_read FROM sync_hub WHERE joined_at IS NOT NULL")
    return TeamNews(*found) if found is not None else TeamNews("", 0)
