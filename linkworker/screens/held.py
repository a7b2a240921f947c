"""Words that could not be kept at once, and are kept later: never over newer ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linkworker.store import Store


def newer_stands(store: Store, kind: str, draft_id: str, taken_at: str) -> bool:
    """Say whether a draft was kept later than `taken_at` (UTC text), when other words were taken.

    Where the disk refuses while one locks, words are held and tried again after unlocking; what
    somebody typed in between is newer.
    """
    return any(one.id == draft_id and one.saved_at > taken_at for one in store.drafts(kind))
