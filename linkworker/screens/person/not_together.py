"""Two who are not to be brought together: one of your people is chosen, or a name is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from linkworker.caseload import not_with
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.choose_person import ChoosePersonScreen
from linkworker.widgets.acting import act

if TYPE_CHECKING:
    from linkworker.screens.person.personpage import PersonPage
    from linkworker.store import WriteTx

DID = "who they are not to be with"
SILENTLY = "They are never suggested to each other. Nobody else is told; no other page shows it."
EVERY = (
    ("here", "Somebody you walk alongside", "chosen from your people"),
    ("name", "Somebody else", "by name; whoever has that name is not suggested"),
)


def ask(screen: PersonPage, by_name: Callable[[], None]) -> None:
    """Ask whom they are not to be brought together with; `by_name` asks for a name."""

    def chosen(other: str | None) -> None:
        def do(tx: WriteTx) -> bool:
            return bool(not_with.add_not_with(tx, screen.person_id, other_person_id=other or ""))

        if other is not None and act(screen.house, DID, do, person=screen.person_id):
            screen.house.say("They will not be suggested to each other. Enter says why.")

    def take(answer: str | None) -> None:
        if answer == "here":
            asked = ChoosePersonScreen("Not to be with whom?", (screen.person_id,))
            screen.app.push_screen(asked, chosen)
        elif answer == "name":
            by_name()

    name = screen.banner.name if screen.banner is not None else ""
    heading = f"{name}: not to be with"
    screen.app.push_screen(ChooseScreen(heading, EVERY, intro=SILENTLY), take)
