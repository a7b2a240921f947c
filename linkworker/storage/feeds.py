"""How far each feed of the directory was taken in by this laptop: of it alone and never synced."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from linkworker.storage.acts import uncaptured

if TYPE_CHECKING:
    from linkworker.storage.connections import Connections
    from linkworker.storage.transaction import ReadTx


class FeedState(NamedTuple):
    """What is known of a feed from when it was last read."""

    source: str
    """What it is known by."""
    address: str
    stands: str
    """What stood here of it then: where something else stands here now, none of this holds."""
    read_on: str
    """The day on which it was last read whole, or on which it was cut."""
    newest: str = ""
    """The latest change of which it told; "" where it tells none."""
    total: int = 0
    """How many services it said it had; 0 where it did not say."""
    joined: str = ""
    """The ids of services that were joined with others, a line each."""
    etag: str = ""
    modified: str = ""
    """By what it is known, where one answer holds all of it."""
    cut_page: int = 0
    """The first page that did not come; 0 where all did."""
    cut_key: str = ""
    """By what the page before it is known."""
    cut_pages: int = 0
    """How many pages there were."""


def state_of(tx: ReadTx, source: str) -> FeedState | None:
    """Return what is known of a feed, None for nothing."""
    row = tx.one("SELECT * FROM feed_state WHERE source = ?", (source,))
    return None if row is None else FeedState(*row)


class Feeds:
    """The feeds of one store."""

    def __init__(self, connections: Callable[[], Connections]) -> None:
        """`connections` lends the store's."""
        self._connections = connections

    def keep(self, state: FeedState) -> None:
        """Remember how a feed was read, in place of what was known of it."""
        with uncaptured(self._connections()) as raw:
            marks = ", ".join("?" * len(state))
            raw.execute(f"INSERT OR REPLACE INTO feed_state VALUES ({marks})", state)

    def forget(self, source: str) -> None:
        """Know nothing of a feed any more: it will be read whole."""
        with uncaptured(self._connections()) as raw:
            raw.execute("DELETE FROM feed_state WHERE source = ?", (source,))
