"""Drafts: what is being typed, kept half a second behind the last key, encrypted like the rest.

Drafts are this laptop's own: they are not captured and belong to no act. Leaving an editor keeps
the draft; only *done* or the writer's own wish drops it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from linkworker.text import clean


@dataclass(frozen=True)
class Draft:
    """Something begun and not yet done. `facts` is whatever the editor needs to go on."""

    id: str
    kind: str
    people: tuple[str, ...]
    words: str
    facts: dict[str, Any]
    saved_at: str
    """UTC text, as `clock.to_text` writes it."""


def save(connection: Any, draft: Draft) -> None:
    """Keep `draft`, over the earlier state of the same draft."""
    connection.execute(
        "INSERT INTO draft (id, kind, people, words, facts, saved_at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET people = excluded.people, words = excluded.words, "
        "facts = excluded.facts, saved_at = excluded.saved_at",
        (
            draft.id,
            draft.kind,
            json.dumps(draft.people),
            clean(draft.words),
            json.dumps(_cleaned(draft.facts)),
            draft.saved_at,
        ),
    )


def _cleaned(value: Any) -> Any:
    """Return a fact with every text in it cleaned: what was half typed is shown again too."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    return value


def drop(connection: Any, draft_id: str) -> None:
    """Forget a draft: it was done, or its writer let it go."""
    connection.execute("DELETE FROM draft WHERE id = ?", (draft_id,))


def every(connection: Any, kind: str = "") -> list[Draft]:
    """Return the drafts, the last saved first; of one kind, if `kind` says so."""
    rows = connection.execute(
        "SELECT id, kind, people, words, facts, saved_at FROM draft "
        "WHERE ? IN ('', kind) ORDER BY saved_at DESC, id",
        (kind,),
    )
    return [
        Draft(id_, what, tuple(json.loads(people)), words, json.loads(facts), saved_at)
        for id_, what, people, words, facts, saved_at in rows
    ]
