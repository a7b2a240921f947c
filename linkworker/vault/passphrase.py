"""Passphrases: which will do, offering one, and what deriving a key from one costs.

There are no composition rules (NIST SP 800-63B 3.1.1): length does the work. Fourteen characters
that a person chose, or five words drawn by chance from the 2,626 of `codes/passphrase_words.txt`:
56 bits, each guess of which costs the attacker an Argon2id of about half a second and 64 MiB.
"""

from __future__ import annotations

import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from linkworker.refusal import Refused

SHORTEST = 14
"""Characters, when the person chooses the words."""

WORDS = 5
"""How many words are offered."""

SALT_BYTES = 16

_LONGEST_LINE = 10_000
"""Characters read of a passphrase file."""


class UnfitPassphrase(Refused):
    """A new passphrase is too easy to guess."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "The passphrase was not taken.",
            why,
            f"Take the {WORDS} words that are offered, or a sentence of at least {SHORTEST} "
            "characters that only you would say.",
        )


class NoPassphraseFile(Refused):
    """The file that should hold the passphrase cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            "The passphrase was not read.",
            "The file named for it cannot be opened, or is not text in UTF-8.",
            "Check the name after --passphrase-file, or leave it out and type the passphrase.",
        )


class EmptyPassphraseFile(NoPassphraseFile):
    """The first line of the file has nothing in it: no try of a passphrase."""

    def __init__(self) -> None:
        Refused.__init__(
            self,
            "The passphrase was not read.",
            "The first line of the file named for it is empty.",
            "Check the name after --passphrase-file, or leave it out and type the passphrase.",
        )


class NotAPassphraseFile(NoPassphraseFile):
    """What the file begins with is no passphrase: no try of one."""

    def __init__(self) -> None:
        Refused.__init__(
            self,
            "The passphrase was not read.",
            "What the file named for it begins with is longer than any passphrase, or holds "
            "characters that nobody types.",
            "Check the name after --passphrase-file, or leave it out and type the passphrase.",
        )


def from_file(path: Path) -> str:
    """Return the passphrase in a file: its first line, without line end and byte order mark.

    The app and the commands read it by this alone, so that a file that opens the one opens the
    other. A device or a picture named by mistake is refused, and never counts as a wrong try.
    Raises `NoPassphraseFile`, `EmptyPassphraseFile`, `NotAPassphraseFile`.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            line = file.readline(_LONGEST_LINE + 1).rstrip("\r\n")
    except (OSError, ValueError):  # a NUL in the name, or no text
        raise NoPassphraseFile from None
    if not line.strip():
        raise EmptyPassphraseFile
    if len(line) > _LONGEST_LINE or any(ord(one) < 0x20 and one != "\t" for one in line):
        raise NotAPassphraseFile
    return line


@dataclass(frozen=True)
class Cost:
    """What Argon2id (RFC 9106) spends on one derivation."""

    memory_kib: int
    passes: int
    lanes: int


FLOOR = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
"""The least that a real key file is made with: RFC 9106's second recommended option."""

CEILING = Cost(memory_kib=512 * 1024, passes=16, lanes=8)
"""The most that a key file may ask for, so that a hostile one cannot exhaust the memory."""

AIM_SECONDS = 0.5
"""How long one derivation should take: not felt at the keyboard, dear to whoever guesses."""

_CALIBRATED_MEMORY_KIB = 256 * 1024


def normalised(passphrase: str) -> bytes:
    """Return a passphrase's bytes, the same from every keyboard: NFKC, runs of spaces as one."""
    words = unicodedata.normalize("NFKC", passphrase).split()
    return " ".join(words).encode("utf-8", "surrogatepass")


def passphrase_problem(passphrase: str) -> str | None:
    """Return why a new passphrase will not do, as a sentence; None where it will."""
    text = normalised(passphrase).decode("utf-8", "surrogatepass")
    if len(text) < SHORTEST:
        return f"It has {len(text)} characters, and fewer than {SHORTEST} can be guessed."
    if len(set(text.casefold())) < 5:
        return "It is the same few characters over and over."
    return None


def offered_passphrase(words: int = WORDS) -> str:
    """Return words drawn by chance, with a space between."""
    listed = word_list()
    return " ".join(secrets.choice(listed) for _ in range(words))


def word_list() -> tuple[str, ...]:
    """Return the words that passphrases are drawn from: short, plain, each only once."""
    from importlib import resources

    source = resources.files("linkworker.codes").joinpath("passphrase_words.txt")
    lines = source.read_text(encoding="ascii").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Return 32 bytes by Argon2id. Slow by purpose: for a thread."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        secret=normalised(passphrase),
        salt=salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def calibrated(seconds: Callable[[], float] = time.perf_counter) -> Cost:
    """Return a cost of about `AIM_SECONDS` on this machine, never below `FLOOR`.

    Memory is raised first (it is what an attacker's cards lack), to 256 MiB, and then passes.
    `seconds` is a stopwatch, for tests.
    """
    started = seconds()
    derive("how fast is this machine", bytes(SALT_BYTES), FLOOR)
    times = max(1.0, AIM_SECONDS / max(seconds() - started, 0.001))
    eight_mib = 8 * 1024
    memory = int(FLOOR.memory_kib * times) // eight_mib * eight_mib
    memory = min(max(memory, FLOOR.memory_kib), _CALIBRATED_MEMORY_KIB)
    left = times * FLOOR.memory_kib / memory
    passes = min(max(int(FLOOR.passes * left), FLOOR.passes), CEILING.passes)
    return Cost(memory, passes, FLOOR.lanes)


def within_bounds(cost: Cost) -> bool:
    """Say whether a cost read from a key file may be spent."""
    return (
        1 <= cost.lanes <= CEILING.lanes
        and 1 <= cost.passes <= CEILING.passes
        and 8 * cost.lanes <= cost.memory_kib <= CEILING.memory_kib
    )
