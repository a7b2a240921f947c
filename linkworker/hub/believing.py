"""What the hub makes of an operation that a laptop sends, before it asks who holds the scope.

A laptop is never refused for what it wrote, or it could send nothing any more: what is nobody's to
read keeps its number and nothing else, and what a lead must see waits (docs/decisions, 0019).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from linkworker.hub.grants import may_hold, names_of
from linkworker.oplog.operations import Operation
from linkworker.scopes import OUR_TEAM, is_organisation, part, parts, person_of, whose

THE_HUB = "the hub"
"""Who acts, and whose device it is, where the hub writes itself."""

RESTORED = "restored"
"""The name under which a hub remembers that it was once put back from a backup."""


THE_HUBS = frozenset({"organisation", "sharing_decision"})
"""What the hub alone writes: what an organisation is called, and who is let in to somebody by which
word. Else a laptop could have colleagues believe that the person agreed to what nobody opened."""


def is_nobodys(tx: Any, op: Operation, worker: str) -> bool:
    """Say whether an operation keeps its number alone: it is empty, of somebody who was erased, of
    another worker's own scope, or in the name of an organisation that is not here: nobody could let
    it in, for nobody could hold it."""
    if op.kind == "void" or is_erased(tx, op.scope):
        return True
    own = whose(op.scope)
    if own:
        return own not in own_names(tx, worker)
    person, name = parts(op.scope)
    return bool(person) and is_organisation(name) and not _walks_here(tx, name)


def _walks_here(tx: Any, organisation: str) -> bool:
    """Say whether an organisation is one of the hub's. A hub that was put back from a backup may
    have forgotten one: what is in its name waits."""
    if ("walks", organisation) not in tx.remembered:
        tx.remembered["walks", organisation] = (
            organisation == OUR_TEAM
            or tx.value("SELECT 1 FROM hub_organisation WHERE id = ?", (organisation,)) is not None
            or _was_restored(tx)
        )
    return bool(tx.remembered["walks", organisation])


def waits_for_a_lead(tx: Any, op: Operation, worker: str) -> bool:
    """Say whether an operation says what the hub itself says (`THE_HUBS`), or is on the row of the
    team that says who somebody else is. Whoever has reports only writes there of themselves alone.
    """
    if op.tbl in THE_HUBS:
        return worker != THE_HUB
    own = own_names(tx, worker)
    if (op.scope, op.tbl) != ("team", "worker") or op.pk in own:
        return False
    another = tx.value("SELECT 1 FROM hub_alias WHERE alias = ?", (op.pk,))
    return another is not None or not may_hold(tx, worker)


def with_known_base(tx: Any, op: Operation) -> Operation:
    """Return an operation that replaces nothing but what the hub holds in its scope.

    A laptop has seen of others only what the hub gave it: what names a write that is still to come
    would silence it. A hub that was put back from a backup has forgotten what laptops know, and
    takes their word.
    """
    known = {
        group: tuple(one for one in ops if _is_known(tx, one, op)) for group, ops in op.base.items()
    }
    if known == op.base or _was_restored(tx):
        return op
    return replace(op, base=known)


def _is_known(tx: Any, one: str, op: Operation) -> bool:
    dev, _, n = one.rpartition(":")
    if dev == op.dev:
        return int(n) < op.n
    found = tx.value(
        "SELECT 1 FROM hub_op WHERE dev = ? AND n = ? AND scope IN (?, '')", (dev, int(n), op.scope)
    )
    return found is not None


def _was_restored(tx: Any) -> bool:
    return tx.value("SELECT 1 FROM hub_meta WHERE name = ?", (RESTORED,)) is not None


def is_erased(tx: Any, scope: str) -> bool:
    """Say whether a scope was erased, or the person of whom it is a part."""
    if ("erased", scope) not in tx.remembered:
        person = part(person_of(scope))
        found = tx.value("SELECT 1 FROM hub_erased WHERE scope IN (?, ?)", (scope, person))
        tx.remembered["erased", scope] = found is not None
    return bool(tx.remembered["erased", scope])


def own_names(tx: Any, worker: str) -> set[str]:
    """Return the ids that a worker has on their laptops, asked once in a transaction."""
    if ("names", worker) not in tx.remembered:
        tx.remembered["names", worker] = names_of(tx, worker)
    names: set[str] = tx.remembered["names", worker]
    return names
