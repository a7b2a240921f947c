"""The draft of a note: kept half a second behind the last key, in a thread, in its right order.

A draft is at most a second old: while somebody types without a pause it is kept all the same.
Two savings never cross: each carries a number, and an older one that comes late is let go.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from linkworker.clock import local_day, to_text
from linkworker.refusal import Refused
from linkworker.screens.held import newer_stands
from linkworker.store import Draft, Store

AFTER_LAST_KEY = 0.5
"""Seconds of rest after which a draft is kept."""
AT_MOST = 0.8
"""Seconds after the first key that is not kept yet, rest or no rest."""

KIND = "note"
THROWN_AWAY = "note thrown away"
"""The kind of a draft that its writer let go: it is there for so many days."""
DAYS_THROWN_AWAY = 14

LOOKED = "note thrown away: looked"
"""The kind and id of what says on which days it was looked for such drafts, while there are any."""


@dataclass(frozen=True)
class State:
    """What there is to keep of a note at one moment."""

    number: int
    """Grows with every state that is taken."""
    people: tuple[str, ...]
    words: str
    facts: dict[str, Any]
    taken_at: str
    """When it was taken, UTC text."""


class DraftKeeper:
    """Keeps the states of one draft, from any thread, the newest last."""

    def __init__(self, store: Store, draft_id: str, *, stands: bool = False) -> None:
        """Make it for a new draft, or for one that `stands` in the store."""
        self._store = store
        self.draft_id = draft_id
        self._stands = stands
        """Whether it stood in the store: if it is gone then, the note was done meanwhile."""
        self._words: str | None = None
        """What was kept last, None before anything was."""
        self.went = False
        """Whether it was taken from here just as it stood: handed in with its person, or done."""
        self._lock = threading.Lock()
        self._kept = 0
        self._closed = False
        self._refused = False
        """Whether a state was refused: when it is tried again, a newer one may stand there."""

    def keep(self, state: State) -> Draft | None:
        """Keep one state; durable when it returns. None if a newer one is kept, or it was dropped.

        A state that was held while it could not be kept never goes over newer words, which
        somebody typed meanwhile: it becomes a draft beside them. Where the note was done meanwhile
        it is no longer one that was begun: it is kept with what was thrown away. Nor is one kept
        again that went with nothing more in it since: a sync handed it in when its person went
        from here, and would a second time. Raises `Refused` where the store cannot write.
        """
        with self._lock:
            if self._closed or state.number <= self._kept:
                return None
            self.went = state.words == self._words and self._is_gone()
            if self.went:
                return None
            try:
                draft = self._save(*self._place_of(state), state)
            except Refused:
                self._refused = True
                raise
            self._kept, self._refused, self._stands = state.number, False, True
            self._words = state.words
            return draft

    def _is_gone(self) -> bool:
        return all(one.id != self.draft_id for one in notes_begun(self._store))

    def _save(self, draft_id: str, kind: str, state: State) -> Draft:
        return self._store.save_draft(draft_id, kind, state.people, state.words, state.facts)

    def _place_of(self, state: State) -> tuple[str, str]:
        """Return under which id a state is kept, and as what: as itself, or beside newer words."""
        if self._refused:
            if self._stands and self._is_gone():
                return self._store.ids(), THROWN_AWAY
            if newer_stands(self._store, KIND, self.draft_id, state.taken_at):
                return self._store.ids(), KIND
        return self.draft_id, KIND

    def throw_away(self, state: State) -> str:
        """Let the draft go, at its writer's wish. For some days it can be brought back.

        Returns the id under which it waits, "" where it had no words. Raises `Refused` where the
        store cannot write; then it stays as it is.
        """
        with self._lock:
            waits = let_go(self._store, self.draft_id, state.people, state.words, state.facts)
            self._closed = True
            return waits

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


def thrown_away(store: Store) -> list[Draft]:
    """Return the drafts that were thrown away and are still there, the last one first."""
    since = _still_there_from(store.clock())
    return [one for one in store.drafts(THROWN_AWAY) if one.saved_at >= since]


def forget_long_gone(store: Store) -> None:
    """Forget what was thrown away longer ago than it is kept, by the clock and by days lived here.

    A clock that runs ahead, as with a flat battery, would take the words of yesterday with it, for
    good. So it is not believed alone: while anything waits, the days on which this looks are
    counted, and a draft goes only when it is too old by the clock and as many of those days came
    after it. A clock that went back begins the count anew. For a thread: it may wait for the disk.
    Raises `Refused` where the store cannot write.
    """
    now = store.clock()
    counted = [day for one in store.drafts(LOOKED) for day in one.facts["days"]]
    days = _and_today(counted, local_day(now).isoformat())
    waiting = store.drafts(THROWN_AWAY)
    if len(days) == DAYS_THROWN_AWAY:
        since = min(_still_there_from(now), days[0])
        for one in [one for one in waiting if one.saved_at < since]:
            store.drop_draft(one.id)
            waiting.remove(one)
    if waiting and days != counted:
        store.save_draft(LOOKED, LOOKED, (), "", {"days": days})
    elif counted and not waiting:
        store.drop_draft(LOOKED)


def _and_today(counted: list[str], today: str) -> list[str]:
    """Return the days that were counted, the last ones, with today; today alone where it is before
    the last of them."""
    if counted and today <= counted[-1]:
        return counted if today == counted[-1] else [today]
    return [*counted, today][-DAYS_THROWN_AWAY:]


def _still_there_from(now: datetime) -> str:
    return to_text(now - timedelta(days=DAYS_THROWN_AWAY))


def let_go(
    store: Store, draft_id: str, people: Iterable[str], words: str, facts: dict[str, Any]
) -> str:
    """Throw a draft away, at its writer's wish; `bring_back` takes that back for some days.

    What was thrown away longer ago is forgotten. Returns the id under which it waits to be brought
    back, "" where it had no words. Raises `Refused` where the store cannot write; then it stays.
    """
    waits = ""
    if words.strip():
        waits = store.save_draft(store.ids(), THROWN_AWAY, people, words, facts).id
    store.drop_draft(draft_id)
    forget_long_gone(store)
    return waits


def bring_back(store: Store, draft_id: str) -> str:
    """Let a draft that was thrown away be one again, and return its id; any other as it is.

    Raises `Refused` where the store cannot write.
    """
    for one in thrown_away(store):
        if one.id == draft_id:
            draft = store.save_draft(store.ids(), KIND, one.people, one.words, one.facts)
            store.drop_draft(one.id)
            return draft.id
    return draft_id


def begun_about(
    store: Store,
    people: Iterable[str],
    corrects: str = "",
    appointment_id: str = "",
    contact_id: str = "",
    and_others: bool = False,
) -> Draft | None:
    """Return the note that was begun about exactly these people, the last kept; None for none.

    With `and_others` it is one about these people and somebody else too, or about some of them
    only. A correction (`corrects` a note) goes on only as the correction of the same note, and the
    note of one appointment or contact not as that of another.
    """
    wanted = frozenset(people)
    for draft in notes_begun(store):
        about = frozenset(draft.people)
        same = about > wanted or about < wanted if and_others else about == wanted
        same = same and bool(about)
        same = same and draft.facts.get("corrects", "") == corrects
        meeting = draft.facts["meeting"]
        same = same and contact_id in ("", meeting.get("contact_id", ""))
        if same and appointment_id in ("", meeting["appointment_id"]):
            return draft
    return None
