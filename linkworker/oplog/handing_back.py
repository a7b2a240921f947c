"""What a hub that was put back from an older backup forgot, and how a laptop hands it back.

With each page the hub gives a proof: its own seal on how far it has given the scope. In a new life
it takes back what such a proof covers, whoever wrote it: from the end of the chain backwards, a
page at a time, each page with the proof for the next. Nobody can put in anything else, because the
chain (`chain`) ties everything that was said to the place that the hub itself has sealed.

A claim is kept until a whole sync in the new life is through: the hub may be put back once more,
and nobody say so. So with each page the hub says where its last write stands now: a hub that does
not know that place any more has forgotten what was handed back, and gets all of it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from linkworker.oplog.chain import START, chain
from linkworker.oplog.log import COLUMNS, from_row
from linkworker.oplog.operations import Operation
from linkworker.oplog.outgoing import filled
from linkworker.oplog.shapes import Shape

PROVEN_EVERY = 15
"""Operations after which the hub gives a proof, and at the end of each part."""

ELSEWHERE = -1
"""Stands for an operation's place in its scope where the hub had it in an earlier life."""


@dataclass(frozen=True)
class Claim:
    """Up to where the hub once gave a scope to this laptop, and what of it is to be looked at."""

    epoch: str
    """The life in which it was given."""
    scope: str
    seq: int
    """The place of the last operation of which the hub has not said yet that it knows it again."""
    checksum: str
    proof: str
    met: tuple[int, str] = (0, "")
    """Where in this life the last of what was handed back stands: its number and the scope's
    checksum there; number 0 where nothing was."""


@dataclass(frozen=True)
class Offer:
    """Operations of a scope as the hub once gave them, up to the place `seq`, with its proof."""

    scope: str
    seq: int
    checksum: str
    """The scope's checksum after the last of them."""
    proof: str
    before: str
    """The checksum before the first of them."""
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Answer:
    """What the hub says to an offer."""

    believed: bool
    """Whether the proof is the hub's own and covers the operations; if not, nothing was taken."""
    enough: bool
    """Whether the hub knows all that came before them."""
    proof: str
    """For the place before them."""
    place: tuple[int, str] = (0, "")
    """Where the last of them stands now (`Claim.met`)."""


def keep(connection: Any, was: str) -> None:
    """Keep in which order everything came in the life `was`, and the proofs of it.

    What was handed back since, and not read again, is to be handed back once more. A life that
    began to be kept already, because an older copy of the hub was put back within it, is kept once
    more beside that.
    """
    kept = {name for (name,) in connection.execute("SELECT DISTINCT epoch FROM sync_claim")}
    was = next(
        name
        for name in (was, *(f"{was}~{number}" for number in range(2, len(kept) + 3)))
        if name not in kept
    )
    connection.execute(
        "UPDATE sync_claim SET at_seq = seq, at_checksum = checksum, at_proof = proof, "
        "met_seq = 0, met_checksum = ''"
    )
    connection.execute(
        "INSERT INTO sync_claim (epoch, scope, seq, checksum, proof, at_seq, at_checksum, at_proof)"
        " SELECT ?1, scope, hub_seq, checksum, proof, hub_seq, checksum, proof FROM sync_cursor "
        "WHERE proof <> '' ON CONFLICT DO NOTHING",
        (was,),
    )
    connection.execute(
        "INSERT INTO sync_given (epoch, scope, seq, dev, n) "
        "SELECT ?1, o.scope, o.hub_seq, o.dev, o.n FROM sync_op o JOIN sync_claim c "
        "ON c.epoch = ?1 AND c.scope = o.scope WHERE o.hub_seq BETWEEN 1 AND c.seq "
        "ON CONFLICT DO NOTHING",
        (was,),
    )
    connection.execute("UPDATE sync_op SET hub_seq = ? WHERE hub_seq > 0", (ELSEWHERE,))


def claims(connection: Any) -> list[Claim]:
    """Return what is to be looked at, by scope; what was looked at whole too (`seq` 0), until a
    whole sync has gone through: the hub may have been put back once more meanwhile.
    """
    return [
        Claim(epoch, scope, seq, sum_, proof, (met, met_sum))
        for epoch, scope, seq, sum_, proof, met, met_sum in connection.execute(
            "SELECT epoch, scope, iif(at_seq OR met_seq, at_seq, seq), "
            "iif(at_seq OR met_seq, at_checksum, checksum), "
            "iif(at_seq OR met_seq, at_proof, proof), met_seq, met_checksum "
            "FROM sync_claim ORDER BY scope, epoch"
        ).fetchall()
    ]


def look_anew(connection: Any, claim: Claim) -> Claim:
    """Look at all of a claim once more: the hub has forgotten what was handed back of it."""
    where = (claim.epoch, claim.scope)
    connection.execute(
        "UPDATE sync_claim SET at_seq = seq, at_checksum = checksum, at_proof = proof, "
        "met_seq = 0, met_checksum = '' WHERE epoch = ? AND scope = ?",
        where,
    )
    return next(one for one in claims(connection) if (one.epoch, one.scope) == where)


def given(connection: Any, claim: Claim) -> list[Operation]:
    """Return the operations of a claim in the order in which they came, bodies not filled in.

    Empty where they are not what the claim says: then nothing can be handed back.
    """
    columns = ", ".join(f"o.{name}" for name in COLUMNS.split(", "))
    operations = [
        replace(from_row(row), hub_seq=None, hub_time=None)
        for row in connection.execute(
            f"SELECT {columns} FROM sync_given g JOIN sync_op o ON o.dev = g.dev AND o.n = g.n "
            "WHERE g.epoch = ? AND g.scope = ? AND g.seq <= ? ORDER BY g.seq",
            (claim.epoch, claim.scope, claim.seq),
        ).fetchall()
    ]
    whole = len(operations) == claim.seq and chain(START, operations)[-1:] == [claim.checksum]
    return operations if whole else []


def page(
    connection: Any,
    claim: Claim,
    operations: list[Operation],
    shapes: Mapping[str, Shape],
    most_bytes: int,
) -> Offer | None:
    """Return the last of a claim's operations (`given`), of about `most_bytes` together.

    None where the words of one are not here any more: then nothing can be shown to be whole.
    """
    taken: list[Operation] = []
    size = 0
    for op in reversed(operations[: claim.seq]):
        if op.kind == "put" and op.body is None:
            op = filled(connection, op, shapes)
            if op.body is None:
                return None
        size += len(op.body or "") + 300
        if taken and size > most_bytes:
            break
        taken.append(op)
    first = claim.seq - len(taken)
    before = [START, *chain(START, operations[:first])][-1]
    return Offer(
        claim.scope, claim.seq, claim.checksum, claim.proof, before, tuple(reversed(taken))
    )


def looked_at(connection: Any, claim: Claim, offer: Offer | None, answer: Answer | None) -> Claim:
    """Note what the hub said of a part of a claim; return what is left of it (`seq` 0: nothing)."""
    met = max(claim.met, answer.place) if answer is not None else claim.met
    left = replace(claim, seq=0, checksum=START, proof="", met=met)
    if offer is not None and answer is not None and answer.believed and not answer.enough:
        left = replace(
            left,
            seq=offer.seq - len(offer.operations),
            checksum=offer.before,
            proof=answer.proof,
        )
    connection.execute(
        "UPDATE sync_claim SET at_seq = ?, at_checksum = ?, at_proof = ?, met_seq = ?, "
        "met_checksum = ? WHERE epoch = ? AND scope = ?",
        (left.seq, left.checksum, left.proof, *met, claim.epoch, claim.scope),
    )
    return left


def is_claimed(connection: Any) -> bool:
    """Say whether anything is kept of an earlier life, looked at or not."""
    return connection.execute("SELECT 1 FROM sync_claim LIMIT 1").fetchone() is not None


def through(connection: Any) -> None:
    """Let go of the claims that were looked at: a whole sync has gone through since."""
    connection.execute(
        "DELETE FROM sync_given WHERE EXISTS (SELECT 1 FROM sync_claim c "
        "WHERE c.epoch = sync_given.epoch AND c.scope = sync_given.scope AND c.at_seq = 0)"
    )
    connection.execute("DELETE FROM sync_claim WHERE at_seq = 0")


def let_go(connection: Any, scope: str) -> None:
    """Forget the claims of a scope that leaves this laptop."""
    for table in ("sync_claim", "sync_given"):
        connection.execute(f"DELETE FROM {table} WHERE scope = ?", (scope,))
