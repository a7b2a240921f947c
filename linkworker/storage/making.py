"""Making the records of somebody who begins: keys, an empty encrypted file, and whose it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from linkworker import cipher, schema, vault
from linkworker.clock import Clock, Ids, milliseconds
from linkworker.storage import migrating
from linkworker.storage.acts import Act, Hand, written
from linkworker.storage.connections import RECORDS, Connections
from linkworker.storage.setting_up import prove, setting_up
from linkworker.storage.watching import Watchers

if TYPE_CHECKING:
    from linkworker.vault import Cost, Created


def make_records(
    folder: Path,
    passphrase: str,
    *,
    worker_name: str,
    worker_role: str,
    worker_patch: str,
    made_up: bool,
    clock: Clock,
    ids: Ids,
    cost: Cost | None,
) -> Created:
    """Make records in `folder` for a worker, and their keys; return the keys.

    Raises what `setting_up` and `vault.create` raise.
    """
    with setting_up(folder) as place:
        made = vault.create(place, passphrase, made_up=made_up, cost=cost)
        cipher.connect(place / RECORDS, made.data_key, create=True).close()
        connections = Connections(place / RECORDS, made.data_key, lambda: milliseconds(clock()))
        try:
            migrating.migrate(connections.writer, connections.writer_state)
            whose = schema.Worker(id=ids(), name=worker_name, role=worker_role, patch=worker_patch)
            dev = ids().replace("-", "")[-16:]
            connections.writer.execute(
                "INSERT INTO sync_device (only_one, dev, n, stamp, worker_id) "
                "VALUES (1, ?, 0, 0, ?)",
                (dev, whose.id),
            )
            connections.writer_state.actor = whose.id
            hand = Hand(whose.id, clock, ids)
            with written(connections, Watchers(), hand, Act("set up", kind="quiet")) as tx:
                tx.add(whose)
        finally:
            connections.close()
    prove(folder, made.data_key)
    return made
