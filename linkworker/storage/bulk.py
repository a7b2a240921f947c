"""Many acts kept at once: how a made-up caseload of years is written in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from linkworker import cipher
from linkworker.storage.connections import WRITE_CACHE_KIB, Connections
from linkworker.storage.watching import Watchers

BULK_CACHE_KIB = 32 * 1024
"""Page cache while many acts are written: the pages that ten years of acts come back to. With less
they are sealed and opened again between the acts, which takes half as long again."""


@contextmanager
def many_acts(connections: Connections, watchers: Watchers) -> Iterator[None]:
    """Keep all acts that are written meanwhile together, at the end, and then tell the watchers.

    An error takes all of them back. Pages that many acts touch are encrypted once and not once an
    act, and the search index is written in large pieces.
    """
    connections.writing.acquire()
    try:
        connections.writer_alone()
        connections.many_acts = True
        connections.writer.execute(f"PRAGMA cache_size=-{BULK_CACHE_KIB}")
        try:
            yield
            if connections.writer.in_transaction:
                connections.writer.execute("COMMIT")
        except BaseException as error:
            connections.take_back(error)
            raise
        finally:
            connections.many_acts = False
            connections.writer.execute(f"PRAGMA cache_size=-{WRITE_CACHE_KIB}")
        change = watchers.change_untold(connections.writer)
        cipher.checkpoint(connections.writer)
    finally:
        connections.give_back_writer()
    watchers.tell(change)
