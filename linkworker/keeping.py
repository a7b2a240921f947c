"""Keeping what is being written on the screens, before a lock and before the app ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from linkworker.clock import monotonic
from linkworker.refusal import Refused
from linkworker.widgets import crash
from linkworker.widgets.frame import Dialog, Frame

LOCK_PATIENCE = 0.5
"""Seconds within which a lock is complete, unless the disk is busy; then it goes on behind it."""

TYPING_PATIENCE = 0.2
"""Seconds for which a lock waits for keys that were pressed before it to arrive."""

BUSY_PATIENCE = 10.0
"""Seconds for which a lock, behind the door, waits for another program that is writing; and so
does a window that is closed, where nobody can be told any more."""

ASKING_PATIENCE = 0.7
"""Seconds for which Ctrl+Q waits for another program that is writing, before it says so."""

ASK_AGAIN = 60.0
"""Seconds within which a second Ctrl+Q leaves although a draft cannot be kept."""

HELD = (
    "The draft could not be kept. It is locked all the same; what you typed is held until you "
    "unlock, and is lost if this window closes."
)
COPY_IT_OUT = "In the note, Ctrl+O copies it out. Ctrl+Q again leaves without it."
NOT_KEPT = "The last words of a draft could not be kept. What was saved before is unharmed."

Keep = Callable[[], object]
"""How to keep something that is being written; it may raise `Refused`."""


class Unforeseen(Refused):
    """A draft met an error that nobody thought of: its `__cause__`, whose words are not told."""

    def __init__(self) -> None:
        super().__init__(
            "The draft could not be kept.",
            "Something went wrong that linkworker did not expect.",
            "Unlock, and copy what you typed out of the note with Ctrl+O.",
        )


def drafts_in_hand(*screens: Iterable[object]) -> list[Keep]:
    """Have each screen, once, hand over what is being written on it."""
    once = dict.fromkeys(one for some in screens for one in some)
    taken = (one.draft_in_hand() for one in once if isinstance(one, (Frame, Dialog)))
    return [keep for keep in taken if keep is not None]


def kept_or_not(drafts: list[Keep], patience: float = 0.0) -> list[tuple[Keep, Refused]]:
    """Keep every one; return those that could not be kept, and why.

    While another program writes, try for so many seconds more. No error of one, of whatever kind,
    keeps the next from its turn.
    """
    from linkworker.cipher import Busy

    until = monotonic() + patience
    refused: list[tuple[Keep, Refused]] = []
    for keep in drafts:
        while True:
            try:
                keep()
            except Refused as why:
                if isinstance(why, Busy) and monotonic() < until:
                    continue  # the store itself waited a while before it said so
                refused.append((keep, why))
            except Exception as error:
                refused.append((keep, _unforeseen(error)))
            break
    return refused


def _unforeseen(error: Exception) -> Refused:
    refused = Unforeseen()
    refused.__cause__ = error
    return refused


def held_words(unkept: list[tuple[Keep, Refused]], folder: Path, now: datetime) -> str:
    """Return what to say of drafts that a lock could not keep; an error that nobody foresaw is
    written down in `folder`, and its reference said."""
    said = f"{unkept[0][1].why} {HELD}"
    for _, refused in unkept:
        if refused.__cause__ is not None:
            reference = crash.new_reference()
            crash.write_down(refused.__cause__, folder, reference, now)
            said += f" Reference {reference}."
    return said
