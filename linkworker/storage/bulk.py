"""Many acts kept at once: how a made-up caseload of years is written in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from linkworker import cipher
from linkworker.cipher import Connection
from linkworker.save_marks import begin_save
from linkworker.storage.connections import WRITE_CACHE_KIB, Connections
from linkworker.storage.watching import Watchers

BULK_CACHE_KIB = 32 * 1024
"""Page cache while many acts are written: the pages that ten years of acts come back to. With less
they are sealed and opened again between the acts, which takes half as long again."""

_INDEX_TRIGGERS = """SELECT name, sql FROM sqlite_master
    WHERE type = 'trigger' AND tbl_name = 'search_doc' ORDER BY name"""
"""What keeps the search index up with the words, row by row."""


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
            with _index_at_the_end(connections.writer):
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


@contextmanager
def _index_at_the_end(writer: Connection) -> Iterator[None]:
    """Have the search index written whole at the end of a transaction that begins here.

    Every statement with triggers makes the index write out what it has, in small pieces that are
    merged again later: a tenth of the time in which ten years are made. The index's triggers come
    back, as they were, within the same transaction: nothing is ever kept without them.
    """
    begin_save(writer)
    triggers = writer.execute(_INDEX_TRIGGERS).fetchall()
    for name, _ in triggers:
        writer.execute(f"DROP TRIGGER {name}")
    yield
    if not writer.in_transaction:  # an act that failed has taken everything back, this too
        return
    for name, sql in triggers:
        writer.execute(f"DROP TRIGGER IF EXISTS {name}")
        writer.execute(sql)
    writer.execute("INSERT INTO search_fts (search_fts) VALUES ('rebuild')")
