"""What a correction starts from: the words as they stand, and the records that came of them.

A note is never rewritten: the correction is a note beside it, which begins with its words. A marked
line that is left as it is adds nothing twice. The record of a line that is changed or taken out
goes in the same act, where nothing has been done with it since; any other stays, and is named.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linkworker.caseload import hopes, safety, steps
from linkworker.caseload.reading import rows
from linkworker.rules.marks import KINDS, SIGNS, sign_of
from linkworker.rules.note.becoming import Understanding
from linkworker.text import folded

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

_REMOVES = {
    "strength": hopes.remove_strength,
    "goal": hopes.remove_goal,
    "step": steps.remove_step,
    "in_the_way": hopes.remove_in_the_way,
    "looked_for": hopes.remove_looked_for,
    "contribution": hopes.remove_contribution,
    "safety_statement": safety.remove_statement,
}
"""How the record of a line goes, by its table; who and what they are with stays."""


_SETTLED = {
    "goal": "state <> 'open'",
    "step": "state <> 'open'",
    "in_the_way": "cleared_on IS NOT NULL",
    "looked_for": "answered_on IS NOT NULL",
    "safety_statement": "ended_on IS NOT NULL",
}
"""When a record has a life of its own, by its table, though the log here tells nothing of it: it
came with a caseload from elsewhere."""


@dataclass(frozen=True)
class LineBefore:
    """One marked line of the note that is put right, and the record that came of it."""

    kind: str
    """One of the values of `marks.KINDS`."""
    words: str
    """As they stand after the sign."""
    target: str
    target_id: str
    may_go: bool
    """Whether the record came of this note alone and nothing was done with it since."""

    @property
    def sign(self) -> str:
        """The sign with which the line begins."""
        return SIGNS[self.kind]


def latest(tx: ReadTx, note_id: str) -> str:
    """Return the note in which these words stand now: the last correction, or the note itself."""
    sql = """SELECT id FROM note WHERE corrects = ? AND hidden_at IS NULL
        ORDER BY recorded_at DESC, id DESC LIMIT 1"""
    passed = {note_id}
    while (later := tx.value(sql, (note_id,))) is not None and later not in passed:
        note_id = str(later)
        passed.add(note_id)
    return note_id


_BEFORE = """WITH RECURSIVE before (id) AS (
    SELECT ?1 UNION SELECT n.corrects FROM note n JOIN before ON n.id = before.id
    WHERE n.corrects IS NOT NULL)"""
"""A note, and every note that it puts right."""

_MARKS = f"""{_BEFORE}
SELECT m.kind, m.words, m.target, m.target_id, NOT EXISTS (
    SELECT 1 FROM note_mark other WHERE other.target_id = m.target_id
    AND other.note_id NOT IN (SELECT id FROM before) AND other.hidden_at IS NULL)
FROM note_mark m WHERE m.note_id IN (SELECT id FROM before) AND m.hidden_at IS NULL
AND m.kind <> 'kept apart' ORDER BY m.note_id, m.ordinal, m.id
"""

_STEPS_UNDER = "SELECT 1 FROM step WHERE goal_id = ? AND hidden_at IS NULL"
"""Steps that were hung on a hope: without it they would hang on nothing."""


def lines_before(tx: ReadTx, note_id: str) -> tuple[LineBefore, ...]:
    """Return the marked lines of a note, and of what it puts right, whose records still stand.

    What is kept apart is not among them: its words are not in the note.
    """
    found = rows(tx, LineBefore, _MARKS, (note_id,))
    return tuple(
        LineBefore(one.kind, one.words, one.target, one.target_id, _may_go(tx, one, note_id))
        for one in found
        if _stands(tx, one)
    )


def _stands(tx: ReadTx, one: LineBefore) -> bool:
    sql = f"SELECT 1 FROM {one.target} WHERE id = ? AND hidden_at IS NULL"
    return tx.value(sql, (one.target_id,)) is not None


def _may_go(tx: ReadTx, one: LineBefore, note_id: str) -> bool:
    """Say whether the record came of this note alone, and nothing was done with it since."""
    if not one.may_go or one.target not in _REMOVES or one.kind == "became":
        return False
    settled = _SETTLED.get(one.target, "0")
    if tx.value(f"SELECT {settled} FROM {one.target} WHERE id = ?", (one.target_id,)):
        return False
    came_of = tx.value(f"SELECT from_note FROM {one.target} WHERE id = ?", (one.target_id,))
    if one.target == "goal" and tx.value(_STEPS_UNDER, (one.target_id,)) is not None:
        return False
    own = tx.value(f"{_BEFORE} SELECT 1 FROM before WHERE id = ?2", (note_id, came_of)) is not None
    return own and not tx.changed_since_written(one.target, one.target_id)


def no_longer_there(
    before: Collection[LineBefore], understanding: Understanding
) -> tuple[LineBefore, ...]:
    """Return the lines that do not stand in the text any more.

    A line that only says the same in another way, and so means the same record, is still there.
    """
    there = set()
    for line in understanding.reading.lines:
        sign = line.sign or sign_of(line.words)
        words = line.words if line.sign else line.words.strip()[len(sign) :].strip()
        there.add((KINDS.get(sign, ""), folded(words)))
    stand = [one for one in before if (one.kind, folded(one.words)) in there]
    meant = {one.target for one in understanding.becomings}
    needed = meant | {one.target_id for one in stand}
    return tuple(
        one
        for one in before
        if one not in stand and one.target_id not in (needed if one.may_go else meant)
    )


def take_out(tx: WriteTx, gone: Collection[LineBefore]) -> None:
    """Take away the records of lines that are gone, where they may go."""
    once = {one.target_id: one.target for one in gone if one.may_go}
    for target_id, target in once.items():
        _REMOVES[target](tx, target_id)
