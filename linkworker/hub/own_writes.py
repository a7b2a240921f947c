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
from linkworker.hub import unreadable
from linkworker.hub.believing import THE_HUB
from linkworker.hub.identifying import SAME, Named
from linkworker.hub.ledger import Ledger
from linkworker.oplog.capture import body_hash
from linkworker.oplog.operations import Operation
from linkworker.schema import VERSION
from linkworker.schema.describing import shapes


class OwnWrites:
    """The hub's own device."""

    def __init__(
        self, ledger: Ledger, now_ms: Callable[[], int], new_id: Callable[[], str]
    ) -> None:
        self._ledger = ledger
        self.now_ms = now_ms
        """The present instant (ms)."""
        self._new_id = new_id

    def same_person(self, tx: Any, person: str, other: str, shown: str, reason: str) -> None:
        """Write on a record that another is of the same person."""
        self.put(
            *(tx, f"person:{person}", SAME),
            person_id=person,
            other_person_id=other,
            shown_person_id=shown,
            reason=reason,
            decided_on=self._now().date().isoformat(),
        )

    def put(self, tx: Any, scope: str, table: str, pk: str = "", **values: Any) -> str:
        """Put a row of a table for whoever holds `scope`; return its id, a new one if none is said.

        `values` are as the store holds them, words cleaned already.
        """
        (shape,) = (one for one in shapes() if one.name == table)
        row = {column.name: column.default for column in shape.columns}
        row |= {"recorded_at": to_text(self._now()), **values}
        body = {group: {name: row[name] for name in names} for group, names in shape.groups.items()}
        pk = pk or self._new_id()
        self._write(tx, scope, table, pk, "put", body, {})
        return pk

    def take_back(self, tx: Any, person: str, named: Named) -> None:
        """Take back that a record names another."""
        body = {"hidden": {"hidden_at": to_text(self._now())}}
        self._write(tx, f"person:{person}", SAME, named.row, "del", body, dict(named.heads))

    def _write(
        self,
        tx: Any,
        scope: str,
        table: str,
        pk: str,
        kind: str,
        body: dict[str, Any],
        base: dict[str, Any],
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
                stamp=self.now_ms(),
                scope=scope,
                tbl=table,
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
        return datetime.fromtimestamp(self.now_ms() / 1000, UTC)


def written(tx: Any, scope: str, table: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a table that the hub put into a scope, by id: columns and their values."""
    found: dict[str, dict[str, Any]] = {}
    for (wire,) in tx.rows(
        "SELECT wire FROM hub_op WHERE scope = ? AND worker = ? ORDER BY seq", (scope, THE_HUB)
    ):
        op = unreadable.read(wire)
        if op and (op.tbl, op.kind) == (table, "put"):
            groups = op.groups.values()
            found[op.pk] = {name: value for group in groups for name, value in group.items()}
    return found
