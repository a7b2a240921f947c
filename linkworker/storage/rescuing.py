"""Saving what still reads of damaged records into a new folder, which then opens like any other.

The damaged folder is left as it is. The new one has the same key file, so the same passphrase and
recovery key open it, and counts as another device: the old one's operations may have gaps, and two
folders must never number theirs alike.
"""

from __future__ import annotations

from pathlib import Path

from linkworker import cipher, schema, vault
from linkworker.clock import Ids
from linkworker.salvage import Salvaged, salvage
from linkworker.storage import searching
from linkworker.storage.connections import RECORDS
from linkworker.storage.setting_up import setting_up


def rescue(folder: Path, data_key: bytes, new: Path, ids: Ids) -> Salvaged:
    """Save every row that reads in `folder`'s records to a store in `new`; say what was lost.

    Slow: for a thread or a command. Raises `AlreadyThere` where `new` has records, `CannotRead`
    where only a backup helps, `NoDatabase`, `NetworkPath`, `DiskFull`, `ReadOnlyFolder`.
    """
    if not (folder / RECORDS).exists():
        raise cipher.NoDatabase
    with setting_up(new) as place:
        found = salvage(folder / RECORDS, data_key, place / RECORDS)
        vault.copy_keys(folder, place)
        records = cipher.connect(place / RECORDS, data_key)
        try:
            records.execute(
                "INSERT INTO sync_device (only_one, dev, n, stamp, worker_id) SELECT 1, ?, 0, "
                "coalesce((SELECT max(stamp) FROM sync_op), 0), "
                "coalesce((SELECT id FROM worker ORDER BY recorded_at LIMIT 1), '') "
                "ON CONFLICT (only_one) DO UPDATE SET dev = excluded.dev, n = 0, "
                "stamp = max(stamp, excluded.stamp)",
                (ids().replace("-", "")[-16:],),
            )
            # A page lost from the records or from the index would leave each with what the other
            # has not: the records are what counts.
            records.execute("BEGIN IMMEDIATE")
            for statement in searching.rebuild_sql(schema.all_tables()):
                records.execute(statement)
            records.execute("COMMIT")
            cipher.checkpoint(records)
        finally:
            records.close()
    return found
