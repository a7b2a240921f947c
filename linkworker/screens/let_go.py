"""Drafts that were thrown away, in one order with the acts: Ctrl+Z takes back what came last.

The app holds it, so that it is the same on every screen. A draft belongs to no act; each that is
thrown away remembers how far the acts had come.
"""

from __future__ import annotations

from linkworker.screens.note_draft import bring_back, thrown_away
from linkworker.store import Store


class LetGo:
    """The drafts that were thrown away since the app was started, the last one last."""

    def __init__(self) -> None:
        self._drafts: list[tuple[str, int]] = []

    def add(self, store: Store, draft_id: str) -> None:
        """Remember that a draft was thrown away now; `draft_id` is that under which it waits."""
        self._drafts.append((draft_id, store.written_so_far()))

    def bring_back_last(self, store: Store) -> bool:
        """Bring the last draft back, unless an act that stands came after it; say whether it did.

        One that does not wait any more, for it was brought back from the list, is passed over.
        Raises `Refused` where the store cannot write; then the draft is still the last one.
        """
        waiting = {one.id for one in thrown_away(store)}
        self._drafts = [one for one in self._drafts if one[0] in waiting]
        if not self._drafts:
            return False
        draft_id, written = self._drafts[-1]
        if store.acted_since(written):
            return False
        bring_back(store, draft_id)
        self._drafts.pop()
        return True
