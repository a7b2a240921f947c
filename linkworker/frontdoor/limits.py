"""How often the front door takes something: from an address, from a partner, and over all.

Counted in memory by the one process that serves it, by the hub's own kind of rate. The last of the
three bounds what a flood from many addresses can put into the hatch.
"""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable

from linkworker.hub.limits import MOST_COUNTED, Rate

ADDRESS = Rate(10, 60_000)
"""From one address: a morning in a surgery's back office, and then one a minute."""
PARTNER = Rate(200, 5_000)
OVERALL = Rate(200, 30_000)
"""What comes by the page, from whomever: each becomes a record that a coordinator reads."""


class Limits:
    """The limits of one front door."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._full_at: dict[str, int] = {}
        self._lock = threading.Lock()

    def by_page(self, address: str) -> None:
        """Count what was sent by the page. Raises `TooOften`."""
        self._count(counted_as(address), ADDRESS)
        self._count("all", OVERALL)

    def not_known(self, address: str) -> None:
        """Count a call with no partner's key. Raises `TooOften`."""
        self._count(f"key:{counted_as(address)}", ADDRESS)

    def by_partner(self, partner: str) -> None:
        """Count a partner's call. Raises `TooOften`."""
        self._count(f"partner:{partner}", PARTNER)

    def _count(self, who: str, rate: Rate) -> None:
        now = self._now_ms()
        with self._lock:
            self._full_at[who] = rate.after(self._full_at.get(who, 0), now)
            if len(self._full_at) > MOST_COUNTED:
                last = sorted(self._full_at.items(), key=lambda one: one[1])
                self._full_at = dict(last[MOST_COUNTED // 2 :])


def counted_as(address: str) -> str:
    """Return what an address counts as: of IPv6 a household's or an office's 64 bits."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "address:"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return f"address:{found.ipv4_mapped}"
        return f"address:{int(found) >> 64:x}"
    return f"address:{found}"
