"""How often the hub may be asked: by a laptop, from an address, and with an invite.

A limit is a number of calls that may come at once and a pace at which they come back. What is kept
of each is one instant: when all of it will have come back ("generic cell rate", ITU-T I.371).

Laptops and addresses are counted by each process for itself, in memory: with several processes a
laptop may ask that much of each. Tries to join are counted in the database, over all processes and
also when the hub was started again; once they are used up, a try writes nothing.
"""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linkworker.hub.database import Database
from linkworker.refusal import Refused
from linkworker.rules.invite import secret_hash


@dataclass(frozen=True)
class Rate:
    """So many calls at once, and then one each so many milliseconds."""

    at_once: int
    every_ms: int

    def after(self, full_at: int, now: int) -> int:
        """Return when all will have come back, after one more call. Raises `TooOften`.

        `full_at` is that instant before the call. One further off than is possible, because the
        clock was put back, counts as if everything were used up now.
        """
        used = min(max(full_at, now), now + self.at_once * self.every_ms) + self.every_ms
        wait = used - self.at_once * self.every_ms - now
        if wait > 0:
            raise TooOften(wait)
        return used


LAPTOP = Rate(3_000, 50)
"""Calls of one laptop. A first sync of 12,000 notes is about 40, and 1,500 where the line is so bad
that each page is the smallest; a day of syncing every two minutes is under 2,500."""

ADDRESS = Rate(600, 500)
"""Calls from one address by whoever shows no good token: a whole team that joins in one room is
two calls for each laptop."""

TRIES = Rate(20, 60_000)
"""Tries to join with one invite, and those from one address that failed."""

MOST_COUNTED = 20_000
"""Laptops and addresses that are counted side by side; then those are let go that used least."""


class TooOften(Refused):
    """It was asked more often than anybody at work asks."""

    def __init__(self, wait_ms: int) -> None:
        super().__init__(
            "Nothing was done.", "The hub was asked too often.", "It is tried again by itself."
        )
        self.wait_seconds = -(-wait_ms // 1_000)


class Limits:
    """The limits of one hub, as one of its processes keeps them."""

    def __init__(
        self, database: Database, now_ms: Callable[[], int], *, addresses: bool = True
    ) -> None:
        """`addresses` is False where all come from one address, that of a proxy."""
        self._database = database
        self._now_ms = now_ms
        self._addresses = addresses
        self._full_at: dict[str, int] = {}
        self._lock = threading.Lock()

    def laptop_asks(self, laptop: str) -> None:
        """Count a call of a laptop of the team. Raises `TooOften`."""
        self._count(f"laptop:{laptop}", LAPTOP)

    def stranger_asks(self, address: str) -> None:
        """Count a call of whoever shows no good token. Raises `TooOften`.

        Laptops of the team that come from the same address are not held up by it.
        """
        if self._addresses:
            self._count(_from(address), ADDRESS)

    def _count(self, who: str, rate: Rate) -> None:
        now = self._now_ms()
        with self._lock:
            self._full_at[who] = rate.after(self._full_at.get(who, 0), now)
            if len(self._full_at) > MOST_COUNTED:
                last = sorted(self._full_at.items(), key=lambda one: one[1])
                self._full_at = dict(last[MOST_COUNTED // 2 :])

    def may_try(self, address: str, secret: bytes) -> None:
        """Refuse a try to join where there were too many. Raises `TooOften`."""
        now = self._now_ms()
        with self._database.reading() as tx:
            for who in (f"invite:{secret_hash(secret)}", *self._counted(address)):
                full_at = tx.value("SELECT full_at FROM hub_try WHERE who = ?", (who,))
                TRIES.after(full_at or 0, now)

    def tried(self, address: str, secret: bytes, joined: bool) -> None:
        """Count a try to join: for the invite, if there is one, and if it failed for the address.

        Of tries side by side all count, also where together they are too many.
        """
        now = self._now_ms()
        invite = secret_hash(secret)
        with self._database.writing() as tx:
            tx.execute("DELETE FROM hub_try WHERE full_at <= ?", (now,))
            known = tx.value("SELECT 1 FROM hub_invite WHERE secret_hash = ?", (invite,))
            counted = [f"invite:{invite}"] if known else []
            for who in counted if joined else [*counted, *self._counted(address)]:
                tx.execute(
                    "INSERT INTO hub_try (who, full_at) VALUES (?, ?) "
                    "ON CONFLICT (who) DO UPDATE SET full_at = hub_try.full_at + ?",
                    (who, now + TRIES.every_ms, TRIES.every_ms),
                )

    def _counted(self, address: str) -> list[str]:
        return [_from(address)] if self._addresses else []


def count_in(tx: Any, who: str, rate: Rate, now: int) -> None:
    """Count a call over all processes, in the transaction of what it asks. Raises `TooOften`."""
    full_at = tx.value("SELECT full_at FROM hub_try WHERE who = ?", (who,))
    tx.execute(
        "INSERT INTO hub_try (who, full_at) VALUES (?, ?) "
        "ON CONFLICT (who) DO UPDATE SET full_at = excluded.full_at",
        (who, rate.after(full_at or 0, now)),
    )


def _from(address: str) -> str:
    """Return what an address is counted as: of IPv6 a household's or an office's 64 bits."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "address:"
    if found.version == 6:
        mapped = found.ipv4_mapped
        return _from(str(mapped)) if mapped else f"address:{int(found) >> 64:x}"
    return f"address:{found}"
