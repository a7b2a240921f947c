"""What the hub writes into people's records itself: by the same log as everybody, as one device.

The device has an id of its own for each life of the hub: one that was put back from an older backup
must not number anew what laptops have under these numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from linkworker.clock import to_text
from linkworker.hub.identifying import SAME, Named
from linkworker.hub.ledger import Ledger
from linkworker.oplog.capture import body_hash
from linkworker.oplog.operations import Operation
from linkworker.schema import VERSION
from linkworker.schema.describing import shapes

THE_HUB = "the hub"
"""Who acts, and whose device it is."""


class OwnWrites:
    """The hub's own device."""

    def __init__(
        self, ledger: Ledger, now_ms: Callable[[], int], new_id: Callable[[], str]
    ) -> None:
        self._ledger = ledger
        self._now_ms = now_ms
        self._new_id = new_id

    def same_person(self, tx: Any, person: str, other: str, shown: str, reason: str) -> None:
        """Write on a record that another is of the same person."""
        now = self._now()
        row = {
            "recorded_at": to_text(now),
            "person_id": person,
            "other_person_id": other,
            "shown_person_id": shown,
            "reason": reason,
            "decided_on": now.date().isoformat(),
        }
        (shape,) = (one for one in shapes() if one.name == SAME)
        unsaid = {column.name: column.default for column in shape.columns}
        body = {
            group: {name: row.get(name, unsaid[name]) for name in names}
            for group, names in shape.groups.items()
        }
        self._write(tx, person, self._new_id(), "put", body, {})

    def take_back(self, tx: Any, person: str, named: Named) -> None:
        """Take back that a record names another."""
        body = {"hidden": {"hidden_at": to_text(self._now())}}
        self._write(tx, person, named.row, "del", body, dict(named.heads))

    def _write(
        self, tx: Any, person: str, pk: str, kind: str, body: dict[str, Any], base: dict[str, Any]
    ) -> None:
        dev = self._device(tx)
        n = int(tx.value("SELECT max(n) FROM hub_op WHERE dev = ?", (dev,)) or 0) + 1
        said = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        self._ledger.write_in(
            tx,
            Operation(
                dev=dev,
                n=n,
                act=f"{dev}:{n}",
                stamp=self._now_ms(),
                scope=f"person:{person}",
                tbl=SAME,
                pk=pk,
                kind=kind,
                body=said,
                base={group: tuple(ops) for group, ops in base.items()},
                hash=body_hash(said),
                schema_v=VERSION,
                actor=THE_HUB,
            ),
        )

    def _device(self, tx: Any) -> str:
        """Return the id of the hub's device in this life; no laptop can take it for its own."""
        epoch = str(tx.value("SELECT value FROM hub_meta WHERE name = 'epoch'", ()) or "")
        life, _, dev = str(
            tx.value("SELECT value FROM hub_meta WHERE name = 'device'", ()) or ""
        ).rpartition(" ")
        if dev and life == epoch:
            return dev
        dev = self._new_id().replace("-", "")[-16:]
        tx.execute(
            "INSERT INTO hub_meta (name, value) VALUES ('device', ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (f"{epoch} {dev}",),
        )
        tx.execute("INSERT INTO hub_device (dev, laptop) VALUES (?, ?)", (dev, THE_HUB))
        return dev

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._now_ms() / 1000, UTC)
