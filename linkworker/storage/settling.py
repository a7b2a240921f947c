"""Open differences of the store: what waits, settling it within an act, and undo of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from linkworker import schema
from linkworker.clock import milliseconds, to_text
from linkworker.oplog import differences
from linkworker.oplog import undo as undoing
from linkworker.oplog.capture import Capturing
from linkworker.oplog.differences import Difference
from linkworker.oplog.shapes import Shape, shapes_of
from linkworker.oplog.undo import NewerStands, Settling
from linkworker.refusal import Refused
from linkworker.schema import describing

if TYPE_CHECKING:
    from linkworker.storage.connections import Connections
    from linkworker.storage.transaction import WriteTx


class CannotHold(Refused):
    """A field was to hold what it cannot: a number for words, words for a day."""

    def __init__(self) -> None:
        super().__init__(
            "That was not settled.",
            "A field was given what it cannot hold, such as a number for words.",
            "Give each field what its versions have: 'linkworker conflicts --json' shows them.",
        )


@cache
def shapes() -> Mapping[str, Shape]:
    """Return the shapes of the synced tables of this release."""
    return shapes_of(describing.shapes())


def settle(raw: Any, state: Capturing, looked_at: Difference, values: Mapping[str, Any]) -> None:
    """Settle a difference within an act; the values are cleaned as the columns hold them.

    Raises `ChangedMeanwhile` where other versions stand than those that were looked at, and
    `CannotHold`.
    """
    shape = shapes()[looked_at.tbl]
    differences.refuse_changed(raw, shape, looked_at)
    if not all(shape.holds(name, values[name]) for name in shape.groups[looked_at.group]):
        raise CannotHold
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


def take_back(
    tx: WriteTx,
    connections: Connections,
    choose: Callable[[Any], undoing.Act],
    found: undoing.Act,
) -> None:
    """Write what takes an act back, if `choose` still chooses it.

    Raises `DoneMeanwhile`, and `NewerStands`, saying who wrote it and when.
    """
    raw = connections.writer
    undoing.refuse_another(choose, raw, found)
    settling = for_undo(raw, connections.writer_state)
    try:
        undoing.compensate(raw, found, to_text(tx.now), schema.POINTERS, settling)
    except NewerStands as newer:
        name = tx.value("SELECT name FROM worker WHERE id = ?", (newer.actor,))
        now_ms = milliseconds(tx.now)
        raise NewerStands(newer.actor, newer.at_ms, name or "", now_ms) from None
