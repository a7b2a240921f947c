"""The search index, written at the end of a transaction in which much comes in.

Around each statement with triggers the index writes out what it has, in small pieces that are
merged again later: row by row that is half of the time in which a first sync is taken in. So the
rows that wait for it are remembered (`Capturing.unindexed`) and go in together, in its own order,
within the same transaction: nothing is ever kept without it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from linkworker.oplog.capture import Capturing

_INDEX = """INSERT INTO search_fts (rowid, words)
SELECT d.id, d.words FROM json_each(?) j JOIN search_said d ON d.id = j.value"""


@contextmanager
def index_at_the_end(connection: Any, state: Capturing) -> Iterator[None]:
    """Have what is written meanwhile indexed at the end; after an error all of it is taken back by
    the caller, who holds the transaction."""
    waiting = state.unindexed = set()
    try:
        yield
        connection.execute(_INDEX, (json.dumps(sorted(waiting)),))
    finally:
        state.unindexed = None
