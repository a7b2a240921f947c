"""Drafts that were thrown away, in one order with the acts: Ctrl+Z takes back what came last.

The app holds it, so that it is the same on every screen. A draft belongs to no act; each that is
thrown away remembers how far the acts had come.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from linkworker.refusal import Refused
from linkworker.screens.note_draft import bring_back, thrown_away
from linkworker.widgets.acting import say_refusal
from linkworker.widgets.frame import Frame

if TYPE_CHECKING:
    from linkworker.store import Store


class LetGo:
    """The drafts that were thrown away since the app was started, the last one last."""

    def __init__(self) -> None:
        self._drafts: list[tuple[str, int]] = []

    def add(self, store: Store, draft_id: str) -> None:
        """Remember that a draft was thrown away now; "" is one that is not kept."""
        if draft_id:
            self._drafts.append((draft_id, store.written_so_far()))

    def comes_first(self, store: Store) -> bool:
        """Say whether a draft is to be taken back next: no act that stands came after it.

        One that does not wait any more, for it was brought back from the list, is passed over.
        """
        waiting = {one.id for one in thrown_away(store)}
        self._drafts = [one for one in self._drafts if one[0] in waiting]
        return bool(self._drafts) and not store.acted_since(self._drafts[-1][1])

    def take_back(self, house: Any, screens: Iterable[object]) -> None:
        """Bring the last draft back to `house`, the app, and show it; refused, it says so."""
        try:
            bring_back(house.store, self._drafts[-1][0])
        except Refused as refused:
            say_refusal(house, refused)
            return
        self._drafts.pop()
        for screen in screens:
            if isinstance(screen, Frame):
                screen.draft_came_back()
        house.say("The draft is back.")
