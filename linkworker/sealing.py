"""Sealing what the front door takes in, so that only laptops of the team can read it.

Form 1. The words are sealed with ChaCha20-Poly1305 (RFC 8439) under a key that is used once; that
key is sealed to each laptop by HPKE (RFC 9180, base mode: X25519, HKDF-SHA256, ChaCha20-Poly1305).
What travels in the clear beside them is bound in: nothing of it can be exchanged. Words are filled
up to whole kilobytes, so that their length says little.

A laptop's key pair comes from the token that it made and that the hub knows by its hash: a copy of
the hub's records opens nothing (docs/decisions, 0028).
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import Suite

FORM = 1
KEY_BYTES = 32
NONCE_BYTES = 12
STEP = 1024
"""Bytes to a multiple of which words are filled up."""

MOST_WORDS = 64 * 1024
"""Bytes of words that are sealed at once."""
MOST_LAPTOPS = 400
"""Laptops that one introduction is sealed to."""
MOST_SEALED = 2 * MOST_WORDS + 300 * MOST_LAPTOPS
"""Characters of a sealed introduction as it is written."""

_INFO = b"linkworker introduction 1"
_OF_A_TOKEN = b"linkworker laptop's key for introductions 1"


class NotSealed(Exception):
    """What came is no sealed introduction, was changed, or was sealed to others."""


@dataclass(frozen=True)
class Sealed:
    """An introduction as it waits: what is said in the clear, and what only laptops can read."""

    id: str
    came_at: int
    """When it came (ms)."""
    area: str
    """The part of the patch by which it finds its coordinator, "" where that is not known."""
    partner: str
    """The id of the partner who sent it, "" for the public page."""
    keys: Mapping[str, str]
    """For each laptop, by its public half, the key of the words."""
    words: str

    def to_json(self) -> str:
        """Return it as it is written into a file and sent."""
        return json.dumps(self.to_wire())

    def to_wire(self) -> dict[str, Any]:
        """Return it as it goes between the hub and a laptop."""
        return {"form": FORM, **vars(self), "keys": dict(self.keys)}

    def for_laptop(self, public: str) -> Sealed:
        """Return it with the key for one laptop alone."""
        own = {public: self.keys[public]} if public in self.keys else {}
        return Sealed(self.id, self.came_at, self.area, self.partner, own, self.words)


def read(said: str | Mapping[str, Any]) -> Sealed:
    """Return what was written by `to_json`. Raises `NotSealed`."""
    try:
        if isinstance(said, str) and len(said) > MOST_SEALED:
            raise NotSealed
        found = json.loads(said) if isinstance(said, str) else said
    except (ValueError, RecursionError):
        raise NotSealed from None
    match found:
        case {
            "form": int(form),
            "id": str(id_),
            "came_at": int(came_at),
            "area": str(area),
            "partner": str(partner),
            "keys": dict(keys),
            "words": str(words),
        } if (
            form == FORM
            and is_id(id_)
            and 0 <= came_at < 1 << 53
            and len(area) <= 80
            and (not partner or is_id(partner))
            and len(keys) <= MOST_LAPTOPS
            and all(is_public(one) and isinstance(key, str) for one, key in keys.items())
        ):
            return Sealed(id_, came_at, area, partner, keys, words)
    raise NotSealed


def is_id(text: str) -> bool:
    """Say whether a text is an id as linkworker makes them: safe in a file's name."""
    return 1 <= len(text) <= 40 and text.isascii() and text.replace("-", "").isalnum()


def is_public(text: Any) -> bool:
    """Say whether a text is the public half of a laptop's key."""
    try:
        return isinstance(text, str) and len(_bytes(text)) == KEY_BYTES
    except NotSealed:
        return False


class LaptopKey:
    """A laptop's own key pair for introductions."""

    def __init__(self, token: bytes) -> None:
        """`token` is the one that the laptop made and shows to the hub."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        made = HKDF(SHA256(), KEY_BYTES, salt=None, info=_OF_A_TOKEN).derive(token)
        self._private: X25519PrivateKey = X25519PrivateKey.from_private_bytes(made)
        self.public = _text(self._private.public_key().public_bytes_raw())
        """The half that everybody may know."""

    def unseal(self, sealed: Sealed) -> bytes:
        """Return what was said. Raises `NotSealed`."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        bound = _bound(sealed.id, sealed.came_at, sealed.area, sealed.partner)
        try:
            once = _suite().decrypt(
                _bytes(sealed.keys[self.public]), self._private, info=_INFO + bound
            )
            body = _bytes(sealed.words)
            filled = ChaCha20Poly1305(once).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], bound)
        except (KeyError, ValueError, InvalidTag):
            raise NotSealed from None
        return filled.rstrip(b"\0")


def seal(
    words: bytes,
    publics: list[str],
    *,
    id: str,
    came_at: int,
    area: str = "",
    partner: str = "",
) -> Sealed:
    """Seal words to laptops by the public halves of their keys; the words hold no zero byte."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    bound = _bound(id, came_at, area, partner)
    once, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
    filled = words + b"\0" * (-len(words) % STEP)
    body = nonce + ChaCha20Poly1305(once).encrypt(nonce, filled, bound)
    keys = {
        one: _text(
            _suite().encrypt(
                once, X25519PublicKey.from_public_bytes(_bytes(one)), info=_INFO + bound
            )
        )
        for one in publics
    }
    return Sealed(id, came_at, area, partner, keys, _text(body))


def _bound(id_: str, came_at: int, area: str, partner: str) -> bytes:
    """Return what stands in the clear, as it is bound to what is sealed."""
    return json.dumps([FORM, id_, came_at, area, partner]).encode()


def _suite() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise NotSealed from None
