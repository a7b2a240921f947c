"""Open differences of the store: what waits, settling it within an act, and undo of that."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from linkworker import schema
from linkworker.oplog import differences
from linkworker.oplog.capture import Capturing
from linkworker.oplog.differences import Difference
from linkworker.oplog.shapes import Shape, shapes_of
from linkworker.oplog.undo import Settling
from linkworker.schema import describing


@cache
def shapes() -> Mapping[str, Shape]:
    """Return the shapes of the synced tables of this release."""
    return shapes_of(describing.shapes())


def settle(raw: Any, state: Capturing, looked_at: Difference, values: Mapping[str, Any]) -> None:
    """Settle a difference within an act; the values are cleaned as the columns hold them.

    Raises `ChangedMeanwhile` where other versions stand than those that were looked at.
    """
    shape = shapes()[looked_at.tbl]
    differences.refuse_changed(raw, shape, looked_at)
    chosen = {
        name: None if values[name] is None else shape.cleaned(name, values[name])
        for name in shape.groups[looked_at.group]
    }
    differences.settle(raw, state, shape, looked_at.pk, looked_at.group, chosen, schema.VERSION)


def for_undo(raw: Any, state: Capturing) -> Settling:
    """Return how undo settles and opens, in these records."""

    def again(tbl: str, pk: str, group: str, values: dict[str, Any]) -> bool:
        if not differences.is_open(raw, tbl, pk, group):
            return False
        differences.settle(raw, state, shapes()[tbl], pk, group, values, schema.VERSION)
        return True

    def reopen(op: str, tbl: str) -> set[str]:
        return differences.reopen(raw, state, shapes()[tbl], op, schema.VERSION)

    return Settling(again, reopen)
