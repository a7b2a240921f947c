"""Who was opened, kept for the audit: several at once, a little later, beside the screen."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from linkworker.caseload import audit
from linkworker.refusal import Refused

AUDIT_SECONDS = 3.0
"""How long after somebody was opened the audit is written: never within the key's own time."""


class Opened:
    """What was opened and is not written down yet."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, datetime]] = []

    def add(self, records: Iterable[str], at: datetime) -> None:
        """Note that somebody was opened, with every record that they have."""
        self._waiting += [(record, at) for record in records]

    @property
    def waits(self) -> bool:
        """Whether anything is not written down yet."""
        return bool(self._waiting)

    def write(self, store: Any) -> None:
        """Write down what waits. Safe in a thread.

        A store that is locked, has no room or is busy keeps it waiting for the next time.
        """
        if not self._waiting or store is None or store.state != "open":
            return
        waiting, self._waiting = self._waiting, []
        if store.reading_only is None:
            try:
                with store.write("opened", quiet=True) as tx:
                    audit.record_opened(tx, waiting)
            except Refused:
                self._waiting[:0] = waiting
                return
            with suppress(Refused):  # then they are new until they are opened again
                store.belonging.opened(person for person, _ in waiting)
