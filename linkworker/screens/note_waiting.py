"""A note was begun about a couple, and one of them is in sight: go on with it, or begin another?

Two people's visit is written once. Whoever comes back to it from one of the two pages would find
an empty note, and write it all again. So would who begins one about both, with a note about one of
them waiting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from linkworker.caseload.today import Begun, begun
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.note_draft import begun_about

if TYPE_CHECKING:
    from textual.app import App

    from linkworker.store import Store

GO_ON = "go on"
NEW = "new"
STORY_CELLS = 60
"""Characters of the story that stand beside the choice: one knows one's note by its beginning."""


def waiting(store: Store, people: tuple[str, ...], appointment_id: str = "") -> Begun | None:
    """Return the note that waits and is about these people and others too, or about some of them.

    None where there is none, or where a note waits about exactly these: that one is opened anyway.
    """
    if not people or begun_about(store, people, appointment_id=appointment_id) is not None:
        return None
    draft = begun_about(store, people, appointment_id=appointment_id, and_others=True)
    if draft is None:
        return None
    with store.read() as tx:
        return next((one for one in begun(tx) if one.draft_id == draft.id), None)


def ask_which(app: App[Any], one: Begun, take: Callable[[str], object]) -> None:
    """Ask whether to go on with the note that waits; `take` gets its id, "" for a new note."""

    def taken(answer: str | None) -> None:
        if answer is not None:
            take(one.draft_id if answer == GO_ON else "")

    names = " and ".join(who.short.split(" ")[0] for who in one.people)
    every = (
        (GO_ON, f"Go on with the note about {names}", one.story[:STORY_CELLS]),
        (NEW, "Begin a new note", "the other one stays as it is"),
    )
    app.push_screen(ChooseScreen(f"A note about {names} is begun and not saved", every), taken)
