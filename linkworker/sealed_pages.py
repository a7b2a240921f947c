"""The pages of an encrypted database as they lie on the disk: their seals, and what is in them.

SQLCipher 4 with a raw data key: each page of 4096 bytes ends with what its cipher began from and
an HMAC over the page and its number (https://www.zetetic.net/sqlcipher/design/).
"""

from __future__ import annotations

import hashlib
import hmac
import struct

__all__ = ["PAGE", "SALT_BYTES", "is_sealed", "opened", "seal_key_of"]

PAGE = 4096
"""Bytes of a page."""

SALT_BYTES = 16
"""With these the file begins; the key of the seals is drawn from them and the data key."""

SEAL_BYTES = 64
"""HMAC-SHA512, at the end of each page."""

BEGUN_BYTES = 16
"""Before the seal: what the cipher of this page began from (AES-256 in CBC mode)."""


def seal_key_of(key: bytes, salt: bytes) -> bytes:
    """Return the key of the seals, as SQLCipher 4 draws it from a raw data key."""
    return hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, len(key))


def is_sealed(seal_key: bytes, number: int, page: bytes) -> bool:
    """Say whether a page bears the seal of this key at this place."""
    if len(page) != PAGE:
        return False
    end = PAGE - SEAL_BYTES
    begin = SALT_BYTES if number == 1 else 0
    seal = hmac.digest(seal_key, page[begin:end] + struct.pack("<I", number), "sha512")
    return hmac.compare_digest(seal, page[end:])


def opened(key: bytes, page: bytes) -> bytes:
    """Return what is in a page, other than the first, whose seal was found whole."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    end = PAGE - SEAL_BYTES - BEGUN_BYTES
    cipher = Cipher(algorithms.AES256(key), modes.CBC(page[end : end + BEGUN_BYTES]))
    return cipher.decryptor().update(page[:end])
