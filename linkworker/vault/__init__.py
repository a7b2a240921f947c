"""The vault: who may have the data key of a store.

Beside a store's database lies a key file, twice. It wraps the random data key in slots, one for
each way in: the passphrase, the recovery key on paper, an organisation's key if the team set one
up. Changing a passphrase wraps the same data key anew; the database is never written again for it.
Whether a secret is right is proved by the slot's own tag, never by trying the database, since a
wrong key and a damaged page look alike there.

Deriving from a passphrase is slow by purpose (half a second): call `create`, `unlock` and
`change_passphrase` in a thread. Nothing of cryptography is imported before it is needed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from linkworker.clock import Clock, Ids, monotonic, system_clock, uuid7_ids
from linkworker.folders import AlreadyThere, no_core_dumps
from linkworker.refusal import Refused
from linkworker.vault import backoff, keyfile, missed, recovery, slots
from linkworker.vault.backoff import TooSoon
from linkworker.vault.keyfile import (
    ChangedKeyFile,
    DamagedKeyFile,
    KeyFile,
    NewerCopy,
    NewerKeyFile,
    NoKeyFile,
    Slot,
    TwoKeyFiles,
)
from linkworker.vault.missed import (
    ORGANISATION_KEY,
    PASSPHRASE,
    RECOVERY_KEY,
    Missed,
    Spell,
    handed_over,
)
from linkworker.vault.passphrase import (
    Cost,
    UnfitPassphrase,
    calibrated,
    offered_passphrase,
    passphrase_problem,
)
from linkworker.vault.recovery import SlipInRecoveryKey
from linkworker.vault.wrong import (
    NotForMadeUp,
    NotMadeUp,
    WrongOrganisationKey,
    WrongPassphrase,
    WrongRecoveryKey,
)

__all__ = [
    "ORGANISATION_KEY",
    "PASSPHRASE",
    "RECOVERY_KEY",
    "ChangedKeyFile",
    "Cost",
    "Created",
    "DamagedKeyFile",
    "Missed",
    "NewerCopy",
    "NewerKeyFile",
    "NoKeyFile",
    "NotForMadeUp",
    "NotMadeUp",
    "SlipInRecoveryKey",
    "Spell",
    "TooSoon",
    "TwoKeyFiles",
    "UnfitPassphrase",
    "Unlocked",
    "WrongOrganisationKey",
    "WrongPassphrase",
    "WrongRecoveryKey",
    "add_organisation",
    "change_passphrase",
    "copy_keys",
    "create",
    "exists",
    "handed_over",
    "is_made_up",
    "is_opened_by",
    "new_recovery_key",
    "offered_passphrase",
    "passphrase_problem",
    "set_passphrase",
    "unlock",
    "unlock_made_up",
    "unlock_with_organisation",
    "unlock_with_recovery",
]


CHANGED = "Something other than linkworker had changed one of the two copies of the key file."

A_WHILE = 600.0
"""Seconds after which nobody is still writing a key file that lies there half written."""


@dataclass(frozen=True)
class Created:
    """A new store's keys. The recovery key is shown once and kept nowhere; "" if made up."""

    data_key: bytes = field(repr=False)
    recovery_key: str = field(repr=False)
    store_id: str


@dataclass(frozen=True)
class Unlocked:
    """The data key, and what the key file says of the store."""

    data_key: bytes = field(repr=False)
    store_id: str
    made_up: bool
    notice: str | None = None
    """A sentence for the person, where the key file had to be mended."""


def exists(folder: Path) -> bool:
    """Say whether `folder` has a key file, whole or not."""
    return any((folder / name).exists() for name in (keyfile.FILE, keyfile.COPY))


def is_made_up(folder: Path) -> bool:
    """Say whether the key file in `folder` calls its people made up; False where there is none.

    What it says is proved when the store is unlocked.
    """
    with contextlib.suppress(Refused):
        return all(keys.made_up for keys in keyfile.read_both(folder)[0])
    return False


def is_opened_by(folder: Path, data_key: bytes) -> bool:
    """Say whether the key file in `folder` is whole and was written with this data key."""
    with contextlib.suppress(Refused):
        return bool(_proved(keyfile.read_both(folder)[0], data_key))
    return False


def create(
    folder: Path,
    passphrase: str,
    *,
    made_up: bool = False,
    cost: Cost | None = None,
    ids: Ids | None = None,
) -> Created:
    """Make the key file of a new store. A made-up one takes no passphrase and opens for all.

    `cost` is measured on this machine when it is None; tests give a cheap one. Raises
    `AlreadyThere` (never over an older key file), `UnfitPassphrase`, `DiskFull`, `ReadOnlyFolder`.
    """
    if exists(folder):
        raise AlreadyThere
    no_core_dumps()
    data_key = slots.new_data_key(made_up=made_up)
    keys = KeyFile((ids or uuid7_ids())(), made_up, (), turn=0)
    if made_up:
        printed = ""
        keys = keys.with_slots(data_key, slots.made_up_slot(keys, data_key))
    else:
        _refuse_unfit(passphrase)
        secret = recovery.new_secret()
        printed = recovery.written(secret)
        keys = keys.with_slots(
            data_key,
            slots.passphrase_slot(keys, data_key, passphrase, cost or calibrated()),
            slots.recovery_slot(keys, data_key, secret),
        )
    keyfile.write(folder, keys)
    return Created(data_key, printed, keys.store_id)


def unlock(
    folder: Path,
    passphrase: str,
    *,
    clock: Clock = system_clock,
    counter: Callable[[], float] = monotonic,
) -> Unlocked:
    """Open with the passphrase. Slow by purpose.

    `counter` gives seconds that never go backwards. Raises `WrongPassphrase`, `TooSoon` (after
    three misses; nothing was tried), `CannotCount`, `NoKeyFile`, `DamagedKeyFile`, `NewerKeyFile`.
    """
    read = _read(folder)
    backoff.begin_try(folder, clock, counter)
    no_core_dumps()
    opened = _opened(read.found, lambda keys: slots.open_with_passphrase(keys, passphrase))
    if opened is None:
        missed.note(folder, PASSPHRASE, clock)
        raise WrongPassphrase
    backoff.forget(folder)
    return _unlocked(folder, read, *opened)


def unlock_with_recovery(folder: Path, typed: str, *, clock: Clock = system_clock) -> Unlocked:
    """Open with the recovery key as it was typed. A new passphrase is then set with it.

    Raises `SlipInRecoveryKey` (copied wrongly), `WrongRecoveryKey` (of other records), `NoKeyFile`,
    `DamagedKeyFile`, `NewerKeyFile`. 160 bits need no waiting after a miss.
    """
    read = _read(folder)
    no_core_dumps()
    try:
        opened = _opened(read.found, lambda keys: slots.open_with_recovery(keys, typed))
    except SlipInRecoveryKey:
        missed.note(folder, RECOVERY_KEY, clock)
        raise
    if opened is None:
        missed.note(folder, RECOVERY_KEY, clock)
        raise WrongRecoveryKey
    backoff.forget(folder)
    return _unlocked(folder, read, *opened)


def unlock_with_organisation(
    folder: Path, private_key: bytes, *, clock: Clock = system_clock
) -> Unlocked:
    """Open with an organisation's X25519 private key (32 bytes), which no laptop and no hub holds.

    Raises `WrongOrganisationKey`, `NoKeyFile`, `DamagedKeyFile`, `NewerKeyFile`. 256 bits need no
    waiting after a miss.
    """
    read = _read(folder)
    no_core_dumps()
    opened = _opened(read.found, lambda keys: slots.open_with_organisation(keys, private_key))
    if opened is None:
        missed.note(folder, ORGANISATION_KEY, clock)
        raise WrongOrganisationKey
    backoff.forget(folder)
    return _unlocked(folder, read, *opened)


def unlock_made_up(folder: Path) -> Unlocked:
    """Open a made-up store, which asks nothing. Raises `NotMadeUp` for any other."""
    read = _read(folder)
    if not any(keys.made_up for keys in read.found):
        raise NotMadeUp
    opened = _opened(tuple(keys for keys in read.found if keys.made_up), slots.open_made_up)
    if opened is None:
        raise ChangedKeyFile
    return _unlocked(folder, read, *opened)


def change_passphrase(
    folder: Path,
    old: str,
    new: str,
    *,
    cost: Cost | None = None,
    clock: Clock = system_clock,
    counter: Callable[[], float] = monotonic,
) -> None:
    """Wrap the data key under a new passphrase in both copies, so that the old opens neither.

    Asks for the old one again, since an unlocked laptop may have been left alone. Slow by purpose.
    Raises `UnfitPassphrase`, and what `unlock` raises. A copy of the key file made earlier still
    opens with the old passphrase: after a theft, restore a backup, which has a new data key.
    """
    _refuse_unfit(new)
    unlocked = unlock(folder, old, clock=clock, counter=counter)
    set_passphrase(folder, unlocked.data_key, new, cost=cost)


def set_passphrase(folder: Path, data_key: bytes, new: str, *, cost: Cost | None = None) -> None:
    """Set a passphrase by the data key itself, after `unlock_with_recovery`. Slow by purpose.

    Raises `UnfitPassphrase`, `NotForMadeUp`, `NewerCopy`, `DiskFull`, `ReadOnlyFolder`.
    """
    _refuse_unfit(new)
    keys = _keys_of(folder, data_key)
    new_slot = slots.passphrase_slot(keys, data_key, new, cost or calibrated())
    _replace(folder, keys, data_key, new_slot)
    backoff.forget(folder)


def new_recovery_key(folder: Path, data_key: bytes) -> str:
    """Return a new recovery key, to be shown once. The one before it opens nothing any more."""
    keys = _keys_of(folder, data_key)
    secret = recovery.new_secret()
    _replace(folder, keys, data_key, slots.recovery_slot(keys, data_key, secret))
    return recovery.written(secret)


def copy_keys(folder: Path, target: Path, data_key: bytes) -> None:
    """Write the key file of `folder`, and its copy, into another folder: the same ways in.

    Raises `AlreadyThere` (never over another key file), `ChangedKeyFile` where the data key proves
    neither, and what reading one raises.
    """
    if exists(target):
        raise AlreadyThere
    proved = _proved(keyfile.read_both(folder)[0], data_key)
    if not proved:
        raise ChangedKeyFile
    keyfile.write(target, proved[0])


def add_organisation(folder: Path, data_key: bytes, public_key: bytes) -> None:
    """Let the holder of an X25519 private key open this store too: "they left", "they forgot".

    `public_key` has 32 bytes and replaces the organisation's slot that was there before. Raises
    `ValueError` for another length.
    """
    if len(public_key) != slots.PUBLIC_KEY_BYTES:
        raise ValueError(f"an X25519 public key has {slots.PUBLIC_KEY_BYTES} bytes")
    keys = _keys_of(folder, data_key)
    _replace(folder, keys, data_key, slots.organisation_slot(keys, data_key, public_key))


def _refuse_unfit(passphrase: str) -> None:
    problem = passphrase_problem(passphrase)
    if problem:
        raise UnfitPassphrase(problem)


class _Read(NamedTuple):
    found: tuple[KeyFile, ...]
    """The key files that may be tried: the one that calls itself the later one first."""
    notice: str | None


def _read(folder: Path) -> _Read:
    """Return the key files to be opened; refuse where the slots of none are of its own kind.

    Made-up people have one slot that opens for all, real ones never have it: a file in which the
    two disagree was edited, and no secret is tried on it.
    """
    found, notice = keyfile.read_both(folder)
    sound = tuple(keys for keys in found if keys.made_up == bool(keys.slots_of(slots.MADE_UP)))
    if not sound:
        raise ChangedKeyFile
    return _Read(sound, notice if len(sound) == len(found) else CHANGED)


def _opened(
    found: tuple[KeyFile, ...], opens: Callable[[KeyFile], bytes | None]
) -> tuple[KeyFile, bytes] | None:
    """Return the latest key file that is proved, with the data key; None where the secret is wrong.

    A file that was edited to be the later one keeps nobody out of the other. But the secret must
    open the latest one that is proved: an earlier passphrase, to which an earlier copy was put
    back, opens nothing. Raises `ChangedKeyFile` where a slot opens and no file is proved by it.
    """
    damaged: Refused | None = None
    for keys in found:
        try:
            data_key = opens(keys)
        except DamagedKeyFile as error:
            damaged = error
            continue
        if data_key is not None:
            proved = _proved(found, data_key)
            if not proved:
                raise ChangedKeyFile
            return (proved[0], data_key) if keys in proved[:1] or opens(proved[0]) else None
    if damaged is not None and len(found) == 1:
        raise damaged
    return None


def _proved(found: tuple[KeyFile, ...], data_key: bytes) -> list[KeyFile]:
    """Return those that were written with this data key and not changed since."""
    of_a_kind = (one for one in found if one.made_up == slots.is_made_up_key(data_key))
    return [one for one in of_a_kind if one.is_proved_by(data_key)]


def _keys_of(folder: Path, data_key: bytes) -> KeyFile:
    """Return the key file of real records, to be changed by somebody who has their data key."""
    found, _ = keyfile.read_both(folder)
    if found[0].made_up or slots.is_made_up_key(data_key):
        raise NotForMadeUp
    proved = _proved(found, data_key)
    if not proved:
        raise ChangedKeyFile
    return proved[0]


def _replace(folder: Path, keys: KeyFile, data_key: bytes, slot: Slot) -> None:
    """Write both copies with `slot` in place of the slots of its kind."""
    others = (one for one in keys.slots if one.kind != slot.kind)
    keyfile.write(folder, keys.with_slots(data_key, slot, *others))


def _unlocked(folder: Path, read: _Read, keys: KeyFile, data_key: bytes) -> Unlocked:
    """Hand over the data key, once the other copy of a key file that is proved has been mended."""
    notice = read.notice if len(_proved(read.found, data_key)) == len(read.found) else CHANGED
    keyfile.clear_unfinished(folder, older_than=A_WHILE)
    if not keyfile.called_newer(folder) and not keyfile.are_both_whole(folder, keys):
        try:
            keyfile.write(folder, keys)
        except Refused as refusal:
            notice = f"{notice or ''} It could not be written again. {refusal.to_do}".strip()
        else:
            notice = f"{notice} The whole one was used and written again." if notice else None
    return Unlocked(data_key, keys.store_id, keys.made_up, notice)
