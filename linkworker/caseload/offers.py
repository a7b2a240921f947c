"""What somebody agreed to have offered to colleagues' people, in words that name nobody.

Asked for each strength, apart from being asked here, and taken back as easily: who takes back that
they may be asked takes back this too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linkworker import schema
from linkworker.caseload.names_nobody import need_to_name_nobody
from linkworker.caseload.writing import NotFound, NotSuch, needed

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx


def offer(tx: WriteTx, strength_id: str, words: str, *, area: str = "") -> str:
    """Offer a strength to colleagues' people, or say it in other words; return the offer's id.

    `words` are what the team reads. What was taken back and is offered again is a new offer, with a
    day of its own. Raises `NotFound`, `NamesSomebody`, and `NotSuch` where the
    person has not said that they may be asked.
    """
    there = _strength(tx, strength_id)
    person_id, may_ask, before = there
    if may_ask != "yes":
        raise NotSuch(
            "It was not offered.",
            "They have not said that they are happy to be asked.",
            "Ask them first, and say so on the strength.",
        )
    words = needed(words, "offer")
    need_to_name_nobody(tx, f"{words} {area}", person_id)
    if before and stands(tx, before):
        tx.change(schema.Offer, before, words=words, area=area)
        return before
    made = str(tx.add(schema.Offer(words=words, area=area, worker_id=tx.worker_id)).id)
    tx.change(schema.Strength, strength_id, offer_id=made)
    return made


def withdraw(tx: WriteTx, strength_id: str) -> bool:
    """Take an offer back; False where there was none. Raises `NotFound`."""
    _, _, offer_id = _strength(tx, strength_id)
    if not offer_id or not stands(tx, offer_id):
        return False
    tx.change(schema.Offer, offer_id, withdrawn_on=tx.today)
    return True


def withdraw_all(tx: WriteTx, person_id: str) -> None:
    """Take back whatever is offered of somebody: nobody asks them while no one walks alongside."""
    sql = """SELECT o.id FROM strength s JOIN offer o ON o.id = s.offer_id
        WHERE s.person_id = ? AND o.hidden_at IS NULL AND o.withdrawn_on IS NULL"""
    for (offer_id,) in tx.rows(sql, (person_id,)):
        tx.change(schema.Offer, str(offer_id), withdrawn_on=tx.today)


def stands(tx: ReadTx, offer_id: str) -> bool:
    """Say whether an offer is open to colleagues."""
    sql = "SELECT 1 FROM offer WHERE id = ? AND hidden_at IS NULL AND withdrawn_on IS NULL"
    return tx.value(sql, (offer_id,)) is not None


def _strength(tx: ReadTx, strength_id: str) -> tuple[str, str, str]:
    found = tx.one(
        "SELECT person_id, may_ask, offer_id FROM strength WHERE id = ? AND hidden_at IS NULL",
        (strength_id,),
    )
    if found is None:
        raise NotFound(
            "Nothing was offered.",
            "This strength is not there: it was removed, or never was.",
            "Look at the person again and choose from what stands there.",
        )
    person_id, may_ask, offer_id = found
    return str(person_id), str(may_ask), str(offer_id)
