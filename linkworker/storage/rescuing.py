"""Saving what still reads of damaged records into a new folder, which then opens like any other.

The damaged folder is left as it is. The new one has the same key file, so the same passphrase and
recovery key open it, and counts as another device: the old one's operations may have gaps, and two
folders must never number theirs alike.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from linkworker import cipher, vault
from linkworker.clock import Clock, Ids, system_clock
from linkworker.oplog import forking
from linkworker.oplog.capture import Capturing, register
from linkworker.refusal import Refused
from linkworker.salvage import Salvaged, salvage
from linkworker.schema.describing import shapes
from linkworker.storage import key_events, searching
from linkworker.storage.connections import RECORDS
from linkworker.storage.setting_up import prove, setting_up
from linkworker.store import Store


def rescue(
    folder: Path, data_key: bytes, new: Path, ids: Ids, clock: Clock = system_clock
) -> Salvaged:
    """Save every row that reads in `folder`'s records to a store in `new`; say what was lost.

    Slow: for a thread or a command. Raises `AlreadyThere` where `new` has records, `CannotRead`
    where only a backup helps, `NoDatabase`, `NetworkPath`, `DiskFull`, `ReadOnlyFolder`.
    """
    if not (folder / RECORDS).exists():
        raise cipher.NoDatabase
    with setting_up(new) as place:
        # Where the records are a link, the log lies beside the file at its end.
        found = salvage((folder / RECORDS).resolve(), data_key, place / RECORDS)
        vault.copy_keys(folder, place, data_key)
        records = cipher.connect(place / RECORDS, data_key)
        try:
            state = Capturing(lambda: 0, capturing=False)  # nobody asks it for the time
            state.unindexed = set()  # it is made anew as a whole
            register(records, state)
            dev = ids().replace("-", "")[-16:]
            records.execute(
                "INSERT INTO sync_device (only_one, dev, n, stamp, worker_id) SELECT 1, ?, 0, "
                "coalesce((SELECT max(stamp) FROM sync_op), 0), "
                "coalesce((SELECT id FROM worker ORDER BY recorded_at LIMIT 1), '') "
                "ON CONFLICT (only_one) DO UPDATE SET stamp = max(stamp, excluded.stamp)",
                (dev,),
            )
            # A page lost from the records or from the index would leave each with what the other
            # has not: the records are what counts.
            records.execute("BEGIN IMMEDIATE")
            forking.go_on_as(records, dev, 1)  # what no hub has yet is still to be sent
            for statement in searching.rebuild_sql(shapes()):
                records.execute(statement)
            records.execute("COMMIT")
            cipher.checkpoint(records)
        finally:
            records.close()
        _tell_the_audit(place, data_key, ids, clock, found)
    prove(new, data_key)
    return found


def _tell_the_audit(place: Path, data_key: bytes, ids: Ids, clock: Clock, found: Salvaged) -> None:
    """Keep in the new records that they were rescued, and what of them was lost.

    Where too much is lost for them to open for writing, the audit holds no more than what read.
    """
    lost = {table.name: table.lost for table in found.tables if table.lost != 0}
    told = ", ".join(f"{name} {'?' if rows is None else rows}" for name, rows in lost.items())
    store = Store(place, clock=clock, ids=ids, alone=False)
    with contextlib.suppress(Refused):
        store.unlock_with_key(data_key)
        store.key_events.add(
            key_events.RESCUED, f"{found.saved} rows saved. Lost: {told or 'none'}."
        )
    store.lock()
