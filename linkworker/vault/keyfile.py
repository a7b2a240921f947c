"""The key file and its copy: what is in them, reading them warily, writing both or neither.

A key file holds no secret in the clear. Each slot has the store's data key sealed by AES-256-GCM
(NIST SP 800-38D) under a key that one secret opens. What stands beside it (the store's id, whether
its people are made up, the slot's kind and parameters) is bound to it as associated data: changed
by anybody, the slot no longer opens.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from linkworker.clock import system_clock
from linkworker.folders import read_file, unfinished, write_whole
from linkworker.refusal import Refused

FILE = "keys.json"
COPY = "keys-copy.json"
FORMAT = 1

DATA_KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
LARGEST_FILE = 64 * 1024
MOST_SLOTS = 32

CALLED_NEWER = (
    "{name} says that a newer linkworker wrote it. It was left as it is, and the other copy of the "
    "key file was used. If no newer linkworker was ever used on this computer, ask who had it in "
    "hand, and move {name} to another folder."
)

Fact = str | int


class NoKeyFile(Refused):
    """There is no key file in the folder."""

    def __init__(self) -> None:
        super().__init__(
            "There is nothing to unlock in this folder.",
            f"It has no key file ({FILE}), and without one no records can be opened.",
            "Look whether the folder is the right one. If the key file was lost, restore the "
            "latest backup into another, empty folder.",
        )


class DamagedKeyFile(Refused):
    """Neither the key file nor its copy can be read."""

    def __init__(self) -> None:
        super().__init__(
            "The records could not be unlocked.",
            "The key file and its copy are both damaged, or were changed by hand.",
            f"Put {FILE} back from a backup of this folder, or restore the latest backup into "
            "another, empty folder. The records themselves were not touched.",
        )


class ChangedKeyFile(DamagedKeyFile):
    """The key file reads well, but says what the one that linkworker wrote did not say."""

    def __init__(self) -> None:
        Refused.__init__(
            self,
            "The records stay locked.",
            "Something other than linkworker has changed the key file.",
            f"Ask who had this computer in hand. Then put {FILE} back from a backup of this "
            "folder, or restore the latest backup into another, empty folder. The records "
            "themselves were not touched.",
        )


class UnreadableKeyFile(Refused):
    """This account may read neither the key file nor its copy."""

    def __init__(self) -> None:
        super().__init__(
            "The records could not be unlocked.",
            f"This account may not read the key file ({FILE}) or its copy.",
            "Log in with the account that set the records up, or ask whoever looks after this "
            "computer for the right to read that folder. The records themselves were not touched.",
        )


class TwoKeyFiles(Refused):
    """The key file and its copy are of different records. Neither may take the other's place."""

    def __init__(self) -> None:
        super().__init__(
            "The records stay locked.",
            f"{FILE} and {COPY} belong to different records, so one of them was put here.",
            "Move one of the two to another folder, delete neither, and unlock. If the records do "
            "not open, move it back and try with the other.",
        )


class NewerKeyFile(Refused):
    """The key file was written by a later linkworker."""

    def __init__(self) -> None:
        super().__init__(
            "The records were not opened.",
            "They were last used with a newer linkworker than this one, or so says the key file.",
            "Install the newer linkworker on this computer. If none was ever used here, put "
            f"{FILE} back from a backup of this folder. Nothing was changed.",
        )


class NewerCopy(Refused):
    """One of the two files says that a later linkworker wrote it: neither is written over."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "The keys were not changed.",
            f"{name} says that a newer linkworker wrote it, and would be written over.",
            "Do it with the newer linkworker. If none was ever used on this computer, move "
            f"{name} to another folder and do it again.",
        )


class _Unsound(Exception):
    """One file does not read as a key file."""


@dataclass(frozen=True)
class Slot:
    """One way to the data key: its kind, its public parameters, and the data key sealed."""

    kind: str
    facts: dict[str, Fact]
    """Bound to the slot: changed, it no longer opens. Bytes stand in base64."""
    sealed: bytes

    def bytes_of(self, fact: str) -> bytes:
        """Return a fact that holds bytes. Raises `DamagedKeyFile` where there is no such fact."""
        try:
            return base64.b64decode(str(self.facts[fact]))
        except (KeyError, ValueError):
            raise DamagedKeyFile from None


@dataclass(frozen=True)
class KeyFile:
    """All slots of one store."""

    store_id: str
    made_up: bool
    slots: tuple[Slot, ...]
    turn: int = 1
    """Grows by one whenever the file is written, so that the later of two copies is known."""
    proof: str = ""
    """The whole file's HMAC under the data key: nobody without it can add or take a slot."""

    def slots_of(self, kind: str) -> tuple[Slot, ...]:
        """Return the slots of one kind."""
        return tuple(slot for slot in self.slots if slot.kind == kind)

    def sealed(self, kind: str, slot_key: bytes, data_key: bytes, facts: dict[str, Fact]) -> Slot:
        """Return a new slot in which `slot_key` (32 bytes) seals the data key."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(NONCE_BYTES)
        facts = {**facts, "nonce": text_of(nonce)}
        bound = self._bound(kind, facts)
        return Slot(kind, facts, AESGCM(slot_key).encrypt(nonce, data_key, bound))

    def opened(self, slot: Slot, slot_key: bytes) -> bytes | None:
        """Return the data key of a slot; None where `slot_key` is not the one that sealed it."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        bound = self._bound(slot.kind, slot.facts)
        try:
            return AESGCM(slot_key).decrypt(slot.bytes_of("nonce"), slot.sealed, bound)
        except InvalidTag:
            return None

    def with_slots(self, data_key: bytes, *slots: Slot) -> KeyFile:
        """Return the key file of the next turn, with other slots, proved by the data key."""
        later = KeyFile(self.store_id, self.made_up, slots, self.turn + 1)
        return replace(later, proof=later._proof(data_key))

    def is_proved_by(self, data_key: bytes) -> bool:
        """Say whether this is the data key that the file was written with, and nothing changed."""
        return hmac.compare_digest(self._proof(data_key).encode(), self.proof.encode())

    def _proof(self, data_key: bytes) -> str:
        content = _content(replace(self, proof=""))
        return hmac.digest(data_key, b"linkworker keys" + _canonical(content), "sha256").hex()

    def _bound(self, kind: str, facts: dict[str, Fact]) -> bytes:
        return _canonical([FORMAT, self.store_id, self.made_up, kind, facts])


def text_of(data: bytes) -> str:
    """Return bytes as they stand in the key file."""
    return base64.b64encode(data).decode("ascii")


def write(folder: Path, keys: KeyFile) -> None:
    """Write the key file and its copy; a full disk leaves both as they were.

    What a writing that was cut off left beside them goes first: it may hold a way in that is no
    longer wanted, such as an earlier passphrase. Raises `NewerCopy`, `DiskFull`,
    `ReadOnlyFolder`, `DiskTrouble`.
    """
    if name := called_newer(folder):
        raise NewerCopy(name)
    clear_unfinished(folder)
    write_whole(folder / FILE, _to_bytes(keys), also=folder / COPY)


def clear_unfinished(folder: Path, *, older_than: float = 0.0) -> None:
    """Take away what writings that were cut off left in `folder`, so many seconds ago or more.

    With some seconds, what another program is writing at this moment is left to it.
    """
    now = system_clock().timestamp()  # the files carry the machine's own time
    for name in (FILE, COPY):
        for left in unfinished(folder / name):
            with contextlib.suppress(OSError):
                if now - left.stat().st_mtime >= older_than:
                    left.unlink()


def called_newer(folder: Path) -> str:
    """Return the name of the key file, or its copy, that says a later linkworker wrote it; or "".

    Nothing of this release can prove or disprove it.
    """
    for name in (FILE, COPY):
        with contextlib.suppress(OSError, _Unsound):
            try:
                _from_bytes(read_file(folder / name, LARGEST_FILE + 1))
            except NewerKeyFile:
                return name
    return ""


def read(folder: Path) -> tuple[KeyFile, str | None]:
    """Return the later of what `read_both` returns, and its sentence. Raises as that does."""
    found, notice = read_both(folder)
    return found[0], notice


def read_both(folder: Path) -> tuple[tuple[KeyFile, ...], str | None]:
    """Return a folder's key files, and a sentence where something was the matter with one.

    Where one of the two is missing or damaged there is one; where they differ, as after a power cut
    while writing, the later one comes first: that it is later it only says itself, until the data
    key proves it. One that says it is of a newer release keeps nobody out of the other. Raises
    `NoKeyFile`, `DamagedKeyFile`, `TwoKeyFiles`, `NewerKeyFile`, `UnreadableKeyFile`.
    """
    found: list[KeyFile] = []
    missing, may_not, newer = 0, False, ""
    for name in (FILE, COPY):
        try:
            found.append(_from_bytes(read_file(folder / name, LARGEST_FILE + 1)))
        except (FileNotFoundError, NotADirectoryError):
            missing += 1
        except PermissionError:
            may_not = True
        except NewerKeyFile:
            newer = name
        except (OSError, _Unsound):  # a bad sector, a folder of that name: the other one is left
            continue
    if missing == 2:
        raise NoKeyFile
    if not found and newer:
        raise NewerKeyFile
    if not found and may_not:
        raise UnreadableKeyFile
    if not found:
        raise DamagedKeyFile
    if len({keys.store_id for keys in found}) == 2:
        raise TwoKeyFiles
    if len(found) == 2:
        different = found if found[0] != found[1] else found[:1]
        return tuple(sorted(different, key=lambda keys: -keys.turn)), None
    if newer:
        return (found[0],), CALLED_NEWER.format(name=newer)
    return (found[0],), "One of the two copies of the key file was missing or damaged."


def are_both_whole(folder: Path, keys: KeyFile) -> bool:
    """Say whether both files hold exactly these keys."""
    wanted = _to_bytes(keys)
    try:
        return all(read_file(folder / name, LARGEST_FILE + 1) == wanted for name in (FILE, COPY))
    except OSError:
        return False


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _content(keys: KeyFile) -> dict[str, Any]:
    return {
        "linkworker keys": FORMAT,
        "store": keys.store_id,
        "made up": keys.made_up,
        "turn": keys.turn,
        "slots": [
            {"kind": slot.kind, "facts": slot.facts, "sealed": text_of(slot.sealed)}
            for slot in keys.slots
        ],
        "proof": keys.proof,
    }


def _to_bytes(keys: KeyFile) -> bytes:
    content = _content(keys)
    # Tells a damaged file from a wrong passphrase; it proves nothing against an attacker.
    content["sum"] = hashlib.sha256(_canonical(content)).hexdigest()
    return json.dumps(content, indent=1).encode("ascii") + b"\n"


def _from_bytes(data: bytes) -> KeyFile:
    """Return the key file that `_to_bytes` wrote. Raises `NewerKeyFile` and `_Unsound`."""
    if len(data) > LARGEST_FILE:
        raise _Unsound
    try:
        content = json.loads(data)
        if not isinstance(content, dict):
            raise _Unsound
        told = content.get("linkworker keys")
        if isinstance(told, int) and told > FORMAT:
            raise NewerKeyFile
        total = content.pop("sum", None)
        if told != FORMAT or total != hashlib.sha256(_canonical(content)).hexdigest():
            raise _Unsound
        store_id, made_up, turn = content["store"], content["made up"], content["turn"]
        proof = content["proof"]
        slots = tuple(map(_slot, content["slots"]))
    except (DamagedKeyFile, ValueError, KeyError, TypeError, RecursionError):
        raise _Unsound from None
    if not (isinstance(store_id, str) and isinstance(made_up, bool) and isinstance(turn, int)):
        raise _Unsound
    if not (isinstance(proof, str) and proof.isascii() and len(slots) <= MOST_SLOTS):
        raise _Unsound
    return KeyFile(store_id, made_up, slots, turn, proof)


def _slot(told: dict[str, Any]) -> Slot:
    kind, facts, sealed = told["kind"], told["facts"], base64.b64decode(told["sealed"])
    if not isinstance(kind, str) or not isinstance(facts, dict):
        raise _Unsound
    if not all(type(value) in (str, int) for value in facts.values()):
        raise _Unsound
    slot = Slot(kind, facts, sealed)
    if len(slot.bytes_of("nonce")) != NONCE_BYTES or len(sealed) != DATA_KEY_BYTES + TAG_BYTES:
        raise _Unsound
    return slot
