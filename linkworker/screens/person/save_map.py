"""Save the ecomap as a picture to print, in a file of the coordinator's choice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkworker.screens.person.kinds import Values
from linkworker.screens.person.save_plan import NOT_ENCRYPTED, SavePlanScreen
from linkworker.widgets.forms import Ask

if TYPE_CHECKING:
    from linkworker.screens.person.personpage import PersonPage

AT_HOME = "Unless it is safe at home, nobody around them is named on it."
ASKS = (
    Ask("safe_at_home", "Safe at home?", "one of", (("", "no, or not asked"), ("yes", "yes"))),
    Ask("strained", "Strained ties", "one of", (("", "leave out"), ("yes", "on it too"))),
    Ask("then_too", "Then and now", "one of", (("yes", "side by side"), ("", "now alone"))),
    Ask("place", "File"),
)


def ask(screen: PersonPage) -> None:
    """Ask where the picture goes, and how it is to be, and write the file."""
    from linkworker.exchange import ecomap_file

    if screen.banner is None:
        return
    house, person_id = screen.house, screen.person_id
    usual = ecomap_file.usual_place(house.store)

    def save(said: Values) -> Any:
        place = Path(said["place"].strip() or usual).expanduser()
        wanted = ecomap_file.Wanted(
            safe_at_home=said["safe_at_home"] == "yes",
            strained=said["strained"] == "yes",
            then_too=said["then_too"] == "yes",
        )
        left_out = ecomap_file.save_ecomap(
            house.store, person_id, place / usual.name if place.is_dir() else place, wanted
        )
        house.say(_saved(left_out))

    screen.app.push_screen(
        SavePlanScreen(
            f"{screen.banner.name}: save the map as a picture",
            ASKS,
            {"place": str(usual), "then_too": "yes"},
            save,
            person_id=person_id,
            draft=f"{person_id}:map",
            intro=f"{NOT_ENCRYPTED} {AT_HOME}",
        )
    )


def _saved(left_out: int) -> str:
    """Say that it is written, and what was left out of it."""
    if not left_out:
        return "The picture is saved. Look at it before it goes out of your hands."
    ties = "1 strained tie is" if left_out == 1 else f"{left_out} strained ties are"
    return f"The picture is saved; {ties} left out. Look at it before it goes."
