"""The keys that a person has everywhere, also while typing.

Each has another way: the bar at the foot (mouse), the finder, or a key of its own. What cannot be
done yet is listed all the same, grey, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from textual.dom import DOMNode

from linkworker.widgets.commands import Command

CLOSED = ("It is locked. Type your passphrase first.", "It is not open yet: Enter opens it.")
"""Why a key of the places cannot work outside: at one's own records, and at the made-up people,
who have no passphrase and whose first keys may come while they are being made."""
NOT_BEGUN = "Not yet: finish these first steps, and it opens."
"""The same at the first run, where there is nothing yet that could be locked."""

REAL_PEOPLE_ONLY = (
    "These are made-up people, and real ones must never be mixed in with them. "
    "Start your own records first."
)
"""Why no list can be brought in where everybody is made up."""


class _House(Protocol):
    """What the app answers about its keys; `LinkworkerApp` does."""

    def why_not_go(self, place: str) -> str: ...
    def why_not_locked(self) -> str: ...

    @property
    def stands_open(self) -> bool: ...


def _place(place: str, label: str, key: str, help: str, rank: int) -> Command:
    return Command(
        id=f"go.{place}",
        label=label,
        help=help,
        keys=(key,),
        action=f"go({place!r})",
        rank=rank,
        always=True,
        another_way=f"Ctrl+P, then type {label.lower()}",
        why_not=lambda app: cast(_House, app).why_not_go(place),
    )


def why_closed(stack: Sequence[object], made_up: bool) -> str:
    """Return why nothing of the records can be done outside, as it is with these screens."""
    begins = any(getattr(screen, "first_steps", False) for screen in stack)
    return NOT_BEGUN if begins else CLOSED[made_up]


def _unlocked(app: object) -> str:
    return cast(_House, app).why_not_locked()


def _no_list(node: object) -> str:
    """Say why no list can be brought in; Today and People have a key for it too."""
    app: Any = cast(DOMNode, node).app
    return _unlocked(app) or (REAL_PEOPLE_ONLY if app.store.made_up else "")


HELP = Command(
    "help",
    "Help",
    "What you can do here, and the key for each",
    ("f1",),
    "help",
    rank=100,
    always=True,
    another_way="Ctrl+P, then type help",
)
FIND = Command(
    "find",
    "Find",
    "Find a person, words in a note, or a command",
    ("ctrl+p", "ctrl+f"),
    "find",
    rank=85,
    always=True,
    another_way="Click Find at the foot",
    why_not=_unlocked,
)
NOTE = Command(
    "note.new",
    "Note",
    "Start a note about the person in sight",
    ("ctrl+n",),
    "new_note",
    rank=90,
    always=True,
    another_way="Ctrl+P, then type note",
    why_not=_unlocked,
)
HIDE = Command(
    "hide",
    "Hide",
    "Hide everything at once; the same key or Esc brings it back, or only your passphrase if you "
    "choose so under Settings",
    ("f8",),
    "hide",
    rank=95,
    always=True,
    another_way="Ctrl+P, then type hide",
)
LOCK = Command(
    "lock",
    "Lock",
    "Lock the notebook; what you were writing is kept",
    ("ctrl+l",),
    "lock",
    rank=30,
    always=True,
    another_way="Ctrl+P, then type lock; it also locks by itself after five minutes",
    why_not=lambda app: "" if cast(_House, app).stands_open else _unlocked(app),
)
UNDO = Command(
    "undo",
    "Undo",
    "Take back the last thing you did, or in a text the last words typed",
    ("ctrl+z",),
    "undo",
    rank=20,
    another_way="Ctrl+P, then type undo",
    why_not=_unlocked,
)
REDO = Command(
    "redo",
    "Redo",
    "Do again what you have just taken back",
    ("ctrl+y",),
    "redo",
    rank=10,
    another_way="Ctrl+P, then type redo",
    why_not=_unlocked,
)
BACK = Command(
    "back",
    "Back",
    "One step back; nothing you typed is thrown away",
    ("escape",),
    "back",
    rank=40,
    another_way="F2 goes to Today from anywhere",
)
SETTINGS = Command(
    "settings",
    "Settings",
    "Colours, your name, your passphrase and recovery key",
    (),
    "settings",
    rank=-1,
    another_way="Ctrl+P, then type settings",
    why_not=_unlocked,
)
IMPORT = Command(
    "import.people",
    "Bring in a list",
    "Bring in people from a list: a CSV file, shown first and then written as one act",
    (),
    "import_people",
    rank=-1,
    another_way="Ctrl+P, then type list",
    also="import csv spreadsheet file",
    why_not=_no_list,
)
QUIT = Command(
    "quit",
    "Quit",
    "Leave; everything is saved and locked",
    ("ctrl+q",),
    "leave",
    rank=50,
    always=True,
    another_way="Ctrl+P, then type quit, or close the window",
)

EVERYWHERE: tuple[Command, ...] = (
    HELP,
    _place("today", "Today", "f2", "What today holds", 99),
    _place("people", "People", "f3", "Everybody you walk alongside", 98),
    _place("community", "Community", "f4", "Groups, places and what is missing", 5),
    _place("send", "Send", "f5", "Send to the team and fetch from it", 4),
    _place("introductions", "Introductions", "f6", "People who are new to you", 3),
    _place("reports", "Reports", "f7", "What your work adds up to", 2),
    HIDE,
    NOTE,
    FIND,
    UNDO,
    REDO,
    LOCK,
    BACK,
    IMPORT,
    SETTINGS,
    QUIT,
)
"""In the order of the bar and of help."""
