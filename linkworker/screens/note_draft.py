"""The draft of a note: kept half a second behind the last key, in a thread, in its right order.

A draft is at most a second old: while somebody types without a pause it is kept all the same.
Two savings never cross: each carries a number, and an older one that comes late is let go.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from linkworker.store import Draft, Store

AFTER_LAST_KEY = 0.5
"""Seconds of rest after which a draft is kept."""
AT_MOST = 0.8
"""Seconds after the first key that is not kept yet, rest or no rest."""

KIND = "note"


@dataclass(frozen=True)
class State:
    """What there is to keep of a note at one moment."""

    number: int
    """Grows with every state that is taken."""
    people: tuple[str, ...]
    words: str
    facts: dict[str, Any]


class DraftKeeper:
    """Keeps the states of one draft, from any thread, the newest last."""

    def __init__(self, store: Store, draft_id: str) -> None:
        self._store = store
        self.draft_id = draft_id
        self._lock = threading.Lock()
        self._kept = 0
        self._closed = False

    def keep(self, state: State) -> Draft | None:
        """Keep one state; durable when it returns. None if a newer one is kept, or it was dropped.

        Raises `Refused` where the store cannot write.
        """
        with self._lock:
            if self._closed or state.number <= self._kept:
                return None
            draft = self._store.save_draft(
                self.draft_id, KIND, state.people, state.words, state.facts
            )
            self._kept = state.number
            return draft

    def drop(self) -> None:
        """Forget the draft: the note is done, or its writer let it go. Nothing keeps it again."""
        with self._lock:
            self._closed = True
            self._store.drop_draft(self.draft_id)

    @contextmanager
    def ending(self) -> Iterator[None]:
        """Hold back every saving while the note is written: done, nothing keeps its draft again."""
        with self._lock:
            yield
            self._closed = True

    @property
    def was_kept(self) -> bool:
        """Whether anything has been kept since it was opened."""
        return self._kept > 0


def notes_begun(store: Store) -> list[Draft]:
    """Return the notes that were begun and not done, the last kept first."""
    return store.drafts(KIND)


def begun_about(
    store: Store, people: Iterable[str], corrects: str = "", appointment_id: str = ""
) -> Draft | None:
    """Return the note that was begun about exactly these people, the last kept; None for none.

    A correction (`corrects` a note) goes on only as the correction of the same note, and the note
    of one appointment not as that of another day.
    """
    wanted = frozenset(people)
    for draft in notes_begun(store):
        same = frozenset(draft.people) == wanted and draft.facts.get("corrects", "") == corrects
        if same and appointment_id in ("", draft.facts["meeting"]["appointment_id"]):
            return draft
    return None
