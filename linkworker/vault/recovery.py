"""The recovery key: 160 random bits as a person copies them from paper.

Thirty-two characters of Crockford's base 32 (no I, L, O, U) and four of checksum, so that a slip
of the pen is told apart from a key that belongs to other records: `7K3M-Q0XZ-…`, nine groups of
four. A slip goes unnoticed once in a million (20 bits of SHA-256).
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

from linkworker.refusal import Refused

SECRET_BYTES = 20
"""160 bits."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
_SECRET_LETTERS = SECRET_BYTES * 8 // 5
_CHECK_LETTERS = 4
LETTERS = _SECRET_LETTERS + _CHECK_LETTERS

# What a hand or an eye makes of the letters that the alphabet leaves out.
_LOOKALIKES = str.maketrans("OILU", "011V")


class SlipInRecoveryKey(Refused):
    """The recovery key is not one: something was copied wrongly."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "The recovery key could not be read.",
            why,
            "Compare it with the paper, group by group, and type it again. Capitals, spaces and "
            "dashes do not matter.",
        )


def new_secret() -> bytes:
    """Return 160 random bits."""
    return secrets.token_bytes(SECRET_BYTES)


def written(secret: bytes) -> str:
    """Return a secret as it is printed: nine groups of four letters and digits."""
    letters = _letters(int.from_bytes(secret), _SECRET_LETTERS) + _check(secret)
    return "-".join(letters[at : at + GROUP] for at in range(0, LETTERS, GROUP))


def read(typed: str) -> bytes:
    """Return the secret of a recovery key as somebody typed it. Raises `SlipInRecoveryKey`.

    Case, spaces and dashes do not matter; O is 0, I and L are 1, U is V.
    """
    letters = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", typed)).upper()
    letters = letters.translate(_LOOKALIKES)
    if any(letter not in ALPHABET for letter in letters):
        raise SlipInRecoveryKey("It has a letter or sign that a recovery key never has.")
    if len(letters) != LETTERS:
        raise SlipInRecoveryKey(
            f"It has {LETTERS} letters and digits, and {len(letters)} were typed."
        )
    number = 0
    for letter in letters[:_SECRET_LETTERS]:
        number = number * 32 + ALPHABET.index(letter)
    secret = number.to_bytes(SECRET_BYTES)
    if letters[_SECRET_LETTERS:] != _check(secret):
        raise SlipInRecoveryKey("One letter or digit, or two in a row, are not as printed.")
    return secret


def _check(secret: bytes) -> str:
    digest = hashlib.sha256(b"linkworker recovery key" + secret).digest()
    return _letters(int.from_bytes(digest[:3]) >> 4, _CHECK_LETTERS)


def _letters(number: int, count: int) -> str:
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (count - 1), -5, -5))
