"""Many acts kept at once: how a made-up caseload of years is written in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from linkworker import cipher
from linkworker.save_marks import begin_save
from linkworker.storage.connections import BULK_CACHE_KIB, WRITE_CACHE_KIB, Connections
from linkworker.storage.indexing import index_at_the_end
from linkworker.storage.watching import Watchers


@contextmanager
def many_acts(connections: Connections, watchers: Watchers) -> Iterator[None]:
    """Keep all acts that are written meanwhile together, at the end, and then tell the watchers.

    An error takes all of them back. Pages that many acts touch are encrypted once and not once an
    act, and the search index is written whole at the end.
    """
    connections.writing.acquire()
    try:
        connections.writer_alone()
        connections.many_acts = True
        connections.writer.execute(f"PRAGMA cache_size=-{BULK_CACHE_KIB}")
        try:
            begin_save(connections.writer)
            with index_at_the_end(connections.writer, connections.writer_state):
                yield
            if connections.writer.in_transaction:  # an act that failed has taken everything back
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
