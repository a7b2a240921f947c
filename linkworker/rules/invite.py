"""The invite code: what a colleague needs to find the team's hub and to be let in, once.

It holds the fingerprint of the hub's own certificate authority, by which the laptop knows the hub
before it says anything; a secret, by which the hub knows who was invited; and where the hub is, if
that was known when it was made. A checksum tells a slip from a wrong code.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from linkworker.refusal import Refused

BEGINS = "LW1-"
FINGERPRINT_BYTES = 32
"""SHA-256 of the authority's certificate as DER."""
SECRET_BYTES = 16
CHECK_BYTES = 3
MOST_CHARACTERS = 600
"""A code with the longest address there may be."""


class NotAnInvite(Refused):
    """What was given is no invite code, or not all of one."""

    def __init__(self) -> None:
        super().__init__(
            "This laptop did not join the team.",
            "That is no invite code, or not the whole of it.",
            "Copy the whole code again, from LW1 to its end.",
        )


@dataclass(frozen=True)
class Invite:
    """An invite: whom to trust, the secret to show, and where the hub is ("" if not known)."""

    fingerprint: bytes
    secret: bytes
    url: str = ""

    @property
    def code(self) -> str:
        """The code, as it is handed to the colleague."""
        said = self.fingerprint + self.secret + self.url.encode()
        whole = base64.urlsafe_b64encode(_check(said) + said).decode().rstrip("=")
        return BEGINS + whole


def read_invite(code: str) -> Invite:
    """Return what a code says; spaces and line ends in it are left out. Raises `NotAnInvite`."""
    packed = "".join(code.split())
    if not packed.startswith(BEGINS) or len(packed) > MOST_CHARACTERS or not packed.isascii():
        raise NotAnInvite
    letters = packed.removeprefix(BEGINS)
    try:
        whole = base64.b64decode(letters + "=" * (-len(letters) % 4), b"-_", validate=True)
        check, said = whole[:CHECK_BYTES], whole[CHECK_BYTES:]
        url = said[FINGERPRINT_BYTES + SECRET_BYTES :].decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        raise NotAnInvite from None
    if check != _check(said) or len(said) < FINGERPRINT_BYTES + SECRET_BYTES:
        raise NotAnInvite
    return Invite(
        said[:FINGERPRINT_BYTES], said[FINGERPRINT_BYTES : FINGERPRINT_BYTES + SECRET_BYTES], url
    )


def secret_hash(secret: bytes) -> str:
    """Return what is kept of a secret or token: it has bits enough that nobody can guess it."""
    return hashlib.sha256(secret).hexdigest()


def _check(said: bytes) -> bytes:
    return hashlib.sha256(said).digest()[:CHECK_BYTES]
