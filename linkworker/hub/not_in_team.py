"""Why a laptop or a worker is none of this team's: what whoever asks is told."""

from __future__ import annotations

from linkworker.refusal import Refused


class InviteNotGood(Refused):
    """The secret is not one of this hub's, or was used, or is too old: which is not told."""

    def __init__(self) -> None:
        super().__init__(
            "This laptop did not join the team.",
            "The invite code was used already, is too old, or is another hub's.",
            "Ask your team lead for a new one.",
        )


class NotEnrolled(Refused):
    """The laptop's token is not known."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was sent or fetched.",
            "The hub does not know this laptop.",
            "Ask your team lead for an invite code. What you wrote stays here.",
        )


class LaptopRemoved(Refused):
    """A lead removed the laptop."""

    def __init__(self, by: str) -> None:
        super().__init__(
            "Nothing was sent or fetched.",
            f"This laptop was removed from the team by {by or 'a team lead'}.",
            "Speak with your team lead. What you wrote stays here.",
        )
        self.by = by


class NoSuchWorker(Refused):
    """Nobody of that name, or more than one."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "No one member of the team is called that.",
            "'linkworker hub status' lists the team.",
        )


class NoSuchLaptop(Refused):
    """No laptop of the team has that id."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "No laptop of the team has that id.",
            "'linkworker hub status --json' lists them.",
        )
