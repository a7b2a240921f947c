"""Keys that mean the same on every screen that has them.

A screen takes the command from here and says what it does there:
`OPEN.doing("open_person", help="Open the person under the cursor", place="People")`.
"""

from __future__ import annotations

from linkworker.widgets.commands import Command

OPEN = Command("open", "Open", "Open what is under the cursor", ("enter",), "open", rank=80)
ADD = Command("add", "Add", "Add to this part", ("insert",), "add", rank=70)
TICK = Command("tick", "Done", "Done, or not done", ("space",), "tick", rank=60)
REMOVE = Command(
    "remove", "Remove", "Take it away; Ctrl+Z brings it back", ("delete",), "remove", rank=50
)
SAVE = Command(
    "save",
    "Done",
    "Done; it was being saved all along",
    ("ctrl+s",),
    "save",
    rank=80,
    always=True,
)
PREVIOUS = Command(
    "previous",
    "Previous",
    "The one before",
    ("ctrl+up", "left_square_bracket"),
    "previous",
    rank=20,
)
NEXT = Command(
    "next", "Next", "The one after", ("ctrl+down", "right_square_bracket"), "next", rank=20
)
NEXT_FIELD = Command(
    "field.down",
    "Next, or Tab",
    "The next field",
    ("down",),
    "next_field",
    rank=60,
    another_way="Tab",
)
FIELD_BEFORE = Command(
    "field.up",
    "Before",
    "The field before",
    ("up",),
    "field.up",
    rank=50,
    another_way="Shift+Tab",
)
