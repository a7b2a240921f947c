"""What this device has to send: unsent operations in their order, their bodies filled in.

An insert-only row is its own body and is read from the row when it is sent; everything else was
kept as it was written. A number whose content was erased before it could be sent goes out as a
void, or the hub would wait for it for ever.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from linkworker import scopes
from linkworker.oplog.capture import body_hash
from linkworker.oplog.limits import MOST_BODY
from linkworker.oplog.log import COLUMNS, from_row
from linkworker.oplog.operations import Operation
from linkworker.oplog.shapes import Shape


def device(connection: Any) -> tuple[str, int]:
    """Return this device's id and the number of its last operation."""
    dev, n = connection.execute("SELECT dev, n FROM sync_device").fetchone()
    return str(dev), int(n)


def unsent(
    connection: Any, shapes: Mapping[str, Shape], after: int = 0, most: int = 1_000
) -> Iterator[Operation]:
    """Give this device's operations that no hub acknowledged, from number `after` on, in order."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM sync_op WHERE hub_seq IS NULL AND n > ? "
        "AND dev = (SELECT dev FROM sync_device) ORDER BY n LIMIT ?",
        (after, most),
    ).fetchall()
    for row in rows:
        op = from_row(row)
        if op.body is None and op.kind != "void":
            op = filled(connection, op, shapes)
        if len(op.body or "") > MOST_BODY:  # of an older release: it must hold up nothing else
            op = replace(op, kind="void", body=None, base={})
        yield op


def filled(connection: Any, op: Operation, shapes: Mapping[str, Shape]) -> Operation:
    """Return the operation with the body that its row holds.

    The row may have been hidden since; it was put in sight. After a migration the body has columns
    that the hash did not cover: the hash stays the one captured, by which the hub knows it again.
    """
    shape = shapes.get(op.tbl)
    if shape is None or op.kind != "put":
        return op  # a later release's, or not read: it is as it came
    for hidden in ("NULL", "hidden_at"):
        row = connection.execute(
            f'SELECT {body_sql(shape, hidden)} FROM "{op.tbl}" WHERE id = ?', (op.pk,)
        ).fetchone()
        if row is None:
            return replace(op, kind="void", base={})
        if body_hash(row[0]) == op.hash:
            break
    return replace(op, body=row[0])


def body_sql(shape: Shape, hidden: str = "hidden_at") -> str:
    """Return the SQL expression of a row as JSON, spelled as capture spells it."""

    def spelled(name: str) -> str:
        return f"'{name}', " + (hidden if name == "hidden_at" else f'"{name}"')

    groups = (
        f"'{group}', json_object({', '.join(spelled(name) for name in columns)})"
        for group, columns in shape.groups.items()
    )
    return f"json_object({', '.join(groups)})"


def give_to(connection: Any, organisation: str, shapes: Mapping[str, Shape]) -> None:
    """Make the notes that were never sent those of another organisation: a laptop joins its team.

    No hub has them under their old scope, so nobody's row changes its scope. The caller holds a
    transaction with capture off.
    """
    waits = "hub_seq IS NULL AND tbl = ? AND dev = (SELECT dev FROM sync_device)"
    for shape in shapes.values():
        if shape.scope != "organisation":
            continue
        begun = connection.execute(
            f"SELECT n, pk FROM sync_op WHERE {waits} AND kind = 'put'", (shape.name,)
        ).fetchall()
        for n, pk in begun:
            (op,) = unsent(connection, shapes, n - 1, 1)
            if op.body is None:
                continue
            groups = op.groups | {"organisation": {"organisation": organisation}}
            body = json.dumps(groups, ensure_ascii=False, separators=(",", ":"))
            connection.execute(
                f'UPDATE "{shape.name}" SET organisation = ? WHERE id = ?', (organisation, pk)
            )
            connection.execute(
                "UPDATE sync_op SET hash = ?, body = iif(body IS NULL, NULL, ?) "
                "WHERE n = ? AND dev = (SELECT dev FROM sync_device)",
                (body_hash(body), body, n),
            )
            connection.execute(
                f"UPDATE sync_op SET scope = ? WHERE {waits} AND pk = ?",
                (scopes.part(scopes.person_of(op.scope), organisation), shape.name, pk),
            )
