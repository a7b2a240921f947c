"""How linkworker says no: what was refused, why, and what to do about it."""

from __future__ import annotations


class Refused(Exception):
    """Something could not be done. Subclasses name the case, so that a caller can tell them apart.

    `what`, `why` and `to_do` are plain sentences for the person at the keyboard. They never hold
    what somebody said, a name, or a passphrase: a refusal may be printed and logged.
    """

    def __init__(self, what: str, why: str, to_do: str) -> None:
        super().__init__(f"{what} {why} {to_do}".strip())
        self.what = what
        self.why = why
        self.to_do = to_do
