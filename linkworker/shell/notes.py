"""Notes at the shell: searching them, and writing one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from linkworker.clock import to_text
from linkworker.shell.opening import opened
from linkworker.shell.saying import say, say_json, words_from_input
from linkworker.shell.usage import Typed, WrongUsage

if TYPE_CHECKING:
    from linkworker.store import Hit

LIMIT = 50
MOST_HITS = 1000


def search(typed: Typed) -> int:
    """Find what holds all the words given on standard input, the newest first."""
    limit = typed.value("--limit", str(LIMIT))
    if not limit.isascii() or not limit.isdigit() or not 0 < int(limit) <= MOST_HITS:
        raise WrongUsage(f"--limit needs a number from 1 to {MOST_HITS}.")
    words = words_from_input("the words to find").strip()
    with opened(typed) as store:
        hits = store.search(words, limit=int(limit))
    if typed.has("--json"):
        say_json([_as_json(hit) for hit in hits])
    else:
        for hit in hits:
            told = _as_json(hit)
            say(f"{told['when'][:10]}  {told['person']}  {told['kind']}: {told['snippet']}")
    return 0


def _as_json(hit: Hit) -> dict[str, Any]:
    return {
        "person": hit.person_id,
        "kind": hit.table.replace("_", " "),
        "when": to_text(datetime.fromtimestamp(hit.when, UTC)),
        "snippet": hit.snippet,
        "id": hit.id,
    }
