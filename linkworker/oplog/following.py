"""Where a scope stands after this laptop's own writes: it need not fetch what it sent.

With its answer to a push the hub says where each scope stood then, as the start of its checksum.
Where this laptop comes to the same from where it stood and what it sent, nobody else wrote in
between, and it stands there now. Where it does not, it asks for what came, as ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from linkworker.oplog.chain import START, begins_as, chain
from linkworker.oplog.operations import Operation

KEEP_PLACE = """INSERT INTO sync_cursor (scope, hub_seq, checksum, proof) VALUES (?, ?, ?, ?)
ON CONFLICT (scope) DO UPDATE SET hub_seq = excluded.hub_seq, checksum = excluded.checksum,
    proof = excluded.proof"""
"""Keeps how far a scope is known, and the hub's seal on that place."""


def follow(
    connection: Any, held: Sequence[Operation], places: Iterable[tuple[int, str, str]]
) -> None:
    """Go on to where the hub stood after it took in `held`, wherever nothing else lies between.

    `places`: the number of the last of them in a scope, the scope's checksum there, and its proof.
    """
    of_scope: dict[str, list[Operation]] = {}
    for op in held:
        if op.hub_seq is not None and op.hub_seq > 0:
            of_scope.setdefault(op.scope, []).append(op)
    last_of = {max(op.n for op in ops): scope for scope, ops in of_scope.items()}
    for n, said, proof in places:
        if n in last_of:
            _go_on(connection, of_scope[last_of[n]], said, proof)


def _go_on(connection: Any, ops: list[Operation], said: str, proof: str) -> None:
    scope = ops[0].scope
    seq, before = connection.execute(
        "SELECT hub_seq, checksum FROM sync_cursor WHERE scope = ?", (scope,)
    ).fetchone() or (0, START)
    ops.sort(key=lambda op: op.hub_seq or 0)
    if [op.hub_seq for op in ops] != list(range(seq + 1, seq + 1 + len(ops))):
        return
    checksum = chain(before, ops)[-1]
    if begins_as(said, checksum):
        connection.execute(KEEP_PLACE, (scope, seq + len(ops), checksum, proof))
