"""Open differences: two people wrote without sight of each other, and both versions are kept.

To settle is a write like any other, whose base names every version that was looked at. A version
that comes later than the look is not covered by it, and opens the difference again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linkworker.oplog.capture import WHOLE_ROW, Capturing, body_hash
from linkworker.oplog.log import known
from linkworker.oplog.shapes import Shape
from linkworker.oplog.showing import HIDDEN, show, versions_of


@dataclass(frozen=True)
class Version:
    """One of the versions that stand: who wrote it where and when, and the group's values."""

    op: str
    actor: str
    dev: str
    at_ms: int
    values: Mapping[str, Any]
    removes: bool = False
    """Whether this version takes the row out of sight."""


@dataclass(frozen=True)
class Difference:
    """One group of one row of which several versions stand; the first is the one shown."""

    tbl: str
    pk: str
    group: str
    scope: str
    versions: tuple[Version, ...]


def open_differences(
    connection: Any, shapes: Mapping[str, Shape], scope: str = ""
) -> list[Difference]:
    """Return what waits to be settled, in one scope or in all."""
    where, values = ("WHERE scope = ?", (scope,)) if scope else ("", ())
    return [
        Difference(tbl, pk, group, of, tuple(_versions(connection, shapes[tbl], pk, group)))
        for tbl, pk, group, of in connection.execute(
            f"SELECT tbl, pk, grp, scope FROM sync_open {where} ORDER BY scope, tbl, pk, grp",
            values,
        ).fetchall()
        if tbl in shapes
    ]


def _versions(connection: Any, shape: Shape, pk: str, group: str) -> list[Version]:
    found = []
    for head, values in versions_of(connection, shape, pk, group):
        op = known(connection, head.op)
        if op is not None:
            removes = group == HIDDEN and values.get("hidden_at") is not None
            found.append(Version(head.op, op.actor, op.dev, head.shown_at, values, removes))
    return found


def settle(
    connection: Any,
    state: Capturing,
    shape: Shape,
    pk: str,
    group: str,
    values: Mapping[str, Any],
    schema_v: int,
) -> None:
    """Write what was chosen, inside an act: it replaces every version that stands now.

    Written here and not by the row's trigger, because the version shown may be the one chosen, and
    then the row does not change at all.
    """
    seen: dict[str, list[str]] = {}
    for grp, op in connection.execute(
        "SELECT grp, op FROM sync_head WHERE tbl = ? AND pk = ? ORDER BY grp, op",
        (shape.name, pk),
    ).fetchall():
        seen.setdefault(grp, []).append(op)
    removes = group == HIDDEN and values.get("hidden_at") is not None
    base = seen if removes else {group: seen.get(group) or seen[WHOLE_ROW]}
    (scope,) = connection.execute(
        "SELECT scope FROM sync_open WHERE tbl = ? AND pk = ? AND grp = ?", (shape.name, pk, group)
    ).fetchone()
    names = shape.groups[group]
    columns = ", ".join(f'"{name}"' for name in names)
    shown = connection.execute(
        f'SELECT {columns} FROM "{shape.name}" WHERE id = ?', (pk,)
    ).fetchone()
    body = _canonical({group: {name: values[name] for name in names}})
    connection.execute("UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now())")
    dev, n, stamp = connection.execute("SELECT dev, n, stamp FROM sync_device").fetchone()
    connection.execute(
        "INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, "
        "schema_v, actor, before) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            *(dev, n, state.act, stamp, scope, shape.name, pk, "del" if removes else "set"),
            *(body, _canonical(base), body_hash(body), schema_v, state.actor),
            _canonical({group: dict(zip(names, shown, strict=True))}),
        ),
    )
    connection.execute(
        "DELETE FROM sync_head WHERE tbl = ? AND pk = ? AND grp = ?", (shape.name, pk, group)
    )
    connection.execute(
        "INSERT INTO sync_head (tbl, pk, grp, op, stamp) VALUES (?, ?, ?, ?, ?)",
        (shape.name, pk, group, f"{dev}:{n}", stamp),
    )
    capturing, state.capturing = state.capturing, False
    try:
        show(connection, shape, pk)
    finally:
        state.capturing = capturing


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
