"""Who was opened, kept for the audit: several at once, a little later, beside the screen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linkworker.caseload import audit


class Opened:
    """What was opened and is not written down yet."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, datetime]] = []

    def add(self, person_id: str, at: datetime) -> None:
        """Note that somebody was opened."""
        self._waiting.append((person_id, at))

    def write(self, store: Any) -> None:
        """Write down what waits. Safe in a thread; a store that is locked keeps it waiting."""
        if not self._waiting or store is None or store.state != "open":
            return
        waiting, self._waiting = self._waiting, []
        if store.reading_only is None:
            with store.write("opened", quiet=True) as tx:
                audit.record_opened(tx, waiting)
