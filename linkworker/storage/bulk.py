"""Many acts kept at once: how a made-up caseload of years is written in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from linkworker import cipher
from linkworker.storage.connections import Connections
from linkworker.storage.watching import Watchers


@contextmanager
def many_acts(connections: Connections, watchers: Watchers) -> Iterator[None]:
    """Keep all acts that are written meanwhile together, at the end, and then tell the watchers.

    An error takes all of them back. Pages that many acts touch are encrypted once and not once an
    act, and the search index is written in large pieces.
    """
    with connections.writing:
        before = connections.writer.execute("SELECT n FROM sync_device").fetchone()[0]
        connections.many_acts = True
        try:
            yield
            if connections.writer.in_transaction:
                connections.writer.execute("COMMIT")
        except BaseException as error:
            connections.take_back(error)
            raise
        finally:
            connections.many_acts = False
        change = watchers.change_since(connections.writer, before)
        cipher.checkpoint(connections.writer)
    watchers.tell(change)
