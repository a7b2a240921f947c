"""What was done with the keys of a store and what failed at its door, on the way to the audit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from linkworker import vault
from linkworker.clock import Clock
from linkworker.refusal import Refused
from linkworker.storage.transaction import WriteTx
from linkworker.vault import Missed, Spell

RECOVERED = "opened with the recovery key"
PASSPHRASE_CHANGED = "passphrase changed"
NEW_RECOVERY_KEY = "new recovery key"
RESCUED = "rescued"

WRONG = {
    vault.PASSPHRASE: "wrong passphrase",
    vault.RECOVERY_KEY: "wrong recovery key",
    vault.ORGANISATION_KEY: "wrong organisation key",
}
"""What tries of a kind that failed are called in the audit."""

UNREADABLE = "wrong tries unreadable"


class KeyEvents:
    """What was done with the keys of one store, on its way into the audit.

    Nothing that was done with a key is called undone because the audit could not be written: it
    waits, and is tried again at the next of these and at the lock.
    """

    def __init__(
        self, folder: Path, clock: Clock, act: Callable[[], AbstractContextManager[WriteTx]]
    ) -> None:
        """`act` begins a quiet act of the store."""
        self._folder = folder
        self._clock = clock
        self._act = act
        self._waiting: list[tuple[str, str, datetime]] = []

    def add(self, what: str, reason: str = "") -> None:
        """Keep that something was done now."""
        self._waiting.append((what, reason, self._clock()))
        self.write()

    def write(self) -> None:
        """Write what waits, and what failed while the records were locked, as one act."""
        try:
            with vault.handed_over(self._folder, self._clock) as missed:
                if not (self._waiting or missed):
                    return
                with self._act() as tx:
                    for what, reason in _told(missed):
                        tx.keep_in_audit(what, reason=reason)
                    for what, reason, at in self._waiting:
                        tx.keep_in_audit(what, reason=reason, at=at)
        except (Refused, OSError):
            return
        self._waiting.clear()


def _told(missed: Missed) -> list[tuple[str, str]]:
    """Return what to call each spell of failed tries, and what is said of it."""
    told = [(WRONG[spell.what], _when(spell)) for spell in missed.spells]
    if missed.unreadable:
        told.append((UNREADABLE, "What was counted beside the key file could not be read."))
    return told


def _when(spell: Spell) -> str:
    first, last = (f"{one:%Y-%m-%d %H:%M}" for one in (spell.first, spell.last))
    if spell.times == 1:
        often = f"Once, {first} UTC"
    else:
        often = f"{spell.times} times, {first} to {last} UTC"
    return f"{often}, as counted beside the key file."
