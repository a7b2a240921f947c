"""Done: the note, its contact and what the panel showed go into the records, in one act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linkworker.caseload.notes import correct_note, write_note
from linkworker.rules.note.becoming import Understanding
from linkworker.rules.note.settling import Settled
from linkworker.screens.note_meeting import Meeting

if TYPE_CHECKING:
    from linkworker.store import Store

LABEL = "the note"
"""What undo calls it: never a name."""


@dataclass(frozen=True)
class Written:
    """What is to be written: taken when *done* was pressed, so that nothing changes meanwhile."""

    understanding: Understanding
    meeting: Meeting
    corrects: str = ""
    draft_id: str = ""
    """The draft that it was, which goes in the same act: a note is never done and begun at once."""


def left_in_words(settled: Settled, *, half_answered: bool = False) -> str:
    """Return what stays text unless it is answered, and what to press.

    With `half_answered` an answer of one's own was begun that is none yet.
    """
    begun = "An answer is begun and not taken: Tab goes to it, Enter takes it."
    count = len({one.line for one in settled.unclear})
    if not count:
        return f"{begun} Ctrl+S again keeps the note without it."
    lines = "One marked line waits" if count == 1 else f"{count} marked lines wait"
    stays = "it stays text" if count == 1 else "they stay text"
    said = (
        f"{lines} for an answer: Tab goes to it. Ctrl+S again keeps the note as it is, and {stays}."
    )
    return f"{begun} {said}" if half_answered else said


def saved_in_words(left: int) -> str:
    """Return what is said when the note is kept; `left` lines of it stayed text."""
    if not left:
        return "Saved. Undo with Ctrl+Z."
    stayed = "One line stayed text." if left == 1 else f"{left} lines stayed text."
    return f"Saved. {stayed} Undo with Ctrl+Z."


def not_here_in_words(in_team: bool, went: bool) -> str:
    """Return what is said when the person of a note is not on this laptop any more.

    `went`: a sync handed the words in already.
    """
    gone = "They are not on this laptop any more, so the note is not in their record."
    if went:
        return f"{gone} What you typed went to your team lead, who lets it in. Esc leaves."
    if in_team:
        return (
            f"{gone} What you typed is kept, and goes to your team lead, who lets it in, with the "
            "next sync. Esc leaves."
        )
    return f"{gone} What you typed is kept as a draft. Esc leaves."


def write(store: Store, written: Written) -> int:
    """Write it, in a thread, as one act; returns how many of its lines stayed text."""
    understanding = written.understanding
    with store.write(LABEL, person=understanding.known.people[0].id) as tx:
        if written.corrects:
            done = correct_note(tx, written.corrects, understanding, instead=True)
        else:
            done = write_note(tx, understanding, written.meeting.facts)
        tx.drop_draft(written.draft_id)
    return len({one.line for one in done.unclear})
