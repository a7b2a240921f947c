"""Notes at the shell: searching them, and writing one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from linkworker.clock import local_day, to_text
from linkworker.shell.opening import opened
from linkworker.shell.saying import say, say_json, tell, words_from_input
from linkworker.shell.usage import Typed, WrongUsage

if TYPE_CHECKING:
    from linkworker.caseload.notes import NoteWritten
    from linkworker.rules.note.settling import Unclear
    from linkworker.store import Hit

LIMIT = 50
MOST_HITS = 1000


def note(typed: Typed) -> int:
    """Write a note about somebody, its words and marks on standard input.

    Only what is unambiguous becomes a record; the other marked lines stay text in the note, are
    given back with what they ask, and the exit status is 1.
    """
    from linkworker.caseload import people
    from linkworker.caseload.notes import note_from_shell

    text = words_from_input("the note")
    with opened(typed) as store:
        with store.read() as tx:
            person_id = people.find_by_id(tx, typed.words[-1])
        with store.write("the note", person=person_id) as tx:
            written = note_from_shell(tx, person_id, text)
    if typed.has("--json"):
        say_json(_written_as_json(written, person_id))
    else:
        lines = "1 line" if len(written.marks) == 1 else f"{len(written.marks)} lines"
        say(f"The note was kept; {lines} of it went into the record.")
        for one in written.unclear:
            asks = " ".join(question.sentence for question in one.questions)
            say(f"Line {one.line + 1}: {asks}")
    if not written.unclear:
        return 0
    waiting = ", ".join(
        f"line {one.line + 1} ({' and '.join(question.topic for question in one.questions)})"
        for one in written.unclear
    )
    tell(f"Not every marked line was recorded; these stayed text: {waiting}.")
    return 1


def _written_as_json(written: NoteWritten, person_id: str) -> dict[str, Any]:
    return {
        "note": written.notes[person_id],
        "marks": [
            {
                "kind": mark.kind,
                "text": mark.words,
                "record": mark.target,
                "id": mark.target_id,
                "line": mark.line + 1,
            }
            for mark in written.marks
        ],
        "unclear": [_unclear_as_json(one) for one in written.unclear],
    }


def _unclear_as_json(one: Unclear) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "text": one.words,
        "line": one.line + 1,
        "asks": [
            {"question": asked.sentence, "choices": [choice.label for choice in asked.choices]}
            for asked in one.questions
        ],
    }


def search(typed: Typed) -> int:
    """Find what holds all the words given on standard input, the newest first."""
    limit = typed.value("--limit", str(LIMIT))
    if not limit.isascii() or not limit.isdigit() or not 0 < int(limit) <= MOST_HITS:
        raise WrongUsage(f"--limit needs a number from 1 to {MOST_HITS}.")
    words = words_from_input("the words to find").strip()
    with opened(typed) as store:
        hits = store.search(words, limit=int(limit))
    if typed.has("--json"):
        say_json([_as_json(hit) for hit in hits])
    else:
        for hit in hits:
            told, day = _as_json(hit), local_day(datetime.fromtimestamp(hit.when, UTC))
            say(f"{day}  {told['person']}  {told['kind']}: {told['snippet']}")
    return 0


def _as_json(hit: Hit) -> dict[str, Any]:
    return {
        "person": hit.person_id,
        "kind": hit.table.replace("_", " "),
        "when": to_text(datetime.fromtimestamp(hit.when, UTC)),
        "snippet": hit.snippet,
        "id": hit.id,
    }
