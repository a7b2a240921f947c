"""The worker whose notebook it is: their name, as it stands in what they promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linkworker import schema
from linkworker.caseload.writing import needed
from linkworker.text import one_line

if TYPE_CHECKING:
    from linkworker.schema.columns import Row
    from linkworker.store import ReadTx, WriteTx


def own_name(tx: ReadTx) -> str:
    """Return the name of the worker who has it open."""
    return str(tx.value("SELECT name FROM worker WHERE id = ?", (tx.worker_id,)) or "")


def call_me(tx: WriteTx, name: str) -> None:
    """Put the worker's own name right. Raises `NothingSaid` where there are no words in it."""
    tx.change(schema.Worker, tx.worker_id, name=one_line(needed(name, "name")))


def hand_own_over(tx: WriteTx, worker_id: str) -> None:
    """Have what is this worker's here be that of the worker they are on their other laptops."""
    owned: tuple[tuple[type[Row], str], ...] = (
        (schema.SupportPeriod, "worker_id"),
        (schema.Contact, "worker_id"),
        (schema.Appointment, "worker_id"),
        (schema.Step, "who_worker_id"),
    )
    for table, column in owned:
        for (id_,) in tx.rows(
            f'SELECT id FROM "{table.__tablename__}" WHERE "{column}" = ? AND hidden_at IS NULL',
            (tx.worker_id,),
        ):
            tx.change(table, id_, **{column: worker_id})
    tx.hide(schema.Worker, tx.worker_id)
