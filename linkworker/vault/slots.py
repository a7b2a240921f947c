"""The kinds of slot: how each turns its secret into the key that seals the data key."""

from __future__ import annotations

import hashlib
import secrets

from linkworker.vault import recovery
from linkworker.vault.keyfile import NONCE_BYTES, DamagedKeyFile, KeyFile, Slot, text_of
from linkworker.vault.passphrase import SALT_BYTES, Cost, derive, within_bounds

PASSPHRASE = "passphrase"
RECOVERY = "recovery"
ORGANISATION = "organisation"
MADE_UP = "made-up"

PUBLIC_KEY_BYTES = 32

NO_SEAL = b"made up, no seal"
"""Stands in the slot of made-up people where the others have their seal."""


def passphrase_slot(keys: KeyFile, data_key: bytes, passphrase: str, cost: Cost) -> Slot:
    """Return a slot that a passphrase opens (Argon2id). Slow by purpose."""
    salt = secrets.token_bytes(SALT_BYTES)
    facts: dict[str, str | int] = {
        "kdf": "argon2id",
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": text_of(salt),
    }
    return keys.sealed(PASSPHRASE, derive(passphrase, salt, cost), data_key, facts)


def open_with_passphrase(keys: KeyFile, passphrase: str) -> bytes | None:
    """Return the data key, or None where the passphrase is another. Slow by purpose.

    Raises `DamagedKeyFile` for parameters that no linkworker writes: a hostile key file must not
    make this machine spend all its memory.
    """
    for slot in keys.slots_of(PASSPHRASE):
        facts = slot.facts
        try:
            cost = Cost(*(int(facts[name]) for name in ("memory_kib", "passes", "lanes")))
            salt = slot.bytes_of("salt")
        except (KeyError, ValueError):
            raise DamagedKeyFile from None
        known = facts.get("kdf") == "argon2id" and len(salt) == SALT_BYTES
        if not known or not within_bounds(cost):
            raise DamagedKeyFile
        data_key = keys.opened(slot, derive(passphrase, salt, cost))
        if data_key is not None:
            return data_key
    return None


def recovery_slot(keys: KeyFile, data_key: bytes, secret: bytes) -> Slot:
    """Return a slot that a recovery key opens (HKDF: 160 random bits need no slow hash)."""
    salt = secrets.token_bytes(SALT_BYTES)
    slot_key = _hkdf(secret, salt, b"linkworker recovery slot")
    return keys.sealed(RECOVERY, slot_key, data_key, {"salt": text_of(salt)})


def open_with_recovery(keys: KeyFile, typed: str) -> bytes | None:
    """Return the data key, or None for another store's key. Raises `SlipInRecoveryKey`."""
    secret = recovery.read(typed)
    for slot in keys.slots_of(RECOVERY):
        slot_key = _hkdf(secret, slot.bytes_of("salt"), b"linkworker recovery slot")
        data_key = keys.opened(slot, slot_key)
        if data_key is not None:
            return data_key
    return None


def organisation_slot(keys: KeyFile, data_key: bytes, public_key: bytes) -> Slot:
    """Return a slot that the holder of an X25519 private key opens.

    A sealed box: a key pair made for this slot alone agrees on a secret with `public_key`
    (RFC 7748), HKDF (RFC 5869) makes the slot's key of it, and the private half is forgotten.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    own = X25519PrivateKey.generate()
    own_public = own.public_key().public_bytes_raw()
    agreed = own.exchange(X25519PublicKey.from_public_bytes(public_key))
    slot_key = _hkdf(agreed, own_public + public_key, b"linkworker organisation slot")
    facts: dict[str, str | int] = {"for": text_of(public_key), "sender": text_of(own_public)}
    return keys.sealed(ORGANISATION, slot_key, data_key, facts)


def open_with_organisation(keys: KeyFile, private_key: bytes) -> bytes | None:
    """Return the data key, or None where no slot is for this private key's owner."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    own = X25519PrivateKey.from_private_bytes(private_key)
    public_key = own.public_key().public_bytes_raw()
    for slot in keys.slots_of(ORGANISATION):
        if slot.bytes_of("for") != public_key:
            continue
        sender = slot.bytes_of("sender")
        try:
            agreed = own.exchange(X25519PublicKey.from_public_bytes(sender))
        except ValueError:  # a point of low order: nobody's slot
            continue
        slot_key = _hkdf(agreed, sender + public_key, b"linkworker organisation slot")
        data_key = keys.opened(slot, slot_key)
        if data_key is not None:
            return data_key
    return None


def made_up_slot(keys: KeyFile, data_key: bytes) -> Slot:
    """Return a slot that everybody can open: the data key as it is.

    A made-up store is encrypted like any other, so that everything is tried out, and protects
    nobody. The key file's proof still tells when the slot is not its own.
    """
    return Slot(MADE_UP, {"nonce": text_of(bytes(NONCE_BYTES))}, data_key + NO_SEAL)


def open_made_up(keys: KeyFile) -> bytes | None:
    """Return the data key of a made-up store."""
    for slot in keys.slots_of(MADE_UP):
        data_key = slot.sealed.removesuffix(NO_SEAL)
        if keys.is_proved_by(data_key):
            return data_key
    return None


def new_data_key(*, made_up: bool) -> bytes:
    """Return 32 bytes: random, or carrying the mark of a made-up store in their second half.

    The mark cannot be taken off without encrypting the database anew, so that no key file, however
    it was edited, turns a made-up store into one that takes in real people.
    """
    if not made_up:
        return secrets.token_bytes(32)
    first = secrets.token_bytes(16)
    return first + _made_up_half(first)


def is_made_up_key(data_key: bytes) -> bool:
    """Say whether a data key carries the mark of a made-up store."""
    return data_key[16:] == _made_up_half(data_key[:16])


def _made_up_half(first: bytes) -> bytes:
    return hashlib.sha256(b"linkworker made-up data key" + first).digest()[:16]


def _hkdf(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose).derive(secret)
