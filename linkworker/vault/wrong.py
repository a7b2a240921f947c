"""What is said where the key that was tried does not open these records."""

from __future__ import annotations

from linkworker.refusal import Refused


class WrongPassphrase(Refused):
    """The passphrase is not the one that wraps the data key."""

    def __init__(self) -> None:
        super().__init__(
            "The records stay locked.",
            "That is not the passphrase.",
            "Look whether Caps Lock is on and try again. If it is forgotten, the recovery key on "
            "paper opens the records.",
        )


class WrongRecoveryKey(Refused):
    """A whole recovery key, but of other records, or one that was replaced."""

    def __init__(self) -> None:
        super().__init__(
            "The records stay locked.",
            "That is a recovery key, but not the one of these records.",
            "Look for the one with the latest date: a new one replaces those before it.",
        )


class WrongOrganisationKey(Refused):
    """The private key is not one that a slot was made for."""

    def __init__(self) -> None:
        super().__init__(
            "The records stay locked.",
            "These records were not set up to be opened with that organisation's key.",
            "Use the passphrase or the recovery key.",
        )


class NotMadeUp(Refused):
    """Real records were asked to open without a passphrase, or were changed to look made-up."""

    def __init__(self) -> None:
        super().__init__(
            "The records stay locked.",
            "The people in this folder are not made up.",
            "Unlock them with their passphrase.",
        )


class NotForMadeUp(Refused):
    """Made-up records were asked to take a passphrase, a recovery key or an organisation."""

    def __init__(self) -> None:
        super().__init__(
            "That was not done.",
            "The people in this folder are made up, and open for everybody.",
            "Start your own records first; they have a passphrase and a recovery key.",
        )
