"""Acts: one thing that a person did is one transaction, kept whole or not at all, with its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from linkworker.clock import Clock, Ids
from linkworker.oplog.limits import TooLong
from linkworker.save_marks import begin_save
from linkworker.storage.connections import Connections
from linkworker.storage.faults import in_plain_words
from linkworker.storage.transaction import WriteTx
from linkworker.storage.watching import Watchers


@dataclass(frozen=True)
class Hand:
    """Who writes. The device is asked of the records: a sync may have given it another id."""

    worker_id: str
    clock: Clock
    ids: Ids


@dataclass(frozen=True)
class Act:
    """What an act is called, for undo."""

    label: str
    person_id: str = ""
    kind: str = "do"
    """"do", "undo", "redo", or "quiet" for what is no step of undo."""
    undoes: str | None = None


@contextmanager
def written(
    connections: Connections, watchers: Watchers, hand: Hand, act: Act
) -> Iterator[WriteTx]:
    """Lend a transaction for one act, and tell the watchers once it is kept.

    Every fault of the disk or the database comes out as a `Refused` in plain words; `TooLong` says
    that a row holds more than could ever be sent.
    """
    state = connections.writer_state
    with connections.turn() as raw:
        if state.act:
            raise RuntimeError("an act within an act")
        state.too_long = False
        try:
            if not raw.in_transaction:
                begin_save(raw)
            dev, n = raw.execute("SELECT dev, n FROM sync_device").fetchone()
            state.act = f"{dev}:{n + 1}"
            yield WriteTx(raw, hand.clock(), hand.worker_id, hand.ids, state)
            _name_act(raw, state.act, n, hand, act)
            if connections.many_acts:
                return
            raw.execute("COMMIT")
        except BaseException as error:
            connections.take_back(error)
            raise (TooLong() if state.too_long else in_plain_words(error)) from None
        finally:
            state.act = ""
        change = watchers.change_untold(raw)
    watchers.tell(change)


def _name_act(raw: Any, id_: str, n: int, hand: Hand, act: Act) -> None:
    raw.execute(
        "INSERT INTO sync_act (act, stamp, actor, label, person_id, kind, undoes) "
        "SELECT ?, stamp, ?, ?, ?, ?, ? FROM sync_device WHERE n > ?",
        (id_, hand.worker_id, act.label, act.person_id, act.kind, act.undoes, n),
    )


@contextmanager
def uncaptured(connections: Connections) -> Iterator[Any]:
    """Lend the writer for what is no act and stays on this laptop: a draft."""
    with connections.turn() as raw:
        try:
            begin_save(raw)
            yield raw
            raw.execute("COMMIT")
        except BaseException as error:
            connections.take_back(error)
            raise in_plain_words(error) from None
