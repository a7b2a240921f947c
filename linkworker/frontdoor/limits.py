"""How often the front door takes something: from an address and its network, from a partner, and
over all.

Counted in memory by the one process that serves it, by the hub's own kind of rate. The last bounds
what a flood from many networks can put before coordinators, who read all of it; it is the price
that such a flood closes the page to everybody while it lasts. Partners' calls go on.
"""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable

from linkworker.hub.limits import MOST_COUNTED, Rate

ADDRESS = Rate(10, 60_000)
"""From one address: a morning in a surgery's back office, and then one a minute."""
NETWORK = Rate(40, 15_000)
"""From one network (`network_of`): who rents a hundred addresses rents them side by side."""
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
        self._count(network_of(address), NETWORK)
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


def network_of(address: str) -> str:
    """Return the network of an address: 24 bits of IPv4, of IPv6 the 48 that one site is given."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "network:"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return f"network:{int(found) >> 80:x}"
        found = found.ipv4_mapped
    return f"network:{int(found) >> 8:x}."
