"""Saving a note with five marks, beside the same rows written by the bare driver.

The floor inserts exactly the rows that the note became, read back from its own operations, with
fresh ids, through the same triggers and the same index, and waits for the disk once, as the note
does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.caseloads import Caseloads
from benchmarks.measuring import Figure, in_turn, ratio_figure
from linkworker.caseload.notes import Facts, note_known, write_note
from linkworker.rules.marks import read_note
from linkworker.rules.note.understanding import understand
from linkworker.store import Store

WORDS = """We sat in the kitchen with the door open, because of the dog. She had rung twice by
herself and neither had answered, and she said "well, I've done my bit". We looked at the bus times.

+ keeps every promise she makes number {number}
* swim again before winter {number}
> {who}: ring the pool on Thursday {number}
~ the changing room has no bench {number}
= lent her neighbour the long ladder {number}
"""
"""A note with five marks; the number keeps each from being the one before it."""

NOTES = 20
"""Notes to a measurement: one alone is mostly the disk's mood."""


def _ours(store: Store, person: str, who: str) -> Callable[[], float]:
    count = 0

    def once() -> float:
        nonlocal count
        texts = []
        for _ in range(NOTES):
            count += 1
            texts.append(WORDS.format(number=count, who=who))
        with store.read() as tx:
            today = tx.today
            known = note_known(tx, [person], today)
        understood = [understand(read_note(text), known) for text in texts]
        begun = time.perf_counter()
        for understanding in understood:
            with store.write("a note", person=person) as tx:
                write_note(tx, understanding, Facts(tx.now, 50))
        return (time.perf_counter() - begun) * 1000 / NOTES

    return once


def _rows_of_last_act(store: Store) -> list[tuple[str, list[str], list[Any]]]:
    """Return the rows that the last act put: table, columns, values, in order."""
    raw = store._connections().another()
    act = raw.execute(
        "SELECT act FROM sync_act WHERE kind = 'do' ORDER BY stamp DESC LIMIT 1"
    ).fetchone()[0]
    rows = []
    for table, row_id in raw.execute(
        "SELECT tbl, pk FROM sync_op WHERE act = ? AND kind = 'put' ORDER BY n", (act,)
    ).fetchall():
        cursor = raw.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,))
        columns = [column[0] for column in cursor.description]
        rows.append((table, columns, list(cursor.fetchone())))
    raw.close()
    return rows


def _floor(store: Store) -> Callable[[], float]:
    rows = _rows_of_last_act(store)
    raw, state = store._connections().writer, store._connections().writer_state
    statements = [
        'INSERT INTO "{}" ({}) VALUES ({})'.format(
            table, ", ".join(f'"{column}"' for column in columns), ", ".join("?" for _ in columns)
        )
        for table, columns, _ in rows
    ]
    old_ids = [values[columns.index("id")] for _, columns, values in rows]

    def once() -> float:
        spent = 0.0
        for _ in range(NOTES):
            fresh = {old: store.ids() for old in old_ids}
            filled = [[fresh.get(value, value) for value in values] for _, _, values in rows]
            begun = time.perf_counter()
            raw.execute("BEGIN IMMEDIATE")
            state.act = fresh[old_ids[0]]
            for statement, values in zip(statements, filled, strict=True):
                raw.execute(statement, values)
            raw.execute(
                "INSERT INTO sync_act (act, stamp, actor, label, person_id, kind) "
                "VALUES (?, 0, '', 'a note', '', 'quiet')",
                (state.act,),
            )
            raw.execute("COMMIT")
            spent += time.perf_counter() - begun
            state.act = ""
        return spent * 1000 / NOTES

    return once


def save(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure on a store of ten years."""
    store = caseloads.ten_years()
    with store.read() as tx:
        person, called = tx.rows(
            "SELECT id, called FROM person WHERE hidden_at IS NULL AND called <> '' "
            "ORDER BY id LIMIT 1"
        )[0]
    ours = _ours(store, person, called)
    ours()
    yield ratio_figure(
        "save",
        "save a note with five marks",
        "the same rows, triggers and index by the bare driver",
        "ms",
        in_turn(ours, _floor(store), runs),
        2,
    )
