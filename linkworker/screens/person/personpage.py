"""A person's page, as what is done on it sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from linkworker.screens.person.kinds import Thing
from linkworker.widgets.rows import Row

if TYPE_CHECKING:
    from textual.app import App

    from linkworker.caseload.person import Banner
    from linkworker.widgets.house import House


class PersonPage(Protocol):
    """What there is of the page for them; `PersonScreen` is one."""

    person_id: str
    banner: Banner | None
    section: Any
    """The `Section` in sight."""

    @property
    def house(self) -> House:
        """The app, as a screen may use it."""

    @property
    def app(self) -> App[Any]:
        """Where other screens are shown."""

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""

    @property
    def thing(self) -> Thing | None:
        """What stands under the cursor."""

    def unfold(self, row: Row) -> None:
        """Show an entry whole, or fold it again."""

    def look_for(self, note_id: str) -> None:
        """Show the story with this note unfolded."""

    def action_section(self, name: str) -> None:
        """Show a section."""
